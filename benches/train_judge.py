#!/usr/bin/env python3
"""Trains the trees of rules/judge.toml on labelled pairs of claims: boosted trees, tested leaving one event out.

usage: train_judge.py PAIR_FEATURES EVENTS_FOLDER CASES.jsonl… [--labels tests/labels/pairs-zh.jsonl] [--write rules/judge.toml] [--trees N] [--leave EVENT]

PAIR_FEATURES is the built example of that name. EVENTS_FOLDER holds articles/EVENT/*.md, slots.jsonl and pairs.jsonl; CASES are
consistency cases. Only pairs whose values clash are learnt from (two equal values tell nothing of what the words mean). Labelled
positive: two conflicting values of one slot or pair, two sides of an expected finding. Negative: every other marked pair, pairs of
one case that nobody wants, and a sample of all other clashing pairs of an event, which are nearly all of different things.
Needs numpy and lightgbm. `--leave EVENT` trains without one event: what `check --rules FOLDER` says of it then is an honest figure.
"""
import argparse, collections, json, os, re, subprocess, sys, tempfile
import lightgbm as lgb
import numpy as np

ap = argparse.ArgumentParser()
ap.add_argument("tool"), ap.add_argument("events"), ap.add_argument("cases", nargs="*")
ap.add_argument("--write"), ap.add_argument("--trees", type=int, default=200), ap.add_argument("--cache"), ap.add_argument("--leave")
ap.add_argument("--labels", action="append", default=[])
a = ap.parse_args()
names = re.search(r"FEATURE_NAMES: \[&str; FEATURES\] = \[(.*?)\];", open("src/group/score.rs").read(), re.S).group(1)
names = re.findall(r'"(\w+)"', names)

marks, slot_of, pair_label = [], collections.defaultdict(list), []
slots = [json.loads(l) for l in open(f"{a.events}/slots.jsonl") if l.strip()]
for s in slots:
    for v in s["values"]:
        for m in v["mentions"]:
            marks.append({"file": m["file"], "start": m["start"], "end": m["end"]})
            slot_of[m["file"]].append((m["start"], m["end"], s["slot_id"], v["value"]))
by_id = {s["slot_id"]: s for s in slots}
pairs = [json.loads(l) for l in open(f"{a.events}/pairs.jsonl") if l.strip()]
for name in a.labels:
    pairs += [json.loads(l) for l in open(name) if l.strip()]
for p in pairs:
    for side in "ab":
        marks.append({k: p[side][k] for k in ("file", "start", "end")})


def run(folders, marks):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as f:
        for m in marks:
            f.write(json.dumps(m, ensure_ascii=False) + "\n")
    p = subprocess.run([os.path.abspath(a.tool), f.name, *folders], capture_output=True, text=True)
    if p.returncode:
        sys.exit(p.stderr)
    return [json.loads(l) for l in p.stdout.splitlines()]


def tail(path):
    return path[path.index("articles/"):]


def over(m, c):
    return m["start"] < c["end"] and c["start"] < m["end"]


X, y, w, fold, info = [], [], [], [], []
blocked = collections.Counter()
events = sorted({s["event"] for s in slots})
rows = run([f"{a.events}/articles/{e}" for e in events], marks)
for r in rows:
    if r["relation"] not in ("Disjoint", "Tension"):
        continue
    event = r["run"].rsplit("/", 1)[1]
    fa, fb = tail(r["a"]["file"]), tail(r["b"]["file"])
    label = None
    for p in pairs:
        for s, t in (("a", "b"), ("b", "a")):
            if p[s]["file"] == fa and p[t]["file"] == fb and over(p[s], r["a"]) and over(p[t], r["b"]):
                label = {"contradiction": 1, "typo": 1, "update": 0, "different-thing": 0, "not-a-claim": 0}.get(p["label"], -1)
                r["hand"] = label
    if label is None and r["marked"]:
        sa = [x for x in slot_of[fa] if x[0] < r["a"]["end"] and r["a"]["start"] < x[1]]
        sb = [x for x in slot_of[fb] if x[0] < r["b"]["end"] and r["b"]["start"] < x[1]]
        shared = [(u, v) for u in sa for v in sb if u[2] == v[2]]
        if shared:
            u, v = shared[0]
            s = by_id[u[2]]
            if s["label"] in ("conflict", "typo"):
                label = 1 if sorted((u[3], v[3])) in [sorted(c) for c in s["conflicting"]] else -1
                if label == 1 and not r["obstacle"]:
                    r["slot"] = u[2]
            elif s["label"] in ("update", "different-thing"):
                label = 0
            else:
                label = -1
        elif sa and sb:
            label = 0
    weight = 1.0
    if label is None and not r["marked"]:
        label = 0
    if r.get("hand") is not None:
        weight = 5.0
    if label in (None, -1):
        continue
    if r["obstacle"]:
        blocked[r["obstacle"], label] += 1
        continue
    X.append(r["features"]), y.append(label), w.append(weight), fold.append(event), info.append(r)
reach = {i["slot"] for i in info if i.get("slot")}
print("slots with a pair that may be compared:", len(reach), "of", sum(s["label"] in ("conflict", "typo") for s in slots))
print("events: positives", sum(y), "of", len(y), "| kept apart by an obstacle:", dict(blocked))

if a.cases:
    cases = [json.loads(l) for f in a.cases for l in open(f) if l.strip()]
    blocked = collections.Counter()
    with tempfile.TemporaryDirectory() as top:
        cmarks, wants = [], {}
        for c in cases:
            folder = os.path.join(top, c["id"])
            for d in c["docs"]:
                path = os.path.join(folder, d["name"])
                os.makedirs(os.path.dirname(path), exist_ok=True)
                open(path, "w", newline="").write(d["text"])
                cmarks.append({"file": f"{c['id']}/{d['name']}", "start": 0, "end": len(d["text"])})
            wants[c["id"]] = []
            for e in c["expect"]:
                if e["check"] in ("conflicting-figure", "conflicting-date", "headline-mismatch"):
                    text = {d["name"]: d["text"] for d in c["docs"]}
                    spots = []
                    for s in e["spans"]:
                        at = -1
                        for _ in range((s[2] if len(s) > 2 else 0) + 1):
                            at = text[s[0]].find(s[1], at + 1)
                        spots.append((s[0], at, at + len(s[1])))
                    wants[c["id"]].append(spots)
        rows = run([os.path.join(top, c["id"]) for c in cases], cmarks)
    tiers = {c["id"]: c["tier"] for c in cases}
    n0 = len(y)
    for r in rows:
        if r["relation"] not in ("Disjoint", "Tension"):
            continue
        cid = r["run"].rsplit("/", 1)[1]
        da, db = os.path.basename(r["a"]["file"]), os.path.basename(r["b"]["file"])
        hit = any(any(s[0] == da and s[1] < r["a"]["end"] and r["a"]["start"] < s[2] for s in spots) and
                  any(s[0] == db and s[1] < r["b"]["end"] and r["b"]["start"] < s[2] for s in spots) for spots in wants[cid])
        if r["obstacle"]:
            blocked[r["obstacle"], hit] += 1
            if hit:
                print("BLOCKED", cid, r["obstacle"], r["a"]["text"], r["b"]["text"])
            continue
        X.append(r["features"]), y.append(int(hit)), w.append(12.0 if hit else 6.0), fold.append("case" + str(hash(cid) % 5)), info.append(r)
    print("cases: positives", sum(y[n0:]), "of", len(y) - n0, "| kept apart:", dict(blocked))

X, y, w, fold = np.array(X, float), np.array(y, float), np.array(w, float), np.array(fold)
if a.cache:
    np.savez(a.cache, X=X, y=y, w=w, fold=fold, slot=np.array([i.get("slot") or "" for i in info]), hand=np.array(["hand" in i for i in info]), pair=np.array([i["a"]["text"] + "|" + i["b"]["text"] + "|" + i["a"]["sentence"][:60] + "##" + i["b"]["sentence"][:60] for i in info]))
# What may only speak for one thing, and what only against it; of the rest the data decides.
FOR = """near near_mass sentence sentence_mass topic anchors article_anchors head_same measure subject_same predicate_same place_same time_same
unit_same rule_same slot slot_exact slot_context slot_neighbours slip margin margin_least before after rarest known known_mean moment_same day_same
sentence_known person_same act_same reprinted exact_both specific""".split()
AGAINST = """head_differs subject_differs predicate_differs time_differs unit_loose running running_later later far_value agrees_elsewhere saying
saying_both hedged small unit_generic moment_differs day_differs attribution_differs part_differs total_differs person_differs person_differs_far
act_differs vague contrast_far title""".split()
monotone = [1 if n in FOR else -1 if n in AGAINST else 0 for n in names]
ok = np.ones(len(y), bool) if not a.leave else fold != a.leave


def fit(X, y, w):
    """Boosted trees: few leaves, much shrinkage, each tree on a part of the rows and features."""
    model = lgb.LGBMClassifier(n_estimators=a.trees, learning_rate=0.05, num_leaves=8, min_child_samples=15, reg_lambda=10.0, subsample=0.7,
                               subsample_freq=1, colsample_bytree=0.3, random_state=20261121, n_jobs=1, verbose=-1, monotone_constraints=monotone, deterministic=True, force_row_wise=True)
    return model.fit(X, y, sample_weight=w)


left = np.zeros(len(y))
for f in sorted(set(fold)) if not a.leave else []:
    test = fold == f
    left[test] = fit(X[~test], y[~test], w[~test]).predict_proba(X[test])[:, 1]
for what in ("events", "case") if not a.leave else ():
    m = np.array([(f.startswith("case")) == (what == "case") for f in fold])
    if not m.any():
        continue
    for t in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        tp, fp = (left[m & (y == 1)] >= t).sum(), (left[m & (y == 0)] >= t).sum()
        wfp = (w * (left >= t))[m & (y == 0)].sum()
        print(f"{what}, left out, from {t}: {tp} of {int(y[m].sum())} found, {fp} wrong of {int((1 - y[m]).sum())}, weighed {wfp:.0f}",
              f"slots {len({i['slot'] for i, l, mm in zip(info, left, m) if mm and l >= t and i.get('slot')})}" if what == "events" else "")
model = fit(X[ok], y[ok], w[ok])
gain = model.booster_.feature_importance("gain")
for n, g in sorted(zip(names, gain), key=lambda p: -p[1]):
    print(f"{n:20} gain {g:9.1f}")
used = [n for n, g in zip(names, gain) if g > 0]


def written(node):
    """A tree in the order of its branches, the form that src/group/model.rs reads."""
    if "leaf_value" in node:
        return f"={node['leaf_value']:.4g}"
    assert node["decision_type"] == "<="
    return f"{used.index(names[node['split_feature']])}<={node['threshold']:.6g} {written(node['left_child'])} {written(node['right_child'])}"


if a.write:
    text = open(a.write).read()
    head = re.search(r"^((?:#.*\n|\n)*)", text).group(1)
    tiers = "".join(re.findall(r"^(?:compare|warning|warning_few|error|error_few|reprinted) = .*\n", text, re.M))
    trees = "".join(f'  "{written(t["tree_structure"])}",\n' for t in model.booster_.dump_model()["tree_info"])
    listed = "".join(f'  "{n}",\n' for n in used)
    open(a.write, "w").write(f"{head}{tiers}\nfeatures = [\n{listed}]\n\ntrees = [\n{trees}]\n")
