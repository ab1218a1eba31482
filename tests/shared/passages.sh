#!/bin/sh
# SPDX-License-Identifier: MIT
# Passages of the real documents, held against an independent reading of them: verbatim, whole, without furniture.
set -eu
[ -d ../shared/reports/pdf ] || { echo "../shared is not here"; exit 77; }
command -v pdftotext >/dev/null || { echo "pdftotext (poppler-utils) is not here"; exit 77; }
# One file there is no PDF, whatever its name says.
exec python3 tests/shared/passages.py "$BUILD/tests/tools/dump_blocks" $(grep -l '^%PDF' ../shared/reports/pdf/*.pdf) \
    ../shared/seeds/*.txt
