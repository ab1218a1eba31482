#!/bin/sh
# SPDX-License-Identifier: MIT
# Fields of the real documents, through cs-index: reports against their labels, areas for improvement against counts by
# eye, letters and articles against theirs, what the five first texts must give, the visits of one authority, and the
# same visits whatever order the files came in.
set -eu
[ -d ../shared/reports/pdf ] || { echo "../shared is not here"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
index() { "$BUILD/cs-index" -q -d "$@" || [ $? = 1 ]; } # one file among the reports is an error page
list() { "$BUILD/cs-index" -d "$@"; }
fail() { echo "$*"; exit 1; }
hold() { # hold WHAT COMMAND...: a scoring tool's last line is the figure
    what=$1
    shift
    "$@" >"$work/score" || { cat "$work/score"; fail "$what: below what is needed"; }
    echo "figure: $what: $(tail -n 1 "$work/score")"
}

index "$work/reports.db" ../shared/seeds ../shared/reports/pdf
list "$work/reports.db" --list --format json >"$work/list.json"
hold "report fields" ../shared/tools/score_metadata.py ../shared/reports/labels.csv --need 1.0 <"$work/list.json"

# No rule leans on one layout: the same pages with their blocks cut and joined in other ways. One report of 2013 prints
# "Inspection dates:" and its dates as a table, which a broken label parts for good.
pdfs=$(grep -l '^%PDF' ../shared/reports/pdf/*.pdf)
for variant in flat columns merged halves; do
    # shellcheck disable=SC2086 # a list of files
    "$BUILD/tests/tools/dump_fields" --json --variant $variant $pdfs >"$work/variant.json"
    hold "report fields, layout '$variant'" ../shared/tools/score_metadata.py ../shared/reports/labels.csv --need 0.995 <"$work/variant.json"
done

list "$work/reports.db" --recommendations --format json | python3 -c '
import collections, json, os, sys
counts = collections.Counter(os.path.basename(r["path"]) for r in json.load(sys.stdin))
for name in sorted(counts):
    if name.endswith(".pdf"):
        print(name[:-4], counts[name], sep="\t")' >"$work/counts"
grep -v '^#' tests/shared/improvements.tsv | diff - "$work/counts" || fail "areas for improvement: not as counted"

list "$work/reports.db" --check --format json ../shared/seeds >"$work/seeds.json" || true
python3 - "$work/seeds.json" tests/shared/seeds.tsv <<'EOF'
import json, os, sys
have = set()
counts = {}
for document in json.load(open(sys.argv[1], encoding="utf-8")):
    name = os.path.basename(document["path"])[:3]
    for field in document["fields"]:
        have.add((name, field["field"], field["value"]))
        counts[name, field["field"]] = counts.get((name, field["field"]), 0) + 1
wanted = [tuple(line.rstrip("\n").split("\t")) for line in open(sys.argv[2], encoding="utf-8")]
missing = [w for w in wanted if w not in have]
for w in missing:
    print("seeds: missing:", *w)
if counts.get(("002", "scope")) != 3 or counts.get(("004", "improvement")) != 2:
    sys.exit("seeds: the letter covers three areas, the report asks for two improvements")
sys.exit(bool(missing))
EOF

list "$work/reports.db" --visits --format json | python3 -c '
import json, sys
for v in json.load(sys.stdin):
    if v["authority"] == "Herefordshire":
        print(v["id"], v["kind"], v["ordinal"], v["start"], v["end"], v["precision"])' >"$work/visits"
diff - "$work/visits" <<'EOF' || fail "visits: not as the papers tell"
herefordshire/2014-04-29 inspection None 2014-04-29 2014-05-21 day
herefordshire/2018-06-11 inspection None 2018-06-11 2018-06-22 day
herefordshire/2022-07-18 inspection None 2022-07-18 2022-07-29 day
herefordshire/2023-03-29 monitoring 1 2023-03-29 2023-03-30 day
herefordshire/2023-06-28 monitoring 2 2023-06-28 2023-06-29 day
herefordshire/2023-monitoring-3 monitoring 3 2023-06-30 2023-12-31 year
herefordshire/2025-11-10 inspection None 2025-11-10 2025-11-21 day
EOF

index "$work/letters.db" ../shared/letters/*.txt
list "$work/letters.db" --list --format json >"$work/letters.json"
hold "letter fields" ../shared/tools/score_visits.py ../shared/letters/labels.csv --need 0.93 <"$work/letters.json"

# All at once, and file by file from the last to the first: the same visits.
index "$work/once.db" ../shared/seeds/*.txt ../shared/letters/*.txt
for file in $(ls -r ../shared/letters/*.txt ../shared/seeds/*.txt); do
    index "$work/one.db" "$file"
done
list "$work/once.db" --visits --format json >"$work/once"
list "$work/one.db" --visits --format json >"$work/one"
cmp "$work/once" "$work/one" || fail "visits: they depend on the order of indexing"
