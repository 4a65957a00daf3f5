//! Building a finding: fingerprint, places with their camps, defaults. Enters: what a check has seen. Leaves: a [`Finding`].

use crate::model::{
    Camp, CheckInfo, Claim, ClaimId, Corpus, Evidence, FindClaim, Finding, Passages, Road, SentenceId, Severity, Text,
    Verdict, Why,
};
use crate::text::{Plain, Span};

/// How many characters on each side of a place its fingerprint takes in.
const AROUND: usize = 8;

/// A place in an article: its sentence and its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The sentence.
    pub sentence: SentenceId,
    /// The words.
    pub span: Span<Plain>,
}

impl Place {
    /// The place of one entry of a finding.
    pub fn of(corpus: &Corpus, entry: &FindClaim) -> Self {
        match entry {
            FindClaim::Claim(id) => {
                let claim = &corpus.claims[id.0 as usize];
                Self { sentence: claim.sentence, span: claim.span }
            }
            FindClaim::Words { sentence, span } => Self { sentence: *sentence, span: *span },
        }
    }
}

/// A finding in the making: the defaults of its check, and what the check adds.
#[derive(Debug, Clone)]
pub struct Draft {
    finding: Finding,
}

impl Draft {
    /// A contradiction inside one article with the defaults of `info`.
    pub fn new(info: &CheckInfo, confidence: f32, message: Text) -> Self {
        Self {
            finding: Finding {
                fingerprint: String::new(),
                check: info.id,
                severity: info.severity,
                verdict: Verdict::Contradiction,
                confidence,
                message,
                diagnosis: None,
                road: Road::Article,
                rule: None,
                why: Why::default(),
                claims: Vec::new(),
                passages: None,
                evidence: Vec::new(),
            },
        }
    }

    /// Adds a claim to a camp.
    #[must_use]
    pub fn claim(mut self, id: ClaimId, camp: u32) -> Self {
        self.finding.claims.push(Camp { claim: FindClaim::Claim(id), camp });
        self
    }

    /// Adds claims to a camp.
    #[must_use]
    pub fn claims(mut self, ids: impl IntoIterator<Item = ClaimId>, camp: u32) -> Self {
        self.finding.claims.extend(ids.into_iter().map(|id| Camp { claim: FindClaim::Claim(id), camp }));
        self
    }

    /// Adds words that are no claim to a camp.
    #[must_use]
    pub fn words(mut self, sentence: SentenceId, span: Span<Plain>, camp: u32) -> Self {
        self.finding.claims.push(Camp { claim: FindClaim::Words { sentence, span }, camp });
        self
    }

    /// Sets severity and verdict.
    #[must_use]
    pub fn judged(mut self, severity: Severity, verdict: Verdict) -> Self {
        self.finding.severity = severity;
        self.finding.verdict = verdict;
        self
    }

    /// Sets the road, and the rule where one joined the claims.
    #[must_use]
    pub fn by(mut self, road: Road, rule: Option<String>) -> Self {
        self.finding.road = road;
        self.finding.rule = rule;
        self
    }

    /// Says what matched, differed and was unknown.
    #[must_use]
    pub fn why(mut self, why: Why) -> Self {
        self.finding.why = why;
        self
    }

    /// Adds a likely slip.
    #[must_use]
    pub fn diagnosis(mut self, diagnosis: Option<Text>) -> Self {
        self.finding.diagnosis = diagnosis;
        self
    }

    /// Adds the passages that stand against each other.
    #[must_use]
    pub fn passages(mut self, passages: Option<Passages>) -> Self {
        self.finding.passages = passages;
        self
    }

    /// Adds what stands behind each camp.
    #[must_use]
    pub fn evidence(mut self, evidence: Vec<Evidence>) -> Self {
        self.finding.evidence = evidence;
        self
    }

    /// The finding: places sorted by camp and then by where they stand, and the fingerprint over them.
    pub fn build(mut self, corpus: &Corpus) -> Finding {
        self.finding.claims.sort_by_key(|c| (c.camp, Place::of(corpus, &c.claim)));
        self.finding.claims.dedup();
        self.finding.fingerprint = fingerprint(corpus, &self.finding);
        self.finding
    }
}

/// A 64-bit FNV-1a hash, the same on every machine and in every release.
struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = (self.0 ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Text without its white space, closed off from what follows.
    fn words<'a>(&mut self, chars: impl Iterator<Item = &'a str>) {
        chars.for_each(|s| self.bytes(s.as_bytes()));
        self.bytes(&[0xff]);
    }
}

/// The fingerprint of a finding: its check, the words of each place and a few characters around them within their sentence.
///
/// Never lines or offsets: it stays the same while the sentence stays the same, wherever the sentence moves. Places that say the same
/// (copies of one text) count once, so a further copy does not change it.
pub fn fingerprint(corpus: &Corpus, finding: &Finding) -> String {
    let mut parts: Vec<u64> = finding
        .claims
        .iter()
        .map(|camp| {
            let place = Place::of(corpus, &camp.claim);
            let article = place.sentence.article;
            let text = corpus.document_of(article).plain();
            let sentence = corpus.sentence(place.sentence).span;
            let before = text.get(sentence.start as usize..place.span.start as usize).unwrap_or("");
            let after = text.get(place.span.end as usize..sentence.end as usize).unwrap_or("");
            let mut hash = Fnv::new();
            let solid = |c: &char| !c.is_whitespace();
            let mut left: Vec<char> = before.chars().rev().filter(solid).take(AROUND).collect();
            left.reverse();
            let right: Vec<char> = after.chars().filter(solid).take(AROUND).collect();
            hash.words(left.iter().collect::<String>().split_whitespace());
            hash.words(place.span.of(text).split_whitespace());
            hash.words(right.iter().collect::<String>().split_whitespace());
            hash.0
        })
        .collect();
    parts.sort_unstable();
    parts.dedup();
    let mut hash = Fnv::new();
    hash.words(std::iter::once(finding.check));
    for part in parts {
        hash.bytes(&part.to_le_bytes());
    }
    format!("{:016x}", hash.0)
}

/// The claim behind an entry, where it is one.
#[allow(dead_code)]
pub(super) fn claim_of<'a>(corpus: &'a Corpus, entry: &FindClaim) -> Option<&'a Claim> {
    match entry {
        FindClaim::Claim(id) => corpus.claims.get(id.0 as usize),
        FindClaim::Words { .. } => None,
    }
}
