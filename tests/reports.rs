//! Every output format on one report made by hand: two articles that differ, three copies of one of them, words that would act if they
//! were shown raw, an input that could not be read.

use std::collections::BTreeSet;

use factlint::load;
use factlint::model::{
    Article, ArticleId, BlockKind, Camp, Claim, ClaimId, Corpus, DiffOp, DiffPart, DocumentId, Evidence, Excepted,
    FindClaim, Finding, Format, Issue, IssueLevel, Kind, Lang, NearMiss, Passages, Quantity, Report, Road, Scope,
    Sentence, SentenceId, Severity, Summary, Text, Verdict, Why, Written,
};
use factlint::quantity::{Decimal, Interval};
use factlint::report::{self, Interface, Options};
use factlint::text::{Plain, Span};

const FIRST: &str = "分站上线<b>|`x`\n据介绍，当天有3000多家本地厂商入驻平台\u{1b}[2J，覆盖12个县。\n";
const SECOND: &str = "厂商入驻 ::error::x\r\n记者获悉，当天有4000多家本地厂商入驻\u{202e}平台 https://例.cn 50%。\r\n";

/// Adds an article of one sentence a line, with the figures given as claims.
fn add(corpus: &mut Corpus, name: &str, text: &str, figures: &[(&str, i64)]) {
    let document = load::load(name, text.as_bytes(), Format::Text).documents.remove(0);
    let plain = document.plain().to_owned();
    let id = ArticleId(corpus.articles.len() as u32);
    let line_end = plain.find(['\r', '\n']).unwrap_or(plain.len());
    let title = Span::<Plain>::new(0, line_end);
    let body_start = line_end + plain[line_end..].len() - plain[line_end..].trim_start().len();
    let body = Span::<Plain>::new(body_start, plain.trim_end().len());
    let sentence = |span, kind, block, lead| Sentence { span, kind, block, lead };
    let first = corpus.claims.len() as u32;
    for (words, value) in figures {
        let at = plain.find(words).expect("the figure stands in the text");
        let span = Span::<Plain>::new(at, at + words.len());
        let point = Decimal::from(*value);
        corpus.claims.push(Claim {
            article: id,
            sentence: SentenceId { article: id, index: 1 },
            clause: body,
            span,
            numeral: span,
            quantity: Quantity {
                kind: Kind::Count,
                point: Some(point),
                unit: Some("家".into()),
                base_unit: Some("家".into()),
                literal: Interval::exactly(point),
                reader: Interval::exactly(point),
                granularity: Decimal::ONE,
                hedge: None,
                time: None,
                negative: false,
            },
            lang: Lang::Zh,
            measure: None,
            subject: None,
            predicate: None,
            scope: Scope::default(),
        });
    }
    corpus.articles.push(Article {
        document: DocumentId(corpus.documents.len() as u32),
        ordinal: 0,
        span: Span::new(0, plain.len()),
        title: Some(title),
        title_text: title.of(&plain).to_owned(),
        date: None,
        byline: None,
        lang: Lang::Zh,
        sentences: vec![sentence(title, BlockKind::Title, 0, false), sentence(body, BlockKind::Paragraph, 1, true)],
    });
    corpus.documents.push(document);
    corpus.claims_of.push(first..corpus.claims.len() as u32);
}

fn sample() -> Report {
    let mut corpus = Corpus::default();
    add(&mut corpus, "稿件/a.txt", FIRST, &[("3000多家", 3000), ("12个", 12)]);
    add(&mut corpus, "稿件/b\u{1b}[31m|x.txt", SECOND, &[("4000多家", 4000)]);
    for copy in 1..=3 {
        add(&mut corpus, &format!("转载/{copy}.txt"), FIRST, &[("3000多家", 3000)]);
    }
    let camp = |claim, camp| Camp { claim: FindClaim::Claim(ClaimId(claim)), camp };
    let sentence = |article, index| SentenceId { article: ArticleId(article), index };
    let part = |op, text: &str| DiffPart { op, text: text.to_owned() };
    let findings = vec![
        Finding {
            fingerprint: "9f31c2d4e5a60718".to_owned(),
            check: "conflicting-figure",
            severity: Severity::Error,
            verdict: Verdict::Contradiction,
            confidence: 0.97,
            message: Text::new("3000多家与4000多家不能同时为真", "3000多家 and 4000多家 cannot both be true"),
            diagnosis: Some(Text::new("首位数字不同", "the first digit differs")),
            road: Road::Passage,
            rule: Some("supplier-count".to_owned()),
            why: Why {
                matched: vec!["unit", "predicate"],
                differs: vec!["attribution"],
                unknown: vec!["place"],
                ..Why::default()
            },
            claims: vec![camp(0, 0), camp(3, 0), camp(4, 0), camp(5, 0), camp(2, 1)],
            passages: Some(Passages {
                a: sentence(0, 1),
                b: sentence(1, 1),
                similarity: 0.91,
                diff: vec![
                    part(DiffOp::Delete, "据介绍"),
                    part(DiffOp::Insert, "记者获悉"),
                    part(DiffOp::Equal, "，当天有"),
                    part(DiffOp::Delete, "3000"),
                    part(DiffOp::Insert, "4000"),
                    part(DiffOp::Equal, "多家本地厂商入驻<i>平台"),
                ],
            }),
            evidence: vec![
                Evidence {
                    camp: 0,
                    articles: 4,
                    independent: 2,
                    sources: vec!["据介绍".to_owned(), "according to <i>the firm".to_owned()],
                    first: Some(jiff::civil::date(2008, 12, 29)),
                    last: Some(jiff::civil::date(2009, 1, 2)),
                    corrects: vec![1],
                },
                Evidence { camp: 1, articles: 1, independent: 1, ..Evidence::default() },
            ],
        },
        Finding {
            fingerprint: "00aa11bb22cc33dd".to_owned(),
            check: "list-count",
            severity: Severity::Warning,
            verdict: Verdict::Tension,
            confidence: 0.6,
            message: Text::new("称12个县，列出11个", "says 12个, lists 11"),
            diagnosis: None,
            road: Road::Article,
            rule: None,
            why: Why::default(),
            claims: vec![
                camp(1, 0),
                Camp {
                    claim: FindClaim::Words {
                        sentence: sentence(0, 1),
                        span: Span::new(FIRST.find("覆盖").unwrap_or(0), FIRST.trim_end().len()),
                    },
                    camp: 1,
                },
            ],
            passages: None,
            evidence: Vec::new(),
        },
    ];
    let summary = Summary {
        files: 5,
        articles: 5,
        sentences: 10,
        claims: 1234,
        compared: 7,
        agreements: 3,
        not_compared: vec![("hedge-fits", 2), ("other-time", 12)],
        left_out: vec![(Text::new("不支持的文件类型：.png", "unsupported kind of file: .png"), 2)],
        bytes: 900,
        accepted: 1,
        excepted: 1,
        idle: 2,
        unchanged: 1,
    };
    let issues = vec![Issue {
        path: "坏\n::error::.txt".to_owned(),
        line: Some(3),
        level: IssueLevel::Error,
        message: Text::new("不是文本<x>", "is no text <x>"),
    }];
    let near_misses = vec![NearMiss { a: ClaimId(0), b: ClaimId(1), reason: "other-measure" }];
    let checks = factlint::pipeline::checks()
        .into_iter()
        .filter(|c| ["conflicting-figure", "headline-mismatch"].contains(&c.id))
        .collect();
    let mut stands = findings[1].clone();
    "1234567890abcdef".clone_into(&mut stands.fingerprint);
    let reason = Some("口径不同\u{1b}<x>".to_owned());
    let excepted = vec![Excepted { finding: stands, written: Written::Comment, reason }];
    Report { corpus, findings, excepted, issues, summary, near_misses, checks }
}

fn rendered(report: &Report, format: &str, language: Interface) -> String {
    let reporter = report::reporter(format).expect("a registered format");
    let mut out = Vec::new();
    (reporter.render)(report, Options { language, ..Options::default() }, &mut out).expect("memory takes any bytes");
    String::from_utf8(out).expect("reports are UTF-8").replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

/// The page without its style and its script, which lie in files of their own, and without their hashes.
fn bare(page: &str) -> String {
    let mut out = page.to_owned();
    for (from, to) in [("script-src '", "'"), ("style-src '", "'"), ("<style>", "</style>"), ("<script>", "</script>")]
    {
        let Some(start) = out.find(from).map(|at| at + from.len()) else { continue };
        let end = start + out[start..].find(to).expect("an end");
        out.replace_range(start..end, "…");
    }
    out
}

#[test]
fn every_format_keeps_its_shape() {
    let report = sample();
    for reporter in report::REGISTRY {
        let language =
            if matches!(reporter.name, "text" | "markdown" | "html") { Interface::Zh } else { Interface::En };
        let shown = rendered(&report, reporter.name, language);
        let shown = if reporter.name == "html" { bare(&shown) } else { shown };
        insta::assert_snapshot!(reporter.name, shown);
    }
}

#[test]
fn nothing_untrusted_acts_in_any_format() {
    let report = sample();
    for reporter in report::REGISTRY {
        for language in [Interface::Zh, Interface::En] {
            let shown = rendered(&report, reporter.name, language);
            for raw in ["\u{1b}", "\u{202e}", "\n::error::.txt"] {
                assert!(!shown.contains(raw), "{} prints {raw:?}", reporter.name);
            }
            if matches!(reporter.name, "html" | "markdown" | "junit") {
                for raw in ["<b>", "<i>", "<x>"] {
                    assert!(!shown.contains(raw), "{} prints {raw}", reporter.name);
                }
            }
        }
    }
}

#[test]
fn the_page_fetches_nothing_and_runs_only_its_own() {
    let page = rendered(&sample(), "html", Interface::En);
    let policy =
        page.split("Content-Security-Policy content=\"").nth(1).and_then(|p| p.split('"').next()).expect("a policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    assert!(!bare(&page).contains("src=") && !bare(&page).contains("url("));
    let data = page.split("id=data>").nth(1).and_then(|d| d.split("</script>").next()).expect("data");
    assert!(!data.contains('<') && !data.contains('\u{202e}'), "{data}");
    let data: serde_json::Value = serde_json::from_str(data).expect("json");
    assert_eq!(data["findings"][0]["sides"][1]["text"], "4000多家");
    // Copies of one wording are told as one.
    assert_eq!(page.matches("<blockquote").count(), 4);
    // Every id once, and what refers to one finds it.
    let ids: Vec<&str> = page.split(" id=").skip(1).filter_map(|rest| rest.split([' ', '>']).next()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
}

#[test]
fn json_formats_hold_json() {
    let report = sample();
    for format in ["json", "sarif", "gitlab"] {
        let value: serde_json::Value = serde_json::from_str(&rendered(&report, format, Interface::En)).expect(format);
        assert!(value.is_object() || value.is_array());
    }
    for format in ["jsonl", "rdjsonl"] {
        for line in rendered(&report, format, Interface::En).lines() {
            assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{format}: {line}");
        }
    }
}

#[test]
fn a_place_slices_back_to_its_text() {
    let report = sample();
    let value: serde_json::Value = serde_json::from_str(&rendered(&report, "json", Interface::En)).expect("json");
    let claims = value["findings"][0]["claims"].as_array().expect("claims");
    for claim in claims {
        let source = if claim["camp"] == 1 { SECOND } else { FIRST };
        let range =
            claim["byte_start"].as_u64().unwrap_or(0) as usize..claim["byte_end"].as_u64().unwrap_or(0) as usize;
        assert_eq!(source.get(range), claim["text"].as_str());
        let chars =
            claim["char_start"].as_u64().unwrap_or(0) as usize..claim["char_end"].as_u64().unwrap_or(0) as usize;
        let sliced: String = source.chars().skip(chars.start).take(chars.len()).collect();
        assert_eq!(Some(sliced.as_str()), claim["text"].as_str());
    }
}

#[test]
fn gitlab_issues_have_fingerprints_of_their_own() {
    let report = sample();
    let value: serde_json::Value = serde_json::from_str(&rendered(&report, "gitlab", Interface::En)).expect("json");
    let all: Vec<_> = value.as_array().expect("an array").iter().map(|i| i["fingerprint"].to_string()).collect();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
}

#[test]
fn an_empty_report_still_says_what_it_read() {
    let report = Report { summary: Summary { files: 2, articles: 2, ..Summary::default() }, ..Report::default() };
    for format in ["text", "markdown", "html", "github"] {
        let shown = rendered(&report, format, Interface::En);
        assert!(shown.contains("Read 2 files") && shown.contains("No discrepancy found"), "{format}: {shown}");
    }
}
