//! Help and the errors of arguments in Chinese. Enters: the commands as clap knows them, or an error of it. Leaves: the same in Chinese.
//! The texts stand in one table beside the English ones; a test holds that none is missing.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use super::help_table::TEXTS;

/// The Chinese of a help text; `None` for one that the table lacks.
fn chinese(text: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(en, _)| *en == text).map(|(_, zh)| *zh)
}

fn translated(text: Option<&StyledStr>) -> Option<&'static str> {
    chinese(&text?.to_string())
}

/// `command` and all that is in it, with its help in Chinese.
pub fn localized(mut command: Command) -> Command {
    command.build();
    in_chinese(command)
}

fn in_chinese(command: Command) -> Command {
    let (about, long) = (translated(command.get_about()), translated(command.get_long_about()));
    let after = translated(command.get_after_help());
    let mut command = command.mut_args(argument).mut_subcommands(in_chinese);
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(long) = long {
        command = command.long_about(long);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    command
        .subcommand_help_heading("命令")
        .help_template("{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}")
}

fn argument(argument: Arg) -> Arg {
    let (help, long) = (translated(argument.get_help()), translated(argument.get_long_help()));
    let heading = if argument.is_positional() { "参数" } else { "选项" };
    let mut argument = argument.help_heading(heading);
    if let Some(help) = help {
        argument = argument.help(help);
    }
    if let Some(long) = long {
        argument = argument.long_help(long);
    }
    argument
}

/// A rendered help page with the words that clap puts in itself, and the help of values, in Chinese.
pub fn page(rendered: &str) -> String {
    let mut out = String::with_capacity(rendered.len());
    for line in rendered.split_inclusive('\n') {
        let trimmed = line.trim();
        // `- markdown:  for forwarding …`: one line for each value of a format.
        let value = trimmed.strip_prefix("- ").and_then(|rest| rest.split_once(':'));
        match value.and_then(|(name, about)| Some((name, about.trim(), chinese(about.trim())?))) {
            Some((_, about, zh)) => out.push_str(&line.replace(about, zh)),
            None => out.push_str(line),
        }
    }
    for (en, zh) in [
        ("[default: ", "[默认："),
        ("[possible values: ", "[可选："),
        ("Possible values:", "可选值："),
        ("[OPTIONS]", "[选项]"),
        ("<COMMAND>", "<命令>"),
        ("[COMMAND]", "[命令]"),
    ] {
        out = out.replace(en, zh);
    }
    out
}

/// What clap says of bad arguments, in Chinese.
pub fn mistake(error: &clap::Error) -> String {
    let get = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(list)) => list.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
        Some(ContextValue::Number(n)) => n.to_string(),
        _ => String::new(),
    };
    let argument = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    let mut said = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个参数"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", get(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 需要一个值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("{argument} 的值“{value}”不对"),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => format!("{argument} 不能与 {} 同用", get(ContextKind::PriorArg)),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的值个数不对：应有 {} 个", get(ContextKind::ExpectedNumValues))
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 编码".to_owned(),
        _ => "参数不对".to_owned(),
    };
    let right = get(ContextKind::ValidValue);
    if !right.is_empty() {
        said.push_str("；可选：");
        said.push_str(&right);
    }
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue].map(get);
    if let Some(near) = near.iter().find(|n| !n.is_empty()) {
        said.push_str("；是否为 ");
        said.push_str(near);
        said.push('？');
    }
    said.push_str("\n用 --help 查看用法。");
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn missing(command: &Command, out: &mut Vec<String>) {
        let mut need = |text: Option<&StyledStr>| {
            if let Some(text) = text.map(ToString::to_string).filter(|t| chinese(t).is_none()) {
                out.push(text);
            }
        };
        need(command.get_about());
        need(command.get_long_about());
        need(command.get_after_help());
        for argument in command.get_arguments() {
            need(argument.get_help());
            need(argument.get_long_help());
            assert!(argument.get_help().is_some(), "{} has no help", argument.get_id());
            if !argument.is_hide_possible_values_set() {
                for value in argument.get_possible_values() {
                    need(value.get_help());
                }
            }
        }
        for command in command.get_subcommands() {
            missing(command, out);
        }
    }

    #[test]
    fn every_help_text_has_its_chinese() {
        let mut command = super::super::args::Cli::command();
        command.build();
        let mut out = Vec::new();
        missing(&command, &mut out);
        out.sort();
        out.dedup();
        assert!(out.is_empty(), "without Chinese: {out:#?}");
    }

    fn texts(command: &Command, all: &mut Vec<String>) {
        let mut add = |text: Option<&StyledStr>| all.extend(text.map(ToString::to_string));
        add(command.get_about());
        add(command.get_long_about());
        add(command.get_after_help());
        for argument in command.get_arguments() {
            add(argument.get_help());
            add(argument.get_long_help());
            argument.get_possible_values().iter().for_each(|v| add(v.get_help()));
        }
        command.get_subcommands().for_each(|c| texts(c, all));
    }

    #[test]
    fn no_text_of_the_table_is_left_over() {
        let mut command = super::super::args::Cli::command();
        command.build();
        let mut all = Vec::new();
        texts(&command, &mut all);
        for (en, _) in TEXTS {
            assert!(all.iter().any(|text| text == en), "no help says: {en}");
        }
    }
}
