//! The messages of rule files and settings in Chinese. Enters: a message in English. Leaves: the same in Chinese; of the TOML reader's
//! own messages only the commonest are known, the others are left as they are.

/// English and Chinese; `{}` stands for words that are carried over.
const MESSAGES: &[(&str, &str)] = &[
    ("not UTF-8: save the rule file as UTF-8", "不是 UTF-8 编码：请另存为 UTF-8"),
    ("a rule file may hold {} bytes, this one has {}", "规则文件最多 {} 字节，此文件有 {}"),
    (
        "unknown key `{}`: one file is one rule, and a rule lists words, it has no patterns",
        "没有 `{}` 这个键：一个文件是一条规则，规则只列词语，不写正则",
    ),
    ("unknown key `{}`", "没有 `{}` 这个键"),
    ("the key `{}` is missing", "缺少 `{}` 这个键"),
    ("an id is made of a–z, 0–9 and `-`, at most 60 of them", "id 只用 a–z、0–9 和 `-`，最多 60 个字符"),
    ("the id must be the file's name, `{}`", "id 必须与文件名相同：`{}`"),
    ("the title is empty", "标题为空"),
    ("name at least one dimension", "至少写一个量纲"),
    (
        "`requires_predicate` without a `predicate` can never match",
        "有 `requires_predicate` 而无 `predicate`，永远不会匹配",
    ),
    (
        "`plain_is_first` wants a `measure` and a `predicate` that is not required",
        "`plain_is_first` 须有 `measure`，且 `predicate` 不是必需",
    ),
    ("a rule needs words: `measure`, `predicate` or both", "规则须有词语：`measure`、`predicate` 至少一项"),
    (
        "a tolerance is a positive number, or a share up to 50%: `\"2\"`, `\"1%\"`",
        "容差是正数，或不超过 50% 的比例：`\"2\"`、`\"1%\"`",
    ),
    ("a list of words is empty", "词表为空"),
    ("a word must not be empty, nor begin or end with a space", "词语不能为空，首尾不能有空格"),
    ("a word may have {} characters", "一个词语最多 {} 个字符"),
    ("a word must not hold control characters", "词语中不能有控制字符"),
    ("a rule may list {} words", "一条规则最多列 {} 个词语"),
    ("`{}` stands twice in one list", "`{}` 在同一词表中出现两次"),
    ("`{}` stands under two meanings", "`{}` 出现在两个词义下"),
    ("an example needs a sentence", "示例须有一句话"),
    ("a rule needs an [[example]] with expect = \"{}\"", "规则须有 expect = \"{}\" 的 [[example]]"),
    ("the id `{}` is taken by {}", "id `{}` 已被 {} 使用"),
    ("more than {} rule files", "规则文件超过 {} 个"),
    ("unknown language `{}`", "没有 `{}` 这种语言"),
    ("unknown severity `{}`", "没有 `{}` 这个级别"),
    ("unknown dimension `{}`", "没有 `{}` 这个量纲"),
    ("unknown expectation `{}`", "没有 `{}` 这种期望"),
    ("unknown {} `{}`", "未知的 {} `{}`"),
    ("no such level", "没有这个级别"),
    ("no such language", "没有这种语言"),
    ("no such check", "没有这个检查项"),
    ("no such severity", "没有这个级别"),
    ("no path: say for which files it holds", "没有路径：请写明对哪些文件适用"),
    ("no path: write it with `/`, relative to this file", "不是路径：请用 `/` 书写，从本文件所在文件夹算起"),
    (
        "the path leaves this folder: name it on the command line, or move factlint.toml above it",
        "路径离开了本文件夹：请在命令行给出，或把 factlint.toml 移到它的上层",
    ),
    (
        "no pattern: write a path with `*` and `/`, at most 300 bytes",
        "不是路径模式：请用 `*` 和 `/` 书写，最多 300 字节",
    ),
    ("no pattern: a bracket or brace is not closed", "不是路径模式：括号没有闭合"),
    ("the pattern leaves this folder", "路径模式离开了本文件夹"),
    ("the patterns are too large together", "路径模式合起来太大"),
    ("no name: write one of at most 200 bytes", "不是名称：请写一个不超过 200 字节的名称"),
    ("the name stands here twice: each form belongs to one name", "同一叫法出现两次：每种叫法只能属于一个名称"),
    ("the names are too many together", "名称太多"),
    ("an empty reason: say why it may stand", "理由为空：请写明为何可以存在"),
    ("an empty value: leave the key out", "值为空：请删去这个键"),
    (
        "the exception lets everything stand: add `paths`, `text` or `fingerprint`",
        "这条例外放过了一切：请加上 `paths`、`text` 或 `fingerprint`",
    ),
    ("an empty text: write the sentence that states the value", "正文为空：请写出含有该数值的句子"),
    ("no date: write it as \"2020-12-31\"", "不是日期：请写成 \"2020-12-31\""),
    ("invalid type: {}, expected {}", "类型不对：是 {}，应为 {}"),
    ("duplicate key", "键重复"),
    ("{} (a full-width sign: TOML wants the ASCII one)", "{}（全角符号：TOML 要用半角）"),
];

/// `message` in Chinese, where it is known.
pub(super) fn in_chinese(message: &str) -> String {
    for (en, zh) in MESSAGES {
        if let Some(holes) = holes(en, message) {
            let mut out = String::new();
            let mut pieces = zh.split("{}");
            out.push_str(pieces.next().unwrap_or_default());
            for (piece, hole) in pieces.zip(holes) {
                out.push_str(hole);
                out.push_str(piece);
            }
            return out;
        }
    }
    message.to_owned()
}

/// The words that stand for each `{}` of `pattern`.
fn holes<'a>(pattern: &str, message: &'a str) -> Option<Vec<&'a str>> {
    let mut pieces = pattern.split("{}");
    let mut rest = message.strip_prefix(pieces.next()?)?;
    let mut found = Vec::new();
    let pieces: Vec<&str> = pieces.collect();
    for (i, piece) in pieces.iter().enumerate() {
        let last = i + 1 == pieces.len();
        let at = if last { rest.len().checked_sub(piece.len())? } else { rest.find(piece)? };
        if !rest.get(at..)?.starts_with(piece) {
            return None;
        }
        found.push(&rest[..at]);
        rest = &rest[at + piece.len()..];
    }
    rest.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_carried_over() {
        assert_eq!(in_chinese("unknown key `serverity`"), "没有 `serverity` 这个键");
        assert_eq!(in_chinese("the id `a` is taken by b.toml"), "id `a` 已被 b.toml 使用");
        assert_eq!(in_chinese("something else"), "something else");
    }

    #[test]
    fn every_message_of_the_sources_is_known() {
        let sources = [
            include_str!("spec.rs"),
            include_str!("mod.rs"),
            include_str!("../settings/file.rs"),
            include_str!("../settings/place.rs"),
        ];
        let mut met = 0;
        for (en, _) in MESSAGES {
            let literal = en.replace('"', "\\\"");
            let first = literal.split("{}").max_by_key(|p| p.len()).unwrap_or_default();
            met += usize::from(sources.iter().any(|s| s.contains(first)));
        }
        // Those of the TOML reader, of facts and the ones put together from a kind and a name stand elsewhere.
        assert!(met + 10 >= MESSAGES.len(), "{met} of {}", MESSAGES.len());
        let code = sources[2].split("mod tests").next().unwrap_or_default();
        for said in code.split(".wrong(").skip(1) {
            // `wrong(span, "message")`, where the message is written out.
            let message = said.split(", \"").nth(1).and_then(|m| m.split("\");").next()).filter(|m| m.len() < 100);
            if let Some(message) = message {
                assert_ne!(in_chinese(message), message, "{message}");
            }
        }
    }
}
