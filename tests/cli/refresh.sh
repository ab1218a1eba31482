#!/bin/sh
# SPDX-License-Identifier: MIT
# An index that older rules described is described again, without its files, to the same result.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/papers"
cp corpus/herefordshire/* "$work/papers"
printf 'authority: Shropshire\n' >"$work/papers/visit-2-article.html.meta"
index() { "$BUILD/cs-index" -d "$work/i.db" "$@"; }

index -q "$work/papers"
index --check --format json >"$work/check-before" || true
index --list --format json >"$work/list-before"
[ "$(sqlite3 "$work/i.db" "SELECT value FROM meta WHERE key = 'rules_version'")" -gt 0 ]

# as if older rules had got everything wrong; and the files can't be read any more
sqlite3 "$work/i.db" "UPDATE meta SET value = 0 WHERE key = 'rules_version';
    UPDATE field SET value = 'wrong' WHERE state <> 4; UPDATE document SET authority = 'Nowhere', kind = 0;
    UPDATE section SET judgement = 0, area = 0"
for file in "$work"/papers/*; do
    touch -r "$file" "$work/stamp"
    size=$(stat -c %s "$file")
    head -c "$size" /dev/zero >"$file"
    touch -r "$work/stamp" "$file"
done
printf 'authority: Shropshire\n' >"$work/papers/visit-2-article.html.meta"
index "$work/papers" >"$work/out" 2>"$work/errors"
grep -q 'described by older rules' "$work/errors"
index --check --format json >"$work/check-after" || true
index --list --format json >"$work/list-after"
diff "$work/check-before" "$work/check-after"
diff "$work/list-before" "$work/list-after"
index --verify

# once is enough
index "$work/papers" 2>"$work/errors"
! grep -q 'older rules' "$work/errors"
