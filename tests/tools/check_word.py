#!/usr/bin/env python3
"""Drives `factlint annotate` and looks at the result with other people's programs.

usage: check_word.py FACTLINT

Makes Word drafts with python-docx, annotates them, and holds the copies against python-docx, LibreOffice (soffice on
the PATH) and the ZIP file itself: the comments are there, on the figures, with the other side's sentence; nothing else
has changed; a second run replaces its own comments only; a resolved one counts as accepted.
"""
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

import docx
from docx.oxml import parse_xml
from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ARCHIVE = """开发区分站上线

当天，已有4000多家本地供应商率先入驻该平台，企业参与热情高涨。
会上，15个项目集中签约，总投资300亿元，较去年增加20%。
园区一期占地1200亩，建成标准厂房36栋，吸引企业86家。
"""
OWN = "word/document.xml word/comments.xml word/_rels/document.xml.rels [Content_Types].xml".split()


def q(name, space=W):
    return f"{{{space}}}{name}"


def run(factlint, *args, cwd):
    return subprocess.run([factlint, *args], cwd=cwd, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def soffice(folder, kind, name):
    """Converts `name` into the folder `out`; returns the path."""
    profile = "file://" + os.path.join(folder, "profile")
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir", "out", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=180)
    path = os.path.join(folder, "out", os.path.splitext(name)[0] + "." + kind)
    assert os.path.exists(path), f"LibreOffice made no {kind} of {name}: {done.stdout}{done.stderr}"
    return path


def draft(path):
    """A draft with what real ones have: runs cut anywhere, a revision, a table, a field, a comment of somebody else's."""
    d = docx.Document()
    d.add_heading("开发区企业触网", 1)
    p = d.add_paragraph()
    p.add_run("当天，已有50")
    p.add_run("00").bold = True
    p.add_run("多家本地供应商率先入驻该平台，企业参与热情高涨。")
    p = d.add_paragraph("会上，")
    change = 'w:author="Li" w:date="2026-01-02T03:04:05Z"'
    space = f'xmlns:w="{W}"'
    p._p.append(parse_xml(f'<w:del {space} w:id="90" {change}><w:r><w:delText>18个</w:delText></w:r></w:del>'))
    p._p.append(parse_xml(f'<w:ins {space} w:id="91" {change}><w:r><w:rPr><w:i/></w:rPr><w:t>12个项目</w:t></w:r></w:ins>'))
    p._p.append(parse_xml(f'<w:r {space}><w:t>集中签约，总投资300亿元，较去年增加20%。</w:t></w:r>'))
    d.add_paragraph("园区一期占地1500亩，建成标准厂房36栋，吸引企业86家。")
    p = d.add_paragraph("第")
    p._p.append(parse_xml(f'<w:fldSimple {space} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    table = d.add_table(rows=2, cols=2)
    for cell, text in zip((c for r in table.rows for c in r.cells), ("项目", "数量", "路灯", "320盏")):
        cell.text = text
    d.add_comment(d.paragraphs[3].runs, text="请核对", author="Li", initials="L")
    d.save(path)


def raw(path):
    """Every entry as it is packed."""
    out = {}
    with zipfile.ZipFile(path) as z, open(path, "rb") as f:
        for info in z.infolist():
            f.seek(info.header_offset + 26)
            name, extra = struct.unpack("<HH", f.read(4))
            f.seek(name + extra, 1)
            out[info.filename] = (info.CRC, info.compress_type, f.read(info.compress_size))
    return out


def part(path, name):
    with zipfile.ZipFile(path) as z:
        return etree.fromstring(z.read(name))


def anchored(path):
    """Comment id → the visible text between its marks."""
    out, open_ids = {}, []
    for e in part(path, "word/document.xml").iter():
        if e.tag == q("commentRangeStart"):
            open_ids.append(e.get(q("id")))
            out[open_ids[-1]] = ""
        elif e.tag == q("commentRangeEnd"):
            open_ids.remove(e.get(q("id")))
        elif e.tag == q("t"):
            for i in open_ids:
                out[i] += e.text or ""
    assert not open_ids, f"no end for {open_ids}"
    return out


def comments(path):
    """[(author, anchored text, text)]."""
    spans = anchored(path)
    return sorted((c.author, spans.get(str(c.comment_id)), c.text) for c in docx.Document(path).comments)


def texts(path):
    root = part(path, "word/document.xml")
    return ["".join(t.text or "" for t in p.iter(q("t"), q("delText"))) for p in root.iter(q("p"))]


def check_first(folder, factlint):
    draft(os.path.join(folder, "draft.docx"))
    done = run(factlint, "annotate", "draft.docx", "--against", "archive", "-o", "checked.docx", "--ui-lang", "zh", cwd=folder)
    assert done.returncode == 0, done.stderr
    before, after = (os.path.join(folder, n) for n in ("draft.docx", "checked.docx"))
    seen = comments(after)
    assert [c[:2] for c in seen] == [("Li", "园区一期占地1500亩，建成标准厂房36栋，吸引企业86家。"),
                                     ("factlint", "12个"), ("factlint", "1500亩"), ("factlint", "5000多家")], seen
    for (_, _, text), other in zip(seen[1:], ("【15个】项目集中签约", "占地【1200亩】", "已有【4000多家】本地供应商")):
        assert other in text and "archive/a.txt" in text and "第" in text, text
    assert seen[0][2] == "请核对"
    assert texts(before) == texts(after)
    was, now = raw(before), raw(after)
    assert list(was) == [n for n in now if n in was], "the order of the entries changed"
    changed = [n for n in now if was.get(n) != now[n]]
    assert set(changed) <= set(OWN), changed
    for name in ("ins", "del"):
        kept = [[etree.tostring(e) for e in part(p, "word/document.xml").iter(q(name))] for p in (before, after)]
        assert len(kept[0]) == len(kept[1]) == 1
        assert [part(p, "word/document.xml").find(f".//{q(name)}").attrib for p in (before, after)][0].get(q("author")) == "Li"
    assert not part(after, "word/document.xml").findall(f".//{q('ins')}//{q('commentReference')}")
    english = run(factlint, "annotate", "draft.docx", "--against", "archive", "-o", "en.docx", "--ui-lang", "en", cwd=folder)
    assert english.returncode == 0 and "Elsewhere" in comments(os.path.join(folder, "en.docx"))[1][2], english.stderr


def check_new(folder, factlint):
    """A draft without any comment: the part is made and joined."""
    d = docx.Document()
    d.add_paragraph("当天，已有5000多家本地供应商率先入驻该平台，企业参与热情高涨。")
    d.save(os.path.join(folder, "plain.docx"))
    done = run(factlint, "annotate", "plain.docx", "--against", "archive", "-o", "out.docx", cwd=folder)
    assert done.returncode == 0, done.stderr
    seen = comments(os.path.join(folder, "out.docx"))
    assert [c[:2] for c in seen] == [("factlint", "5000多家")], seen
    # No finding, no change: the copy is the draft.
    done = run(factlint, "annotate", "plain.docx", "-o", "same.docx", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert open(os.path.join(folder, "same.docx"), "rb").read() == open(os.path.join(folder, "plain.docx"), "rb").read()


def check_again(folder, factlint):
    done = run(factlint, "annotate", "checked.docx", "--against", "archive", "-o", "again.docx", "--ui-lang", "zh", cwd=folder)
    assert done.returncode == 0, done.stderr
    first, second = (open(os.path.join(folder, n), "rb").read() for n in ("checked.docx", "again.docx"))
    assert first == second, "a second run over the same text is not the same file"


def check_libreoffice(folder, factlint):
    root = etree.parse(soffice(folder, "fodt", "checked.docx")).getroot()
    office, text, dc = (root.nsmap[p] for p in ("office", "text", "dc"))
    found, open_names = {}, []
    for e in root.iter():
        if e.tag == f"{{{office}}}annotation":
            name = e.get(f"{{{office}}}name")
            found[name] = [e.findtext(f"{{{dc}}}creator"), "", "".join(e.itertext())]
            open_names.append(name)
        elif e.tag == f"{{{office}}}annotation-end":
            open_names.remove(e.get(f"{{{office}}}name"))
        inside = any(a.tag == f"{{{office}}}annotation" for a in e.iterancestors()) or e.tag == f"{{{office}}}annotation"
        for name in open_names:
            found[name][1] += "" if inside else (e.text or "")
            found[name][1] += "" if any(a.tag == f"{{{office}}}annotation" for a in e.iterancestors()) else (e.tail or "")
    ours = sorted(v[1].strip() for v in found.values() if v[0] == "factlint")
    assert ours == ["12个", "1500亩", "5000多家"], found
    assert sum(v[0] == "Li" for v in found.values()) == 1, found
    assert any("已有【4000多家】本地供应商" in v[2] for v in found.values()), found

    # One of ours is resolved, and the file saved by another program, with its own ids and parts.
    [one] = [e for e in root.iter(f"{{{office}}}annotation")
             if e.get(f"{{{office}}}name") in [n for n, v in found.items() if v[1].strip() == "1500亩"]]
    one.set(f"{{{root.nsmap['loext']}}}resolved", "true")
    etree.ElementTree(root).write(os.path.join(folder, "resolved.fodt"), encoding="UTF-8", xml_declaration=True)
    saved = soffice(folder, "docx", "resolved.fodt")
    seen = comments(saved)
    assert [c[0] for c in seen].count("factlint") == 3 and [c[0] for c in seen].count("Li") == 1, seen
    shutil.copy(saved, os.path.join(folder, "resolved.docx"))
    done = run(factlint, "annotate", "resolved.docx", "--against", "archive", "-o", "third.docx", "--ui-lang", "en", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "2 new comments, 2 earlier ones replaced, 1 resolved or answered one kept, 1 finding accepted" in done.stdout, done.stdout
    # A plain check of the draft heeds it as well.
    done = run(factlint, "check", "resolved.docx", "--against", "archive", "--format", "json", cwd=folder)
    report = json.loads(done.stdout)
    assert (len(report["findings"]), report["summary"]["excepted"]) == (2, 1), report["summary"]
    third = os.path.join(folder, "third.docx")
    now = [c[:2] for c in comments(third)]
    assert [n[1] for n in now if n[0] == "factlint"] == ["12个", "1500亩", "5000多家"], now
    assert [n[0] for n in now].count("Li") == 1, now
    assert texts(saved) == texts(third)
    soffice(folder, "pdf", "third.docx")


def lying_package():
    """A main part of 64 MiB that says it has 100 bytes."""
    text = f'<w:document xmlns:w="{W}"><w:body>'.encode() + b" " * (64 << 20) + b"</w:body></w:document>"
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    blob = pack.compress(text) + pack.flush()
    name, crc = b"word/document.xml", zlib.crc32(text)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0x21, crc, len(blob), 100, len(name), 0) + name + blob
    central = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0x21, crc, len(blob), 100, len(name), 0, 0, 0, 0, 0, 0) + name
    return local + central + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(local), 0)


def bomb():
    """A main part of 300 MiB of white space."""
    with tempfile.TemporaryFile() as f:
        with zipfile.ZipFile(f, "w", zipfile.ZIP_DEFLATED) as z, z.open("word/document.xml", "w") as out:
            for _ in range(300):
                out.write(b" " * (1 << 20))
        f.seek(0)
        return f.read()


def check_bad(folder, factlint):
    def packed(**parts):
        path = os.path.join(folder, "packed.zip")
        with zipfile.ZipFile(path, "w") as z:
            for name, data in parts.items():
                z.writestr(name, data)
        return open(path, "rb").read()

    cases = {
        "text": ("共有2000所高校".encode(), "not a Word document"),
        "empty": (b"", "the file is empty"),
        "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old .doc or an encrypted"),
        "missing": (packed(**{"a.xml": "<a/>"}), "no document part"),
        "cut": (open(os.path.join(folder, "draft.docx"), "rb").read()[:4000], "damaged"),
        "liar": (lying_package(), "damaged"),
        "bomb": (bomb(), "50 MiB"),
    }
    for name, (data, said) in cases.items():
        with open(os.path.join(folder, f"{name}.docx"), "wb") as f:
            f.write(data)
        done = run(factlint, "annotate", f"{name}.docx", "-o", "bad.docx", "--ui-lang", "en", cwd=folder)
        assert done.returncode == 2 and said in done.stderr and f"{name}.docx" in done.stderr, (name, done)
        assert not os.path.exists(os.path.join(folder, "bad.docx")), name
    done = run(factlint, "annotate", "draft.docx", "-o", "./draft.docx", "--ui-lang", "en", cwd=folder)
    assert done.returncode == 2 and "never written over" in done.stderr, done
    done = run(factlint, "annotate", "archive/a.txt", "-o", "bad.docx", "--ui-lang", "en", cwd=folder)
    assert done.returncode == 2 and "takes a .docx" in done.stderr, done


def main():
    factlint = os.path.abspath(sys.argv[1])
    folder = tempfile.mkdtemp(prefix="factlint-word-")
    try:
        os.mkdir(os.path.join(folder, "archive"))
        with open(os.path.join(folder, "archive", "a.txt"), "w", encoding="utf-8") as f:
            f.write(ARCHIVE)
        for check in (check_first, check_new, check_again, check_bad, check_libreoffice):
            check(folder, factlint)
            print(f"{check.__name__}: good")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
