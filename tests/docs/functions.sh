#!/bin/sh
# SPDX-License-Identifier: MIT
# Each public header has a manual page, which says what the header says, and csearch(3) leads to it; each function is in one.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
status=0
for header in include/csearch/*.h; do
    name=csearch_$(basename "$header" .h)
    tools/header_manual.py "$header" >"$dir/$name.3"
    cmp -s "$dir/$name.3" "man/$name.3" || { echo "man/$name.3 does not say what $header says: run make manuals"; status=1; }
    grep -q "^\.It Xr $name 3" man/csearch.3 || { echo "csearch(3) does not name $name(3)"; status=1; }
done
for page in man/csearch_*.3; do
    [ -e "include/csearch/$(basename "$page" .3 | sed 's/^csearch_//').h" ] || { echo "$page has no header"; status=1; }
done
# A declaration may run over lines; the name is the last word before the first bracket after CS_API.
cat include/csearch.h include/csearch/*.h | grep -v '^ *\*\|^/\*\*\|^#' | tr '\n' ' ' | grep -oE 'CS_API [^(;]*\(' |
    sed -E 's/.*[ *](cs_[a-z0-9_]+)\($/\1/' | sort -u >"$dir/headers"
[ -s "$dir/headers" ] || { echo "no CS_API was found in include/"; exit 1; }
for what in '^\.Fn' '^\.It Fn'; do
    sed -nE "s/$what (cs_[a-z0-9_]*) .*/\1/p" man/csearch_*.3 | sort -u >"$dir/manual"
    diff "$dir/headers" "$dir/manual" >"$dir/diff" || {
        echo "man/csearch_*.3 (>) and include/ (<) differ:"
        grep '^[<>]' "$dir/diff"
        status=1
    }
done
exit $status
