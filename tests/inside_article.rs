//! The checks inside one article, on sentences that clash and on look-alikes that are right.

use factlint::model::{Format, Severity};
use factlint::pipeline::{CheckOptions, Engine};
use factlint::rule::RuleSet;

/// A text, its format, and the ids of all findings of the grave kinds that it should give.
type Case = (&'static str, Format, &'static [&'static str]);

const T: Format = Format::Text;
const M: Format = Format::Markdown;

const GROWTH: &[Case] = &[
    ("商户由4000家增至5000家，增长20%。", T, &["growth-arithmetic"]),
    ("商户由4000家增至5000家，增长25%。", T, &[]),
    ("茶园面积从1200亩扩大到1800亩，增加了三成。", T, &["growth-arithmetic"]),
    ("茶园面积从1200亩扩大到1800亩，增加了五成。", T, &[]),
    ("去年的产值是8亿元，今年增至10亿元，利润增长40%。", T, &[]),
    ("全县接待游客达到300万人次，比上年的250万人次增长30%。", T, &["growth-arithmetic"]),
    ("全县接待游客达到300万人次，比上年的250万人次增长20%。", T, &[]),
    ("下降40%，由500件减至300件。", T, &[]),
    ("投诉量下降50%，由500件减至300件。", T, &["growth-arithmetic"]),
    ("事故起数由86起下降到43起，降幅为30%。", T, &["growth-arithmetic"]),
    ("事故起数由86起下降到43起，降幅达50%。", T, &[]),
    ("网点由240个增加到300个，增加70个。", T, &["growth-arithmetic"]),
    ("网点由240个增加到300个，增加60个。", T, &[]),
    ("五年间门店从20家增加到60家，增长了两倍。", T, &[]),
    ("五年间门店从20家增加到60家，翻了一番。", T, &["growth-arithmetic"]),
    ("出口额由1.2亿美元增至1.5亿美元，同比增长8%。", T, &[]),
    ("产量由500吨增加到600吨，年均增长4.7%。", T, &[]),
    ("合格率由92%提高到95%，提高3个百分点。", T, &[]),
    ("合格率由92%提高到95%，提高5个百分点。", T, &["growth-arithmetic"]),
    ("会员从800人增加到1000人，其中女会员增长40%。", T, &[]),
    ("票价从60元降至45元，降幅40%。", T, &["growth-arithmetic"]),
    ("今年参赛者达400人，比去年增加80人，增长25%。", T, &[]),
    ("今年参赛者达400人，比去年增加80人，增长35%。", T, &["growth-arithmetic"]),
    ("The fleet grew from 40 to 50 ships, up 20 percent.", T, &["growth-arithmetic"]),
    ("The fleet grew from 40 to 50 ships, up 25 percent.", T, &[]),
    ("Sales fell from 200 to 150 tonnes, a drop of 40 percent.", T, &["growth-arithmetic"]),
    ("Sales fell from 200 to 150 tonnes, a drop of 25 percent.", T, &[]),
    ("The price rose from $40 to $60, an increase of 50%.", T, &[]),
    ("Visitors rose 30 percent, from 1,000 to 1,200.", T, &["growth-arithmetic"]),
    ("Visitors rose 20 percent, from 1,000 to 1,200.", T, &[]),
    ("Output rose to 1,200 tonnes from 1,000 tonnes, an increase of 40 percent.", T, &["growth-arithmetic"]),
];

const SHARES: &[Case] = &[
    ("全镇5000户中有2000户接通天然气，占50%。", T, &["share-arithmetic"]),
    ("全镇5000户中有2000户接通天然气，占40%。", T, &[]),
    ("参会代表320名，其中女代表80名，占35%。", T, &["share-arithmetic"]),
    ("参会代表320名，其中女代表80名，占四分之一。", T, &[]),
    ("全国共有此类企业5000家，我省有300家，占全国的6%。", T, &[]),
    ("抽查的200台电梯中，30台存在隐患，隐患率为25%。", T, &["share-arithmetic"]),
    ("抽查的200台电梯中，30台存在隐患，隐患率为15%。", T, &[]),
    ("累计投入3.2亿元，其中财政资金1.6亿元，占一半。", T, &[]),
    ("甲地产粮500吨，乙地300吨，占全省的1%。", T, &[]),
    ("Of the 240 pupils, 60, or 40 percent, walk to school.", T, &["share-arithmetic"]),
    ("Of the 240 pupils, 60, or 25 percent, walk to school.", T, &[]),
    ("The council has 50 members, of whom 20, or 30 percent, are women.", T, &["share-arithmetic"]),
    ("居民用电占51%，工业用电占39%，商业用电占20%。", T, &["share-sum"]),
    ("居民用电占50%，工业用电占30%，商业用电占20%。", T, &[]),
    ("学员中男性占56%，女性占54%。", T, &["share-sum"]),
    ("学员中女性占51%，党员占62%，本科以上学历占70%。", T, &[]),
    ("三类客户分别占33.3%、33.3%和33.4%。", T, &[]),
    ("（可多选）选择价格的占62%，选择质量的占58%，选择服务的占41%。", T, &[]),
    ("一季度增长12%，二季度增长48%，三季度增长52%。", T, &[]),
    ("煤电占比45%，水电占比30%，风电占比25%，光伏占比12%。", T, &["share-sum"]),
    ("Coal supplied 45 percent of the total, gas 40 percent and wind 30 percent.", T, &["share-sum"]),
    ("Coal supplied 45 percent of the total, gas 40 percent and wind 15 percent.", T, &[]),
];

const PARTS: &[Case] = &[
    ("全市共有路灯1200盏，其中太阳能灯500盏、LED灯600盏、钠灯300盏。", T, &["parts-total"]),
    ("全市共有路灯1200盏，其中太阳能灯500盏、LED灯600盏。", T, &[]),
    ("全市共有路灯1200盏，其中太阳能灯500盏、LED灯600盏、钠灯100盏。", T, &[]),
    ("车队有车58辆，分为三类：客车20辆，货车24辆，轿车12辆。", T, &["parts-total"]),
    ("车队有车56辆，分为三类：客车20辆，货车24辆，轿车12辆。", T, &[]),
    ("项目投资12.5亿元，其中银行贷款6.2亿元、企业自筹4.1亿元、财政补助2.2亿元。", T, &[]),
    ("项目投资12.5亿元，其中银行贷款6.2亿元、企业自筹5.1亿元、财政补助2.2亿元。", T, &["parts-total"]),
    ("男工340人、女工260人，合计620人。", T, &["parts-total"]),
    ("男工340人、女工260人，合计600人。", T, &[]),
    ("学校有教师100人，其中党员60人、女教师50人、硕士30人。", T, &[]),
    ("演出队共45人，其中演员30人、乐手10人，其余8人为舞台人员。", T, &["parts-total"]),
    ("去年销售120台，今年前五月甲店60台、乙店80台。", T, &[]),
    (
        "The grant of $9 million is split: $4 million for roads, $3 million for schools and $1 million for parks.",
        T,
        &["parts-total"],
    ),
    (
        "The grant of $8 million is split: $4 million for roads, $3 million for schools and $1 million for parks.",
        T,
        &[],
    ),
    ("The club has 120 members, of whom 50 are men and 80 women.", T, &["parts-total"]),
    ("The club has 120 members, of whom 50 are men and 70 women.", T, &[]),
];

const LISTS: &[Case] = &[
    ("上海、南京、苏州、无锡等3市开通了服务。", T, &["list-count"]),
    ("上海、南京、苏州等9市开通了服务。", T, &[]),
    ("大会提出三项任务：一是修路；二是架桥；三是通水；四是通电。", T, &["list-count"]),
    ("大会提出三项任务：一是修路；二是架桥；三是通水。", T, &[]),
    ("获奖的5名教师分别是：陈一鸣、李晓、王芳、赵强。", T, &["list-count"]),
    ("获奖的4名教师分别是：陈一鸣、李晓、王芳、赵强。", T, &[]),
    ("获奖的4名教师分别是陈一鸣、李晓、王芳和赵强。", T, &[]),
    ("全市设三个分会场，包括体育馆、图书馆。", T, &[]),
    ("# 须知\n\n请携带以下四样物品：\n\n- 身份证\n- 准考证\n- 铅笔\n", M, &["list-count"]),
    ("# 须知\n\n请携带以下三样物品：\n\n- 身份证\n- 准考证\n- 铅笔\n", M, &[]),
    ("Four towns will get stations: Ames, Borden, Clay, Dover and Elgin.", T, &["list-count"]),
    ("Five towns will get stations: Ames, Borden, Clay, Dover and Elgin.", T, &[]),
    ("Three rivers — the Ash, the Bourne and the Cole — burst their banks.", T, &[]),
    ("Four rivers — the Ash, the Bourne and the Cole — burst their banks.", T, &["list-count"]),
];

const CALENDAR: &[Case] = &[
    ("2008年12月29日（星期三），会议在南京召开。", T, &["weekday-mismatch"]),
    ("2008年12月29日（星期一），会议在南京召开。", T, &[]),
    ("2024年10月1日，星期二，升旗仪式照常举行。", T, &[]),
    ("2024年10月1日，星期四，升旗仪式照常举行。", T, &["weekday-mismatch"]),
    ("The court sat on Wednesday, March 6, 2024.", T, &[]),
    ("The court sat on Thursday, March 6, 2024.", T, &["weekday-mismatch"]),
    ("报名截止到4月31日。", T, &["impossible-date"]),
    ("合同于2021年2月29日到期。", T, &["impossible-date"]),
    ("合同于2024年2月29日到期。", T, &[]),
    ("Entries close on 31 April.", T, &["impossible-date"]),
    ("每株可收果12—8公斤。", T, &["reversed-range"]),
    ("每株可收果8—12公斤。", T, &[]),
    ("他于2009年至2008年在南京任教。", T, &["reversed-range"]),
    ("他于2008年至2009年在南京任教。", T, &[]),
    ("展览时间为5月20日至5月12日。", T, &["reversed-range"]),
    ("供暖期为11月15日至3月15日。", T, &[]),
    ("秦朝存在于公元前221年至公元前207年。", T, &[]),
    ("夜班为22时至6时。", T, &[]),
    ("He taught there from 1956 to 1948.", T, &["reversed-range"]),
    ("He taught there from 1948 to 1956.", T, &[]),
    ("比赛于9月3日至9月9日举行，为期五天。", T, &["span-arithmetic"]),
    ("比赛于9月3日至9月9日举行，为期七天。", T, &[]),
    ("画家生于1932年，2010年去世，享年88岁。", T, &["span-arithmetic"]),
    ("画家生于1932年，2010年去世，享年78岁。", T, &[]),
    ("该厂成立于1970年，2000年关闭，共存在50年。", T, &["span-arithmetic"]),
    ("该厂成立于1970年，2000年关闭，共存在30年。", T, &[]),
    ("The line, which opened in 1901 and closed in 1951, ran for 80 years.", T, &["span-arithmetic"]),
    ("The line, which opened in 1901 and closed in 1951, ran for 50 years.", T, &[]),
];

const MEASURES: &[Case] = &[
    ("山路长10英里（约26公里）。", T, &["conversion-mismatch"]),
    ("山路长10英里（约16公里）。", T, &[]),
    ("这条鱼重30斤（15公斤）。", T, &[]),
    ("这条鱼重30斤，合20公斤。", T, &["conversion-mismatch"]),
    ("全程48小时（三天）。", T, &["conversion-mismatch"]),
    ("全程48小时（两天）。", T, &[]),
    ("The path is 10 miles (26 km) long.", T, &["conversion-mismatch"]),
    ("The path is 10 miles (16 km) long.", T, &[]),
    ("The bull weighs 2,000 pounds (about 900 kilograms).", T, &[]),
    (
        "# 收支\n\n| 项目 | 金额（元） |\n|---|---|\n| 门票 | 500 |\n| 餐饮 | 300 |\n| 合计 | 900 |\n",
        M,
        &["table-total"],
    ),
    ("# 收支\n\n| 项目 | 金额（元） |\n|---|---|\n| 门票 | 500 |\n| 餐饮 | 300 |\n| 合计 | 800 |\n", M, &[]),
    (
        "# 收支\n\n| 项目 | 一月 | 二月 | 合计 |\n|---|---|---|---|\n| 门票 | 500 | 400 | 900 |\n| 餐饮 | 300 | 200 | 600 |\n",
        M,
        &["table-total"],
    ),
    (
        "# 收支\n\n今年门票收入为700元。\n\n| 项目 | 金额（元） |\n|---|---|\n| 门票收入 | 500 |\n| 餐饮收入 | 300 |\n",
        M,
        &["table-total"],
    ),
];

const HEADLINES: &[Case] = &[
    ("# 12家企业签约落户\n\n昨天，11家企业签约落户高新区，投资总额30亿元。\n", M, &["headline-mismatch"]),
    ("# 12家企业签约落户\n\n昨天，12家企业签约落户高新区，其中外资企业3家。\n", M, &[]),
    ("# 图书馆新馆5月1日开馆\n\n市图书馆新馆将于5月4日开馆，藏书80万册。\n", M, &["headline-mismatch"]),
    ("# 图书馆新馆5月1日开馆\n\n市图书馆新馆将于5月1日开馆，5月4日举办首场讲座。\n", M, &[]),
    ("# 30 trees felled in park\n\nThe council felled 13 trees in the park on Monday.\n", M, &["headline-mismatch"]),
    (
        "# 30 trees felled in park\n\nThe council felled 30 trees in the park on Monday. Two years ago 13 trees were felled.\n",
        M,
        &[],
    ),
];

fn found(text: &str, format: Format) -> Vec<String> {
    let engine = Engine::new(RuleSet::default());
    let piece = engine.read("a", text.as_bytes(), format);
    let report = engine.check(vec![piece], CheckOptions::default());
    let grave = report.findings.iter().filter(|f| f.severity != Severity::Info);
    let mut ids: Vec<String> = grave.map(|f| f.check.to_owned()).collect();
    ids.sort();
    ids
}

fn hold(cases: &[Case]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, format, want)| {
            let got = found(text, *format);
            (got != *want).then(|| format!("{text}\n    want {want:?}, got {got:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn growth_follows_from_its_ends() {
    hold(GROWTH);
}

#[test]
fn shares_follow_from_their_counts_and_add_up() {
    hold(SHARES);
}

#[test]
fn parts_add_to_their_total() {
    hold(PARTS);
}

#[test]
fn lists_are_as_long_as_they_say() {
    hold(LISTS);
}

#[test]
fn dates_and_spans_fit_the_calendar() {
    hold(CALENDAR);
}

#[test]
fn conversions_and_tables_add_up() {
    hold(MEASURES);
}

#[test]
fn headlines_say_what_the_body_says() {
    hold(HEADLINES);
}
