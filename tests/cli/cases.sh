#!/bin/sh
# SPDX-License-Identifier: MIT
# Command lines with what they print beside them: tests/cli/CASE/{cmd,expected,errors,status}.
#
# `cmd` is run by sh from the top of the repository, with $DB an index of corpus/herefordshire; stdout must be
# `expected`, stderr `errors` (where there is such a file), the exit status `status` (0 where there is none). Paths of
# the repository are printed as TOP, the index as DB. `ACCEPT=1 tests/cli/cases.sh [CASE...]` writes what is printed
# now as what is expected: read the difference before you commit it.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${BUILD:-build/release}
[ -x "$BUILD/cs-search" ] && [ -x "$BUILD/cs-index" ] || { echo "the programs are not built"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
PATH=$PWD/$BUILD:$PATH
DB=$dir/corpus.db
export PATH DB LC_ALL=C.UTF-8 TERM=dumb COLUMNS=80 HOME="$dir" XDG_CONFIG_HOME="$dir/none"
unset CS_INDEX XDG_DATA_HOME NO_COLOR 2>/dev/null
cs-index -q -d "$DB" corpus/herefordshire || { echo "corpus/herefordshire can't be indexed"; exit 1; }

neutral() { sed -e "s|$DB|DB|g" -e "s|$dir|DIR|g" -e "s|$PWD|TOP|g" "$1"; }

failed=0 run=0
[ $# -gt 0 ] || set -- $(ls -d tests/cli/*/ | xargs -n1 basename)
for case in "$@"; do
    here=tests/cli/$case
    run=$((run + 1))
    sh "$here/cmd" >"$dir/raw-out" 2>"$dir/raw-err" </dev/null
    status=$?
    neutral "$dir/raw-out" >"$dir/out"
    neutral "$dir/raw-err" >"$dir/err"
    if [ "${ACCEPT:-}" = 1 ]; then
        cp "$dir/out" "$here/expected"
        [ ! -s "$dir/err" ] || cp "$dir/err" "$here/errors"
        [ $status = 0 ] && rm -f "$here/status" || echo $status >"$here/status"
        continue
    fi
    wanted=$(cat "$here/status" 2>/dev/null || echo 0)
    bad=
    [ "$status" = "$wanted" ] || bad="exit status $status, not $wanted"
    diff -u "$here/expected" "$dir/out" >"$dir/diff" || bad="$bad
$(cat "$dir/diff")"
    if [ -e "$here/errors" ]; then
        diff -u "$here/errors" "$dir/err" >"$dir/diff" || bad="$bad
$(cat "$dir/diff")"
    fi
    [ -z "$bad" ] || { failed=$((failed + 1)); echo "$case: $bad"; sed 's/^/  stderr: /' "$dir/err"; }
done
echo "$run cases, $failed failed"
[ $failed = 0 ]
