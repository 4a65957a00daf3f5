#!/usr/bin/env python3
"""Passage finding against MinHash tools on one corpus: throughput and recall, side by side in one run.

usage: compare_passages.py BENCH CORPUS.jsonl TRUTH.jsonl [--tools rensa,datasketch] [--least BYTES] [--rounds N] [--json]

BENCH is the binary that `cargo bench --no-run --bench passages` builds. CORPUS holds one article a line with "id" and "text";
TRUTH one planted relation a line with "id", "src" and "kind" (`excerpt` and `conflict_exc` share a passage, the rest are
whole copies). Install the peers with `pip install rensa datasketch`.

The job that is timed is the same for all: from the texts, decoded and in memory, to pairs of documents. The peers get character 5-grams
with white space taken out, 128 permutations and a threshold of 0.5, and run on one thread; timed are shingles, sketches, index, queries and, for
rensa, the check of the pairs that share a band. Of factlint are timed the cut into sentences, fingerprints, join and the sum of what two documents share; a pair
counts as found when that comes to at least --least bytes. `aligned` is another, longer job, which no peer does: sentences whose claims are
read already are set against each other token by token, with the figures that stand in one slot. Reading the file is timed for none.

Each of N rounds runs every tool once, one after the other, so that all meet the same other work on the machine; a figure is the median of the rounds. A
ratio is the median of the ratios within a round. `seconds` are those of the clock; `processor` are those that processors spent, which on a machine with
other work is what one thread would take of the clock alone.
"""
import argparse, json, os, statistics, subprocess, sys, tempfile, time

EXCERPTS = {"excerpt", "conflict_exc"}


def shingles(text, k=5):
    text = "".join(text.split())
    return [text[i:i + k] for i in range(max(1, len(text) - k + 1))]


def by_rensa(texts):
    from rensa import RMinHash, RMinHashLSH
    start = time.perf_counter(), time.process_time()
    index, pairs, sketches = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32), set(), []
    for i, text in enumerate(texts):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(shingles(text))
        for j in index.query(sketch):
            if sketches[j].jaccard(sketch) >= 0.5:
                pairs.add((j, i))
        index.insert(i, sketch)
        sketches.append(sketch)
    return (time.perf_counter() - start[0], time.process_time() - start[1]), pairs


def by_datasketch(texts):
    from datasketch import MinHash, MinHashLSH
    start = time.perf_counter(), time.process_time()
    index, pairs = MinHashLSH(threshold=0.5, num_perm=128), set()
    for i, text in enumerate(texts):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([s.encode() for s in shingles(text)])
        pairs.update((j, i) for j in index.query(sketch))
        index.insert(i, sketch)
    return (time.perf_counter() - start[0], time.process_time() - start[1]), pairs


def read_pairs(path, number, least):
    pairs = set()
    for line in open(path, encoding="utf-8"):
        a, b, size = line.rstrip("\n").split("\t")
        if int(size) >= least:
            pairs.add(tuple(sorted((number[a], number[b]))))
    return pairs


def by_factlint(binary, corpus, number, least, threads):
    """Both jobs on so many threads: the second of two runs of each, as the first meets cold memory."""
    with tempfile.TemporaryDirectory() as folder:
        near, aligned = os.path.join(folder, "near.tsv"), os.path.join(folder, "aligned.tsv")
        env = dict(os.environ, RAYON_NUM_THREADS=str(threads))
        done = subprocess.run([binary, corpus, "--pairs", near, "--aligned", aligned, "--runs", "2"], capture_output=True, text=True,
                              check=True, env=env)
        seconds = json.loads(done.stdout.splitlines()[-1])
        return (seconds["find"][-1], read_pairs(near, number, least)), (seconds["align"][-1], read_pairs(aligned, number, least))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("bench"), ap.add_argument("corpus"), ap.add_argument("truth")
    ap.add_argument("--tools", default="rensa,datasketch"), ap.add_argument("--least", type=int, default=300)
    ap.add_argument("--rounds", type=int, default=5), ap.add_argument("--json", action="store_true")
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
    seconds, found = {}, {}

    def note(name, result):
        seconds.setdefault(name, []).append(result[0])
        found[name] = result[1]

    peers = [(name, job) for name, job in (("rensa", by_rensa), ("datasketch", by_datasketch)) if name in a.tools.split(",")]
    threads = sorted({1, os.cpu_count()})
    for _ in range(a.rounds):
        for count in threads:
            finding, aligned = by_factlint(a.bench, a.corpus, number, a.least, count)
            note(f"factlint, threads {count}", finding)
            note(f"factlint, aligned, threads {count}", aligned)
        for name, job in peers:
            note(name, job(texts))
    rows = []
    for name, taken in seconds.items():
        pairs = found[name]
        # Without the processor's time, which not every system tells, the clock stands for it.
        times, spent = [t[0] for t in taken], [t[1] or t[0] for t in taken]
        middle, busy = statistics.median(times), statistics.median(spent)
        of = lambda peer, i: [t[i] or t[0] for t in seconds[peer]]
        right = sum(root[i] == root[j] for i, j in pairs)
        rows.append({"tool": name, "seconds": round(middle, 3), "mb_per_s": round(size / middle, 1),
                     "processor": round(busy, 3), "mb_per_processor_s": round(size / busy, 1), "pairs": len(pairs),
                     "of_one_source": round(right / max(1, len(pairs)), 3),
                     **{kind: f"{len(want & pairs)}/{len(want)}" for kind, want in planted.items()},
                     **{f"times_{peer}": round(statistics.median(y / x for x, y in zip(times, of(peer, 0))), 2) for peer, _ in peers},
                     **{f"processor_times_{peer}": round(statistics.median(y / x for x, y in zip(spent, of(peer, 1))), 2)
                        for peer, _ in peers}})
        if not a.json:
            print("  ".join(f"{k} {v}" for k, v in rows[-1].items()), flush=True)
    if a.json:
        print(json.dumps({"articles": len(texts), "mb": round(size, 1), "rounds": a.rounds, "rows": rows}, ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
