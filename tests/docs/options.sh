#!/bin/sh
# SPDX-License-Identifier: MIT
# The options of each manual are those of its program: one in the one and not in the other fails.
set -eu
[ -x "$BUILD/cs-search" ] || { echo "the programs are not built"; exit 77; }
status=0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for program in cs-index cs-search; do
    "$BUILD/$program" --help >"$dir/help"
    # An entry of the help begins a line, blanks aside: "  -d, --index FILE  what it is".
    sed -nE 's/^ *((-[A-Za-z], )?--[a-z-]+).*/\1/p' "$dir/help" | tr -d ' ' | tr ',' '\n' | sort -u >"$dir/has"
    # An entry of the manual: ".It Fl d Ar file , Fl -index Ns = Ns Ar file".
    sed -n '/^\.Sh OPTIONS/,/^\.Sh ENV/s/^\.It //p' "man/$program.1" | grep -oE 'Fl [A-Za-z-]+' | sed 's/^Fl /-/' |
        sort -u >"$dir/says"
    diff "$dir/has" "$dir/says" >"$dir/diff" || {
        echo "man/$program.1 (>) and $program --help (<) differ:"
        grep '^[<>]' "$dir/diff"
        status=1
    }
    [ -s "$dir/has" ] || { echo "$program --help lists no options"; status=1; }
done
exit $status
