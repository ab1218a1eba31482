#!/bin/sh
# SPDX-License-Identifier: MIT
# Ranking on judged collections: nDCG@10 of each is above the better peer's (FTS5 with porter stemming, Xapian; the figures of
# ../shared/ir/README.md), and by 3 % or more on average.
set -eu
ir=../shared/ir
[ -d $ir ] || { echo "../shared is not here"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
while read -r name peer; do
    "$BUILD/cs-index" -q -d "$dir/$name.db" "$ir/$name/docs.jsonl"
    "$BUILD/cs-search" -d "$dir/$name.db" --batch "$ir/$name/queries.tsv" --format trec --match any -n 1000 |
        ../shared/tools/score_ir.py "$ir/$name/qrels.tsv" | sed "s/^/$name $peer /"
done >"$dir/scores" <<PEERS
cranfield .3757
cisi .3423
med .7088
cacm .4731
medquad .5330
PEERS
awk '{
    gain = 100 * ($6 / $2 - 1)
    sum += gain
    printf "figure: %s nDCG@10 %.4f, %+.1f %% on the better peer\n", $1, $6, gain
    if (gain <= 0) low = 1
}
END {
    printf "figure: %+.1f %% on average\n", sum / NR
    exit NR != 5 || low || sum / NR < 3
}' "$dir/scores"
