//! The pages keep step with the program: every check has its heading, every link leads somewhere.

use std::fs;
use std::path::{Path, PathBuf};

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

#[test]
fn links_between_pages_lead_somewhere() {
    let mut pages: Vec<PathBuf> =
        ["README.md", "README.zh.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "rules/README.md"]
            .map(|name| root().join(name))
            .to_vec();
    pages.extend(fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path()));
    let mut broken = Vec::new();
    for page in pages.iter().filter(|page| page.extension().is_some_and(|e| e == "md")) {
        let text = fs::read_to_string(page).unwrap();
        let folder = page.parent().unwrap_or(Path::new("."));
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") && !folder.join(target).exists() {
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
