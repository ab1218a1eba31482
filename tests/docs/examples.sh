#!/bin/sh
# SPDX-License-Identifier: MIT
# Run the examples of README and manuals on the sample corpus, and hold their output against what is printed there.
set -eu
[ -x "$BUILD/cs-search" ] || { echo "the programs are not built"; exit 77; }
exec python3 tests/docs/examples.py README.md CONTRIBUTING.md man/cs-index.1 man/cs-search.1 man/cs-query.7 man/csearch.3 man/csearch.5 man/csearch-sqlite.7
