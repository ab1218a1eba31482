#!/bin/sh
# SPDX-License-Identifier: MIT
# Run tests, one line each, and end with "N passed, N failed, N skipped".
# Usage: tests/run.sh TEST...    a program, or a script; exit 0 = passed, 77 = skipped, else failed
#
# BUILD names the folder of the programs under test (default build/release). A skip says why in its last line. With CI=true a skip
# counts as a failure, for what a test needs is to be installed there (tools/deps.txt); but not for the data in ../shared where
# that folder is absent: it is nobody's to give away.
set -u
export BUILD="${BUILD:-build/release}"
passed=0 failed=0 skipped=0 unexcused=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for test in "$@"; do
    "$test" >"$log" 2>&1
    status=$?
    if [ $status = 0 ]; then
        passed=$((passed + 1))
        echo "ok      $test"
        grep '^figure: ' "$log"
    elif [ $status = 77 ]; then
        skipped=$((skipped + 1))
        reason=$(tail -n 1 "$log")
        echo "skipped $test: $reason"
        case $reason in
        *../shared*) [ ! -d ../shared ] || unexcused=$((unexcused + 1)) ;;
        *) unexcused=$((unexcused + 1)) ;;
        esac
    else
        failed=$((failed + 1))
        echo "FAILED  $test (exit $status)"
        tail -n 60 "$log" | sed 's/^/        /'
    fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ] || exit 1
[ "${CI:-}" != true ] || [ $unexcused = 0 ] || { echo "on CI only tests on ../shared may be skipped" >&2; exit 1; }
