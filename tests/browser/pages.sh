#!/bin/sh
# SPDX-License-Identifier: MIT
# The HTML pages in a real browser, headless: they render, say nothing on the console, ask for nothing from outside, and
# have text for every picture. Screenshots stay in $BUILD/screens. What the browser asks for on its own account (updates,
# dictionaries) is no page's doing.
set -eu
cd "$(dirname "$0")/../.."
BUILD=${BUILD:-build/release}
command -v chromium >/dev/null || { echo "chromium is not here"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
screens=$PWD/$BUILD/screens
mkdir -p "$screens"
"$BUILD/cs-index" -q -d "$dir/i.db" corpus/herefordshire
page() { name=$1; shift; "$BUILD/cs-search" -d "$dir/i.db" -f html "$@" >"$dir/$name.html" 2>/dev/null; }
page timeline --timeline private fostering
page search unaccompanied asylum -n 100
page nothing zebra crossings || [ $? = 1 ]
page words --timeline '"<script>alert(1)</script>" OR hotels & "care"'
page years --timeline early help kind:article OR help
page themes --themes
page compare --compare herefordshire/2022-07-18 herefordshire/2025-11-10
page compare-theme --compare herefordshire/2022-07-18 herefordshire/2025-11-10 neglect OR children
page follow-up --follow-up
status=0

browser() { timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --hide-scrollbars \
    --disable-background-networking --disable-component-update --disable-sync --user-data-dir="$dir/profile" \
    --enable-logging=stderr --virtual-time-budget=3000 "$@"; }
for file in "$dir"/*.html; do
    name=$(basename "$file" .html)
    python3 tests/browser/check_page.py "$file" || status=1
    browser --log-net-log="$dir/net.json" --dump-dom "file://$file" >"$dir/dom" 2>"$dir/log" || { echo "$name: chromium failed"; status=1; }
    grep -q '</html>' "$dir/dom" || { echo "$name: not rendered"; status=1; }
    if grep 'CONSOLE' "$dir/log"; then echo "$name: the console is not silent"; status=1; fi
    if grep -oE '"url":"(https?|wss?|ftp):[^"]*"' "$dir/net.json" | grep -vE 'google|gvt1|chrome' ; then echo "$name: asks for something from outside"; status=1; fi
    browser --window-size=1100,1600 --screenshot="$screens/$name.png" "file://$file" >/dev/null 2>&1
    [ "$(wc -c <"$screens/$name.png")" -gt 10000 ] || { echo "$name: the picture is empty"; status=1; }
done
browser --window-size=390,1400 --screenshot="$screens/timeline-phone.png" "file://$dir/timeline.html" >/dev/null 2>&1
browser --window-size=1100,1600 --blink-settings=preferredColorScheme=0 --screenshot="$screens/timeline-dark.png" "file://$dir/timeline.html" >/dev/null 2>&1
cmp -s "$screens/timeline.png" "$screens/timeline-dark.png" && { echo "dark looks as light does"; status=1; }
browser --print-to-pdf="$screens/timeline.pdf" --no-pdf-header-footer "file://$dir/timeline.html" >/dev/null 2>&1
[ -s "$screens/timeline.pdf" ] || { echo "can't be printed"; status=1; }
exit $status
