//! Extraction on one thread beside what everybody knows, over the same bytes in one run: `cargo bench --bench extraction -- [MEGABYTES] [ROUNDS]`.
//!
//! The text is made here: the articles of `seeds/` (English: those of `tests/data/claims-en`) over and over, with other figures each time. Beside it run UTF-8
//! validation of the standard library and, in Chinese, jieba-rs with its own dictionary. Each round runs them in turn; medians are printed.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use factlint::embedded::FILES;
use factlint::lang::{Context, Lexicon};
use factlint::model::{ArticleId, Claim, Document, DocumentId, Format, Lang, Sentence};
use factlint::rule::{KeyInput, RuleSet};
use factlint::text::Span;
use factlint::{extract, load, segment};

/// What is measured for one language.
struct Text {
    lang: Lang,
    articles: Vec<String>,
    bytes: usize,
}

/// Digits of long numbers and of years stay as many as they are, and become others: the same from run to run.
fn vary(text: &str, seed: &mut u64) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0usize;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let next_is_digit = characters.peek().is_some_and(char::is_ascii_digit);
        run = if c.is_ascii_digit() { run + 1 } else { 0 };
        // The first digit stays, so that no month becomes a thirteenth and no number begins with a nought.
        if run > 1 && (next_is_digit || run > 2) {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            out.push(char::from(b'0' + ((*seed >> 33) % 10) as u8));
        } else {
            out.push(c);
        }
    }
    out
}

fn sources(folder: &str, lang: Lang) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> =
        fs::read_dir(&folder).expect("the folder of articles").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    paths
        .into_iter()
        .filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "md") && !p.ends_with("README.md"))
        .filter_map(|p| String::from_utf8(fs::read(p).expect("an article")).ok())
        .filter(|text| (lang == Lang::Zh) == (text.len() > text.chars().count() * 3 / 2))
        .collect()
}

fn make(folder: &str, lang: Lang, bytes: usize) -> Text {
    let sources = sources(folder, lang);
    assert!(!sources.is_empty(), "{folder} holds articles");
    let (mut seed, mut articles, mut made) = (1, Vec::new(), 0);
    for source in sources.iter().cycle() {
        if made >= bytes {
            break;
        }
        let article = vary(source, &mut seed);
        made += article.len();
        articles.push(article);
    }
    Text { lang, articles, bytes: made }
}

fn documents(articles: &[String]) -> Vec<Document> {
    let of = |text: &String| load::load("article.md", text.as_bytes(), Format::Text).documents;
    articles.iter().flat_map(of).collect()
}

/// Everything from the text of an article to its claims.
fn claims(documents: &[Document], lexicon: &Lexicon) -> usize {
    let mut found = 0;
    for document in documents {
        for article in segment::segment(document, DocumentId(0), lexicon.layout()) {
            found += extract::extract(document, &article, ArticleId(0), lexicon).len();
        }
    }
    found
}

/// The figures alone, without the words around them.
fn mentions(articles: &[String], lang: Lang, lexicon: &Lexicon) -> usize {
    let language = lexicon.language(lang);
    let (mut out, mut found) = (Vec::new(), 0);
    for text in articles {
        let mut context = Context::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            language.mentions(text, Span::new(start, start + line.len()), &mut context, &mut out);
            start += line.len();
            found += out.len();
            out.clear();
        }
    }
    found
}

/// Seconds that `work` takes.
fn seconds<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64()
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Runs all of `work` in turn, `rounds` times; the median of each.
fn in_turn(rounds: usize, work: &mut [&mut dyn FnMut() -> usize]) -> Vec<f64> {
    // Once beforehand: word lists and rules are compiled when first needed.
    for of in work.iter_mut() {
        black_box(of());
    }
    let mut times = vec![Vec::new(); work.len()];
    for _ in 0..rounds {
        for (of, times) in work.iter_mut().zip(&mut times) {
            times.push(seconds(&mut *of));
        }
    }
    times.iter_mut().map(|t| median(t)).collect()
}

fn beside_others(text: &Text, rounds: usize) {
    let lexicon = Lexicon::embedded();
    let documents = documents(&text.articles);
    let (claimed, mentioned) = (claims(&documents, &lexicon), mentions(&text.articles, text.lang, &lexicon));
    let jieba = (text.lang == Lang::Zh).then(jieba_rs::Jieba::new);
    let all = text.articles.concat();
    let mut validate = || std::str::from_utf8(black_box(all.as_bytes())).map_or(0, str::len);
    let mut extract = || claims(&documents, &lexicon);
    let mut read = || mentions(&text.articles, text.lang, &lexicon);
    let mut cut = || jieba.as_ref().map_or(0, |j| text.articles.iter().map(|a| j.cut(a, true).len()).sum());
    let times = in_turn(rounds, &mut [&mut validate, &mut extract, &mut read, &mut cut]);
    let rate = |t: f64| text.bytes as f64 / 1e6 / t;
    println!(
        "{:?}: {:.1} MB, {} articles, {claimed} claims, {mentioned} mentions, {rounds} rounds",
        text.lang,
        text.bytes as f64 / 1e6,
        text.articles.len()
    );
    println!("  std UTF-8 validation   {:9.1} MB/s", rate(times[0]));
    for (name, time) in [("claims (all parts)", times[1]), ("mentions alone", times[2])] {
        print!("  {name:22} {:9.1} MB/s   {:.4} of UTF-8 validation", rate(time), times[0] / time);
        if jieba.is_some() {
            print!("   {:.2} times jieba", times[3] / time);
        }
        println!();
    }
    if jieba.is_some() {
        println!("  jieba-rs cut           {:9.1} MB/s", rate(times[3]));
    }
}

/// How the time grows with the text: twice the articles, and one article of twice the length.
fn growth(text: &Text, rounds: usize) {
    let lexicon = Lexicon::embedded();
    let half = documents(&text.articles[..text.articles.len() / 2]);
    let all = documents(&text.articles);
    let paragraphs = text.articles.concat();
    let cut = |bytes: usize| {
        let end = paragraphs.char_indices().map(|(i, _)| i).take_while(|&i| i <= bytes).last().unwrap_or(0);
        documents(&[paragraphs[..end].to_owned()])
    };
    let (short, long) = (cut(250_000), cut(500_000));
    let times = in_turn(
        rounds,
        &mut [
            &mut || claims(&half, &lexicon),
            &mut || claims(&all, &lexicon),
            &mut || claims(&short, &lexicon),
            &mut || claims(&long, &lexicon),
        ],
    );
    println!(
        "{:?}: twice the articles {:.2} times the time; one file of 500 kB {:.2} times one of 250 kB",
        text.lang,
        times[1] / times[0],
        times[3] / times[2]
    );
}

/// A word of the same length that no article holds: other ideographs, other letters.
fn strange(word: &str) -> String {
    let other = |c: char| match c {
        '\u{4E00}'..='\u{9FFF}' => char::from_u32(0x3400 + (c as u32 - 0x4E00) % 0x19B0).unwrap_or(c),
        c => c,
    };
    word.chars().map(other).collect()
}

/// The word lists with as many words again: the long Chinese lists, and the English units.
fn doubled() -> (Vec<(String, String)>, usize) {
    let (mut files, mut added) = (Vec::new(), 0);
    for (path, text) in FILES {
        let mut text = (*text).to_owned();
        if ["units", "nouns", "verbs", "places"].iter().any(|n| *path == format!("rules/zh/words/{n}.toml")) {
            let mut out = String::new();
            for (i, piece) in text.split("\"\"\"").enumerate() {
                out.push_str(if i == 0 { "" } else { "\"\"\"" });
                out.push_str(piece);
                if i % 2 == 1 {
                    let more: Vec<String> = piece.split_whitespace().map(strange).collect();
                    added += more.len();
                    out.push_str(&more.join(" "));
                    out.push('\n');
                }
            }
            text = out;
        } else if *path == "rules/en/words/units.toml" {
            let blocks: Vec<String> = text.split("[[unit]]").skip(1).map(str::to_owned).collect();
            let mut more = String::new();
            for block in blocks {
                let code = block.lines().find(|l| l.starts_with("code")).unwrap_or_default().to_owned();
                let words: Vec<String> = block
                    .lines()
                    .find(|l| l.starts_with("words"))
                    .map(|l| l.split('"').skip(1).step_by(2).map(|w| format!("\"zq{w}\"")).collect())
                    .unwrap_or_default();
                added += words.len();
                if !code.is_empty() && !words.is_empty() {
                    let _ = write!(more, "\n[[unit]]\n{code}\nwords = [{}]\n", words.join(", "));
                }
            }
            let at = text.find("[[unit]]").unwrap_or(text.len());
            text.insert_str(at, &format!("{more}\n"));
        }
        files.push(((*path).to_owned(), text));
    }
    (files, added)
}

fn more_words(texts: &[Text], rounds: usize) {
    let (files, added) = doubled();
    let files: Vec<(&str, &str)> = files.iter().map(|f| (f.0.as_str(), f.1.as_str())).collect();
    let (few, many) = (Lexicon::embedded(), Lexicon::new(&files).expect("the doubled lists are sound"));
    for text in texts {
        let documents = documents(&text.articles);
        let times = in_turn(rounds, &mut [&mut || claims(&documents, &few), &mut || claims(&documents, &many)]);
        println!("{:?}: {added} more words and units: {:.3} times the time", text.lang, times[1] / times[0]);
    }
}

/// The embedded rules again, under other names and with words that no article holds.
fn more_rules(text: &Text, rounds: usize) {
    let copies: Vec<(String, String)> = FILES
        .iter()
        .filter(|(path, _)| path.starts_with("rules/zh/") && path.matches('/').count() == 2)
        .map(|(path, rule)| {
            let name = path.trim_start_matches("rules/zh/").trim_end_matches(".toml");
            let renamed = strange(&rule.replacen(&format!("\"{name}\""), &format!("\"{name}-again\""), 1));
            (path.replace(name, &format!("{name}-again")), renamed)
        })
        .collect();
    let extra: Vec<(&str, &str)> = copies.iter().map(|f| (f.0.as_str(), f.1.as_str())).collect();
    let few = RuleSet::embedded();
    let many = match RuleSet::load(&extra) {
        Ok(rules) => rules,
        Err(errors) => {
            panic!("the copies of the rules are sound: {:?}", errors.first().map(factlint::rule::RuleError::told))
        }
    };
    let lexicon = Lexicon::embedded();
    let documents = documents(&text.articles);
    let found: Vec<(&Document, Vec<Claim>, Vec<Sentence>)> = documents
        .iter()
        .flat_map(|document| {
            let articles = segment::segment(document, DocumentId(0), lexicon.layout());
            articles
                .into_iter()
                .map(|a| {
                    let claims = extract::extract(document, &a, ArticleId(0), &lexicon);
                    (document, claims, a.sentences)
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let classify = |rules: &RuleSet| {
        let mut matched = 0usize;
        for (document, claims, sentences) in &found {
            for claim in claims {
                let plain = document.plain();
                let input = KeyInput {
                    lang: text.lang,
                    kind: claim.quantity.kind,
                    unit: claim.quantity.unit.as_deref(),
                    measure: None,
                    measure_head: None,
                    predicate: None,
                    clause: claim.clause.of(plain),
                    sentence: sentences[claim.sentence.index as usize].span.of(plain),
                    figure: (claim.span.start - claim.clause.start) as usize
                        ..(claim.span.end - claim.clause.start) as usize,
                };
                matched += usize::from(rules.classify(&input).is_some());
            }
        }
        matched
    };
    let matched = classify(&few);
    let times = in_turn(rounds, &mut [&mut || classify(&few), &mut || classify(&many)]);
    println!(
        "{:?}: {} rules against {}: {:.3} times the time for {matched} matched figures",
        text.lang,
        few.rules().len(),
        many.rules().len(),
        times[1] / times[0]
    );
}

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|a| a.parse::<f64>().ok());
    // `cargo test` runs every bench: a little then.
    let small = !std::env::args().any(|a| a == "--bench");
    let megabytes = numbers.next().unwrap_or(if small { 0.02 } else { 6.0 });
    let rounds = numbers.next().unwrap_or(if small { 1.0 } else { 7.0 }) as usize;
    let bytes = (megabytes * 1e6) as usize;
    let texts = [make("seeds", Lang::Zh, bytes), make("tests/data/claims-en", Lang::En, bytes)];
    for text in &texts {
        beside_others(text, rounds);
    }
    for text in &texts {
        growth(text, rounds);
    }
    more_words(&texts, rounds);
    more_rules(&texts[0], rounds);
}
