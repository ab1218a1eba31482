#!/bin/sh
# SPDX-License-Identifier: MIT
# Each key of each JSON output, and each column of each CSV, is explained in csearch(5).
set -eu
[ -x "$BUILD/cs-search" ] || { echo "the programs are not built"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
index() { "$BUILD/cs-index" -d "$dir/i.db" "$@"; }
search() { "$BUILD/cs-search" -d "$dir/i.db" "$@"; }
index -q corpus/herefordshire
# --check exits 1 where it finds a conflict.
for list in list visits check recommendations stats; do
    index --$list --format json >"$dir/$list.json" || [ $list = check ]
    index --$list --format csv >"$dir/$list.csv" || [ $list = check ]
done
search -f json --explain unaccompanied asylum >"$dir/search.json"
search -f json --no-fold -n 1000 children >"$dir/all.json"
search -f json --match any -n 1000 children OR visit OR care >"$dir/any.json"
search -f csv unaccompanied asylum >"$dir/search.csv"
printf '1\tunaccompanied asylum\n' | search --batch - >"$dir/batch.json"
# A record of JSON Lines brings keys of its own.
echo '{"id":"17","title":"Letter of May","text":"The front door is effective.","authority":"Leeds"}' >"$dir/a.jsonl"
index -q "$dir/a.jsonl"
index --list --format json >"$dir/records.json"
search -f json effective >"$dir/record.json"
search --timeline -f json unaccompanied asylum >"$dir/timeline.json"
echo 'Plans are not reviewed often enough.' | search --tone - >"$dir/tone.json"
search --timeline -f csv unaccompanied asylum >"$dir/timeline.csv"
search --themes -f json >"$dir/themes.json"
search --themes -f csv >"$dir/themes.csv"
search --compare herefordshire/2022 herefordshire/2025-11 -f json >"$dir/compare.json"
search --compare herefordshire/2022 herefordshire/2025-11 -f csv >"$dir/compare.csv"
search --compare herefordshire/2022 herefordshire/2025-11 -f csv private fostering >"$dir/pairs.csv"
search --follow-up -f json >"$dir/follow-up.json"
search --follow-up -f csv >"$dir/follow-up.csv"
# Marks and areas are values there, not keys of their own; an array of arrays has none.
cat "$dir"/*.json | jq -r '[paths[]] | map(select(type == "string"))[]' | sort -u >"$dir/used"
head -q -n 1 "$dir"/*.csv | tr -d '\r' | tr ',' '\n' >>"$dir/used"
tr -s ' ,().' '\n' <man/csearch.5 | sort -u >"$dir/words"
missing=$(sort -u "$dir/used" | grep -vxFf "$dir/words" || true)
[ -z "$missing" ] || { echo "csearch(5) does not explain:" $missing; exit 1; }
