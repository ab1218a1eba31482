#!/bin/sh
# SPDX-License-Identifier: MIT
# The table at the end of cs-query(7) says how queries are read: ask the program.
set -eu
[ -x "$BUILD/cs-search" ] || { echo "the programs are not built"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$BUILD/cs-index" -q -d "$dir/i.db" corpus/herefordshire/visit-6-minutes.txt
sed -n 's/^\.It Li \(.*\) Ta Li \(.*\)$/\1\t\2/p' man/cs-query.7 | sed -e 's/\\(dq/"/g' -e 's/\\&//g' >"$dir/table"
[ -s "$dir/table" ] || { echo "man/cs-query.7 has no table"; exit 1; }
status=0
tab=$(printf '\t')
while IFS=$tab read -r query says; do
    # Exit 1 means that nothing was found, which is no matter here.
    reads=$("$BUILD/cs-search" -d "$dir/i.db" -f json -- "$query" | jq -r .read_as) || true
    [ "$reads" = "$says" ] || { echo "$query is read as $reads, cs-query(7) says $says"; status=1; }
done <"$dir/table"
exit $status
