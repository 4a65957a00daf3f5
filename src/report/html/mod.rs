//! `html`: the review page, one file that opens anywhere: findings by severity and article, decisions and a note on each, exported as
//! `decisions.json` for `factlint baseline apply`. Nothing is fetched, and its content security policy lets nothing but its own script
//! and style run; without the script it is still a page to read and to print.

mod card;
mod data;
mod sides;

use std::collections::BTreeMap;
use std::io::{self, Write};

use sha2::{Digest, Sha256};

use self::data::FindingData;
use self::sides::Side;
use super::escape::html as esc;
use super::{Interface, Options, summary};
use crate::model::{ArticleId, Corpus, FindClaim, Finding, Report, Severity};

pub use self::data::Said;

/// Findings told at length; the rest is counted.
const DETAILS: usize = 2000;
/// Findings linked from one article of the index.
const LINKS: usize = 60;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What each side of `finding` says: its figures, and the sentence at its first place.
pub fn said<'a>(corpus: &'a Corpus, finding: &Finding) -> Vec<Said<'a>> {
    data::said(&sides::sides(corpus, finding))
}

/// `bytes` in Base64.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0u32, |all, &b| all << 8 | u32::from(b)) << (8 * (3 - three.len()));
        for i in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * i)) as usize & 63];
            out.push(if i <= three.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

/// The source of a content security policy that allows exactly `text`.
fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

/// A finding with what the page needs of it.
struct Entry<'a> {
    finding: &'a Finding,
    sides: Vec<Side<'a>>,
    /// The article it is listed under.
    home: ArticleId,
}

fn article_of(corpus: &Corpus, claim: &FindClaim) -> ArticleId {
    match claim {
        FindClaim::Claim(id) => corpus.claims[id.0 as usize].article,
        FindClaim::Words { sentence, .. } => sentence.article,
    }
}

/// The findings in page order: by severity, then by the article that comes first, then as the report has them.
fn entries(report: &Report) -> Vec<Entry<'_>> {
    let entry = |finding| {
        let sides = sides::sides(&report.corpus, finding);
        let home = finding.claims.first().map_or(ArticleId(0), |c| article_of(&report.corpus, &c.claim));
        Entry { finding, sides, home }
    };
    let mut all: Vec<Entry<'_>> = report.findings.iter().take(DETAILS).map(entry).collect();
    all.sort_by_key(|e| (std::cmp::Reverse(e.finding.severity), e.home));
    all
}

/// The title of an article with its file, or the file alone.
fn article_name(corpus: &Corpus, id: ArticleId, how: Interface) -> String {
    let (article, document) = (corpus.article(id), corpus.document_of(id));
    match (article.title_text.is_empty(), how) {
        (true, _) => document.path.clone(),
        (false, Interface::Zh) => format!("《{}》 {}", article.title_text, document.path),
        (false, Interface::En) => format!("“{}” {}", article.title_text, document.path),
    }
}

/// The articles that findings speak of, each with the numbers of its findings on the page, in the order of the corpus.
fn articles(corpus: &Corpus, entries: &[Entry<'_>]) -> BTreeMap<ArticleId, Vec<usize>> {
    let mut out: BTreeMap<ArticleId, Vec<usize>> = BTreeMap::new();
    for (i, entry) in entries.iter().enumerate() {
        for camp in &entry.finding.claims {
            let numbers = out.entry(article_of(corpus, &camp.claim)).or_default();
            if numbers.last() != Some(&(i + 1)) {
                numbers.push(i + 1);
            }
        }
    }
    out
}

/// The index: every article with its findings.
fn index(
    corpus: &Corpus,
    articles: &BTreeMap<ArticleId, Vec<usize>>,
    entries: &[Entry<'_>],
    how: Interface,
    out: &mut dyn Write,
) -> io::Result<()> {
    let count = summary::grouped(articles.len());
    writeln!(
        out,
        "<nav class=index aria-label=\"{0}\"><details><summary>{0} <small>{count}</small></summary>\n<ul>",
        how.pick("按文章查看", "By article")
    )?;
    for (id, numbers) in articles {
        let lang = corpus.article(*id).lang.code();
        write!(out, "<li><span lang={lang}>{}</span>", esc(&article_name(corpus, *id, how)))?;
        for n in numbers.iter().take(LINKS) {
            let severity = entries[n - 1].finding.severity;
            write!(
                out,
                " <a class={0} href=\"#f{n}\" aria-label=\"{1} {n}\">{2}{n}</a>",
                severity.name(),
                summary::severity_name(severity, how),
                card::sign(severity)
            )?;
        }
        if numbers.len() > LINKS {
            write!(out, " +{}", numbers.len() - LINKS)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "</ul></details></nav>")
}

/// Search, filters, progress and export; hidden until the script runs.
fn tools(
    report: &Report,
    articles: &BTreeMap<ArticleId, Vec<usize>>,
    entries: &[Entry<'_>],
    how: Interface,
    out: &mut dyn Write,
) -> io::Result<()> {
    let pick = |zh, en| how.pick(zh, en);
    writeln!(
        out,
        "<div id=tools class=tools role=search aria-label=\"{}\" hidden>\n<div class=bar>\
         <label class=find><span class=sr>{2}</span><input id=find type=search placeholder=\"{1}\" autocomplete=off spellcheck=false></label>\
         <span id=shown class=count role=status></span>\
         <span class=progress><progress id=progress value=0 max={3} aria-labelledby=decided></progress> <span id=decided></span></span>\
         <button id=export type=button class=main>{4}</button>\
         <label class=button>{5}<input id=load type=file accept=\".json,application/json\"></label>\
         <button id=keys type=button aria-haspopup=dialog title=\"{6}\" aria-label=\"{6}\">?</button></div>",
        pick("筛选和裁定", "Filter and decide"),
        pick("查找文字、数字、文件（/）", "Words, figures, files (/)"),
        pick("查找", "Search"),
        entries.len(),
        pick("导出裁定", "Export decisions"),
        pick("读入裁定", "Load decisions"),
        pick("键盘操作", "Keyboard"),
    )?;
    writeln!(out, "<details id=filters><summary>{}</summary><div class=filters>", pick("筛选", "Filter"))?;
    write!(out, "<fieldset><legend>{}</legend>", pick("程度", "Severity"))?;
    for (severity, count) in summary::counts(report) {
        if count > 0 {
            write!(
                out,
                "<label><input type=checkbox name=severity value={0} checked> {1} {2} <small>{count}</small></label>",
                severity.name(),
                card::sign(severity),
                summary::severity_name(severity, how)
            )?;
        }
    }
    write!(out, "</fieldset>\n<label>{} <select id=by-decision>", pick("裁定", "Decision"))?;
    for (value, name) in [
        ("", pick("全部", "all")),
        ("none", pick("未裁定", "undecided")),
        ("any", pick("已裁定", "decided")),
        ("right", pick("一方对", "one side is right")),
        ("both-right", pick("都对", "both are right")),
        ("not-same", pick("不是一回事", "not the same thing")),
        ("later", pick("以后再看", "later")),
    ] {
        write!(out, "<option value=\"{value}\">{name}")?;
    }
    write!(
        out,
        "</select></label>\n<label>{} <select id=by-check><option value=\"\">{}",
        pick("检查", "Check"),
        pick("全部", "all")
    )?;
    let mut checks: Vec<&'static str> = entries.iter().map(|e| e.finding.check).collect();
    checks.sort_unstable();
    checks.dedup();
    for check in checks {
        write!(out, "<option value=\"{0}\">{1}", esc(check), esc(card::check_name(report, check, how)))?;
    }
    write!(
        out,
        "</select></label>\n<label>{} <select id=by-article><option value=\"\">{}",
        pick("文章", "Article"),
        pick("全部", "all")
    )?;
    for (i, id) in articles.keys().enumerate() {
        let lang = report.corpus.article(*id).lang.code();
        write!(out, "<option value={i} lang={lang}>{}", esc(&article_name(&report.corpus, *id, how)))?;
    }
    writeln!(
        out,
        "</select></label>\n<button id=reset type=button>{}</button></div></details>\n<p id=notice class=notice role=status hidden></p><p id=said class=sr role=status></p></div>",
        pick("全部显示", "Show all")
    )
}

/// The decisions on one finding, for the script to put into every card, and the help on keys.
fn forms(how: Interface, out: &mut dyn Write) -> io::Result<()> {
    let pick = |zh, en| how.pick(zh, en);
    writeln!(
        out,
        "<template id=decide><fieldset class=decide><legend>{}</legend><div class=choices></div>\
         <label class=note hidden>{}<textarea rows=2 maxlength=1000></textarea></label></fieldset></template>",
        pick("裁定", "Decision"),
        pick("备注", "Note")
    )?;
    let keys = [
        ("j k", pick("下一条、上一条", "next, previous finding")),
        ("1", pick("一方对；再按换一方", "this side is right; again for the next side")),
        ("2", pick("都对（口径、时间不同等）", "both are right (other basis, other time …)")),
        ("3", pick("不是一回事", "not the same thing")),
        ("4", pick("以后再看", "later")),
        ("0", pick("撤销裁定", "withdraw the decision")),
        ("n", pick("写备注；Esc 返回", "write a note; Esc returns")),
        ("o", pick("展开或收起依据", "show or hide the evidence")),
        ("u", pick("下一条未裁定的", "next undecided finding")),
        ("e", pick("导出裁定", "export the decisions")),
        ("/", pick("查找", "search")),
        ("?", pick("本说明", "this help")),
    ];
    writeln!(
        out,
        "<dialog id=help aria-labelledby=help-title><h2 id=help-title>{}</h2><table>",
        pick("键盘操作", "Keyboard")
    )?;
    for (key, does) in keys {
        write!(out, "<tr><th scope=row>")?;
        for each in key.split(' ') {
            write!(out, "<kbd>{each}</kbd> ")?;
        }
        writeln!(out, "<td>{does}")?;
    }
    writeln!(
        out,
        "</table><p><label><input id=use-keys type=checkbox checked> {}</label></p><p>{}</p>\
         <button id=close type=button class=main>{}</button></dialog>",
        pick("使用这些单键", "Use these single keys"),
        pick(
            "裁定保存在本机浏览器里。导出的 decisions.json 交给 <code>factlint baseline apply</code>：\
             “都对”和“不是一回事”记入基线，“一方对”记入 facts.toml，“以后再看”仍会报告。",
            "Decisions are kept in this browser. Give the exported decisions.json to <code>factlint baseline apply</code>: both-right and \
             not-the-same go into the baseline, a side that is right into facts.toml, later is reported again."
        ),
        pick("关闭", "Close")
    )
}

fn severity_heading(severity: Severity, count: usize, how: Interface) -> String {
    let count = summary::grouped(count);
    match how {
        Interface::Zh => format!("{} <small>{count} 处</small>", summary::severity_name(severity, how)),
        Interface::En => {
            let name = match severity {
                Severity::Error => "Errors",
                Severity::Warning => "Warnings",
                Severity::Info => "Notes",
            };
            format!("{name} <small>{count}</small>")
        }
    }
}

/// The cards, under a heading for each severity and each article.
fn findings(report: &Report, entries: &[Entry<'_>], how: Interface, out: &mut dyn Write) -> io::Result<()> {
    let mut number = 0;
    for group in entries.chunk_by(|a, b| a.finding.severity == b.finding.severity) {
        let severity = group[0].finding.severity;
        writeln!(
            out,
            "<section class=severity aria-labelledby={0}s>\n<h2 id={0}s class={0}><span class=sign aria-hidden=true>{1}</span> {2}</h2>",
            severity.name(),
            card::sign(severity),
            severity_heading(severity, group.len(), how)
        )?;
        for under in group.chunk_by(|a, b| a.home == b.home) {
            let home = under[0].home;
            writeln!(out, "<div class=home>")?;
            if let Some(article) = report.corpus.articles.get(home.0 as usize) {
                let name = article_name(&report.corpus, home, how);
                writeln!(out, "<h3 lang={}>{}</h3>", article.lang.code(), esc(&name))?;
            }
            for entry in under {
                number += 1;
                card::card(report, number, entry.finding, &entry.sides, how, out)?;
            }
            writeln!(out, "</div>")?;
        }
        writeln!(out, "</section>")?;
    }
    if let Some(more) = report.findings.len().checked_sub(entries.len()).filter(|&n| n > 0) {
        writeln!(out, "<p>{}{more}</p>", how.pick("此处未列出的还有 ", "Not shown here: "))?;
    }
    Ok(())
}

/// Writes `report` as one page.
pub fn html(report: &Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let how = options.language;
    let title = how.pick("数字一致性审阅", "Review of figures");
    // A browser reads CRLF as LF before it takes the hash.
    let (style, script) = (STYLE.replace('\r', ""), SCRIPT.replace('\r', ""));
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang={}>\n<head>\n<meta charset=utf-8>\n<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; \
         script-src {}; style-src {}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'\">\n\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\n<meta name=referrer content=no-referrer>\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>",
        how.pick("zh-Hans", "en"),
        source(&script),
        source(&style)
    )?;
    let entries = entries(report);
    let articles = articles(&report.corpus, &entries);
    if !entries.is_empty() {
        writeln!(out, "<a class=skip href=\"#findings\">{}</a>", how.pick("跳到问题列表", "Skip to the findings"))?;
    }
    writeln!(
        out,
        "<header class=top>\n<h1>{title}</h1>\n<p class=verdict>{}</p>",
        esc(&summary::verdict(report, how))
    )?;
    if !entries.is_empty() {
        index(&report.corpus, &articles, &entries, how, out)?;
    }
    writeln!(out, "</header>")?;
    if !entries.is_empty() {
        tools(report, &articles, &entries, how, out)?;
    }
    writeln!(out, "<main id=findings tabindex=-1>")?;
    findings(report, &entries, how, out)?;
    writeln!(
        out,
        "<section class=read aria-labelledby=read>\n<h2 id=read>{}</h2>\n<ul>",
        how.pick("读了什么，比了什么", "What was read and compared")
    )?;
    for line in summary::sentences(report, how) {
        writeln!(out, "<li>{}", esc(&line))?;
    }
    for issue in &report.issues {
        let line = issue.line.map(|l| format!(":{l}")).unwrap_or_default();
        writeln!(out, "<li>{}{line} — {}", esc(&issue.path), esc(how.of(&issue.message)))?;
    }
    writeln!(out, "</ul>\n</section>\n</main>\n<footer>factlint {}</footer>", env!("CARGO_PKG_VERSION"))?;
    if !entries.is_empty() {
        forms(how, out)?;
        let indices: BTreeMap<ArticleId, usize> = articles.keys().enumerate().map(|(i, id)| (*id, i)).collect();
        let data: Vec<FindingData<'_>> = entries
            .iter()
            .map(|entry| {
                let mut of: Vec<usize> = entry
                    .finding
                    .claims
                    .iter()
                    .filter_map(|c| indices.get(&article_of(&report.corpus, &c.claim)).copied())
                    .collect();
                of.sort_unstable();
                of.dedup();
                FindingData::new(entry.finding, &entry.sides, of, how)
            })
            .collect();
        write!(out, "<script type=\"application/json\" id=data>")?;
        data::data(&data, how, out)?;
        writeln!(out, "</script>\n<script>{script}</script>")?;
    }
    writeln!(out, "</body>\n</html>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_names_what_it_allows() {
        // The published test vectors of SHA-256 and Base64.
        assert_eq!(source("abc"), "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
        assert_eq!(["f", "fo", "foo"].map(|s| base64(s.as_bytes())), ["Zg==", "Zm8=", "Zm9v"]);
    }

    #[test]
    fn neither_script_nor_style_ends_its_element() {
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--") && !STYLE.contains("</"));
    }
}
