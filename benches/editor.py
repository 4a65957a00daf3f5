#!/usr/bin/env python3
"""From a keystroke to its diagnostics: drives `factlint lsp` over its standard streams as an editor does.

usage: editor.py FACTLINT ARCHIVE [KEYS]

ARCHIVE is a folder of articles to compare with. The draft has 20,000 characters, put together
from passages of the archive with some figures changed. KEYS single characters are typed at random places, each after the diagnostics of
the one before came in. Told are the median, the 95th percentile and the worst, and the processor
time of all threads: on a machine that does other work as well, read that.
"""
import json, os, random, statistics, subprocess, sys, time

tool = sys.argv[1]
archive = sys.argv[2]
keys = int(sys.argv[3]) if len(sys.argv) > 3 else 200
pick = random.Random(20261121)


def texts(folder):
    for root, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            with open(os.path.join(root, name), encoding="utf-8", errors="replace") as file:
                yield file.read()


def draft_of(articles):
    lines, size = [], 0
    while size < 20000:
        body = [line for line in pick.choice(articles).splitlines() if len(line) > 20]
        if not body:
            continue
        line = pick.choice(body)
        if pick.random() < 0.3:
            digits = [i for i, c in enumerate(line) if c in "123456789"]
            if digits:
                i = pick.choice(digits)
                line = line[:i] + pick.choice("123456789") + line[i + 1:]
        lines.append(line[:20000 - size])
        size += len(lines[-1]) + 2
    return "\n\n".join(lines)


class Client:
    def __init__(self):
        self.process = subprocess.Popen([tool, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def processor(self):
        """Processor time spent so far, in milliseconds."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while (line := self.process.stdout.readline().strip()):
            length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length))

    def until(self, fits):
        while True:
            message = self.receive()
            if "method" in message and "id" in message:
                self.send({"id": message["id"], "result": None})
            if fits(message):
                return message


def main():
    articles = list(texts(archive))
    text = draft_of(articles)
    uri = "untitled:draft.md"
    client = Client()
    capabilities = {"general": {"positionEncodings": ["utf-16"]}, "window": {"workDoneProgress": True},
                    "textDocument": {"publishDiagnostics": {"relatedInformation": True}}}
    root = "file://" + os.path.abspath(archive)
    client.send({"id": 1, "method": "initialize", "params": {"capabilities": capabilities, "rootUri": root}})
    client.until(lambda m: m.get("id") == 1)
    began = time.perf_counter()
    client.send({"method": "initialized", "params": {}})
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
    client.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
    # The folder is in when the draft has marks that speak of a file.
    of_files = lambda m: any(r["location"]["uri"].startswith("file:") for d in m.get("params", {}).get("diagnostics", [])
                             for r in d["relatedInformation"])
    client.until(of_files)
    loaded = time.perf_counter() - began
    time.sleep(0.5)
    lines, took, marks, spent = text.split("\n"), [], 0, client.processor()
    for version in range(2, keys + 2):
        line = pick.randrange(len(lines))
        units = len(lines[line].encode("utf-16-le")) // 2
        at = {"line": line, "character": pick.randint(0, units)}
        typed = pick.choice("的了3在年7多。")
        edit = {"range": {"start": at, "end": at}, "text": typed}
        raw = lines[line].encode("utf-16-le")
        lines[line] = (raw[:2 * at["character"]] + typed.encode("utf-16-le") + raw[2 * at["character"]:]).decode("utf-16-le", "replace")
        began = time.perf_counter()
        client.send({"method": "textDocument/didChange",
                     "params": {"textDocument": {"uri": uri, "version": version}, "contentChanges": [edit]}})
        message = client.until(lambda m: m.get("params", {}).get("uri") == uri and m["params"].get("version") == version)
        took.append(1000 * (time.perf_counter() - began))
        marks = len(message["params"]["diagnostics"])
    spent = (client.processor() - spent) / keys
    client.send({"id": 2, "method": "shutdown"})
    client.until(lambda m: m.get("id") == 2)
    client.send({"method": "exit"})
    client.process.wait()
    took.sort()
    print(f"{len(articles)} articles, {sum(map(len, articles))} characters, read and prepared in {1000 * loaded:.0f} ms; "
          f"draft of {len(text)} characters, {marks} marks")
    print(f"keystroke to diagnostics: median {statistics.median(took):.1f} ms, p95 {took[int(0.95 * len(took))]:.1f} ms, "
          f"worst {took[-1]:.1f} ms ({len(took)} keys); "
          f"processor time {spent:.1f} ms a key; load of the machine {os.getloadavg()[0]:.1f}")


main()
