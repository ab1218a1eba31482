#!/bin/sh
# SPDX-License-Identifier: MIT
# What leaves the shared library is what the headers promise: nm -D equals the CS_API declarations.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nm -D --defined-only "$BUILD/libcsearch.so" | awk '$2 == "T" { sub(/@.*/, "", $3); print $3 }' | sort >"$work/exported"
cat include/csearch/*.h | tr '\n' ' ' | sed 's/CS_API/\nCS_API/g' | sed -n 's/^CS_API[^(;]*[ *]\(cs_[a-z0-9_]*\)(.*/\1/p' | sort >"$work/promised"
diff -u "$work/promised" "$work/exported"
# The SQLite extension shows its entry points alone: nothing of it can clash with a host's.
nm -D --defined-only "$BUILD/csearch_sqlite.so" | awk '{ print $3 }' | sort >"$work/exported"
printf '%s\n' sqlite3_csearch_init sqlite3_csearchsqlite_init | diff -u - "$work/exported"
# It talks to the host's SQLite through the table it is handed; what the library in it needs is the library's own affair.
bad=$(nm -u "$BUILD"/sqlite/*.o | grep ' sqlite3_[a-z]' | grep -v ' sqlite3_api$' || true)
[ -z "$bad" ] || { echo "sqlite/ calls SQLite directly:" $bad; exit 1; }
