//! Every help text, English and Chinese.

/// The English text as clap shows it, and the Chinese one.
pub const TEXTS: &[(&str, &str)] = &[
    ("A Word document", "Word 文档"),
    (
        "A fact-consistency checker for articles, Chinese first: finds the figures that cannot all be true.",
        "文章事实一致性检查（中文优先）：找出不可能同时为真的数字。",
    ),
    (
        "A file of settled values (`factlint facts init` makes one), taken as an article that is always right",
        "已核实数值的文件（factlint facts init 可生成），视为一篇永远正确的文章",
    ),
    ("A rule file, or a folder of them, on top of the rules built in", "规则文件或其文件夹，加在内置规则之上"),
    ("Accept every finding of today", "接受今天的全部发现"),
    ("Accept what stands today; only new findings fail", "接受现状，只有新的发现才算不通过"),
    ("Which figures get the slips: the same for the same seed", "在哪些数字上植入差错：种子相同则位置相同"),
    ("An error", "错误"),
    ("An error or a warning", "错误或警告"),
    ("Chinese", "中文"),
    (
        "Compare with these as well; what stands only in them is not reported",
        "另外与这些比较；只在其中出现的不一致不报",
    ),
    ("Drop what was accepted and is found no more", "去掉已接受而不再出现的发现"),
    ("English", "英文"),
    (
        "Examples:
  factlint check draft.md                     one draft against itself
  factlint check articles/ --format markdown  a folder, every article against every other
  factlint check draft.md --against archive/  a draft against what was published
  cat draft.txt | factlint check -            standard input
  factlint check . --out markdown=report.md --out sarif=report.sarif
                                              several reports from one run

Exit status of check: 0 nothing at or above --fail-on, 1 something is, 2 it could not do the work.",
        "示例：
  factlint check draft.md                     检查一篇稿件自身
  factlint check articles/ --format markdown  检查一个文件夹，各篇互相比较
  factlint check draft.md --against archive/  拿稿件与已发表的文章比较
  cat draft.txt | factlint check -            读取标准输入
  factlint check . --out markdown=report.md --out sarif=report.sarif
                                              一次运行写出几份报告

check 的退出码：0 没有达到 --fail-on 的发现，1 有，2 未能完成检查。",
    ),
    (
        "Files, folders (honouring .gitignore), or `-` for standard input",
        "文件、文件夹（遵守 .gitignore），或用 - 表示标准输入",
    ),
    (
        "Findings accepted earlier (`factlint baseline write`): they are counted, not reported",
        "已接受的发现（factlint baseline write）：只计数，不再报告",
    ),
    (
        "Findings accepted earlier (`factlint baseline write`): they get no comment",
        "已接受的发现（factlint baseline write）：不加批注",
    ),
    ("Format of the report [default: text]", "报告格式 [默认：text]"),
    ("From which severity on the exit status is 1 [default: error]", "从哪一级起退出码为 1 [默认：error]"),
    ("GitHub workflow commands", "GitHub 工作流命令"),
    ("GitLab Code Quality", "GitLab 代码质量报告"),
    ("HTML", "HTML"),
    ("How many threads to use [default: one a core]", "使用几个线程 [默认：每核一个]"),
    ("Id of a check, such as conflicting-figure", "检查项的 id，如 conflicting-figure"),
    ("JUnit XML", "JUnit XML"),
    ("Language of messages [default: from the locale]", "界面语言 [默认：随系统]"),
    ("List or test the rules", "列出或测试规则"),
    (
        "List the claims that changed between two versions of an article, and check nothing",
        "列出一篇文章两个版本之间变动的数字说法，不做检查",
    ),
    ("List the pairs of claims that were close and not compared, with the reason", "列出接近而未比较的说法，附原因"),
    ("List the rules in force", "列出生效的规则"),
    ("List what was accepted", "列出已接受的发现"),
    ("Markdown", "Markdown"),
    ("No colour in text output", "文本输出不用颜色"),
    ("Nothing", "都不算"),
    ("One JSON object a line", "每行一个 JSON 对象"),
    ("One array", "一个数组"),
    ("One article a line", "每行一篇文章"),
    ("One claim a line", "每行一条说法"),
    ("One claim a line, or one array", "每行一条说法，或一个数组"),
    ("One pair of passages a line as JSON, instead of text", "每行一对段落（JSON），代替文本"),
    ("Plain text", "纯文本"),
    (
        "Plant known slips in copies of articles, and measure the checks on them; nothing is written",
        "在文章副本中植入已知差错，测量检查效果；不写任何文件",
    ),
    (
        "Print a facts file made of the sentences that state a figure and that no finding speaks of",
        "用含有数字且没有发现涉及的句子生成事实档案，并输出",
    ),
    ("Print completions for a shell", "输出命令行补全脚本"),
    ("Print every claim, whether or not it conflicts", "输出全部数字说法，不论是否冲突"),
    ("Print help (see a summary with '-h')", "显示帮助（用 -h 看摘要）"),
    ("Print help (see more with '--help')", "显示帮助（用 --help 看详情）"),
    (
        "Print the JSON Schema of factlint.toml instead, for editors that complete and check TOML",
        "改为输出 factlint.toml 的 JSON Schema，供编辑器补全和检查",
    ),
    (
        "Print the JSON Schema of rule files, for editors that complete and check TOML",
        "输出规则文件的 JSON Schema，供编辑器补全和检查",
    ),
    ("Print the manual page", "输出手册页"),
    ("Print this message or the help of the given subcommand(s)", "显示本帮助，或某个命令的帮助"),
    ("Print version", "显示版本"),
    (
        "Put the findings into a copy of a Word document, as comments on the figures themselves",
        "把发现写入 Word 文档的副本，作为数字上的批注",
    ),
    ("Read every input as this format, whatever its name says", "不管文件名，一律按此格式读取"),
    (
        "Report only findings that touch lines changed since a git revision (its merge base with HEAD), or new files",
        "只报告涉及某个 git 版本（与 HEAD 的共同祖先）以来改动的行或新文件的发现",
    ),
    ("Report the figures that cannot all be true", "报告不可能同时为真的数字"),
    ("Reviewdog Diagnostic Format", "Reviewdog 诊断格式"),
    ("Run the examples inside the rule files", "运行规则文件中的示例"),
    ("SARIF 2.1.0, for code scanning and editors", "SARIF 2.1.0，供代码扫描和编辑器使用"),
    ("Say what a check looks for; without an id, list the checks", "说明某个检查项查什么；不给 id 则列出全部"),
    (
        "Serve an editor: the language server protocol on standard input and output",
        "为编辑器服务：在标准输入输出上运行语言服务器协议",
    ),
    ("Settled values to check against", "已核实的数值"),
    (
        "Show the near-duplicate passages of two files, where they differ, and which claims changed from the first to the second",
        "显示两个文件的近似段落、不同之处，以及前者到后者变动的数字说法",
    ),
    (
        "Stay, and check again whenever an input, a rule or the settings change",
        "持续运行，输入、规则或设置一有变动就重新检查",
    ),
    (
        "Take over decisions.json of the review page, then check as `factlint check --baseline` does",
        "采纳审阅页导出的 decisions.json，然后像 factlint check --baseline 那样检查",
    ),
    (
        "Take over decisions.json of the review page, then check as `factlint check --baseline` does.\n\nA PATH that ends in .json holds \
         decisions. Both-right and not-the-same go into the baseline with their notes, a side that is right into the facts file (--facts, \
         or facts.toml), later changes nothing. With the articles named as well, each decision is held against what they say today, and \
         one whose values have changed is told and left out.",
        "采纳审阅页导出的 decisions.json，然后像 factlint check --baseline 那样检查。\n\n以 .json 结尾的 PATH 是裁定文件。“两者都对”和“不是一回事”连同\
         备注记入基线，“这一方对”记入事实档案（--facts 所指，或 facts.toml），“以后再看”不作改动。若同时给出文章，会与它们现在的文字核对，数值已变的裁定\
         会提示并略过。",
    ),
    (
        "The baseline [default: that of factlint.toml, or factlint-baseline.json]",
        "基线文件 [默认：factlint.toml 所写，或 factlint-baseline.json]",
    ),
    ("The configuration [default: the nearest factlint.toml upwards]", "设置文件 [默认：向上最近的 factlint.toml]"),
    ("The copy to write", "要写的副本"),
    ("The first file, or a folder", "第一个文件"),
    ("The name that standard input has in every output", "标准输入在各种输出中的名称"),
    ("The second", "第二个文件"),
    ("The shell", "命令行的种类"),
    ("Why they are accepted", "接受的理由"),
    ("Write a commented factlint.toml into this folder", "在当前文件夹写入带注释的 factlint.toml"),
    ("Write a report to a file as well; may be given more than once", "另把报告写入文件；可多次给出"),
    ("for forwarding: a table, then each discrepancy", "便于转发：先列表，再逐条说明"),
    ("for reading in a terminal", "在终端中阅读"),
    ("one JSON object: summary and findings", "一个 JSON 对象：摘要和全部发现"),
    ("one finding a line", "每行一条发现"),
    ("one offline page to review, decide and print", "一个可离线审阅、裁定、打印的页面"),
];
