#!/bin/sh
# SPDX-License-Identifier: MIT
# Real documents and real questions: each JSON output is what its schema says (tests/docs/schemas.py).
set -eu
[ -d ../shared/reports/pdf ] && [ -d ../shared/seeds ] || { echo "../shared is not here"; exit 77; }
[ -x "$BUILD/cs-search" ] || { echo "the programs are not built"; exit 77; }
python3 -c 'import jsonschema' 2>/dev/null || { echo "python3-jsonschema is not installed"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$BUILD/cs-index" -q -d "$dir/i.db" ../shared/seeds ../shared/reports/pdf 2>/dev/null || [ $? = 1 ]
{
    tail -n +2 ../shared/themes/themes.csv | cut -d, -f1 | sort -u
    cat ../shared/scale/queries.txt
} >"$dir/queries"
python3 tests/docs/schemas.py "$BUILD" "$dir/i.db" "$dir/queries"
