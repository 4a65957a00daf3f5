//! All that depends on a human language: numerals, units, dates, hedges, sentences, and the words around a figure. One folder a
//! language and one line in [`Lexicon`]. Enters: the text of a sentence. Leaves: mentions, and the parts of claims. Word lists come
//! from `rules/<code>/words/*.toml`; what a word does is code here, which words do it is data there.

pub mod alias;
pub mod check_words;
pub mod compare;
pub mod en;
pub mod layout;
pub mod names;
pub mod persons;
pub mod rewrite;
pub mod sentence;
pub mod shared;
mod then;
pub mod zh;

use std::sync::OnceLock;

pub use check_words::{CheckWords, WordSet};
use jiff::civil::Date;

use crate::model::{BlockKind, Lang, Mention, Phrase, Scope};
use crate::quantity::TimeValue;
use crate::text::{Plain, Span};

/// What a reader of dates knows when he comes to a sentence. One for an article; sentences are read in text order.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The article's own date, from which `昨日` and `今年` count; without it they stay unresolved.
    pub reference: Option<Date>,
    /// The last date or period that the text named: what `同年`, `当日`, `同期` and a month without a year lean on.
    pub last_time: Option<TimeValue>,
    /// Where the words of `last_time` stand.
    pub last_time_span: Option<Span<Plain>>,
    /// The place that the article last named as where things happen.
    pub last_place: Option<Span<Plain>>,
    /// The last subject, for clauses that name none.
    pub last_subject: Option<Span<Plain>>,
    /// What kind of block the sentence stands in.
    pub block: Option<BlockKind>,
    /// The time that claims which state none take over, and its words. Moved on by `describe` alone: `last_time` runs ahead of it.
    pub as_of: Option<(TimeValue, Span<Plain>)>,
    /// The thing last counted, for figures that name none (`其中…`, `今年达到…`).
    pub last_measure: Option<Phrase>,
}

/// The parts of a claim around one mention (semantics.md §3). What the text does not state is `None`.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// The clause the mention stands in.
    pub clause: Span<Plain>,
    /// The thing counted or measured, with its modifiers.
    pub measure: Option<Phrase>,
    /// Who or what the clause speaks of.
    pub subject: Option<Span<Plain>>,
    /// What is said of it.
    pub predicate: Option<Span<Plain>>,
    /// Where, when, against what, on whose word.
    pub scope: Scope,
}

/// A language the extractor reads.
pub trait Language: Sync + Send {
    /// Which one.
    fn lang(&self) -> Lang;

    /// Appends every mention in `sentence` of `text` to `out`, in text order, none overlapping another, what semantics.md §7 excludes
    /// left out. Spans address `text`. Dates are resolved against `context`, which is moved on.
    fn mentions(&self, text: &str, sentence: Span<Plain>, context: &mut Context, out: &mut Vec<Mention>);

    /// The parts of the claim around each of `mentions` (all of this sentence, in order): one [`Parts`] a mention.
    fn describe(&self, text: &str, sentence: Span<Plain>, mentions: &[Mention], context: &mut Context) -> Vec<Parts>;

    /// [`Self::mentions`], then [`Self::describe`] of those that `keep` leaves; what both need is worked out once.
    fn read(
        &self,
        text: &str,
        sentence: Span<Plain>,
        context: &mut Context,
        out: &mut Vec<Mention>,
        keep: &dyn Fn(&mut Vec<Mention>),
    ) -> Vec<Parts> {
        self.mentions(text, sentence, context, out);
        keep(out);
        self.describe(text, sentence, out, context)
    }
}

/// The languages in force, each with its words.
pub struct Lexicon {
    zh: OnceLock<zh::Chinese>,
    en: OnceLock<en::English>,
    layout: layout::Layout,
    words: Vec<(String, String)>,
    compare: [OnceLock<compare::CompareWords>; 2],
    checks: [OnceLock<CheckWords>; 2],
    names: OnceLock<Option<names::Names>>,
    shared: OnceLock<Option<shared::SharedNames>>,
    aliases: alias::Aliases,
}

/// What was made of the lists of the binary, which the tests hold to be good.
fn tested<T>(made: Result<T, String>) -> T {
    match made {
        Ok(made) => made,
        Err(message) => unreachable!("embedded word lists are tested: {message}"),
    }
}

impl Lexicon {
    /// The languages with the word lists in the given files, `(path, TOML text)`; a path is `rules/zh/words/<name>.toml`.
    ///
    /// An `Err` names the file, the line and what would have been right.
    pub fn new(files: &[(&str, &str)]) -> Result<Self, String> {
        let lexicon = Self::of(files, layout::Layout::new(files)?);
        // Lists that come from outside are checked at once; those of the binary are read when their language is first met.
        let _ = lexicon.zh.set(zh::Chinese::new(files)?);
        let _ = lexicon.en.set(en::English::new(files)?);
        Ok(lexicon)
    }

    fn of(files: &[(&str, &str)], layout: layout::Layout) -> Self {
        Self {
            zh: OnceLock::new(),
            en: OnceLock::new(),
            layout,
            words: files.iter().filter(|f| f.0.contains("/words/")).map(|f| (f.0.into(), f.1.into())).collect(),
            compare: [OnceLock::new(), OnceLock::new()],
            checks: [OnceLock::new(), OnceLock::new()],
            names: OnceLock::new(),
            shared: OnceLock::new(),
            aliases: alias::Aliases::default(),
        }
    }

    /// The same with other forms of names.
    #[must_use]
    pub fn with_aliases(mut self, aliases: alias::Aliases) -> Self {
        self.aliases = aliases;
        self
    }

    /// Other forms of names, as the settings give them.
    pub const fn aliases(&self) -> &alias::Aliases {
        &self.aliases
    }

    fn zh(&self) -> &zh::Chinese {
        self.zh.get_or_init(zh::Chinese::embedded)
    }

    fn files(&self) -> Vec<(&str, &str)> {
        self.words.iter().map(|f| (f.0.as_str(), f.1.as_str())).collect()
    }

    /// The languages with the word lists embedded in the binary.
    pub fn embedded() -> Self {
        match layout::Layout::new(crate::embedded::FILES) {
            Ok(layout) => Self::of(crate::embedded::FILES, layout),
            Err(message) => unreachable!("embedded word lists are tested: {message}"),
        }
    }

    /// What comparing needs to know of one language; compiled when first asked for, since one article alone does not need it.
    pub fn compare(&self, lang: Lang) -> &compare::CompareWords {
        self.compare[usize::from(lang == Lang::En)].get_or_init(|| {
            let files: Vec<(&str, &str)> = self.words.iter().map(|f| (f.0.as_str(), f.1.as_str())).collect();
            compare::CompareWords::new(lang, &files).unwrap_or_else(|_| compare::CompareWords::empty(lang))
        })
    }

    /// What is known of names, where a list of them is in force; read when first asked for.
    pub fn names(&self) -> Option<&names::Names> {
        let read = || {
            let files: Vec<(&str, &str)> = self.words.iter().map(|f| (f.0.as_str(), f.1.as_str())).collect();
            names::Names::new(&files).ok()
        };
        self.names.get_or_init(read).as_ref()
    }

    /// What texts of two languages can name in common; read when articles of both are first compared.
    pub fn shared(&self) -> Option<&shared::SharedNames> {
        self.shared.get_or_init(|| shared::SharedNames::new(&self.files()).ok()).as_ref()
    }

    /// Reads what a lone draft in `lang` asks for after its first sentence, while another thread reads the sentence.
    pub fn warm(&self, lang: Lang) {
        if lang == Lang::Zh {
            self.zh().warm();
        }
        self.compare(lang);
    }

    /// How articles are laid out, in every language.
    pub fn layout(&self) -> &layout::Layout {
        &self.layout
    }

    /// The words of the checks inside one article.
    pub fn check_words(&self, lang: Lang) -> &CheckWords {
        self.checks[usize::from(lang == Lang::En)].get_or_init(|| {
            let files: Vec<(&str, &str)> = self.words.iter().map(|f| (f.0.as_str(), f.1.as_str())).collect();
            CheckWords::new(lang, &files).unwrap_or_default()
        })
    }

    /// `text` as the words of the checks are written: lower case, and in Chinese the simplified script. As long in bytes as `text`.
    pub fn folded(&self, lang: Lang, text: &str) -> String {
        match lang {
            Lang::Zh => self.zh().folded(text),
            Lang::En => text.to_ascii_lowercase(),
        }
    }

    /// One language.
    pub fn language(&self, lang: Lang) -> &dyn Language {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en.get_or_init(|| tested(en::English::new(&self.files()))),
        }
    }
}
