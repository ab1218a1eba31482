#!/bin/sh
# SPDX-License-Identifier: MIT
# What leaves the shared library is what the headers promise: nm -D equals the CS_API declarations.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nm -D --defined-only "$BUILD/libcsearch.so" | awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | sort >"$work/exported"
cat include/csearch/*.h | tr '\n' ' ' | sed 's/CS_API/\nCS_API/g' | sed -n 's/^CS_API[^(;]*[ *]\(cs_[a-z0-9_]*\)(.*/\1/p' | sort >"$work/promised"
diff -u "$work/promised" "$work/exported"
