#!/bin/sh
# SPDX-License-Identifier: MIT
# 200 queries of random bytes and 10,000 made from the grammar, in one process, on the index of corpus/: each ends well
# and with little work, and is read the same way when it is printed as it was read.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$BUILD/cs-index" -q -d "$work/corpus.db" corpus/herefordshire
"$BUILD/tests/tools/fuzz_queries" "$work/corpus.db" >"$work/out" || { tail -n 40 "$work/out"; exit 1; }
# Queries that find nothing would prove little.
found=$(sed -n 's/.* \([0-9]*\) with hits.*/\1/p' "$work/out")
[ "$found" -gt 3000 ] || { tail -n 1 "$work/out"; exit 1; }
