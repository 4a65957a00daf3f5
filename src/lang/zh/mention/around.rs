//! The words right before and behind a numeral: units and hedges. Enters: a place. Leaves: what stands there and where it ends.

use std::borrow::Cow;

use super::super::numerals;
use super::super::words::{Unit, UnitKind};
use super::{Found, Scanner};
use crate::model::Hedge;
use crate::text::is_ideograph;

impl<'a> Scanner<'a> {
    pub(in crate::lang::zh) fn unit_code(found: &Found) -> Cow<'static, str> {
        let code = if found.unit.code.is_empty() { found.unit.word } else { found.unit.code };
        match &found.per {
            Some(per) => Cow::Owned(format!("{code}/{per}")),
            None => Cow::Borrowed(code),
        }
    }

    /// The unit at `p`, spaces before it allowed.
    pub(in crate::lang::zh) fn unit_at(&self, p: usize) -> Option<Found<'a>> {
        let v = self.v;
        let words = self.words;
        let start = v.skip_spaces(p);
        if let Some(found) = self.spaced_points(start) {
            return Some(found);
        }
        if start - p > 2 {
            return None;
        }
        // 一个半小时, 两个多月, 三个半月.
        if v.c(start) == '个' && matches!(v.c(start + 1), '半' | '多' | '来') {
            if let Some((len, unit)) =
                words.units.at(v.from(start + 2)).filter(|(_, u)| matches!(u.kind, UnitKind::Time))
            {
                return Some(Found {
                    unit,
                    start,
                    end: start + 2 + len,
                    half: v.c(start + 1) == '半',
                    odd: v.c(start + 1) != '半',
                    per: None,
                });
            }
            if matches!(v.c(start + 1), '多') {
                return None;
            }
        }
        let (len, mut unit) = self.unit_word(start)?;
        let mut end = start + len;
        // 52分18秒: minutes, and no points.
        if unit.word == "分"
            && numerals::small(v, v.skip_spaces(end)).is_some_and(|(s, e, _)| s < 60 && v.c(v.skip_spaces(e)) == '秒')
            && let Some((_, minutes)) = words.units.at(&['分', '钟'])
        {
            unit = minutes;
        }
        // 三分半, 三分半钟, 三分多钟: the minutes of a length of time.
        let mut odd = false;
        if unit.word == "分" {
            let more = matches!(v.c(end), '多' | '余' | '来') && v.c(end + 1) == '钟';
            if (more || v.c(end) == '半')
                && let Some((_, minutes)) = words.units.at(&['分', '钟'])
            {
                unit = minutes;
            }
            if more {
                odd = true;
                end += 2;
            }
        }
        // 砍了50多刀: cuts, unless the text is of money.
        let cut = |k: usize| matches!(v.c(k), '了' | '中' | '被' | '砍' | '捅' | '刺' | '扎');
        if unit.word == "刀" && (!self.is_whole() || (0..start).any(cut)) && !self.speaks_of_money(start, end) {
            unit = &words.cut;
        }
        let mut per = None;
        // 元/吨, 元每吨
        let rate = v.c(end) == '/' && matches!(unit.kind, UnitKind::Money | UnitKind::Measure | UnitKind::Classifier)
            || v.c(end) == '每' && unit.kind == UnitKind::Money;
        // 升/百公里
        let many = usize::from(rate && matches!(v.c(end + 1), '百' | '千' | '万') && self.unit_word(end + 1).is_none());
        if many == 1
            && let Some((len, other)) = self.unit_word(end + 2)
        {
            per = Some(format!("{}{}", v.c(end + 1), if other.code.is_empty() { other.word } else { other.code }));
            end += 2 + len;
        } else if rate && let Some((len, other)) = self.unit_word(end + 1) {
            per = Some(if other.code.is_empty() { other.word.to_owned() } else { other.code.to_owned() });
            end += 1 + len;
        }
        let mut half = false;
        if v.c(end) == '半'
            && matches!(
                unit.kind,
                UnitKind::Time
                    | UnitKind::Measure
                    | UnitKind::Age
                    | UnitKind::Multiple
                    | UnitKind::Share
                    | UnitKind::Money
            )
            && !matches!(v.c(end + 1), '个' | '年' | '小' | '夜' | '价' | '数' | '程')
        {
            half = true;
            end += 1;
            end += usize::from(v.c(end) == '钟');
        }
        Some(Found { unit, start, end, half, odd, per })
    }

    /// `个 百 分 点`, written with spaces.
    fn spaced_points(&self, start: usize) -> Option<Found<'a>> {
        let v = self.v;
        let mut p = start;
        let mut spaces = 0;
        for c in ['个', '百', '分', '点'] {
            if c == '个' && v.c(p) == '百' {
                continue;
            }
            let at = v.skip_spaces(p);
            spaces += usize::from(at > p && p > start);
            if v.c(at) != c {
                return None;
            }
            p = at + 1;
        }
        let (_, unit) = self.words.units.at(&['个', '百', '分', '点']).filter(|_| spaces > 0)?;
        Some(Found { unit, start, end: p, half: false, odd: false, per: None })
    }

    pub(in crate::lang::zh) fn unit_word(&self, start: usize) -> Option<(usize, &'a Unit)> {
        let v = self.v;
        let (len, unit) = self.words.units.at(v.from(start))?;
        let next = v.c(start + len);
        let last = v.c(start + len - 1);
        if last.is_ascii_alphabetic() && next.is_ascii_alphanumeric() {
            return None;
        }
        // A lone currency letter or inch mark between quotes is none.
        if matches!(unit.word, "\"" | "″" | "′")
            && v.c(start.wrapping_sub(1)).is_ascii_digit()
            && v.until(start).contains(&'"')
        {
            return None;
        }
        let word = &v.from(start)[..len];
        // 两升到三升
        let again = matches!(next, '到' | '至')
            && numerals::parse(v, start + len + 1).is_some_and(|m| v.from(m.end).starts_with(word));
        if let Some(not) = self.words.not_unit.get(word)
            && not.contains(&next)
            && !again
        {
            return None;
        }
        // 38金32银18铜: medals stand with other medals.
        if matches!(unit.word, "金" | "银" | "铜") && !self.is_medal(start) {
            return None;
        }
        // 13胜4平3负: matches drawn, and no square metres.
        if unit.word == "平" && (v.c(start + len).is_ascii_digit() || numerals::is_han_numeral(v.c(start + len))) {
            return None;
        }
        if matches!(unit.word, "人" | "天") && self.begins_word(start) {
            return None;
        }
        if unit.word == "所" && next == '以' && !matches!(v.c(start + 2), '上' | '下' | '内') {
            return None;
        }
        if unit.word == "时" {
            return None;
        }
        Some((len, unit))
    }

    /// Whether the 人 or 天 at `at` begins a word and counts nothing: 人工智能 and not 3人工作组, 人均收入 and not 两人均为, 人生观 and not
    /// 2人生还; 天气 and not 三天气温.
    fn begins_word(&self, at: usize) -> bool {
        let v = self.v;
        match v.c(at + 1) {
            '气' => v.c(at + 2) != '温',
            '空' => v.c(at + 2) != '气',
            // 四人间 is a kind of room.
            '间' => true,
            '工' => v.c(at + 2) != '作',
            '均' => [
                "人均GDP",
                "人均国",
                "人均地区",
                "人均收",
                "人均可支",
                "人均纯",
                "人均消",
                "人均住",
                "人均用",
                "人均年",
                "人均月",
                "人均生产",
                "人均预",
            ]
            .iter()
            .any(|w| v.is(at, w)),
            '生' => (1..=3).any(|k| v.before(at, k) == '第') || matches!(v.c(at + 2), '观' | '路' | '旅'),
            _ => false,
        }
    }

    /// Whether the 金, 银 or 铜 at `at` is a medal beside other medals: a figure with the next metal follows, or one stands before.
    fn is_medal(&self, at: usize) -> bool {
        let v = self.v;
        let metal = |c: char| matches!(c, '金' | '银' | '铜');
        let list = |c: char| matches!(c, '、' | '和' | '，' | ' ');
        let number = |c: char| c.is_ascii_digit() || numerals::is_han_numeral(c);
        let mut p = at + 1;
        while list(v.c(p)) && p < at + 3 {
            p += 1;
        }
        let start = p;
        while number(v.c(p)) && p - start < 4 {
            p += 1;
        }
        if p > start && metal(v.c(p)) && v.c(p) != v.c(at) {
            return true;
        }
        let mut q = at;
        while q > 0 && number(v.c(q - 1)) && at - q < 4 {
            q -= 1;
        }
        let first = q;
        while q > 0 && list(v.c(q - 1)) && first - q < 2 {
            q -= 1;
        }
        first < at && q > 0 && metal(v.c(q - 1)) && v.c(q - 1) != v.c(at) && number(v.before(q, 2))
    }

    /// The hedge that ends before `i`, over joining words and signs: where it begins, and what it is.
    pub(in crate::lang::zh) fn hedge_before(&self, i: usize) -> (usize, Option<Hedge>) {
        let v = self.v;
        let floor = self.taken;
        let mut p = i;
        for _ in 0..3 {
            while p > floor && v.c(p - 1) == ' ' {
                p -= 1;
            }
            let joint = self.words.joiners.before(v.until(p)).map(|(len, ())| len);
            // 造成 ends like 成 in 成百.
            let hedge = self.words.hedges_before.before(v.until(p));
            if let Some((len, hedge)) =
                hedge.filter(|(len, _)| p - len >= floor && joint.is_none_or(|joint| joint <= *len))
            {
                let Some(hedge) = *hedge else { return (i, None) };
                if hedge == Hedge::Order {
                    return (i, None);
                }
                let word_start = p - len;
                if len == 1 && !self.hedge_char(word_start, i, hedge) {
                    return (i, None);
                }
                return (word_start, Some(hedge));
            }
            match joint {
                Some(len) if p - len >= floor && p > len => p -= len,
                _ => break,
            }
        }
        (i, None)
    }

    /// Whether a hedge of one character is one: 约 and not 纽约, 过 only before a round figure.
    pub(in crate::lang::zh) fn hedge_char(&self, at: usize, number: usize, hedge: Hedge) -> bool {
        let v = self.v;
        let before = v.before(at, 1);
        match v.c(at) {
            '过' => {
                matches!(before, '年' | '已' | '\0' | '比' | '早') || matches!(v.c(number), '万' | '千' | '百' | '亿')
            }
            // 票房破10亿, and not 打破3项纪录, 破12起案
            '破' => {
                !matches!(
                    before,
                    '打' | '攻' | '侦' | '告' | '爆' | '识' | '戳' | '击' | '冲' | '刷' | '揭' | '看' | '已' | '撕'
                ) && numerals::parse(v, number).is_some_and(|n| {
                    n.value >= rust_decimal::Decimal::ONE_THOUSAND && n.scale > rust_decimal::Decimal::ONE
                })
            }
            '近' => !matches!(before, '附' | '就' | '靠' | '最' | '临' | '新' | '邻' | '远' | '亲'),
            _ => hedge != Hedge::Order,
        }
    }

    /// 比30大一些: the side of the figure on which the thing compared lies, and where the comparison begins and ends. A second
    /// figure behind it (比30大2) makes the first one the base, which is no bound.
    pub(in crate::lang::zh) fn compared(&self, from: usize, to: usize) -> Option<(usize, usize, Hedge)> {
        let v = self.v;
        if v.before(from, 1) != '比'
            || from <= self.taken
            || matches!(v.before(from, 2), '占' | '环' | '同' | '对' | '之')
        {
            return None;
        }
        let (len, &side) = self.words.compared.at(v.from(to))?;
        let end = to + len;
        let rest = ["一些", "一点", "得多", "很多", "不少", "些", "了"].iter().find(|w| v.is(end, w));
        let after = end + rest.map_or(0, |w| w.chars().count());
        (!v.c(after).is_ascii_digit() && (!is_ideograph(v.c(after)) || v.c(after) == '的')).then_some((
            from - 1,
            end,
            side,
        ))
    }

    /// The hedge at `p`: where it ends, and what it is.
    pub(in crate::lang::zh) fn hedge_after(&self, p: usize) -> (usize, Option<Hedge>) {
        let v = self.v;
        let mut q = v.skip_spaces(p);
        // 超过1万元(不含)以上
        let note = |q: usize| -> Option<usize> {
            for w in ["(不含)", "（不含）", "(含)", "（含）", "(含本数)", "（含本数）"] {
                if v.is(q, w) {
                    return Some(q + w.chars().count());
                }
            }
            None
        };
        let mut end = p;
        if let Some(after) = note(q) {
            q = after;
            end = after;
        }
        let Some((len, &hedge)) = self.words.hedges_after.at(v.from(q)) else { return (end, None) };
        let next = v.c(q + len);
        let one = v.c(q);
        // 跑一公里不到9分钱: of the figure that follows.
        if matches!(hedge, Hedge::Under | Hedge::Over)
            && len > 1
            && numerals::parse(v, v.skip_spaces(q + len)).is_some_and(|n| self.unit_at(n.end).is_some())
        {
            return (end, None);
        }
        if len == 1 {
            let fine = match one {
                '许' => !matches!(next, '可' | '多' | '某' | '诺' | '家' | '先'),
                '多' => !matches!(
                    next,
                    '次' | '种'
                        | '个'
                        | '家'
                        | '名'
                        | '人'
                        | '地'
                        | '元'
                        | '层'
                        | '方'
                        | '项'
                        | '位'
                        | '样'
                        | '少'
                        | '数'
                        | '年'
                        | '月'
                        | '岁'
                ),
                '余' => !matches!(next, '额' | '下' | '地' | '热'),
                '弱' | '强' => false,
                // 99元起: a price, and no step of something.
                '起' => {
                    matches!(v.before(q, 1), '元' | '块' | '币') && (!is_ideograph(next) || matches!(next, '的' | '售'))
                }
                '+' => !next.is_ascii_alphanumeric(),
                _ => true,
            };
            if !fine {
                return (end, None);
            }
        }
        if v.is(q, "以下") && matches!(next, '简' | '为' | '是' | '几' | '称') {
            return (end, None);
        }
        if v.is(q, "上下") && matches!(next, '班' | '学' | '车' | '游' | '级' | '文' | '其') {
            return (end, None);
        }
        let mut after = q + len;
        if let Some(e) = note(after) {
            after = e;
        }
        (after, Some(hedge))
    }
}
