//! The desk of an editor against a whole run: one draft after the other is taken out of a folder and compared with the rest.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use factlint::load;
use factlint::model::{Corpus, FindClaim, Finding, SentenceId};
use factlint::pipeline::{CheckOptions, Engine, Piece, Role};
use factlint::rule::RuleSet;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if load::format_of(&path.to_string_lossy()).is_some() {
            found.push(path);
        }
    }
}

fn read(engine: &Engine, path: &Path, role: Role) -> Piece {
    let name = path.to_string_lossy();
    let format = load::format_of(&name).expect("a known format");
    Piece { role, ..engine.read(&name, &fs::read(path).expect("a file"), format) }
}

/// Check and words of every place, without regard to order.
fn told(corpus: &Corpus, findings: &[Finding], _: &Path) -> BTreeSet<String> {
    let tell = |f: &Finding| {
        let places: BTreeSet<String> = f.claims.iter().map(|c| place(corpus, &c.claim)).collect();
        format!("{} {:?} {places:?}", f.check, f.severity)
    };
    findings.iter().map(tell).collect()
}

/// Check, severity and words of every place in one document: what an editor marks.
fn marks(corpus: &Corpus, findings: &[Finding], path: &Path) -> BTreeSet<String> {
    let all = findings.iter().flat_map(|f| f.claims.iter().map(move |c| (f, place(corpus, &c.claim))));
    let told = all.map(|(f, place)| format!("{place} {} {:?}", f.check, f.severity));
    told.filter(|mark| mark.starts_with(&format!("{} ", path.to_string_lossy()))).collect()
}

/// Document and words of a place.
fn place(corpus: &Corpus, entry: &FindClaim) -> String {
    let (SentenceId { article, .. }, span) = match entry {
        FindClaim::Claim(id) => {
            let claim = &corpus.claims[id.0 as usize];
            (claim.sentence, claim.span)
        }
        FindClaim::Words { sentence, span } => (*sentence, *span),
    };
    format!("{} {}", corpus.document_of(article).path, corpus.text(article, span))
}

type Told = fn(&Corpus, &[Finding], &Path) -> BTreeSet<String>;

/// How many findings the whole run and the desk share, and those that only one of them tells; one draft of `every`.
fn compare(folder: &Path, every: usize, told: Told) -> (usize, Vec<String>) {
    let engine = Engine::new(RuleSet::embedded());
    let mut all = Vec::new();
    files(folder, &mut all);
    let (mut shared, mut differ) = (0, Vec::new());
    for draft in all.iter().step_by(every) {
        let others = || all.iter().filter(|p| *p != draft).map(|p| read(&engine, p, Role::Against)).collect::<Vec<_>>();
        let mut desk = engine.desk(others(), CheckOptions::default());
        // What an earlier draft left behind must not show.
        engine.check_drafts(&mut desk, vec![read(&engine, &all[0], Role::Checked)]);
        let findings = engine.check_drafts(&mut desk, vec![read(&engine, draft, Role::Checked)]);
        let on_desk = told(desk.corpus(), &findings, draft);
        let mut pieces = others();
        pieces.push(read(&engine, draft, Role::Checked));
        let report = engine.check(pieces, CheckOptions::default());
        let whole = told(&report.corpus, &report.findings, draft);
        shared += whole.intersection(&on_desk).count();
        differ.extend(whole.difference(&on_desk).map(|f| format!("only the whole run: {f}")));
        differ.extend(on_desk.difference(&whole).map(|f| format!("only the desk: {f}")));
    }
    (shared, differ)
}

#[test]
fn the_desk_tells_what_a_whole_run_tells() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (shared, differ) = compare(&root.join("seeds"), 1, told);
    assert!(differ.is_empty(), "{}", differ.join("\n"));
    assert!(shared > 15, "{shared}");
}

/// A folder with so many claims that no longer every pair is looked at: towns that tell of their own, and reports that tell of them again.
fn many(folder: &Path) {
    const TOWNS: [&str; 12] =
        ["江北", "河西", "山阴", "海东", "石桥", "柳林", "白塔", "青浦", "云岭", "沙洲", "南屏", "北仓"];
    const THINGS: [&str; 10] = [
        "渔港新添冷库{}座，渔民不必再等冰车",
        "老茶园里补种茶树{}株，山坡又绿了起来",
        "夜市摊位扩大到{}个，小吃街灯火通明",
        "乡村图书室藏书增至{}册，孩子放学后都爱去",
        "医院新购救护车{}辆，急救站离村口更近",
        "古城墙修复青砖{}块，工匠连着干了两个冬天",
        "公交公司开通夜班线路{}条，晚归的工人方便多了",
        "养老院增设床位{}张，等候名单短了一半",
        "河道清出淤泥{}吨，水面上重新看见白鹭",
        "职业学校培训电工{}名，不少人留在本地就业",
    ];
    fs::create_dir_all(folder).expect("a folder");
    for n in 0..96 {
        let town = TOWNS[n % 12];
        let mut text = format!("# {town}区年终见闻\n\n");
        for (k, thing) in THINGS.iter().enumerate().skip(n / 12 % 3) {
            // Every seventh report has another figure.
            let figure = 130 + 37 * (n % 12) + 11 * k + if (n + k) % 7 == 0 && n >= 12 { 9 } else { 0 };
            text.extend([town, "区的", &thing.replace("{}", &figure.to_string()), "。\n\n"]);
        }
        fs::write(folder.join(format!("{n:02}.md")), text).expect("written");
    }
}

#[test]
fn among_many_claims_a_draft_has_the_marks_of_a_whole_run() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("desk-many");
    let _ = fs::remove_dir_all(&folder);
    many(&folder);
    let (shared, differ) = compare(&folder, 23, marks);
    assert!(differ.is_empty(), "{shared} shared\n{}", differ.join("\n"));
    assert!(shared > 10, "{shared}");
}
