#!/bin/sh
# SPDX-License-Identifier: MIT
# `make dist` gives the same bytes from another place, at another time, in another locale, and from the archive itself.
set -eu
command -v git >/dev/null && git rev-parse -q --verify HEAD >/dev/null 2>&1 || { echo "there is no git here to clone from"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
unset MAKEFLAGS MAKELEVEL MFLAGS SOURCE_DATE_EPOCH 2>/dev/null || true
sum() { # FOLDER: of the archive made there
    (cd "$1" && make -s dist | cut -d ' ' -f 1)
}
git clone -q . "$dir/here"
mkdir -p "$dir/other place"
(umask 077 && git clone -q . "$dir/other place/there")
first=$(sum "$dir/here")
find "$dir/other place" -type f -exec touch -d '2001-02-03 04:05' {} +
second=$(LC_ALL=C.UTF-8 TZ=Asia/Tokyo sum "$dir/other place/there")
[ "$first" = "$second" ] || { echo "another clone gives another archive"; exit 1; }
tar -C "$dir" -xf "$dir"/here/build/cs-search-*.tar.xz
third=$(sum "$(echo "$dir"/cs-search-*)")
[ "$first" = "$third" ] || { echo "the archive's own files give another archive"; exit 1; }
# What git knows is what is in it.
tar -tf "$dir"/here/build/cs-search-*.tar.xz | sed 's|^[^/]*/||' | sort >"$dir/packed"
git ls-tree -r --name-only HEAD | sort | diff - "$dir/packed"
# It can fail: one byte more is another archive.
echo >>"$dir/here/README.md"
[ "$first" != "$(sum "$dir/here")" ] || { echo "a changed file is not noticed"; exit 1; }
