#!/bin/sh
# SPDX-License-Identifier: MIT
# Fields of the real documents: reports against their labels, areas for improvement against counts by eye, letters and
# articles against theirs, and what the five first texts must give. Each field comes from one document alone here.
set -eu
[ -d ../shared/reports/pdf ] || { echo "../shared is not here"; exit 77; }
fields="$BUILD/tests/tools/dump_fields"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pdfs=$(grep -l '^%PDF' ../shared/reports/pdf/*.pdf)
"$fields" --json $pdfs >"$work/reports.json"
../shared/tools/score_metadata.py ../shared/reports/labels.csv --need 1.0 <"$work/reports.json" >"$work/score" || { cat "$work/score"; exit 1; }
echo "figure: report fields: $(tail -n 1 "$work/score")"

"$fields" $pdfs >"$work/reports.tsv"
awk -F '\t' '/^# / { split($0, part, "/"); name = part[length(part)]; sub(/\.pdf$/, "", name) }
    $1 == "improvement" { count[name]++ } END { for (name in count) print name "\t" count[name] }' "$work/reports.tsv" |
    sort >"$work/counts"
grep -v '^#' tests/shared/improvements.tsv | diff - "$work/counts" || { echo "areas for improvement: not as counted"; exit 1; }

# Days without a year are told by other documents: link finds them, this does not.
"$fields" --json ../shared/letters/*.txt >"$work/letters.json"
../shared/tools/score_visits.py ../shared/letters/labels.csv --need 0.93 <"$work/letters.json" >"$work/score" || { cat "$work/score"; exit 1; }
echo "figure: letter fields, one document at a time: $(tail -n 1 "$work/score")"

"$fields" ../shared/seeds/*.txt | awk -F '\t' '/^# / { split($0, part, "/"); name = substr(part[length(part)], 1, 3) }
    $1 != "" && $1 !~ /^#/ && $1 != "section" { print name "\t" $1 "\t" $2 }' >"$work/seeds"
while IFS= read -r line; do
    grep -qxF "$line" "$work/seeds" || { echo "seeds: missing: $line"; exit 1; }
done <tests/shared/seeds.tsv
[ "$(grep -c '^002	scope	' "$work/seeds")" = 3 ] || { echo "seeds: the letter covers three areas"; exit 1; }
[ "$(grep -c '	improvement	' "$work/seeds")" = 2 ] || { echo "seeds: two areas for improvement in all"; exit 1; }
