#!/bin/sh
# SPDX-License-Identifier: MIT
# csearch(3) names each function that the headers promise, and no other.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
# A declaration may run over lines; the name is the last word before the first bracket after CS_API.
cat include/csearch.h include/csearch/*.h | grep -v '^ *\*\|^/\*\*\|^#' | tr '\n' ' ' | grep -oE 'CS_API [^(;]*\(' |
    sed -E 's/.*[ *](cs_[a-z0-9_]+)\($/\1/' | sort -u >"$dir/headers"
sed -n 's/^\.Fn \(cs_[a-z0-9_]*\) ["v].*/\1/p' man/csearch.3 | sort -u >"$dir/manual"
[ -s "$dir/headers" ] || { echo "no CS_API was found in include/"; exit 1; }
diff "$dir/headers" "$dir/manual" >"$dir/diff" || {
    echo "man/csearch.3 (>) and include/ (<) differ:"
    grep '^[<>]' "$dir/diff"
    exit 1
}
