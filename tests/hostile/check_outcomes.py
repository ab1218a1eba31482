#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hold what tests/tools/extract printed against what make_files.py expects.

Usage: check_outcomes.py EXPECTED OUTCOME
"""
import re
import sys

outcomes, ends = {}, {}
for line in open(sys.argv[2], encoding="utf-8"):
    kind, name, rest = (line.rstrip("\n").split(" ", 2) + [""])[:3]
    name = name.rstrip(":")
    if kind in ("end", "failed"):
        ends[name] = ends.get(name, 0) + 1
    if kind != "end":
        outcomes.setdefault(name, []).append(f"text {rest}" if kind == "text" else f"{kind}: {rest}")

wrong, count = 0, 0
for line in open(sys.argv[1], encoding="utf-8"):
    name, pattern = line.rstrip("\n").split("\t")
    outcome = " | ".join(outcomes.get(name, []))
    count += 1
    # A pattern's "$" ends the format's name; sizes may follow.
    pattern = re.sub(r"(text \w+)\$$", r"^\1 \\d+ \\d+$", pattern)
    if not re.search(pattern, outcome) or ends.get(name) != 1:
        wrong += 1
        print(f"{name}: expected {pattern!r}, got {outcome[:300]!r}, ended {ends.get(name, 0)} times")
print(f"figure: hostile files: {count}, as expected: {count - wrong}")
sys.exit(wrong > 0)
