#!/bin/sh
# SPDX-License-Identifier: MIT
# Sentence tone on the labelled sentences of ../shared: prints the confusion matrix; fails below the bars (accuracy 0.80 over
# four labels, macro-F1 0.88 over concern and strength).
set -eu
labels=../shared/themes/sentences.csv
[ -f "$labels" ] || { echo "$labels is not here"; exit 77; }
command -v python3 >/dev/null || { echo "no python3"; exit 77; }
python3 - "$labels" "${BUILD:-build/release}/cs-search" <<'PYTHON'
import csv, json, subprocess, sys
labels, program = sys.argv[1:]
rows = list(csv.DictReader(open(labels, encoding="utf-8")))
text = "".join(r["sentence"] + "\n" for r in rows)
out = subprocess.run([program, "--tone", "-"], input=text.encode(), capture_output=True, check=True).stdout.decode()
read = [json.loads(line) for line in out.splitlines()]
assert [r["sentence"] for r in rows] == [r["sentence"] for r in read]
pairs = [(r["label"], said["label"]) for r, said in zip(rows, read)]
names = ["concern", "mixed", "strength", "neutral"]
print("label\\read  " + "".join(f"{n:>9}" for n in names))
for g in names:
    print(f"{g:<12}" + "".join(f"{pairs.count((g, p)):>9}" for p in names))
accuracy = sum(g == p for g, p in pairs) / len(pairs)
f1 = [2 * pairs.count((n, n)) / max(1, sum((g == n) + (p == n) for g, p in pairs)) for n in ("concern", "strength")]
for half, part in (("even rows", pairs[0::2]), ("odd rows", pairs[1::2])):
    print(f"{half}: accuracy {sum(g == p for g, p in part) / len(part):.3f}")
print(f"figure: sentence tone: accuracy {accuracy:.3f} (0.80), macro-F1 {sum(f1) / 2:.3f} (0.88) of {len(pairs)} sentences")
sys.exit(not (len(pairs) >= 200 and accuracy >= 0.80 and sum(f1) / 2 >= 0.88))
PYTHON
