#!/bin/sh
# SPDX-License-Identifier: MIT
# Every file of make_files.py comes to what it should through the pool of extraction processes, and the pool lives on.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 tests/hostile/make_files.py "$folder"
timeout=5000
case $BUILD in
*asan*) # no bound on memory there, and little speed
    grep -v bomb "$folder/expected" >"$folder/less"
    mv "$folder/less" "$folder/expected"
    timeout=60000
    ;;
esac
# shellcheck disable=SC2046 # names without blanks
(cd "$folder" && "$OLDPWD/$BUILD/tests/tools/extract" -t $timeout $(cut -f1 expected)) >"$folder/outcome"
python3 tests/hostile/check_outcomes.py "$folder/expected" "$folder/outcome"

# With less and less memory a document is read or refused, and no process crashes.
case $BUILD in *asan*) exit 0 ;; esac
for mebibytes in 60 75 100 140 200; do
    (cd "$folder" && "$OLDPWD/$BUILD/tests/tools/extract" -m $mebibytes long-line.txt many-lines.txt front.md \
        deep-fonts.html long-line.jsonl text-bomb.pdf good.pdf) >"$folder/outcome"
    if grep '^failed' "$folder/outcome" | grep -vE 'needed more than|text-bomb.pdf: took longer'; then
        echo "with $mebibytes MiB"
        exit 1
    fi
    grep -q '^text good.pdf' "$folder/outcome"
done
