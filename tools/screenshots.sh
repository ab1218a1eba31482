#!/bin/sh
# SPDX-License-Identifier: MIT
# tools/screenshots.sh: make the pictures of README.md, docs/*.png, from corpus/ by a browser: `make screenshots`.
set -eu
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build/release}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$BUILD/cs-index" -q -d "$dir/sample.db" corpus/herefordshire
shoot() {
    name=$1 size=$2
    shift 2
    "$BUILD/cs-search" -d "$dir/sample.db" -f html "$@" >"$dir/$name.html" 2>/dev/null
    chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --hide-scrollbars \
        --disable-background-networking --user-data-dir="$dir/profile" --window-size="$size" \
        --screenshot="$PWD/docs/$name.png" "file://$dir/$name.html" >/dev/null 2>&1
    echo "docs/$name.png: $(wc -c <"docs/$name.png") bytes"
}
shoot timeline 900,900 --timeline unaccompanied asylum
shoot themes 1000,760 --themes
