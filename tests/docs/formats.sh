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
search -f json unaccompanied asylum >"$dir/search.json"
search -f csv unaccompanied asylum >"$dir/search.csv"
# Marks and areas are values there, not keys of their own; an array of arrays has none.
cat "$dir"/*.json | jq -r '[paths[]] | map(select(type == "string"))[]' | sort -u >"$dir/used"
head -q -n 1 "$dir"/*.csv | tr -d '\r' | tr ',' '\n' >>"$dir/used"
tr -s ' ,().' '\n' <man/csearch.5 | sort -u >"$dir/words"
missing=$(sort -u "$dir/used" | grep -vxFf "$dir/words" || true)
[ -z "$missing" ] || { echo "csearch(5) does not explain:" $missing; exit 1; }
