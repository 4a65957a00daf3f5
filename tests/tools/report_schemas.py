#!/usr/bin/env python3
"""Hold reports against what their readers want.

usage: report_schemas.py FOLDER

FOLDER holds files named sarif, gitlab, rdjsonl and junit. SARIF is held against the published schema; the others, whose publishers give none
or one that allows anything, against the fields that their readers know. Exit status 77: the package jsonschema is not installed.
"""
import json
import os
import sys
import xml.etree.ElementTree as ET

try:
    from jsonschema import Draft7Validator
except ImportError:
    print("python3 -m pip install jsonschema")
    sys.exit(77)

here, folder = os.path.dirname(os.path.abspath(__file__)), sys.argv[1]
faults = []


def text(name):
    with open(os.path.join(folder, name), encoding="utf-8") as f:
        return f.read()


def hold(name, value, schema):
    for error in Draft7Validator(schema).iter_errors(value):
        faults.append(f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")


def closed(required, optional=None):
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": {**required, **(optional or {})}}


STRING, COUNT = {"type": "string", "minLength": 1}, {"type": "integer", "minimum": 1}

with open(os.path.join(here, "..", "data", "schemas", "sarif-2.1.0.json"), encoding="utf-8") as f:
    sarif_schema = json.load(f)
sarif = json.loads(text("sarif"))
hold("sarif", sarif, sarif_schema)
for run in sarif["runs"]:
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    results = run["results"]
    if len({"suppressions" in r for r in results}) > 1:
        faults.append("sarif: where one result has suppressions, all do")
    for r in results:
        if rules[r["ruleIndex"]] != r["ruleId"] or not r["locations"] or not r["partialFingerprints"]:
            faults.append(f"sarif: a result of {r['ruleId']} lacks its rule, place or fingerprint")
        if r["ruleId"].startswith("conflicting") and not r["relatedLocations"]:
            faults.append("sarif: a conflict without its other side")

# https://docs.gitlab.com/ci/testing/code_quality/: the fields that GitLab reads.
line = {"oneOf": [closed({"lines": closed({"begin": COUNT}, {"end": COUNT}), "path": {"type": "string", "pattern": r"^(?!\./)."}})]}
issue = closed({"description": STRING, "check_name": STRING, "fingerprint": STRING, "location": line,
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]}})
gitlab = json.loads(text("gitlab"))
hold("gitlab", gitlab, {"type": "array", "items": issue})
if len({i["fingerprint"] for i in gitlab}) != len(gitlab):
    faults.append("gitlab: two issues with one fingerprint; GitLab shows the first only")

# The Reviewdog Diagnostic Format, one Diagnostic a line.
position = closed({"line": COUNT}, {"column": COUNT})
location = closed({"path": STRING}, {"range": closed({"start": position}, {"end": position})})
diagnostic = closed(
    {"message": STRING, "location": location},
    {"severity": {"enum": ["ERROR", "WARNING", "INFO"]}, "source": closed({"name": STRING}, {"url": STRING}),
     "code": closed({"value": STRING}, {"url": STRING}),
     "relatedLocations": {"type": "array", "items": closed({"location": location}, {"message": STRING})}})
rows = [json.loads(row) for row in text("rdjsonl").splitlines()]
for row in rows:
    hold("rdjsonl", row, diagnostic)

# JUnit as CI services read it: counts that agree, names on every case.
junit = ET.fromstring(text("junit"))
if junit.tag != "testsuites":
    faults.append("junit: no testsuites")
for suite in [junit, *junit.iter("testsuite")]:
    cases = list(suite.iter("testcase"))
    for attribute, tag in (("tests", None), ("failures", "failure"), ("errors", "error")):
        counted = len(cases) if tag is None else sum(case.find(tag) is not None for case in cases)
        if int(suite.get(attribute, -1)) != counted:
            faults.append(f"junit: {attribute} says {suite.get(attribute)}, {counted} are there")
    for case in cases:
        if not case.get("name") or not case.get("classname"):
            faults.append("junit: a case without name or class")
        for failure in case.findall("failure"):
            if not failure.get("message") or not failure.get("type"):
                faults.append("junit: a failure without message or type")
try:
    from junitparser import JUnitXml
    suites = JUnitXml.fromfile(os.path.join(folder, "junit"))
    if suites.tests != len(list(junit.iter("testcase"))):
        faults.append("junit: junitparser counts otherwise")
except ImportError:
    pass

if not (sarif["runs"][0]["results"] and gitlab and rows and junit.findall(".//failure")):
    faults.append("a report is empty: nothing was held against its schema")
print("\n".join(faults) or f"{len(sarif['runs'][0]['results'])} results, {len(gitlab)} issues, {len(rows)} diagnostics hold to their schemas")
sys.exit(1 if faults else 0)
