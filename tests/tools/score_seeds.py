#!/usr/bin/env python3
"""score_seeds.py FACTLINT ASSERTIONS.jsonl SEEDS [--misses]: figures of hand-read articles found with value, hedge and classifier.

ASSERTIONS holds one figure a line: doc, reference, paragraph, surface, kind, value, hedge, classifier, context. SEEDS is the folder of
the articles; the file of document 000 begins with `000`. Each figure is looked for in its context, so that the layout of the files
does not matter. Prints how many were right, and how many traps (kind `trap`) were taken; exits 1 where any trap was.
"""
import collections, json, os, re, subprocess, sys
from decimal import Decimal, InvalidOperation

binary, assertions, folder = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3]
want = collections.defaultdict(list)
for line in open(assertions, encoding="utf-8"):
    if line.strip():
        w = json.loads(line)
        want[w["doc"]].append(w)


def number(x):
    try:
        return None if x in (None, "") else Decimal(str(x))
    except InvalidOperation:
        return None


def right(w, c):
    v, kind = c["value"], w["kind"]
    if kind in ("date", "period"):
        ends = (w["value"].split("..") + [""])[:2] if ".." in w["value"] else [w["value"], w["value"]]
        low, high = v.get("low") or "", v.get("high") or ""
        return low.startswith(ends[0][:7]) or ends[0][:4] == low[:4] or ends[1][:7] == high[:7] and bool(high)
    if kind == "range":
        a, b = w["value"].split("~")
        return number(v.get("low")) == number(a) and number(v.get("high")) == number(b)
    if kind == "duration":
        return number(v.get("seconds")) == number(w["value"]) or number(v.get("low")) == number(w["value"])
    if w["value"].startswith("~"):
        return number(v.get("low")) == number(w["value"][1:]) or number(v.get("point")) == number(w["value"][1:])
    return number(v.get("point")) == number(w["value"])


good = traps = total = 0
for doc in sorted(want):
    path = next(f for f in sorted(os.listdir(folder)) if f.startswith(doc))
    text = open(os.path.join(folder, path), encoding="utf-8").read()
    reference = want[doc][0]["reference"]
    record = json.dumps({"id": doc, "text": text, "date": reference, "lang": "zh"}, ensure_ascii=False)
    run = subprocess.run([binary, "extract", "--input-format", "jsonl", "--format", "jsonl", "-"], input=record + "\n", capture_output=True, text=True)
    claims = [json.loads(l) for l in run.stdout.splitlines() if l.strip()]
    squeezed, places = [], []
    for i, ch in enumerate(text):
        if not ch.isspace():
            squeezed.append(ch)
            places.append(i)
    squeezed = "".join(squeezed)
    seen = collections.Counter()
    for w in want[doc]:
        context = re.sub(r"\s", "", w["context"])
        surface = re.sub(r"\s", "", w["surface"])
        at = squeezed.find(context)
        if at < 0:
            print("not in the article:", w["surface"], w["context"], file=sys.stderr)
            continue
        at += context.find(surface)
        start, end = places[at], places[at + len(surface) - 1] + 1
        over = [c for c in claims if c["char_start"] < end and start < c["char_end"]]
        if w["kind"] == "trap":
            traps += bool(over)
            if over and "--misses" in sys.argv:
                print("TRAP", w["surface"], [c["text"] for c in over])
            continue
        total += 1
        hit = next((c for c in over if right(w, c) and bool(w["hedge"]) == bool(c["value"].get("hedge"))
                    and (not w["classifier"] or c.get("unit") == w["classifier"])), None)
        good += hit is not None
        if hit is None and "--misses" in sys.argv:
            print("MISS", doc, w["surface"], w["kind"], w["value"], w["hedge"], w["classifier"], "|", w["context"], "| got",
                  [(c["text"], c["kind"], c["value"].get("point"), c["value"].get("low"), c["value"].get("high"), c["value"].get("hedge"), c.get("unit")) for c in over])
print(f"{good} of {total} right, {traps} traps taken")
sys.exit(traps > 0)
