#!/bin/sh
# SPDX-License-Identifier: MIT
# Known items: queries as readers type them bring the passage that answers first, or among the first five.
set -eu
[ -d ../shared/reports/pdf ] || { echo "../shared is not here"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$BUILD/cs-index" -q -d "$work/index.db" ../shared/seeds ../shared/reports/pdf ../shared/letters/*.txt || [ $? = 1 ] # one of the files is an error page
tests/rank/known_items.py tests/rank/judgments.tsv "$BUILD/cs-search" "$work/index.db" ../shared 0.80 0.95
