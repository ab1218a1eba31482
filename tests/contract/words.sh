#!/bin/sh
# SPDX-License-Identifier: MIT
# The code knows no file of ../shared, and no authority outside the table of authorities.
set -eu
[ -d ../shared/reports/pdf ] || { echo "../shared is not here"; exit 77; }
status=0
for file in ../shared/reports/pdf/*.pdf ../shared/seeds/*; do
    name=$(basename "$file")
    name=${name%.*}
    if grep -rlF "$name" include core indexer query cli sqlite; then
        echo "words: the code names $name"
        status=1
    fi
done
exit $status
