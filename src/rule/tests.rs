use super::*;

const SUPPLIERS: &str = r#"
id = "supplier-count-x"
title = "供应商数量"
lang = "zh"
description = "测试用。"

[claim]
dimension = "count"
units = ["家", "个", "名"]
measure = ["供应商", "供货商"]
predicate = [["入驻", "进驻"], ["报名"], ["开通"]]
qualifier = [["一级", "直接"], ["二级"]]
not = ["门店"]

[[example]]
a = "平台已有4000多家供应商入驻。"
b = "平台已有6000多家供应商入驻。"
expect = "contradiction"

[[example]]
a = "600多家供应商开通服务。"
b = "1600家供应商报名。"
expect = "consistent"
"#;

fn classify(set: &RuleSet, clause: &str, figure: &str, unit: Option<&str>, measure: Option<&str>) -> Option<Match> {
    let start = clause.find(figure).unwrap_or(0);
    set.classify(&KeyInput {
        lang: Lang::Zh,
        kind: Kind::Count,
        unit,
        measure,
        measure_head: measure,
        predicate: None,
        clause,
        sentence: clause,
        figure: start..start + figure.len(),
    })
}

fn only(text: &str) -> RuleSet {
    match spec::parse("rules/zh/supplier-count-x.toml", text) {
        Ok(rule) => RuleSet { extra: vec![rule], ..RuleSet::default() },
        Err(errors) => unreachable!("{}", errors[0]),
    }
}

#[test]
fn the_meanings_of_the_words_are_read() {
    let set = only(SUPPLIERS);
    let a = classify(&set, "当日已有4000多家供应商入驻该平台", "4000多家", Some("家"), None);
    let b = classify(&set, "共1600名国际供应商报名", "1600名", Some("名"), Some("国际供应商"));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!((a.predicate_sense, b.predicate_sense), (Some(0), Some(1)));
    assert!(!set.comparable(&a, &b));
    let c = classify(&set, "供应商总数5000家", "5000家", Some("家"), None).unwrap();
    assert!(set.comparable(&a, &c));
}

#[test]
fn qualifiers_stay_with_their_figure() {
    let set = only(SUPPLIERS);
    let clause = "一级供应商30家、二级供应商20家";
    let a = classify(&set, clause, "30家", Some("家"), None).unwrap();
    let b = classify(&set, clause, "20家", Some("家"), None).unwrap();
    assert_eq!((a.qualifiers.as_slice(), b.qualifiers.as_slice()), (&[0][..], &[1][..]));
    assert!(!set.comparable(&a, &b));
}

#[test]
fn another_thing_counted_is_no_match() {
    let set = only(SUPPLIERS);
    assert_eq!(classify(&set, "供应商旗下5000家分店", "5000家", Some("家"), Some("分店")), None);
    assert_eq!(classify(&set, "供应商的门店5000家", "5000家", Some("家"), None), None);
    assert_eq!(classify(&set, "供应商缴款5000元", "5000元", Some("元"), None), None);
}

#[test]
fn an_earlier_clause_names_the_thing() {
    let set = only(SUPPLIERS);
    let sentence = "供应商方面，目前已有4000多家入驻";
    let clause = &sentence["供应商方面，".len()..];
    let start = clause.find("4000").unwrap_or(0);
    let found = set.classify(&KeyInput {
        lang: Lang::Zh,
        kind: Kind::Count,
        unit: Some("家"),
        measure: None,
        measure_head: None,
        predicate: None,
        clause,
        sentence,
        figure: start..start + "4000多家".len(),
    });
    assert_eq!(found.and_then(|m| m.predicate_sense), Some(0));
}

fn mistakes(text: &str) -> Vec<String> {
    match RuleSet::load(&[("rules/zh/supplier-count-x.toml", text)]) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn mistakes_are_told_with_what_would_be_right() {
    assert_eq!(mistakes(SUPPLIERS), Vec::<String>::new());
    for (from, to, wanted) in [
        ("units =", "unit =", "did you mean `units`?"),
        ("\"count\"", "\"cuont\"", "did you mean `count`?"),
        ("expect = \"consistent\"", "expect = \"contradiction\"", "expect = \"consistent\""),
        ("lang = \"zh\"", "lang = 5", "invalid type: integer `5`, expected a string"),
        ("supplier-count-x", "supplier-number", "the id must be the file's name, `supplier-count-x`"),
        ("\"家\", \"个\"", "\"家\"，\"个\"", "full-width"),
        ("not = [", "severity = 'x'\nnot = [", "unknown key `severity`"),
        ("not = [\"门店\"]", "not = [\"\"]", "must not be empty"),
        ("not = [\"门店\"]", "pattern = '''(a+)+'''", "has no patterns"),
        ("not = [\"门店\"]", "tolerance = \"-1%\"", "a tolerance is a positive number"),
        ("title = \"供应商数量\"\n", "", "the key `title` is missing"),
    ] {
        let shown = mistakes(&SUPPLIERS.replacen(from, to, 1)).join("\n");
        assert!(shown.contains(wanted), "{to}: {shown}");
        assert!(shown.contains("supplier-count-x.toml:"), "{to}: {shown}");
    }
}

#[test]
fn hostile_files_are_refused_within_bounds() {
    for text in ["x = ".to_owned() + &"[".repeat(20_000), "a.".repeat(20_000) + "a = 1", "[[rule]\nid = \"r".to_owned()]
    {
        let shown = mistakes(&text).join("\n");
        assert!(!shown.is_empty() && shown.len() < 4000, "{}", shown.len());
    }
    let many = (0..40_000).map(|i| format!("k{i} = 0")).collect::<Vec<_>>().join("\n");
    assert!(mistakes(&many).join("\n").len() < 4000);
    assert!(decode("a.toml", b"a = 1\nb = \xb9\xfa").unwrap_err().to_string().starts_with("a.toml:2:5: not UTF-8"));
}

#[test]
fn embedded_rules_hold() {
    for (path, text) in embedded_files() {
        if let Err(errors) = spec::parse(path, text) {
            panic!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        }
    }
    let set = RuleSet::embedded();
    let mut ids: Vec<_> = set.rules().iter().map(|r| (r.lang, &r.id)).collect();
    ids.dedup();
    assert_eq!(ids.len(), set.rules().len());
}

#[test]
fn the_schema_names_every_key_and_dimension() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
    let names = |value: &serde_json::Value| {
        value.as_object().map(|o| o.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
    };
    for (keys, from, to) in [
        (names(&schema["properties"]), "title =", "titel ="),
        (names(&schema["properties"]["claim"]["properties"]), "units =", "unit ="),
        (names(&schema["properties"]["example"]["items"]["properties"]), "expect =", "expects ="),
    ] {
        let errors =
            RuleSet::load(&[("rules/zh/supplier-count-x.toml", &SUPPLIERS.replacen(from, to, 1))]).unwrap_err();
        let mut expected = errors[0].expected.clone();
        expected.sort();
        assert_eq!(expected, keys);
    }
    let errors =
        RuleSet::load(&[("rules/zh/supplier-count-x.toml", &SUPPLIERS.replacen("\"count\"", "\"x\"", 1))]).unwrap_err();
    let dimensions: Vec<_> =
        schema["definitions"]["dimension"]["enum"].as_array().unwrap().iter().map(|d| d.as_str().unwrap()).collect();
    let mut expected = errors[0].expected.clone();
    let mut dimensions: Vec<_> = dimensions.into_iter().map(str::to_owned).collect();
    expected.sort();
    dimensions.sort();
    assert_eq!(expected, dimensions);
}

#[test]
fn a_tolerance_lets_small_distances_pass() {
    use crate::quantity::{Decimal, Interval};
    let quantity = |value: i64| Quantity {
        kind: Kind::Count,
        point: Some(value.into()),
        unit: Some("家".into()),
        base_unit: Some("家".into()),
        literal: Interval::exactly(value.into()),
        reader: Interval::exactly(value.into()),
        granularity: Decimal::ONE,
        hedge: None,
        time: None,
        negative: false,
    };
    for (written, near, far) in [("2", 102, 103), ("1%", 101, 102)] {
        let text = SUPPLIERS.replacen("not = [", &format!("tolerance = '{written}'\nnot = ["), 1);
        let set = only(&text);
        assert!(set.tolerates(RuleId(0), &quantity(100), &quantity(near)), "{written}");
        assert!(!set.tolerates(RuleId(0), &quantity(far), &quantity(100)), "{written}");
    }
    assert!(!only(SUPPLIERS).tolerates(RuleId(0), &quantity(100), &quantity(101)));
}

#[test]
fn a_plain_figure_may_have_the_first_meaning() {
    let plain = only(SUPPLIERS);
    let first = only(&SUPPLIERS.replacen("not = [", "plain_is_first = true\nnot = [", 1));
    for (set, same) in [(&plain, true), (&first, false)] {
        let a = classify(set, "供应商总数5000家", "5000家", Some("家"), None).unwrap();
        let b = classify(set, "报名的供应商有1600家", "1600家", Some("家"), None).unwrap();
        assert_eq!(set.comparable(&a, &b), same);
    }
}
