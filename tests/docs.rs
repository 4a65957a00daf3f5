//! The pages keep step with the program: every check has its heading, every link leads somewhere.

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Desk, out};
use factlint::check::{Check, REGISTRY, Run};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_check_has_its_heading_and_no_other() {
    let page = fs::read_to_string(root().join("docs/checks.md")).unwrap();
    let mut headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    let mut checks: Vec<&str> = factlint::pipeline::checks().iter().map(|info| info.id).collect();
    headings.sort_unstable();
    checks.sort_unstable();
    assert_eq!(headings, checks);
}

/// The headings of a page as links name them.
fn headings(page: &Path) -> Vec<String> {
    let text = fs::read_to_string(page).unwrap();
    let name = |title: &str| {
        let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.collect::<String>().trim().to_lowercase().replace(' ', "-")
    };
    text.lines().filter(|l| l.starts_with('#')).map(|l| name(l.trim_start_matches('#'))).collect()
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut pages: Vec<PathBuf> =
        ["README.md", "README.zh.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "rules/README.md"]
            .map(|name| root().join(name))
            .to_vec();
    pages.extend(self::pages().iter().map(|page| root().join("docs").join(page)));
    let mut broken = Vec::new();
    for page in pages.iter().filter(|page| page.extension().is_some_and(|e| e == "md")) {
        let text = fs::read_to_string(page).unwrap();
        let folder = page.parent().unwrap_or(Path::new("."));
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (target, heading) = link.split_once('#').map_or((link, None), |(t, h)| (t, Some(h)));
            if target.contains("://") {
                continue;
            }
            let target = if target.is_empty() { page.clone() } else { folder.join(target) };
            let there = match heading {
                _ if !target.exists() => false,
                Some(heading) => headings(&target).contains(&heading.to_owned()),
                None => true,
            };
            if !there {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_pages_name_every_reporter() {
    let page = fs::read_to_string(root().join("docs/output.md")).unwrap();
    for reporter in factlint::report::REGISTRY {
        assert!(page.contains(&format!("`{}`", reporter.name)), "{}", reporter.name);
    }
}

const MARK: &str =
    "<!-- Made by tests/docs.rs from the registry of the checks: change src/check, not what stands below. -->";

/// The articles that the example of a check stands for, each shown with its name: where it names none, it is one article.
fn files(example: &str) -> Vec<(&'static str, String)> {
    let parts = |first: &str, second: &str| {
        let rest = example.strip_prefix(first)?;
        rest.split_once(second).map(|(a, b)| (a.to_owned(), b.to_owned()))
    };
    if let Some((a, b)) = parts("甲稿：", "乙稿：") {
        vec![("a.md", a), ("b.md", b)]
    } else if let Some((title, body)) = parts("标题：", "正文：") {
        vec![("a.md", format!("# {}\n\n{body}", title.trim_end_matches('。')))]
    } else if let Some((fact, article)) = parts("档案：", "稿件：") {
        vec![("facts.toml", format!("[[fact]]\ntext = \"{fact}\"")), ("a.md", article)]
    } else {
        vec![("a.md", example.to_owned())]
    }
}

/// A page without what any change to the weights of `rules/judge.toml` moves: confidences, the severities that follow them, and what came close.
fn settled(page: &str) -> String {
    let lines = page.lines().filter(|l| !l.starts_with("Close, but") && !l.starts_with("接近而"));
    let kept = lines.map(|l| l.split("  confidence ").next().unwrap_or(l).split("  可信度 ").next().unwrap_or(l));
    kept.map(|l| l.strip_prefix("warning[").or_else(|| l.strip_prefix("error[")).unwrap_or(l))
        .collect::<Vec<_>>()
        .join("\n")
}

/// What stands in `docs/checks.md` on one check, its example run through the program.
fn section(check: &Check) -> String {
    let (info, desk) = (check.info, Desk::new());
    let mut text = format!(
        "### {}\n\n**{}** · {} · by default: {}\n\n",
        info.id,
        info.title.1,
        info.title.0,
        info.severity.name()
    );
    write!(text, "{}\n\n{}\n\n", info.description.1, info.description.0).unwrap();
    let mut arguments = vec!["--ui-lang", "en", "check"];
    for (name, article) in files(info.example) {
        desk.put(name, format!("{article}\n"));
        arguments.extend(if name == "facts.toml" { vec!["--facts", name] } else { vec![name] });
        write!(text, "`{name}`:\n\n```text\n{article}\n```\n\n").unwrap();
    }
    let report = out(&desk.run(&arguments));
    let findings: Vec<&str> = report.split("\n\n").filter(|f| f.contains(&format!("[{}]", info.id))).collect();
    assert!(!findings.is_empty(), "the example of {} is not reported: {report}", info.id);
    text.push_str("```text\n");
    for line in findings.join("\n\n").lines().filter(|l| !l.trim_start().starts_with("fingerprint ")) {
        writeln!(text, "{}", line.trim_end()).unwrap();
    }
    text.push_str("```\n\n");
    text
}

#[test]
fn the_page_of_the_checks_is_made_from_their_registry() {
    let path = root().join("docs/checks.md");
    let old = fs::read_to_string(&path).unwrap();
    let (introduction, _) = old.split_once(MARK).unwrap_or_else(|| panic!("docs/checks.md lost its mark: {MARK}"));
    let mut new = format!("{introduction}{MARK}\n\n");
    let group = |check: &Check| match check.run {
        _ if check.info.id == "known-fact" => "## Against a facts file",
        Run::Corpus(_) => "## Across articles",
        Run::Article(_) => "## Inside one article",
    };
    for heading in ["## Across articles", "## Inside one article", "## Against a facts file"] {
        write!(new, "{heading}\n\n").unwrap();
        for check in REGISTRY.iter().filter(|c| group(c) == heading) {
            new.push_str(&section(check));
        }
    }
    let new = format!("{}\n", new.trim_end());
    if new != old && std::env::var_os("FACTLINT_WRITE").is_some() {
        fs::write(&path, &new).unwrap();
    } else {
        assert!(
            settled(&new) == settled(&old),
            "docs/checks.md is out of date: FACTLINT_WRITE=1 cargo test --test docs"
        );
    }
}

/// Every page under docs/, with its path from there.
fn pages() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["", "kinds/"] {
        for entry in fs::read_dir(root().join("docs").join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if Path::new(&name).extension().is_some_and(|e| e == "md") {
                found.push(format!("{folder}{name}"));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn the_summary_of_the_book_lists_every_page_once() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).unwrap();
    let mut listed: Vec<String> =
        summary.split("](").skip(1).filter_map(|rest| rest.split(')').next()).map(str::to_owned).collect();
    listed.push("SUMMARY.md".to_owned());
    listed.sort();
    assert_eq!(listed, pages());
    // mdBook takes a list of links, headings between them, and nothing else.
    for line in summary.lines().filter(|l| !l.trim().is_empty()) {
        let known =
            line.starts_with('#') || line.trim_start().starts_with("- [") || line.starts_with('[') || line == "---";
        assert!(known, "mdBook does not know the line {line}");
    }
    let book: toml::Table = fs::read_to_string(root().join("book.toml")).unwrap().parse().unwrap();
    assert_eq!(book["book"]["src"].as_str(), Some("docs"));
}

/// A page with what its commands print put in anew: files are the code blocks behind a line that is a name in code type and a colon.
fn with_real_output(page: &str) -> String {
    let desk = Desk::new();
    let (mut new, mut rest) = (String::new(), page);
    while let Some((before, opened)) = rest.split_once("\n```") {
        let (fence, behind) = opened.split_once('\n').expect("a line behind the fence");
        let (body, after) = behind.split_once("\n```").expect("a block that is closed");
        let named = before.trim_end().lines().last().and_then(|l| l.strip_prefix('`'));
        let name = named.and_then(|l| l.strip_suffix("`:").or_else(|| l.strip_suffix("`：")));
        let mut body = body.to_owned();
        if let Some(name) = name {
            desk.put(name, format!("{body}\n"));
        } else if let Some(command) = body.strip_prefix("$ factlint ") {
            let command = command.lines().next().unwrap_or_default().to_owned();
            let output = desk.run(&command.split_whitespace().collect::<Vec<_>>());
            assert_ne!(output.status.code(), Some(2), "{command}: {}", String::from_utf8_lossy(&output.stderr));
            // How many rules there are today says nothing here.
            let kept = |line: &str| match line.strip_prefix("Rule examples: ").and_then(|l| l.split_once(' ')) {
                Some((_, rest)) => format!("Rule examples: … {rest}"),
                None => line.trim_end().to_owned(),
            };
            let lines: Vec<String> = out(&output).lines().map(kept).collect();
            body = format!("$ factlint {command}\n{}", lines.join("\n"));
        }
        write!(new, "{before}\n```{fence}\n{}\n```", body.trim_end()).unwrap();
        rest = after;
    }
    new + rest
}

#[test]
fn the_tours_show_what_the_program_prints() {
    let mut stale = Vec::new();
    for page in ["tour-editor.md", "tour-editor.zh.md", "rules.md"] {
        let path = root().join("docs").join(page);
        let old = fs::read_to_string(&path).unwrap();
        let new = with_real_output(&old);
        assert!(new.contains("$ factlint "), "{page} runs the program");
        if new != old && std::env::var_os("FACTLINT_WRITE").is_some() {
            fs::write(&path, &new).unwrap();
        } else if settled(&new) != settled(&old) {
            stale.push(page);
        }
    }
    assert!(stale.is_empty(), "out of date: {stale:?}; FACTLINT_WRITE=1 cargo test --test docs");
}

#[test]
fn the_first_output_of_the_readme_is_the_programs_own() {
    for (page, language) in [("README.md", "en"), ("README.zh.md", "zh")] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let (_, shown) = text.split_once("```text\n$ factlint check seeds\n").expect("the first output");
        let (shown, _) = shown.split_once("```").expect("a block that is closed");
        let mut command = Desk::new().command(&["--ui-lang", language, "check", "seeds"]);
        let report = out(&command.current_dir(root()).output().expect("the program runs"));
        let trimmed: Vec<&str> = report.lines().map(str::trim_end).collect();
        let report = settled(&trimmed.join("\n"));
        // `…` stands for what was left out; how many pairs were compared changes with the weights.
        let kept = settled(shown);
        let counts = |l: &&str| !l.starts_with("Compared ") && !l.starts_with("比较 ") && *l != "…";
        for line in kept.lines().filter(counts) {
            assert!(report.lines().any(|l| l == line.trim_end()), "{page} shows a line that is not printed: {line}");
        }
    }
}
