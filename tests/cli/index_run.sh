#!/bin/sh
# SPDX-License-Identifier: MIT
# cs-index as a program: exit statuses, what goes to which stream, names that are no documents, two at once, a stop.
set -u
cd "$(dirname "$0")/../.." || exit 1
index=$PWD/${BUILD:-build/release}/cs-index
[ -x "$index" ] || { echo "the programs are not built"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
unset CS_INDEX XDG_DATA_HOME 2>/dev/null
export HOME="$dir"
failed=0

# run STATUS ARGUMENT...: run cs-index, keep out and err, and compare its exit status.
run() {
    wanted=$1
    shift
    "$index" "$@" >out 2>err </dev/null
    status=$?
    [ $status = "$wanted" ] || { echo "cs-index $*: exit $status, not $wanted"; cat err; failed=1; }
}
says() { grep -qF -- "$2" "$1" || { echo "$1 does not say '$2':"; cat "$1"; failed=1; }; }
silent() { [ ! -s "$1" ] || { echo "$1 is not empty:"; cat "$1"; failed=1; }; }

mkdir papers
printf 'Children in care are safe and well.\n\nMore is to be done for care leavers.\n' >papers/a.txt
printf '# Fostering\n\nCarers are proud of their work.\n' >papers/b.md

run 2; says err "what is to be indexed?"
run 2 --verbsoe papers; says err "did you mean '--verbose'?"
run 2 --list --stats; says err "at a time"
run 2 --set title papers; says err "--set takes KEY=VALUE, not 'title'"
run 0 --help; says out "usage: cs-index [OPTIONS] PATH..."; silent err
run 0 --version; says out "cs-index "; silent err

run 0 -d i.db -n papers; says err "would be added $dir/papers/a.txt"; [ ! -e i.db ] || { echo "a dry run wrote"; failed=1; }
run 0 -d i.db -v papers; silent out; says err "added $dir/papers/a.txt"; says err "2 added; 2 documents, "
run 0 -d i.db papers; silent out; says err "2 unchanged"
run 0 -d i.db -q --force papers; silent out; silent err
run 0 papers; [ -e .local/share/cs-search/index.db ] || { echo "no index in the user's data folder"; failed=1; }

: >papers/empty.txt
mkfifo papers/fifo
ln -s nowhere papers/dangling
ln -s . papers/loop
run 1 -d i.db papers
says err "papers/empty.txt: "
says err "papers/fifo: is a FIFO, not a document: it was not opened"
says err "papers/dangling: is a link to something that is not there"
says err "papers/loop: is a link back to a folder it is in: it was not followed"
run 1 -d i.db -q papers; says err "papers/empty.txt: "
run 2 -d j.db missing.pdf; says err "missing.pdf: No such file or directory"
rm papers/empty.txt papers/fifo papers/dangling papers/loop

run 0 -d i.db --stats; says out "documents"
run 0 -d i.db --stats --format json; says out '"documents": 2'
run 0 -d i.db --stats --format jsonl; says out '"documents":2'
run 0 -d i.db --stats --format csv; says out 'documents'
run 0 -d i.db --list --format json; says out '"status"'
run 0 -d i.db --verify; says out "the index agrees with itself"
run 0 -d i.db --prune -v; says err "removed $dir/papers/empty.txt"
run 0 -d i.db --remove papers/b.md; says err "1 removed"
run 2 -d i.db --remove papers/b.md; says err "the index has no document at or below"
run 0 -d i.db --optimize

run 2 -d papers papers; says err "is a folder, not a cs-search index"
echo "this is no database at all, but a text that is long enough to be taken for one, by its size: a hundred bytes" >text.db
run 2 -d text.db papers; says err "is not a cs-search index"
run 2 -d nowhere/i.db papers; says err "its folder does not exist"
run 2 -d none.db --stats; says err "there is no index at none.db: make one with"

# Two at once: the second waits, then says who holds it. A stop in mid-run keeps what is whole, and says so.
i=0
while [ $i -lt 3000 ]; do
    printf 'Paper %d is about children.\n\nIt goes on with visit %d.\n' $i $i >papers/$i.txt
    i=$((i + 1))
done
"$index" -d i.db -j 1 papers 2>first.err &
first=$!
while [ ! -e i.db.lock ]; do sleep 0.01; done
kill -STOP $first
run 2 -d i.db papers; says err "another cs-index writes to"; says err "process $first on "
kill -INT $first
kill -CONT $first
wait $first
status=$?
[ $status = 1 ] || { echo "stopped: exit $status, not 1"; cat first.err; failed=1; }
says first.err "what was indexed is kept, and the next run goes on from there"
[ ! -e i.db.lock ] || { echo "the lock stayed"; failed=1; }
run 0 -d i.db --verify
run 0 -d i.db papers
run 0 -d i.db --list --format jsonl
[ "$(wc -l <out)" = 3002 ] || { echo "$(wc -l <out) documents, not 3002"; failed=1; }
exit $failed
