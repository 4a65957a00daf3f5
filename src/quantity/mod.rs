//! Exact decimals, intervals, units, dimensions and the calendar. Enters: numbers. Leaves: sets of values. Knows no language.

mod interval;
mod number;
mod relation;
mod time;
mod unit;

pub use interval::{Bound, Interval};
pub use number::{granularity, last_place, plain_decimal, pow10, rounding_slack};
pub use relation::{Relation, Values, relate, relate_times};
pub use time::{Precision, TimeValue, days_from_civil};
pub use unit::{Dimension, UnitInfo, unit_info};

pub use rust_decimal::Decimal;
