//! Whether a numeral counts at all, and what: 一 as an article, figures without a unit, ranks, names, money understood. Enters: a
//! numeral in its sentence. Leaves: a decision.

use rust_decimal::Decimal;

use super::super::lexeme::Lexemes;
use super::super::mention::{Found, Scanner};
use super::super::numerals::{Form, Numeral, Shape};
use super::super::view::class;
use super::super::words::UnitKind;
use super::{bare_scale, ends_clause};

/// From so many times on, a second figure is what was reached and no end of a range; of shares, whose forecasts are wide, twice that.
const MANY_TIMES: Decimal = Decimal::from_parts(4, 0, 0, false, 0);

impl Scanner<'_> {
    /// `上` or `过` before a lone scale: 上千, 数以百; where it begins.
    pub(in crate::lang::zh) fn order_before(&self, at: usize) -> Option<usize> {
        let v = self.v;
        if !bare_scale(v, at) && v.c(at) != '十' || at == 0 || at - 1 < self.taken {
            return None;
        }
        match v.c(at - 1) {
            '上' if !matches!(
                v.before(at, 2),
                '以' | '网' | '线' | '晚' | '早' | '马' | '手' | '身' | '北' | '楼' | '街'
            ) =>
            {
                Some(at - 1)
            }
            '成' if v.ends(at, "成") && matches!(v.c(at), '百' | '千') && matches!(v.c(at + 1), '上') => {
                Some(at - 1)
            }
            '以' if v.ends(at, "数以") => Some(at - 2),
            _ => None,
        }
    }

    /// A lone scale with no unit is a word unless something round it says otherwise.
    pub(in crate::lang::zh) fn bare_is_word(&self, at: usize, n: &Numeral) -> bool {
        n.end == at + 1
            && self.order_before(at).is_none()
            && !matches!(self.v.before(at, 1), '过' | '超' | '近' | '破' | '逾')
    }

    /// Whether a multiple is an increase: 增长两倍, and not 增长到两倍.
    pub(in crate::lang::zh) fn grows(&self, at: usize) -> bool {
        let v = self.v;
        let mut p = at;
        while p > 0 && matches!(v.c(p - 1), '了' | '近' | '约' | '超' | '出' | '达' | ' ') {
            p -= 1;
        }
        [
            "增长", "增加", "提高", "上升", "上涨", "扩大", "高出", "增", "涨", "多", "上调", "激增", "飙升", "猛增",
            "大增", "升高", "加快", "翻", "提升", "调高", "涨价", "提价", "加价", "走高", "微涨", "微升", "增持",
            "追加",
        ]
        .iter()
        .any(|w| v.ends(p, w))
    }

    /// Whether two figures joined by 至 or 到 are by how much something changed and what it came to: `上调0.12元至7.86元`, and not
    /// `上涨2元至3元`. Told by a word of change before them, and by the second being less than the first or many times as much.
    pub(in crate::lang::zh) fn steps(
        &self,
        at: usize,
        joint: usize,
        second: usize,
        (n, m): (&Numeral, &Numeral),
    ) -> bool {
        let v = self.v;
        let joined = (joint..second).any(|k| matches!(v.c(k), '至' | '到'));
        let start = self.hedge_before(at).0;
        if !joined || !(self.grows(start) || self.fell(start)) || n.value <= Decimal::ZERO {
            return false;
        }
        let unit = self.unit_at(m.end);
        let share = unit.as_ref().is_some_and(|f| f.unit.kind == UnitKind::Share);
        let many = if share { MANY_TIMES + MANY_TIMES } else { MANY_TIMES };
        let apart = m.value < n.value || m.value.checked_div(n.value).is_none_or(|r| r >= many);
        let end = unit.map_or(m.end, |f| f.end);
        apart && !["不等", "之间", "区间", "的区间"].iter().any(|w| v.is(v.skip_spaces(end), w))
    }

    /// Whether 块 counts pieces: 3块金牌, 1.2亿块电池; money stands at the end of its phrase.
    pub(in crate::lang::zh) fn is_piece(&self, at: usize, end: usize, n: &Numeral) -> bool {
        let v = self.v;
        let next = v.c(end);
        let noun = crate::text::is_ideograph(next)
            && !super::super::numerals::is_han_numeral(next)
            && !"的左上以多半几钱整每起到至和就了吧不买卖都也还给人是可能够出包现".contains(next);
        let many = n.scale >= Decimal::from(100_000_000) || n.scale > Decimal::ONE && n.decimals > 0;
        let from = at.saturating_sub(8);
        let led = || {
            [
                "电路", "电池", "电瓶", "弹片", "碎片", "骨", "石", "木", "钢板", "匾", "奖牌", "金牌", "银牌", "铜牌",
                "芯片", "面板", "屏", "砖", "碑", "牌", "玻璃", "手表", "硬盘", "土地", "农田",
            ]
            .iter()
            .any(|w| (from..at).any(|k| v.is(k, w) && !(k..at).any(|j| matches!(v.c(j), '，' | '。' | '；'))))
        };
        noun || many || led()
    }

    /// Whether words near a scaled figure without a unit tell of money.
    pub(in crate::lang::zh) fn speaks_of_money(&self, from: usize, to: usize) -> bool {
        let v = self.v;
        let mut k = from;
        let mut left = 0;
        while k > 0 && left < 16 {
            k -= 1;
            left += 1;
            if matches!(v.c(k), '。' | '；' | '！' | '？') {
                break;
            }
            if v.class(k) & class::PREFIX == 0 {
                continue;
            }
            // 用户规模约700万: the nearer word decides, and of two that overlap the first.
            let told = |list: &Lexemes<()>| list.at(v.from(k)).is_some_and(|(len, ())| k + len <= from + 1);
            if told(&self.words.count_words) {
                return false;
            }
            if told(&self.words.money_words) {
                let led = v.is(k, "规模") && k > 1 && self.words.count_words.at(v.from(k - 2)).is_some();
                return !led;
            }
        }
        // 20万的后续治疗费用
        let reach = if v.c(to) == '的' { 8 } else { 3 };
        (to..to + reach).any(|k| {
            v.class(k) & class::PREFIX != 0
                && (to..=k).all(|j| !matches!(v.c(j), '，' | '。' | '、' | '；'))
                && self.words.money_words.at(v.from(k)).is_some_and(|(len, ())| {
                    // 700万投资者, 30万贷款户
                    !matches!(v.c(k + len), '人' | '者' | '户' | '商' | '客' | '群' | '家' | '笔' | '次')
                })
        })
    }

    /// Whether a noun follows a figure that has no counting word: 1.3万商家, 两房客.
    pub(in crate::lang::zh) fn counts_noun(&self, n: &Numeral, end: usize) -> bool {
        let v = self.v;
        let next = v.c(end);
        crate::text::is_ideograph(next)
            && (n.scale > Decimal::ONE || n.form == Form::Han)
            && !matches!(next, '的' | '和' | '与' | '到' | '至' | '是' | '比' | '了')
    }

    /// Whether a unit makes a rank: 二楼, 九级.
    pub(in crate::lang::zh) fn is_rank(&self, at: usize, n: &Numeral, f: &Found) -> bool {
        let v = self.v;
        // 位于酒店的4层; 共4层, 18层大楼 count.
        let floor = f.unit.word == "层"
            && (matches!(v.before(at, 1), '在' | '从' | '至' | '店' | '厦' | '场')
                || v.before(at, 1) == '的' && !matches!(v.c(f.end), '高' | '建'))
            && !matches!(v.c(f.end), '楼' | '高' | '建' | '大' | '的' | '住' | '居');
        if floor && matches!(n.shape, Shape::Plain) && self.hedge_before(at).1.is_none() {
            return true;
        }
        matches!(n.shape, Shape::Plain)
            && n.value < Decimal::from(200)
            && n.decimals == 0
            && v.c(at) != '两'
            && self.words.ranks.at(v.from(f.start)).is_some_and(|(len, ())| len >= f.end - f.start)
            && self.hedge_before(at).1.is_none()
            && !(f.unit.word == "级" && v.is(f.end, "地震"))
    }

    /// Whether number and unit are a name or code: 8207房间, 3号楼.
    pub(in crate::lang::zh) fn is_name(&self, n: &Numeral, f: &Found) -> bool {
        let v = self.v;
        let arabic = n.form == Form::Arabic;
        if f.start == n.end
            && arabic
            && n.digits >= 3
            && n.value < Decimal::from(10_000)
            && matches!(f.unit.word, "路" | "线")
        {
            return true;
        }
        // 2023届毕业生: the year in which they leave.
        if f.unit.word == "届" && n.value > Decimal::from(1900) {
            return true;
        }
        // 5G, 4S店 were passed over before; 2.0版, 12306网.
        v.c(f.end) == '号' && arabic
    }

    /// Whether the numeral at `at` tells which phase it is: `三期码头`, and not `举办三期培训班`.
    pub(in crate::lang::zh) fn names_phase(&self, at: usize, f: &Found) -> bool {
        let v = self.v;
        let counts = matches!(
            v.before(at, 1),
            '为' | '共'
                | '分'
                | '每'
                | '出'
                | '办'
                | '举'
                | '了'
                | '续'
                | '满'
                | '近'
                | '数'
                | '几'
                | '头'
                | '前'
                | '后'
                | '这'
                | '那'
                | '各'
                | '设'
                | '开'
                | '推'
                | '连'
                | '过'
                | '达'
                | '第'
        );
        let held = ["培训", "班", "学员", "杂志", "节目", "刊", "报纸", "开奖", "研修", "讲座", "论坛", "活动"];
        f.unit.word == "期" && v.c(at) != '两' && !counts && !held.iter().any(|w| v.is(f.end, w))
    }

    /// Whether 一 with this unit counts, or only stands for `a`.
    pub(in crate::lang::zh) fn one_counts(&self, at: usize, f: &Found, end: usize, hedged: bool) -> bool {
        let v = self.v;
        let before = v.before(at, 1);
        let next = v.c(end);
        let barred = matches!(
            before,
            '这' | '那'
                | '每'
                | '某'
                | '同'
                | '第'
                | '有'
                | '哪'
                | '任'
                | '头'
                | '前'
                | '当'
                | '另'
                | '何'
                | '之'
                | '其'
                | '唯'
                | '后'
                | '下'
                | '上'
                | '又'
                | '逐'
                | '首'
        );
        if hedged {
            return true;
        }
        match f.unit.kind {
            UnitKind::Money
            | UnitKind::Share
            | UnitKind::Points
            | UnitKind::Age
            | UnitKind::Temperature
            | UnitKind::Count => true,
            UnitKind::Multiple => !barred,
            UnitKind::Time => {
                !barred
                    && !(matches!(f.unit.word, "天" | "日" | "夜" | "晚" | "周" | "宿" | "时" | "月")
                        && (before == '的'
                            || !(ends_clause(next) || matches!(next, '内' | '后' | '前' | '以' | '多' | '半' | '时'))))
            }
            UnitKind::Measure => {
                !barred && !matches!(f.unit.word, "里" | "平" | "码" | "卡" | "寸" | "丈" | "担" | "克拉")
            }
            UnitKind::Noun => false,
            UnitKind::Classifier => {
                if barred {
                    return false;
                }
                if matches!(before, '仅' | '只' | '共' | '计' | '各' | '限' | '达') {
                    return true;
                }
                // After its noun: 纪念徽章一枚，.
                let noun = crate::text::is_ideograph(before)
                    && !matches!(
                        before,
                        '是' | '为'
                            | '了'
                            | '的'
                            | '在'
                            | '着'
                            | '过'
                            | '到'
                            | '再'
                            | '不'
                            | '地'
                            | '得'
                            | '要'
                            | '来'
                            | '出'
                            | '去'
                            | '给'
                            | '把'
                            | '将'
                            | '没'
                            | '无'
                            | '想'
                            | '看'
                            | '多'
                            | '新'
                            | '老'
                            | '最'
                            | '成'
                    );
                noun && (ends_clause(next)
                    && f.unit.word != "下"
                    && f.unit.word != "声"
                    && f.unit.word != "遍"
                    && f.unit.word != "步")
            }
        }
    }

    /// A figure without a unit: `None` where it is one, and where to go on where it is passed over.
    pub(in crate::lang::zh) fn bare(
        &mut self,
        i: usize,
        at: usize,
        start: usize,
        n: &Numeral,
        hedged: bool,
        range: bool,
    ) -> Option<usize> {
        let v = self.v;
        let alone = (0..start).all(|k| matches!(v.c(k), ' ' | '负' | '-'))
            && (n.end..v.len()).all(|k| matches!(v.c(k), ' ' | '。' | '\n'));
        let next = v.c(n.end);
        let before = v.before(start, 1);
        // A line of its own that is one small number is the mark of a section.
        if alone && !hedged && !range && !self.is_whole() && n.value < Decimal::ONE_HUNDRED {
            return Some(self.pass(n.end));
        }
        if alone || hedged || range {
            return if alone || !bare_scale(v, at) || hedged { None } else { Some(self.pass(n.end)) };
        }
        // 三房两厅一卫: a layout
        if matches!(next, '厅' | '卫' | '厨') && matches!(before, '房' | '室' | '厅' | '卫') {
            return Some(self.pass(n.end));
        }
        // 一死一伤, 1死1伤
        if matches!(next, '死' | '伤' | '亡') && n.digits <= 4 {
            return None;
        }
        if n.form == Form::Arabic && n.scale == Decimal::ONE {
            if v.c(n.end).is_ascii_alphabetic() {
                let mut end = n.end;
                while v.c(end).is_ascii_alphanumeric() {
                    end += 1;
                }
                return Some(self.pass(end));
            }
            // 600519.SH
            if next == '.' && v.c(n.end + 1).is_ascii_alphabetic() {
                return Some(self.pass(n.end + 1));
            }
            let p = v.skip_spaces(n.end);
            if self.words.code_after.at(v.from(p)).is_some() {
                return Some(self.pass(n.end));
            }
            if matches!(next, '号' | '路' | '·' | '#' | '-' | '_' | '/' | '）' | ')' | '级' | '式' | '型' | '条' | '款')
                || matches!(before, '-' | '_' | '/' | '·' | '#' | '（' | '(' | '〔' | '【' | '第' | 'v' | 'V')
                || before == '.' && v.before(start, 2) != '.'
            {
                return Some(self.pass(n.end));
            }
            // 10:16:25, {"w":600}, '930'
            if matches!(before, ':' | '：' | '∶') && !crate::text::is_ideograph(v.before(start, 2))
                || matches!(before, '\'' | '[')
                || matches!(next, '∶')
            {
                return Some(self.pass(n.end));
            }
            // 14377:00, and 2:1, 2比1 of nothing that is told
            if matches!(next, ':' | '：' | '比') && v.c(n.end + 1).is_ascii_digit()
                || before == '比' && v.before(start, 2).is_ascii_digit()
            {
                return Some(self.pass(n.end));
            }
            // iPhone 15, CES 2017, Windows 10; D9 E9 11; (456 (4)) 345
            if before == ' '
                && (v.before(start, 2).is_ascii_alphabetic()
                    || v.before(start, 2).is_ascii_digit() && v.before(start, 3).is_ascii_alphabetic()
                    || v.before(start, 2) == ')' && matches!(v.before(start, 3), ')' | '0'..='9'))
            {
                return Some(self.pass(n.end));
            }
            if n.decimals == 0 && !n.grouped {
                // A whole number between words: a name unless a verb of counting stands before it.
                let told = [
                    "为", "是", "达", "有", "到", "至", "共", "于", "超过", "超", "约", "等于", "大于", "小于", "了",
                    "占比", "比", "了", "得分", "总数", "数量", "人数", "的",
                ]
                .iter()
                .any(|w| v.ends(start, w))
                    || self.words.exact.before(v.until(start)).is_some();
                let name = crate::text::is_ideograph(before) && !told;
                let noun = crate::text::is_ideograph(next)
                    && !matches!(
                        next,
                        '的' | '和' | '与' | '到' | '至' | '是' | '比' | '不' | '等' | '并' | '且' | '而' | '，'
                    );
                if name
                    || noun && (i > 0 || n.digits <= 2) && !told && before != ' '
                    || matches!(before, '“' | '"' | '《' | '_')
                {
                    return Some(self.pass(n.end));
                }
            }
            return None;
        }
        if n.scale > Decimal::ONE || n.form == Form::Mixed {
            if bare_scale(v, at) {
                return Some(self.pass(n.end));
            }
            return None;
        }
        if bare_scale(v, at) {
            return Some(self.pass(n.end));
        }
        // 神舟十三号, 七号文件
        if next == '号' {
            return Some(self.pass(n.end));
        }
        if n.end == at + 1 {
            // One Chinese digit.
            if v.c(at) == '两' && crate::text::is_ideograph(next) && !matches!(before, '一' | '三' | '斤' | '半') {
                return None;
            }
            let said = ["是", "为", "等于"].iter().any(|w| v.ends(at, w)) && !crate::text::is_ideograph(next);
            let listed = matches!(before, '是' | '为')
                && matches!(next, '不' | '，' | '。' | '和' | '与' | '那' | '这' | '却' | '而')
                || matches!(before, '是' | '为') && v.c(at) != '一' && next == '\0';
            return if said || listed { None } else { Some(self.pass(n.end)) };
        }
        if n.form == Form::Places && n.value < Decimal::from(1000) && (n.end - at < 3) {
            return Some(self.pass(n.end));
        }
        // 十一 alone is the holiday.
        if v.is(at, "十一") && n.end == at + 2 && !matches!(before, '是' | '为') {
            return Some(self.pass(n.end));
        }
        if matches!(n.shape, Shape::Neighbours(_)) || n.value < Decimal::from(13) {
            let after_name = crate::text::is_ideograph(before) && crate::text::is_ideograph(next);
            if after_name {
                return Some(self.pass(n.end));
            }
        }
        None
    }
}
