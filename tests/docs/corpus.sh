#!/bin/sh
# SPDX-License-Identifier: MIT
# The sample corpus: its PDF is the one its source makes, and no digest repeats the document it digests.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
tests/corpus/make-pdf "$dir/made.pdf"
pdftotext -layout "$dir/made.pdf" "$dir/made"
pdftotext -layout corpus/herefordshire/inspection-2025.pdf "$dir/kept"
diff "$dir/kept" "$dir/made" || {
    echo "run tests/corpus/make-pdf corpus/herefordshire/inspection-2025.pdf"
    exit 1
}
for file in corpus/herefordshire/*; do
    grep -q "$(basename "$file")" corpus/README.md || { echo "corpus/README.md does not explain $file"; exit 1; }
done
[ -d ../shared/reports ] || { echo "the originals (../shared) are not here"; exit 77; }
tests/corpus/own_words.py corpus ../shared
