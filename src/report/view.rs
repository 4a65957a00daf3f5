//! A finding as people are shown it: camps, and in each the sentences with the places that carry them. Enters: a finding and the
//! corpus. Leaves: plain pieces of text, not yet escaped. Knows no output format.

use jiff::civil::Date;

use super::Interface;
use super::record::Place;
use crate::model::{
    Camp, Corpus, DiffOp, DiffPart, Document, Evidence, FindClaim, Finding, Lang, Passages, SentenceId,
};
use crate::text::{Plain, Span};

/// A sentence around a figure: the words before it, the figure, the words after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt<'a> {
    /// Words before; begins with `…` where the sentence is cut.
    pub before: String,
    /// The figure.
    pub mark: &'a str,
    /// Words after; ends with `…` where the sentence is cut.
    pub after: String,
}

/// One place of a finding.
#[derive(Debug, Clone)]
pub struct Spot<'a> {
    /// Where it stands.
    pub place: Place<'a>,
    /// Title of its article, empty where there is none.
    pub title: &'a str,
    /// Date of its article.
    pub date: Option<Date>,
    /// Its span in the plain text.
    pub span: Span<Plain>,
    /// Who published it, where metadata says.
    pub source: Option<&'a str>,
    /// Its sentence.
    pub excerpt: Excerpt<'a>,
    /// Its document.
    pub document: &'a Document,
    /// Its sentence, by id.
    pub sentence: SentenceId,
    /// The language of its article.
    pub lang: Lang,
}

/// Where a tool that opens files finds a place: the file and the range in it, lines and columns from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// First line.
    pub line: u32,
    /// First column, in code points.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// One past the last column, in code points.
    pub end_column: u32,
    /// First column, in bytes of UTF-8.
    pub byte_column: u32,
    /// One past the last column, in bytes of UTF-8.
    pub end_byte_column: u32,
}

impl<'a> Spot<'a> {
    /// The file that holds the place: of a record, the JSON Lines file.
    pub fn file(&self) -> &'a str {
        let file = self.document.record.as_ref().map_or(&self.document.path, |r| &r.file);
        // Services that show a report know files by their path in the repository.
        file.strip_prefix("./").unwrap_or(file)
    }

    /// The first line of the place in [`Self::file`].
    pub fn line(&self) -> u32 {
        self.document.record.as_ref().map_or(self.place.line, |r| r.line)
    }

    /// The range in [`Self::file`]; `None` for a record, whose offsets address its text and not the file.
    pub fn range(&self) -> Option<Range> {
        if self.document.record.is_some() {
            return None;
        }
        let decoded = &self.document.decoded;
        let source = self.document.map.to_source(self.span);
        let within = |at: u32| {
            let before = decoded.get(..at as usize).unwrap_or_default();
            (before.len() - before.rfind(['\n', '\r']).map_or(0, |i| i + 1)) as u32 + 1
        };
        Some(Range {
            line: self.place.line,
            column: self.place.column,
            end_line: self.place.end_line,
            end_column: self.place.end_column,
            byte_column: within(source.start),
            end_byte_column: within(source.end),
        })
    }
}

/// The places of one camp that stand in the same words.
#[derive(Debug, Clone)]
pub struct Saying<'a> {
    /// The places; the first stands for all.
    pub spots: Vec<Spot<'a>>,
}

/// A camp of agreeing values.
#[derive(Debug, Clone)]
pub struct CampView<'a> {
    /// `A`, `B` … in the order of the finding.
    pub label: String,
    /// The words of its first place.
    pub value: &'a str,
    /// What it says, each wording once.
    pub sayings: Vec<Saying<'a>>,
    /// How many places there are.
    pub places: usize,
}

/// The name of the camp with this number: `A` … `Z`, then the number itself.
pub fn label(camp: u32) -> String {
    match u8::try_from(camp) {
        Ok(n @ 0..26) => char::from(b'A' + n).to_string(),
        _ => (camp + 1).to_string(),
    }
}

/// The last `count` characters of `text`, or the first, with `…` where something was cut.
fn tail(text: &str, count: usize) -> String {
    match text.char_indices().rev().nth(count.saturating_sub(1)) {
        Some((at, _)) if at > 0 => format!("…{}", &text[at..]),
        _ => text.to_owned(),
    }
}

/// The first `count` characters of `text`, with `…` where something was cut.
pub fn head(text: &str, count: usize) -> String {
    match text.char_indices().nth(count) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// The sentence of `span`, at most `around` characters of it on each side.
pub fn excerpt(plain: &str, sentence: Span<Plain>, span: Span<Plain>, around: usize) -> Excerpt<'_> {
    let before = Span::<Plain>::new(sentence.start.min(span.start) as usize, span.start as usize).of(plain);
    let after = Span::<Plain>::new(span.end as usize, sentence.end.max(span.end) as usize).of(plain);
    Excerpt { before: tail(before, around), mark: span.of(plain), after: head(after, around) }
}

/// The place, sentence and article of one entry of a finding.
pub fn spot<'a>(corpus: &'a Corpus, entry: &FindClaim, around: usize) -> Spot<'a> {
    let (sentence, span) = match entry {
        FindClaim::Claim(id) => {
            let claim = &corpus.claims[id.0 as usize];
            (claim.sentence, claim.span)
        }
        FindClaim::Words { sentence, span } => (*sentence, *span),
    };
    let (article, document) = (corpus.article(sentence.article), corpus.document_of(sentence.article));
    let whole = article.sentences.get(sentence.index as usize).map_or(span, |s| s.span);
    Spot {
        place: Place::new(document, article, span),
        title: &article.title_text,
        date: article.date,
        source: document.source.as_deref(),
        excerpt: excerpt(document.plain(), whole, span, around),
        span,
        document,
        sentence,
        lang: article.lang,
    }
}

/// The camps of a finding, in order.
pub fn camps<'a>(corpus: &'a Corpus, finding: &Finding, around: usize) -> Vec<CampView<'a>> {
    let mut camps: Vec<(u32, CampView<'a>)> = Vec::new();
    for Camp { claim, camp } in &finding.claims {
        let spot = spot(corpus, claim, around);
        let at = camps.iter().position(|(n, _)| n == camp).unwrap_or_else(|| {
            let view = CampView { label: label(*camp), value: spot.excerpt.mark, sayings: Vec::new(), places: 0 };
            camps.push((*camp, view));
            camps.len() - 1
        });
        let view = &mut camps[at].1;
        view.places += 1;
        match view.sayings.iter_mut().find(|s| s.spots[0].excerpt == spot.excerpt) {
            Some(saying) => saying.spots.push(spot),
            None => view.sayings.push(Saying { spots: vec![spot] }),
        }
    }
    camps.sort_by_key(|(n, _)| *n);
    camps.into_iter().map(|(_, view)| view).collect()
}

/// All places of a finding, with their camps, in order.
pub fn spots<'a>(corpus: &'a Corpus, finding: &Finding, around: usize) -> Vec<(u32, Spot<'a>)> {
    finding.claims.iter().map(|c| (c.camp, spot(corpus, &c.claim, around))).collect()
}

/// One line for formats that show one place: what every other camp says and where.
pub fn others(spots: &[(u32, Spot<'_>)], than: u32) -> String {
    let mut seen = vec![than];
    let mut out = Vec::new();
    for (camp, spot) in spots {
        if !seen.contains(camp) {
            seen.push(*camp);
            out.push(format!("{} {}:{}", spot.excerpt.mark, spot.place.path, spot.place.line));
        }
    }
    out.join("; ")
}

/// What stands behind each camp, a line a camp; none where each is one article of which the places say all there is to say.
pub fn evidence(finding: &Finding, how: Interface) -> Vec<String> {
    let all = &finding.evidence;
    let tells = |e: &Evidence| e.articles > 1 || !e.corrects.is_empty() || e.sources != all[0].sources;
    if !all.iter().any(tells) {
        return Vec::new();
    }
    all.iter().map(|e| stands_behind(e, how)).collect()
}

fn stands_behind(e: &Evidence, how: Interface) -> String {
    let copies = e.articles.saturating_sub(e.independent);
    let mut parts = vec![match (how, e.independent, copies) {
        (Interface::Zh, n, 0) => format!("{n}篇文章"),
        (Interface::Zh, n, more) => format!("{n}篇独立文章（另有{more}篇同文）"),
        (Interface::En, 1, 0) => "1 article".to_owned(),
        (Interface::En, n, 0) => format!("{n} articles"),
        (Interface::En, n, more) => {
            let copies = if more == 1 { "1 copy".to_owned() } else { format!("{more} copies") };
            format!("{n} independent {} (and {copies})", if n == 1 { "article" } else { "articles" })
        }
    }];
    match (e.first, e.last) {
        (Some(a), Some(b)) if a == b => parts.push(a.to_string()),
        (Some(a), Some(b)) => parts.push(format!("{a} {} {b}", how.pick("至", "to"))),
        _ => {}
    }
    if !e.sources.is_empty() {
        let quoted = e.sources.iter().map(|s| format!("“{}”", head(s, 40))).collect::<Vec<_>>();
        parts.push(format!("{}{}", how.pick("出处：", "source: "), quoted.join(how.pick("、", ", "))));
    }
    if !e.corrects.is_empty() {
        let others = e.corrects.iter().map(|c| label(*c)).collect::<Vec<_>>().join(how.pick("、", ", "));
        parts.push(match how {
            Interface::Zh => format!("文中更正或否认了{others}的说法"),
            Interface::En => format!("takes back what {others} says"),
        });
    }
    format!("{}{}{}", label(e.camp), how.pick("：", ": "), parts.join(how.pick("，", ", ")))
}

/// Below this the difference of two passages is harder to read than the passages.
const READABLE: f32 = 0.5;

/// Whether the difference of two passages tells a reader something: two sentences, alike enough.
pub fn passages_readable(passages: &Passages) -> bool {
    passages.a != passages.b && passages.similarity >= READABLE && passages.diff.iter().any(|d| d.op != DiffOp::Equal)
}

/// The passages of a finding, where their difference tells a reader something.
pub fn passages(finding: &Finding) -> Option<&Passages> {
    finding.passages.as_ref().filter(|p| passages_readable(p))
}

/// A diff for people: long runs of equal text are cut in the middle.
pub fn short_diff(diff: &[DiffPart]) -> Vec<DiffPart> {
    const KEEP: usize = 16;
    let last = diff.len().saturating_sub(1);
    let cut = |(i, part): (usize, &DiffPart)| {
        let mut part = part.clone();
        if part.op == DiffOp::Equal && part.text.chars().count() > 2 * KEEP + 4 {
            part.text = match i {
                0 => tail(&part.text, KEEP),
                _ if i == last => head(&part.text, KEEP),
                _ => format!("{}{}", head(&part.text, KEEP), tail(&part.text, KEEP).trim_start_matches('…')),
            };
        }
        part
    };
    diff.iter().enumerate().map(cut).collect()
}

/// The name of a part of a claim as `why` gives it.
pub fn part_name(part: &'static str, language: Interface) -> &'static str {
    let zh = match part {
        "kind" => "类别",
        "unit" => "单位",
        "dimension" => "量纲",
        "measure" => "所计之物",
        "subject" => "主体",
        "predicate" => "谓语",
        "time" => "时间",
        "place" => "地点",
        "base" => "比较基期",
        "aggregation" => "统计口径",
        "status" => "事实状态",
        "attribution" => "出处",
        "passage" | "words" | "context" => "上下文",
        "name" => "名称",
        "ordinal" => "序次",
        "qualifier" => "限定语",
        "meaning" => "词义",
        "rule" => "规则",
        other => other,
    };
    language.pick(zh, part)
}

/// The name of a scope's status, aggregation or base of comparison.
pub fn scope_name(name: &'static str, language: Interface) -> &'static str {
    let (zh, en) = match name {
        "actual" => ("已发生或直接陈述", "stated as fact"),
        "planned" => ("计划", "planned"),
        "required" => ("要求、标准", "required"),
        "estimated" => ("预计", "estimated"),
        "denied" => ("已否认", "denied"),
        "reported" => ("此前报道", "reported earlier"),
        "hypothetical" => ("假设", "supposed"),
        "earlier" => ("变动前", "before a change"),
        "cumulative" => ("累计", "cumulative"),
        "daily-average" => ("日均", "daily average"),
        "monthly-average" => ("月均", "monthly average"),
        "yearly-average" => ("年均", "yearly average"),
        "per-head" => ("人均", "per head"),
        "per-unit" => ("每单位", "per unit"),
        "average" => ("平均", "average"),
        "single-month" => ("单月", "single month"),
        "new" => ("新增", "new"),
        "total" => ("总数", "total"),
        "highest" => ("最高", "highest"),
        "lowest" => ("最低", "lowest"),
        "remaining" => ("剩余", "remaining"),
        "part" => ("其中", "a part"),
        "year-on-year" => ("同比", "year on year"),
        "period-on-period" => ("环比", "period on period"),
        "named" => ("文中所写的基期", "as named in the text"),
        other => (other, other),
    };
    language.pick(zh, en)
}

/// The name of a unit for people; a code that has none stays as it is.
pub fn unit_name(code: &str, language: Interface) -> &str {
    let (zh, en) = match code {
        "a" => ("年", "years"),
        "mo" => ("个月", "months"),
        "wk" => ("周", "weeks"),
        "d" | "[wd]" => ("天", "days"),
        "h" => ("小时", "hours"),
        "min" => ("分钟", "minutes"),
        "s" => ("秒", "seconds"),
        "har" => ("公顷", "hectares"),
        "[mu]" => ("亩", "mu"),
        "[acr]" => ("英亩", "acres"),
        "m2" => ("平方米", "m²"),
        "km2" => ("平方公里", "km²"),
        "m3" => ("立方米", "m³"),
        "L" => ("升", "litres"),
        "mL" => ("毫升", "ml"),
        "[mi]" => ("英里", "miles"),
        "[mi2]" => ("平方英里", "square miles"),
        "[ft]" => ("英尺", "feet"),
        "[in]" => ("英寸", "inches"),
        "[jin]" => ("斤", "jin"),
        "[lb]" => ("磅", "pounds"),
        "t" => ("吨", "tonnes"),
        "kW.h" => ("千瓦时", "kWh"),
        "Cel" => ("摄氏度", "°C"),
        "pp" => ("个百分点", "percentage points"),
        "[TEU]" => ("标箱", "TEU"),
        "CNY" => ("元", "CNY"),
        "USD" => ("美元", "USD"),
        other => (other, other),
    };
    match language {
        Interface::Zh => zh,
        Interface::En => en,
    }
}

/// What a reason for not comparing two claims means.
pub fn reason_name(reason: &'static str, language: Interface) -> &'static str {
    let (zh, en) = match reason {
        "other-time" => ("时间不同", "other time"),
        "other-place" => ("地点不同", "other place"),
        "other-base" => ("比较基期不同", "other base of comparison"),
        "other-subject" => ("主体不同", "other subject"),
        "part-of-total" => ("一为总数，一为其分项", "a total and one of its parts"),
        "other-measure" => ("所计之物不同", "other thing counted"),
        "other-predicate" => ("所说的事不同", "other predicate"),
        "other-unit" => ("单位不可比", "other unit"),
        "other-kind" => ("类别不同", "other kind"),
        "other-aggregation" => ("统计口径不同", "other aggregation"),
        "other-status" => ("事实状态不同（计划、预计、要求等）", "other status (planned, estimated, required)"),
        "other-attribution" => ("出处不同", "other source"),
        "other-qualifier" => ("限定语不同", "other qualifier"),
        "hedge-fits" => ("约数相容", "the hedge allows both"),
        "rounding" => ("四舍五入所致", "rounding"),
        "agreement" | "same" => ("一致", "agree"),
        "update" => ("后来的更新", "a later update"),
        "one-sentence" => ("同在一句", "both in one sentence"),
        "other-meaning" => ("规则认为说的是两回事", "two meanings by rule"),
        "other-name" => ("名称不同", "other name"),
        "other-act" => ("所记之事不同", "another act"),
        "other-ordinal" => ("序次不同", "other ordinal"),
        "ordinal" => ("序数", "ordinal"),
        "as-of" => ("截至时间不同", "other as-of date"),
        "one-article" => ("同在一篇，说的不是一回事", "two statements of one article"),
        "parallel" => ("两句各数皆不同，应是两回事", "all figures of the two sentences differ"),
        "period" => ("日期只表示所指时段", "the date says which period is meant"),
        "relative-day" => ("“今天”“当日”随转载日期而变", "a relative day moves with the day of the reprint"),
        "dateline" => ("电头日期", "the date of a dateline"),
        "unsure" => ("把握不足", "not sure enough"),
        "few-anchors" => ("两种语言的文章共有的数字、日期、名称太少", "two languages, too little in common"),
        "withdrawn" => ("已否认或更正", "denied or corrected"),
        "better-match" => ("另有更合的对应", "a better match elsewhere"),
        "agrees-elsewhere" => ("别处有相符的数字", "agrees with another"),
        other => (other, other),
    };
    language.pick(zh, en)
}
