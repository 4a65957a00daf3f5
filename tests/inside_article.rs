//! The checks inside one article, on sentences that clash and on look-alikes that are right.

use factlint::model::{Format, Severity};
use factlint::pipeline::{CheckOptions, Engine};
use factlint::rule::RuleSet;

/// A text, its format, and the ids of all grave findings of the checks inside one article that it should give.
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
    ("全年经费62.4亿元。其中，税收收入48.7亿元，非税收入13.7亿元，税收占比78.0%。", T, &[]),
    ("城东成交1015套，占比35.5%；城西成交902套，占31.5%；高新区成交943套，占37.0%。", T, &["share-arithmetic"]),
    ("城东成交1015套，占比35.5%；城西成交902套，占31.5%；高新区成交943套，占33.0%。", T, &[]),
    ("0—14岁占16.8%，15—59岁占64.5%，60岁及以上占18.7%，其中65岁及以上占13.2%。", T, &[]),
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
    ("科室现有医生26人、护士58人，共94人。", T, &["parts-total"]),
    ("科室现有医生26人、护士58人，共84人。", T, &[]),
    ("出土陶器68件，漆器45件，青铜器31件，三类器物合计134件。", T, &["parts-total"]),
    ("出土陶器68件，漆器45件，青铜器31件，三类器物合计144件。", T, &[]),
    ("基地雇了45名工人，其中女工29人、男工14人。", T, &["parts-total"]),
    ("总票房21.8亿元。甲片以9.2亿元居首，乙片以5.7亿元排第二，丙片2.9亿元，其余影片合计4亿元。", T, &[]),
    (
        "The recall covers 41,500 SUVs. It covers 27,300 SUVs in the north, 9,800 in the east and 5,400 in the south.",
        T,
        &["parts-total"],
    ),
    ("The union has 3,000 members. It won 1,200 members in 2022, 1,100 in 2023 and 900 in 2024.", T, &[]),
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
    (
        "The airline will drop five routes in October: Boston to Halifax, Denver to Boise, Miami to Nassau and Chicago to Tulsa.",
        T,
        &["list-count"],
    ),
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
    ("The trial lasted nine days, from June 3 to June 13.", T, &[]),
    ("The fair lasted nine days, from June 3 to June 13.", T, &["span-arithmetic"]),
    ("该案庭审于3月10日至3月16日进行，为期5天。", T, &[]),
    ("他于2023年11月2日逝世，享年79岁。他1934年出生，1956年毕业后从事研究逾50年。", T, &["span-arithmetic"]),
    ("他于2023年11月2日逝世，享年89岁。他1934年出生，1956年毕业后从事研究逾50年。", T, &[]),
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
    ("湿地面积240公顷，约合36000亩。", T, &["conversion-mismatch"]),
    ("湿地面积240公顷，约合3600亩。", T, &[]),
    (
        "# Ferries\n\n| Route | 2022 | 2023 |\n|---|---|---|\n| North | 120,400 | 132,440 |\n| South | 88,000 | 83,600 |\n\nRidership on the South route fell to 86,300 last year.",
        M,
        &["table-total"],
    ),
    (
        "# Ferries\n\n| Route | 2022 | 2023 |\n|---|---|---|\n| North | 120,400 | 132,440 |\n| South | 88,000 | 83,600 |\n\nRidership on the South route fell to 83,600 last year.",
        M,
        &[],
    ),
    (
        "| Month | Dogs | Cats | Total |\n|---|---|---|---|\n| March | 212 | 340 | 552 |\n| April | 198 | 411 | 609 |\n| Total | 410 | 751 | 1,261 |",
        M,
        &["table-total"],
    ),
    (
        "| 镇 | 1月 | 2月 | 合计 |\n|---|---|---|---|\n| 柳树 | 15 | 30 | 45 |\n| 石桥 | 10 | 20 | 30 |\n| 合计 | 25 | 50 | 75 |",
        M,
        &[],
    ),
    (
        "| 项目 | 2023 | 2024 |\n|---|---|---|\n| 柳树 | 1500 | 1530 |\n| 石桥 | 1000 | 1020 |\n| 合计 | 2500 | 2550 |",
        M,
        &[],
    ),
    (
        "| 项目 | 2023 | 2024 |\n|---|---|---|\n| 柳树 | 1500 | 1530 |\n| 石桥 | 1000 | 1020 |\n| 合计 | 2500 | 2650 |",
        M,
        &["table-total"],
    ),
    (
        "<table><tr><td>铁路</td><td>412</td></tr><tr><td>公路</td><td>236</td></tr><tr><td>合计</td><td>648</td></tr></table>",
        Format::Html,
        &[],
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
    ("# 万亩苹果挂满枝头\n\n宁远县苹果种植面积达15.8万亩。", M, &[]),
    (
        "# 78岁老教师捐出积蓄\n\n退休教师方淑贞日前捐赠100万元。今年76岁的方淑贞1971年开始任教。",
        M,
        &["headline-mismatch"],
    ),
    ("# 72岁司机被刑拘\n\n肇事司机赵某今年47岁，驾龄21年。", M, &[]),
    (
        "# Measure 12 passes by 214 votes\n\nThe bond known as Measure 12 passed with 10,457 votes in favor and 10,243 against, a margin of 214.",
        M,
        &[],
    ),
    (
        "# Photographer Owen Drury dies at 74\n\nOwen Drury, who photographed coal towns, died on Jan. 20, 2025. He was 76.",
        M,
        &["headline-mismatch"],
    ),
];

const WORDINGS: &[Case] = &[
    ("去年全市用水量为3.2亿立方米，今年降到2.4亿立方米，降幅为35%。", T, &["growth-arithmetic"]),
    ("去年全市用水量为3.2亿立方米，今年降到2.4亿立方米，降幅为25%。", T, &[]),
    ("注册用户从2019年的120万户上升到2021年的180万户，上升幅度达40%。", T, &["growth-arithmetic"]),
    ("注册用户从2019年的120万户上升到2021年的180万户，上升幅度达50%。", T, &[]),
    ("门票收入达到460万元，较去年同期的400万元增长25%。", T, &["growth-arithmetic"]),
    ("门票收入达到460万元，较去年同期的400万元增长15%。", T, &[]),
    ("水稻亩产由480公斤提升至600公斤，增产30%。", T, &["growth-arithmetic"]),
    ("水稻亩产由480公斤提升至600公斤，增产25%。", T, &[]),
    ("航班由每周14班增加到每周21班，增长了一半。", T, &[]),
    ("班级由12个增至15个，净增4个。", T, &["growth-arithmetic"]),
    ("存栏生猪从2万头减少到1.5万头，减少了四成。", T, &["growth-arithmetic"]),
    ("近三年，图书馆年借阅量从80万册次增长到160万册次，翻了两番。", T, &["growth-arithmetic"]),
    ("近三年，图书馆年借阅量从80万册次增长到160万册次，翻了一番。", T, &[]),
    ("耗时由40分钟缩短为30分钟，缩短四分之一。", T, &[]),
    ("耗时由40分钟缩短为30分钟，缩短三分之一。", T, &["growth-arithmetic"]),
    ("居民存款余额从50亿元增加至60亿元，增加15亿元，增长20%。", T, &["growth-arithmetic"]),
    ("由80人增加到100人，增长25%，其中女员工由20人增加到30人，增长40%。", T, &["growth-arithmetic"]),
    ("共检查商户800家，发现问题商户120家，问题率为20%。", T, &["share-arithmetic"]),
    ("共检查商户800家，发现问题商户120家，问题率为15%。", T, &[]),
    ("全村860户，已有645户用上自来水，占75%。", T, &[]),
    ("全村860户，已有645户用上自来水，占总户数的85%。", T, &["share-arithmetic"]),
    ("500名志愿者里，大学生占300名，比例为60%。", T, &[]),
    ("收到的有效问卷1500份中，表示满意的1200份，满意率为90%。", T, &["share-arithmetic"]),
    ("收到的有效问卷1500份中，表示满意的1200份，满意率为80%。", T, &[]),
    ("年度预算6000万元，已支出4500万元，占预算的65%。", T, &["share-arithmetic"]),
    ("年度预算6000万元，已支出4500万元，占预算的75%。", T, &[]),
    ("本届展会有展商640家，境外展商160家，占比四成。", T, &["share-arithmetic"]),
    ("本届展会有展商640家，境外展商160家，占比25%。", T, &[]),
    ("收入构成中，门票占55%，餐饮占30%，文创占25%。", T, &["share-sum"]),
    ("受访者中，18至30岁占42%，31至45岁占38%，46岁以上占31%。", T, &["share-sum"]),
    ("受访者中，18至30岁占42%，31至45岁占38%，46岁以上占20%。", T, &[]),
    ("第一、二、三产业占比分别为12%、45%和53%。", T, &["share-sum"]),
    ("第一、二、三产业占比分别为12%、45%和43%。", T, &[]),
    ("股权结构为：甲公司持股51%，乙公司持股30%，职工持股会持股29%。", T, &["share-sum"]),
    ("其中，小学生占60%，中学生占30%，其余20%为成人。", T, &["share-sum"]),
    ("本次献血者共计260人，男性150人，女性120人。", T, &["parts-total"]),
    ("本次献血者共计260人，男性150人，女性110人。", T, &[]),
    ("全区现有公园63个：综合公园12个、社区公园30个、游园25个。", T, &["parts-total"]),
    ("全区现有公园63个：综合公园12个、社区公园30个、游园21个。", T, &[]),
    ("募集善款86.5万元，其中企业捐款50万元，个人捐款46.5万元。", T, &["parts-total"]),
    ("采购设备150台（套），包括挖掘机60台、装载机50台、推土机70台。", T, &["parts-total"]),
    ("全队获得奖牌21枚，其中金牌8枚、银牌7枚、铜牌6枚。", T, &[]),
    ("全队获得奖牌21枚，其中金牌8枚、银牌7枚、铜牌9枚。", T, &["parts-total"]),
    ("全年立案120件，其中一季度30件、二季度35件、三季度40件、四季度25件。", T, &["parts-total"]),
    ("全院有职工420人，医生150人、护士200人、行政后勤人员70人。", T, &[]),
    ("东区种树300棵，西区种树260棵，两区共种树580棵。", T, &["parts-total"]),
    ("东区种树300棵，西区种树260棵，两区共种树560棵。", T, &[]),
    ("新增的三条线路分别为1路、5路、9路、12路。", T, &["list-count"]),
    ("他有两个爱好：下棋、钓鱼和书法。", T, &["list-count"]),
    ("会议审议了预算、人事、章程、换届等三项议案。", T, &["list-count"]),
    ("调查组由公安、环保、水利、农业等6部门组成。", T, &[]),
    ("方案明确了五项重点工作。一是治水，二是治气，三是治土，四是治噪。", T, &["list-count"]),
    ("方案明确了四项重点工作。一是治水，二是治气，三是治土，四是治噪。", T, &[]),
    ("办理时需带三种材料：（一）申请表；（二）身份证复印件；（三）照片；（四）承诺书。", T, &["list-count"]),
    ("首批试点为杭州、宁波、温州三市。", T, &[]),
    ("首批试点为杭州、宁波、温州、嘉兴三市。", T, &["list-count"]),
    ("该村下辖赵庄、李庄、王庄、刘庄4个自然村。", T, &[]),
    ("该村下辖赵庄、李庄、王庄、刘庄5个自然村。", T, &["list-count"]),
    ("活动定于2023年5月20日（周日）上午举行。", T, &["weekday-mismatch"]),
    ("本报讯 9月31日，新校区启用。", T, &["impossible-date"]),
    ("工期从2020年3月到2019年12月。", T, &["reversed-range"]),
    ("适用年龄为15至6岁的儿童。", T, &["reversed-range"]),
    ("身高180至160厘米者均可报名。", T, &["reversed-range"]),
    ("气温零下3度至零下8度。", T, &[]),
    ("画展由11月3日至11月12日，展期10天。", T, &[]),
    ("画展由11月3日至11月12日，展期20天。", T, &["span-arithmetic"]),
    ("学校创办于1952年，2022年迎来建校60周年。", T, &["span-arithmetic"]),
    ("学校创办于1952年，2022年迎来建校70周年。", T, &[]),
    ("老人1921年出生，今年7月病逝，终年88岁。", T, &[]),
    ("他1998年入职，到2018年退休，工作了30年。", T, &["span-arithmetic"]),
    ("他1998年入职，到2018年退休，工作了20年。", T, &[]),
    ("从4月1日至4月30日，历时半个月。", T, &["span-arithmetic"]),
    ("从4月1日至4月30日，历时一个月。", T, &[]),
    ("面积约15亩（1公顷）。", T, &[]),
    ("面积约15亩（10公顷）。", T, &["conversion-mismatch"]),
    ("净重2.5公斤（5斤）。", T, &[]),
    ("净重2.5公斤（8斤）。", T, &["conversion-mismatch"]),
    ("水深30英尺（约9米）。", T, &[]),
    ("水深30英尺（约19米）。", T, &["conversion-mismatch"]),
    ("最高时速达160英里（约257公里）。", T, &[]),
    ("航程1200海里（约2222公里）。", T, &[]),
    ("气温升至100华氏度（约38摄氏度）。", T, &[]),
    ("用时90分钟（两个半小时）。", T, &["conversion-mismatch"]),
    ("用时90分钟（一个半小时）。", T, &[]),
    ("总长3000米，即3公里。", T, &[]),
    ("总长3000米，即5公里。", T, &["conversion-mismatch"]),
    ("The number of bakers rose from 120 to 150, a 40 percent increase.", T, &["growth-arithmetic"]),
    ("The number of bakers rose from 120 to 150, a 25 percent increase.", T, &[]),
    ("Revenue climbed to $60 million, up 30 percent from $50 million a year earlier.", T, &["growth-arithmetic"]),
    ("Revenue climbed to $60 million, up 20 percent from $50 million a year earlier.", T, &[]),
    ("The workforce was cut from 900 to 600, a reduction of one half.", T, &["growth-arithmetic"]),
    ("The workforce was cut from 900 to 600, a reduction of a third.", T, &[]),
    ("The lake shrank by 25 percent, from 80 to 60 square kilometres.", T, &[]),
    ("The lake shrank by 35 percent, from 80 to 60 square kilometres.", T, &["growth-arithmetic"]),
    ("Of 200 homes surveyed, 50 (35 percent) lacked heating.", T, &["share-arithmetic"]),
    ("Of 200 homes surveyed, 50 (25 percent) lacked heating.", T, &[]),
    ("Out of 80 applicants, 20 were accepted, or 35 percent.", T, &["share-arithmetic"]),
    ("The school has 600 pupils, including 150 boarders, or 25 percent.", T, &[]),
    ("Some 30 of the 120 buses, or 40 percent, are electric.", T, &["share-arithmetic"]),
    ("Some 30 of the 120 buses, or 25 percent, are electric.", T, &[]),
    (
        "The budget is divided among schools (45 percent), roads (35 percent) and health (30 percent).",
        T,
        &["share-sum"],
    ),
    ("Women made up 55 percent of voters and men 50 percent.", T, &["share-sum"]),
    ("In the poll, 48 percent backed the plan, 40 percent opposed it and 12 percent were undecided.", T, &[]),
    ("The fleet has 45 vessels: 20 trawlers, 15 ferries and 8 tugs.", T, &["parts-total"]),
    ("The fleet has 45 vessels: 20 trawlers, 15 ferries and 10 tugs.", T, &[]),
    ("The jury of 12, seven women and six men, retired at noon.", T, &["parts-total"]),
    ("The storm killed 14 people, nine in the city and five in the hills.", T, &[]),
    ("The storm killed 14 people, nine in the city and seven in the hills.", T, &["parts-total"]),
    ("The plan has five goals: cleaner air, safer streets, cheaper transport and better schools.", T, &["list-count"]),
    ("The plan has four goals: cleaner air, safer streets, cheaper transport and better schools.", T, &[]),
    ("Three men, Alan Ward, Brian Fry and Carl Dean, were charged.", T, &[]),
    ("He visited six countries, including France, Spain and Italy.", T, &[]),
    ("The hearing is set for Friday, 14 June 2023.", T, &["weekday-mismatch"]),
    ("The hearing is set for Friday, 14 June 2024.", T, &[]),
    ("The deadline was February 29, 2023.", T, &["impossible-date"]),
    ("Children aged 12 to 6 may enter.", T, &["reversed-range"]),
    ("The fair runs from July 20 to July 12.", T, &["reversed-range"]),
    ("The fair runs from December 20 to January 5.", T, &[]),
    ("She was born in 1930 and died in 2004 at the age of 84.", T, &["span-arithmetic"]),
    ("She was born in 1930 and died in 2004 at the age of 74.", T, &[]),
    ("The festival, from 3 June to 9 June, lasts five days.", T, &["span-arithmetic"]),
    ("The festival, from 3 June to 9 June, lasts seven days.", T, &[]),
    ("Founded in 1950, the firm closed in 2000 after 30 years.", T, &["span-arithmetic"]),
    ("The tower is 300 feet (91 metres) tall.", T, &[]),
    ("The tower is 300 feet (191 metres) tall.", T, &["conversion-mismatch"]),
    ("The farm covers 250 acres (101 hectares).", T, &[]),
    ("The farm covers 250 acres, or 201 hectares.", T, &["conversion-mismatch"]),
    ("Temperatures hit 104 degrees Fahrenheit (40 Celsius).", T, &[]),
    ("The flight took 90 minutes (an hour and a half).", T, &[]),
];

fn found(engine: &Engine, text: &str, format: Format) -> Vec<String> {
    let piece = engine.read("a", text.as_bytes(), format);
    let report = engine.check(vec![piece], CheckOptions::default());
    let across = ["conflicting-figure", "conflicting-date", "name-variant", "falling-cumulative"];
    let grave = report.findings.iter().filter(|f| f.severity != Severity::Info && !across.contains(&f.check));
    let mut ids: Vec<String> = grave.map(|f| f.check.to_owned()).collect();
    ids.sort();
    ids
}

fn hold(cases: &[Case]) {
    let engine = Engine::new(RuleSet::default());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, format, want)| {
            let got = found(&engine, text, *format);
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
fn other_wordings_of_the_same_arithmetic() {
    hold(WORDINGS);
}

#[test]
fn headlines_say_what_the_body_says() {
    hold(HEADLINES);
}
