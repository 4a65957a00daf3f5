#!/usr/bin/env python3
"""Passage finding against MinHash tools on one corpus: throughput and recall, side by side in one run.

usage: compare_passages.py BENCH CORPUS.jsonl TRUTH.jsonl [--tools rensa,datasketch] [--least BYTES] [--runs N] [--json]

BENCH is the binary that `cargo bench --no-run --bench passages` builds. CORPUS holds one article a line with "id" and "text";
TRUTH one planted relation a line with "id", "src" and "kind" (`excerpt` and `conflict_exc` share a passage, the rest are
whole copies). The peers get character 5-grams, 128 permutations and a threshold of 0.5, one thread, their whole job timed:
shingles, sketches, index, queries. factlint is timed on one thread and on all. Install the peers with `pip install rensa datasketch`.
A pair of documents counts as found by factlint when at least --least bytes of it are aligned.
"""
import argparse, json, os, subprocess, sys, tempfile, time

EXCERPTS = {"excerpt", "conflict_exc"}


def shingles(text, k=5):
    text = "".join(text.split())
    return [text[i:i + k] for i in range(max(1, len(text) - k + 1))]


def by_rensa(texts):
    from rensa import RMinHash, RMinHashLSH
    start = time.perf_counter()
    index, pairs, sketches = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32), set(), []
    for i, text in enumerate(texts):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(shingles(text))
        for j in index.query(sketch):
            if sketches[j].jaccard(sketch) >= 0.5:
                pairs.add((j, i))
        index.insert(i, sketch)
        sketches.append(sketch)
    return time.perf_counter() - start, pairs


def by_datasketch(texts):
    from datasketch import MinHash, MinHashLSH
    start = time.perf_counter()
    index, pairs = MinHashLSH(threshold=0.5, num_perm=128), set()
    for i, text in enumerate(texts):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([s.encode() for s in shingles(text)])
        pairs.update((j, i) for j in index.query(sketch))
        index.insert(i, sketch)
    return time.perf_counter() - start, pairs


def by_factlint(binary, corpus, number, least, runs, threads):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "pairs.tsv")
        env = dict(os.environ, RAYON_NUM_THREADS=str(threads))
        done = subprocess.run([binary, corpus, "--pairs", out, "--runs", str(runs)], capture_output=True, text=True, check=True, env=env)
        pairs = set()
        for line in open(out, encoding="utf-8"):
            a, b, size = line.rstrip("\n").split("\t")
            if int(size) >= least:
                pairs.add(tuple(sorted((number[a], number[b]))))
    return json.loads(done.stdout.splitlines()[-1])["seconds"], pairs


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("bench"), ap.add_argument("corpus"), ap.add_argument("truth")
    ap.add_argument("--tools", default="rensa,datasketch"), ap.add_argument("--least", type=int, default=300)
    ap.add_argument("--runs", type=int, default=3), ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    articles = [json.loads(line) for line in open(a.corpus, encoding="utf-8")]
    number, texts = {x["id"]: i for i, x in enumerate(articles)}, [x["text"] for x in articles]
    size = sum(len(t.encode()) for t in texts) / 1e6
    truth = [json.loads(line) for line in open(a.truth, encoding="utf-8")]
    planted = {kind: {tuple(sorted((number[t["id"]], number[t["src"]]))) for t in truth if (t["kind"] in EXCERPTS) == (kind == "excerpts")}
               for kind in ("copies", "excerpts")}
    # Copies of one source are copies of each other as well: such pairs are not false.
    root = list(range(len(texts)))
    for t in truth:
        root[number[t["id"]]] = number[t["src"]]
    jobs = {"factlint, one thread": lambda: by_factlint(a.bench, a.corpus, number, a.least, a.runs, 1),
            "factlint, all threads": lambda: by_factlint(a.bench, a.corpus, number, a.least, a.runs, os.cpu_count())}
    jobs.update({"rensa": lambda: by_rensa(texts)} if "rensa" in a.tools else {})
    jobs.update({"datasketch": lambda: by_datasketch(texts)} if "datasketch" in a.tools else {})
    rows = []
    for name, job in jobs.items():
        seconds, pairs = job()
        right = sum(root[i] == root[j] for i, j in pairs)
        rows.append({"tool": name, "seconds": round(seconds, 3), "mb_per_s": round(size / seconds, 1), "pairs": len(pairs),
                     "of_one_source": round(right / max(1, len(pairs)), 3),
                     **{kind: f"{len(want & pairs)}/{len(want)}" for kind, want in planted.items()}})
        if not a.json:
            print("  ".join(f"{k} {v}" for k, v in rows[-1].items()), flush=True)
    if a.json:
        print(json.dumps({"articles": len(texts), "mb": round(size, 1), "rows": rows}, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
