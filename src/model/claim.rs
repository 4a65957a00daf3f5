//! Claims: a quantity with what it is a quantity of.

use super::{ArticleId, Kind, Lang, Quantity, SentenceId};
use crate::quantity::TimeValue;
use crate::text::{Plain, Span};

/// Index into [`super::Corpus::claims`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId(pub u32);

/// Words of the text: all of them, and the head among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// The phrase with its modifiers: `阿里巴巴“中国供应商”`.
    pub span: Span<Plain>,
    /// Its head: `供应商`.
    pub head: Span<Plain>,
}

/// What a figure is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Base {
    /// `同比`, year on year.
    YearOnYear,
    /// `环比`, on the period before.
    PeriodOnPeriod,
    /// `较上年末` `比年初`, on a named moment.
    Named,
}

impl Base {
    /// Its name in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::YearOnYear => "year-on-year",
            Self::PeriodOnPeriod => "period-on-period",
            Self::Named => "named",
        }
    }
}

/// Over what a figure was gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Aggregation {
    Cumulative,
    DailyAverage,
    MonthlyAverage,
    YearlyAverage,
    PerHead,
    PerUnit,
    Average,
    SingleMonth,
    New,
    Total,
    Highest,
    Lowest,
    Remaining,
    /// `其中`: a part of a figure before it.
    Part,
}

impl Aggregation {
    /// Its name in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cumulative => "cumulative",
            Self::DailyAverage => "daily-average",
            Self::MonthlyAverage => "monthly-average",
            Self::YearlyAverage => "yearly-average",
            Self::PerHead => "per-head",
            Self::PerUnit => "per-unit",
            Self::Average => "average",
            Self::SingleMonth => "single-month",
            Self::New => "new",
            Self::Total => "total",
            Self::Highest => "highest",
            Self::Lowest => "lowest",
            Self::Remaining => "remaining",
            Self::Part => "part",
        }
    }
}

/// Whether a figure is told as fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Status {
    /// Happened, or stated plainly.
    #[default]
    Actual,
    /// `计划` `目标` `将`.
    Planned,
    /// `须` `不得低于`: a standard or a threshold.
    Required,
    /// `预计`.
    Estimated,
    /// `不实` `否认`: denied.
    Denied,
    /// `此前报道`: reported earlier, since corrected.
    Reported,
    /// `如果` `若`: supposed.
    Hypothetical,
    /// `由9家增至12家`, `up from 9`: so it was before a change.
    Earlier,
}

impl Status {
    /// Its name in output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Planned => "planned",
            Self::Required => "required",
            Self::Estimated => "estimated",
            Self::Denied => "denied",
            Self::Reported => "reported",
            Self::Hypothetical => "hypothetical",
            Self::Earlier => "earlier",
        }
    }
}

/// Where, when, against what and on whose word. A part that is not stated is `None`: unknown, not empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// As of, or during.
    pub time: Option<TimeValue>,
    /// Where the words of `time` stand.
    pub time_span: Option<Span<Plain>>,
    /// Whether `time` was taken over from an earlier clause or sentence.
    pub time_inherited: bool,
    /// Place named for this figure.
    pub place: Option<Span<Plain>>,
    /// Whether `place` was taken over from an earlier clause.
    pub place_inherited: bool,
    /// Whether the claim's subject was taken over from an earlier clause or sentence.
    pub subject_inherited: bool,
    /// Comparison base, and its words.
    pub base: Option<(Base, Span<Plain>)>,
    /// Aggregation.
    pub aggregation: Option<Aggregation>,
    /// Status.
    pub status: Status,
    /// `据统计`, a named source, a speaker.
    pub attribution: Option<Span<Plain>>,
}

/// A quantity with what it is a quantity of, where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its article.
    pub article: ArticleId,
    /// Its sentence.
    pub sentence: SentenceId,
    /// The clause it stands in: between commas, semicolons, colons and brackets.
    pub clause: Span<Plain>,
    /// From hedge to unit.
    pub span: Span<Plain>,
    /// The numeral alone.
    pub numeral: Span<Plain>,
    /// The quantity.
    pub quantity: Quantity,
    /// Its language.
    pub lang: Lang,
    /// The thing counted or measured.
    pub measure: Option<Phrase>,
    /// Who or what the clause speaks of.
    pub subject: Option<Span<Plain>>,
    /// What is said of it.
    pub predicate: Option<Span<Plain>>,
    /// Where, when, against what, on whose word.
    pub scope: Scope,
}

impl Claim {
    /// The kind of its quantity.
    pub const fn kind(&self) -> Kind {
        self.quantity.kind
    }
}
