//! Units by their UCUM-like code: dimension and exact factor to the base unit of the dimension.

use std::sync::OnceLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

/// What a unit measures. Two quantities compare only within one dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// A number of things; the classifier is the unit.
    Count,
    /// A share: per cent. Base `%`.
    Share,
    /// Percentage points. Base `pp`.
    Points,
    /// Money; each currency is its own base.
    Money,
    /// Length, base `m`.
    Length,
    /// Area, base `m2`.
    Area,
    /// Volume, base `m3`.
    Volume,
    /// Mass, base `g`.
    Mass,
    /// Time, base `s`.
    Time,
    /// Speed, base `m/s`.
    Speed,
    /// Temperature, base `Cel`.
    Temperature,
    /// Energy, base `kW.h`.
    Energy,
    /// Power, base `W`.
    Power,
    /// Pressure, base `Pa`.
    Pressure,
    /// Data, base `By`.
    Data,
    /// Data rate, base `bit/s`.
    DataRate,
    /// Frequency, base `Hz`.
    Frequency,
    /// Voltage, base `V`.
    Voltage,
    /// Current, base `A`.
    Current,
    /// Angle, base `deg`.
    Angle,
    /// Magnitude, decibel, proof and other scales that stand alone.
    Scale,
    /// One unit for each of another (`元/吨`): the code names both; only equal codes compare.
    Rate,
}

/// A unit: its code, dimension, base code, and how many bases it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitInfo {
    /// UCUM-like code (`km`, `t`, `m2`).
    pub code: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    /// Code of the base unit.
    pub base: &'static str,
    /// One of this unit in bases.
    pub factor: Decimal,
    /// Bases at zero of this unit (temperatures); zero for all others.
    pub offset: Decimal,
}

const fn n(lo: u32) -> Decimal {
    Decimal::from_parts(lo, 0, 0, false, 0)
}
const fn frac(digits: u64, scale: u32) -> Decimal {
    Decimal::from_parts(digits as u32, (digits >> 32) as u32, 0, false, scale)
}
const fn unit(code: &'static str, dimension: Dimension, base: &'static str, factor: Decimal) -> UnitInfo {
    UnitInfo { code, dimension, base, factor, offset: Decimal::ZERO }
}

use Dimension as D;

/// Sources: UCUM for the codes; GB 3100–1993 and the 1959 yard-and-pound agreement for the factors; 市制 by the
/// State Council's order of 1959 (1 市亩 = 1/15 公顷, 1 市斤 = 500 g, 1 市里 = 500 m).
static UNITS: &[UnitInfo] = &[
    unit("%", D::Share, "%", n(1)),
    unit("[acr]", D::Area, "m2", frac(40_468_564_224, 7)),
    unit("[chi]", D::Length, "m", frac(33_333_333_333, 11)),
    unit("[ft]", D::Length, "m", frac(3048, 4)),
    unit("[gal]", D::Volume, "L", frac(3_785_411_784, 9)),
    unit("[in]", D::Length, "m", frac(254, 4)),
    unit("[jin]", D::Mass, "g", n(500)),
    unit("[kn]", D::Speed, "m/s", frac(51_444_444_444, 11)),
    unit("[lb]", D::Mass, "g", frac(45_359_237, 5)),
    unit("[li]", D::Length, "m", n(500)),
    unit("[liang]", D::Mass, "g", n(50)),
    unit("[mi]", D::Length, "m", frac(1_609_344, 3)),
    unit("[mi2]", D::Area, "m2", frac(2_589_988_110_336, 6)),
    unit("[mph]", D::Speed, "m/s", frac(44_704, 5)),
    unit("[mu]", D::Area, "m2", frac(66_666_666_666_667, 11)),
    unit("[nmi]", D::Length, "m", n(1852)),
    unit("[nmi2]", D::Area, "m2", n(3_429_904)),
    unit("[oz]", D::Mass, "g", frac(28_349_523_125, 9)),
    unit("[stone]", D::Mass, "g", frac(635_029_318, 5)),
    unit("[yd]", D::Length, "m", frac(9144, 4)),
    unit("a", D::Time, "s", n(31_536_000)),
    unit("cm", D::Length, "m", frac(1, 2)),
    unit("d", D::Time, "s", n(86_400)),
    unit("g", D::Mass, "g", n(1)),
    unit("h", D::Time, "s", n(3600)),
    unit("har", D::Area, "m2", n(10_000)),
    unit("kg", D::Mass, "g", n(1000)),
    unit("km", D::Length, "m", n(1000)),
    unit("km2", D::Area, "m2", n(1_000_000)),
    unit("km/h", D::Speed, "m/s", frac(277_777_777_778, 12)),
    unit("L", D::Volume, "L", n(1)),
    unit("m", D::Length, "m", n(1)),
    unit("m2", D::Area, "m2", n(1)),
    unit("m3", D::Volume, "L", n(1000)),
    unit("m/s", D::Speed, "m/s", n(1)),
    unit("min", D::Time, "s", n(60)),
    unit("mL", D::Volume, "L", frac(1, 3)),
    unit("mm", D::Length, "m", frac(1, 3)),
    unit("mo", D::Time, "s", n(2_592_000)),
    unit("pp", D::Points, "pp", n(1)),
    unit("s", D::Time, "s", n(1)),
    unit("t", D::Mass, "g", n(1_000_000)),
    unit("wk", D::Time, "s", n(604_800)),
    unit("A", D::Current, "A", n(1)),
    unit("By", D::Data, "By", n(1)),
    unit("kBy", D::Data, "By", n(1000)),
    unit("MBy", D::Data, "By", n(1_000_000)),
    unit("GBy", D::Data, "By", n(1_000_000_000)),
    unit("TBy", D::Data, "By", frac(1_000_000_000_000, 0)),
    unit("Mbit/s", D::DataRate, "bit/s", n(1_000_000)),
    unit("Gbit/s", D::DataRate, "bit/s", n(1_000_000_000)),
    unit("Hz", D::Frequency, "Hz", n(1)),
    unit("kHz", D::Frequency, "Hz", n(1000)),
    unit("MHz", D::Frequency, "Hz", n(1_000_000)),
    unit("GHz", D::Frequency, "Hz", n(1_000_000_000)),
    unit("W", D::Power, "W", n(1)),
    unit("kW", D::Power, "W", n(1000)),
    unit("MW", D::Power, "W", n(1_000_000)),
    unit("GW", D::Power, "W", n(1_000_000_000)),
    unit("[HP]", D::Power, "W", frac(73_549_875, 5)),
    unit("kV.A", D::Scale, "kV.A", n(1)),
    unit("kW.h", D::Energy, "kW.h", n(1)),
    unit("MW.h", D::Energy, "kW.h", n(1000)),
    unit("GW.h", D::Energy, "kW.h", n(1_000_000)),
    unit("J", D::Energy, "kW.h", frac(277_777_777_777_778, 21)),
    unit("kJ", D::Energy, "kW.h", frac(277_777_777_777_778, 18)),
    unit("cal", D::Energy, "kW.h", frac(1_162_222_222_222_222, 21)),
    unit("kcal", D::Energy, "kW.h", frac(1_162_222_222_222_222, 18)),
    unit("Pa", D::Pressure, "Pa", n(1)),
    unit("hPa", D::Pressure, "Pa", n(100)),
    unit("kPa", D::Pressure, "Pa", n(1000)),
    unit("MPa", D::Pressure, "Pa", n(1_000_000)),
    unit("mm[Hg]", D::Pressure, "Pa", frac(133_322_387_415, 9)),
    unit("V", D::Voltage, "V", n(1)),
    unit("kV", D::Voltage, "V", n(1000)),
    unit("mA.h", D::Scale, "mA.h", n(1)),
    unit("Sv", D::Scale, "Sv", n(1)),
    unit("mSv", D::Scale, "Sv", frac(1, 3)),
    unit("[M]", D::Scale, "[M]", n(1)),
    unit("[TEU]", D::Scale, "[TEU]", n(1)),
    unit("[pH]", D::Scale, "[pH]", n(1)),
    unit("dB", D::Scale, "dB", n(1)),
    unit("deg", D::Angle, "deg", n(1)),
    unit("dm", D::Length, "m", frac(1, 1)),
    unit("um", D::Length, "m", frac(1, 6)),
    unit("nm", D::Length, "m", frac(1, 9)),
    unit("[cun]", D::Length, "m", frac(33_333_333_333, 12)),
    unit("[zhang]", D::Length, "m", frac(33_333_333_333, 10)),
    unit("[ly]", D::Length, "m", frac(9_460_730_472_580_800, 0)),
    unit("cm2", D::Area, "m2", frac(1, 4)),
    unit("mm2", D::Area, "m2", frac(1, 6)),
    unit("[ft2]", D::Area, "m2", frac(9_290_304, 8)),
    unit("[ping]", D::Area, "m2", frac(33_057_851_240, 10)),
    unit("[qing]", D::Area, "m2", frac(66_666_666_666_667, 9)),
    unit("cm3", D::Volume, "L", frac(1, 3)),
    unit("km3", D::Volume, "L", frac(1_000_000_000_000, 0)),
    unit("[bbl]", D::Volume, "L", frac(158_987_294_928, 9)),
    unit("[tsp]", D::Volume, "L", frac(5, 3)),
    unit("[tbs]", D::Volume, "L", frac(15, 3)),
    unit("[cup]", D::Volume, "L", frac(25, 2)),
    unit("mg", D::Mass, "g", frac(1, 3)),
    unit("ug", D::Mass, "g", frac(1, 6)),
    unit("[car]", D::Mass, "g", frac(2, 1)),
    unit("[qian]", D::Mass, "g", n(5)),
    unit("[dan]", D::Mass, "g", n(50_000)),
    unit("mg/m3", D::Rate, "g/m3", frac(1, 3)),
    unit("ug/m3", D::Rate, "g/m3", frac(1, 6)),
    unit("mg/L", D::Rate, "g/m3", n(1)),
    unit("mg/(100.mL)", D::Rate, "g/m3", n(10)),
    unit("mmol/L", D::Rate, "mmol/L", n(1)),
    unit("r/min", D::Rate, "r/min", n(1)),
    unit("[wd]", D::Time, "s", n(86_400)),
    unit("Cel", D::Temperature, "Cel", n(1)),
    UnitInfo {
        code: "[degF]",
        dimension: D::Temperature,
        base: "Cel",
        factor: frac(555_555_555_555_555_556, 18),
        offset: Decimal::from_parts(3_158_776_946, 4_139_211_442, 0, true, 18),
    },
];

/// The unit with this code, where the table has it. A currency or a classifier is not in the table: it is its own base.
pub fn unit_info(code: &str) -> Option<&'static UnitInfo> {
    static BY_CODE: OnceLock<FxHashMap<&str, &UnitInfo>> = OnceLock::new();
    // The first of two that are alike stands.
    let by_code = || UNITS.iter().rev().map(|u| (u.code, u)).collect();
    BY_CODE.get_or_init(by_code).get(code).copied()
}
