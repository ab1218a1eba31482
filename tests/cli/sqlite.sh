#!/bin/sh
# SPDX-License-Identifier: MIT
# The SQLite extension, from the sqlite3 shell and from Python: what SQL says of an index is what the programs say of it.
set -eu
command -v sqlite3 >/dev/null || { echo "sqlite3 is not installed"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$BUILD/cs-index" -q -d "$dir/i.db" corpus/herefordshire
extension=$(cd "$BUILD" && pwd)/csearch_sqlite

# A sanitizer's runtime has to come first in a program that was built without it. Python keeps memory to its end.
case $BUILD in
*/asan) runtime="$(gcc -print-file-name=libasan.so) $(gcc -print-file-name=libubsan.so)" ;;
*) runtime= ;;
esac

cat >"$dir/session.sql" <<SQL
.load $extension
.bail on
SELECT count(*) > 0, min(rank), count(DISTINCT rank) = max(rank) FROM cs_search('$dir/i.db', 'unaccompanied asylum');
SELECT cs_highlight('a front door opens', '[[2,12]]', '<b>', '</b>'), cs_highlight('é', '[[0,9]]'), cs_highlight(NULL, '[]');
SELECT cs_read_as('a "b c" NEAR/3 (d');
SELECT count(*) FROM cs_search('$dir/i.db', '') WHERE authority = NULL;
SELECT sum(text = cs_text('$dir/i.db', passage)) = count(*), cs_text('$dir/i.db', -1) IS NULL FROM cs_search('$dir/i.db', 'children');
SELECT count(*) = sum(p = n) FROM (SELECT d.passages AS n, (SELECT count(*) FROM cs_passages('$dir/i.db', d.id)) AS p FROM cs_documents('$dir/i.db') d);
CREATE VIRTUAL TABLE notes USING fts5(body, tokenize = 'csearch');
CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'csearch exact');
INSERT INTO notes VALUES ('The child’s SEND plan is caring.'), ('We send children a letter.');
INSERT INTO words SELECT body FROM notes;
SELECT group_concat(rowid) FROM notes('child');
SELECT group_concat(rowid) FROM notes('SEND');
SELECT group_concat(rowid) FROM words('children');
CREATE VIEW top AS SELECT rank FROM cs_search('$dir/i.db', 'children') LIMIT 2;
SELECT count(*) FROM top;
SELECT q, count(*) FROM (SELECT 'turnover' AS q UNION SELECT 'dental') t, cs_search('$dir/i.db', t.q, 1) GROUP BY q HAVING count(*) > 1;
SQL
cat >"$dir/expected" <<'EOF2'
1|1|1
a <b>front door</b> opens|é|
a ("b c" NEAR/3 d)
0
1|1
1
1,2
1
2
2
EOF2
LD_PRELOAD=$runtime sqlite3 :memory: <"$dir/session.sql" >"$dir/got" 2>&1 || { cat "$dir/got"; exit 1; }
diff "$dir/expected" "$dir/got"

# LIMIT is asked of the library, not of the rows that it gave; a condition that it does not know must stop that.
plan() { LD_PRELOAD=$runtime sqlite3 :memory: ".load $extension" "EXPLAIN QUERY PLAN SELECT rank FROM cs_search('$dir/i.db', 'x') $1"; }
plan "ORDER BY rank LIMIT 3 OFFSET 1" | grep -q 'INDEX 3:'
plan "WHERE page > 1 ORDER BY rank LIMIT 3" | grep -q 'INDEX 0:'
plan "ORDER BY page LIMIT 3" | grep -q 'INDEX 0:'

# Each wrong call says what is wrong.
wrong() { # STATEMENT WORDS
    said=$(LD_PRELOAD=$runtime sqlite3 :memory: ".load $extension" "$1" 2>&1) && { echo "no error: $1"; exit 1; }
    case $said in *"$2"*) ;; *) echo "$1: $said"; exit 1 ;; esac
}
wrong "SELECT * FROM cs_search()" "cs_search: give it index_file"
wrong "SELECT * FROM cs_search('$dir/i.db')" "cs_search: give it query"
wrong "SELECT * FROM cs_search('$dir/none.db', 'x')" "there is no index at $dir/none.db"
wrong "SELECT * FROM cs_search('$dir/i.db', 'x') WHERE match = 'some'" "match can't be \"some\": give auto, all or any"
wrong "SELECT * FROM cs_search('$dir/i.db', 'x') WHERE since = 'soon'" '"soon"'
wrong "SELECT * FROM cs_timeline('$dir/i.db', 'x') WHERE by = 'week'" "by can't be"
wrong "SELECT cs_text('$dir/none.db', 1)" "there is no index"
wrong "CREATE VIRTUAL TABLE t USING fts5(a, tokenize = 'csearch loosely')" "tokenizer"

# A Python whose sqlite3 was built without extensions can't tell anything.
for python in python3 /usr/bin/python3; do
    "$python" -c 'import sqlite3; sqlite3.connect(":memory:").enable_load_extension(True)' 2>/dev/null && break
    python=
done
[ -n "$python" ] || { echo "no Python here can load SQLite extensions"; exit 77; }
python=$("$python" -c 'import sys; print(sys.executable)')
PYTHONMALLOC=malloc "$python" tests/cli/sqlite.py "$BUILD" "$dir/i.db" "$extension" "$runtime"
