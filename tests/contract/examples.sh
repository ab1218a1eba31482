#!/bin/sh
# SPDX-License-Identifier: MIT
# The programs of examples/, built and run against an installed copy, away from the tree.
set -eu
case ${BUILD:=build/release} in
*/release) ;;
*) echo "only the release build is installed"; exit 0 ;;
esac
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
unset MAKEFLAGS MAKELEVEL MFLAGS PREFIX CS_INDEX 2>/dev/null || true
root=$dir/root
make -s install DESTDIR="$root"
ln -s "$root/usr/local/libexec/cs-search/cs-extract" "$root/usr/local/bin" # DESTDIR is not where it will be
cp examples/* "$dir"
cp -r corpus/herefordshire "$dir/papers"
export PKG_CONFIG_PATH="$root/usr/local/lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$root" LD_LIBRARY_PATH="$root/usr/local/lib"
export PATH="$root/usr/local/bin:$PATH" CS_EXTRACT="$root/usr/local/libexec/cs-search/cs-extract"
for file in examples/*; do # what is not run here is not an example
    grep -q "${file#examples/}" tests/contract/examples.sh examples/README.md || { echo "$file is not run"; exit 1; }
done
cd "$dir"
fail() { echo "$*"; exit 1; }
cs-index -q -d i.db papers
cs-search -d i.db -f jsonl unaccompanied asylum >hits.jsonl
for program in search index_memory; do
    # shellcheck disable=SC2046 # a list of words
    "${CC:-cc}" -std=c11 -Wall -Wextra -Wpedantic -Werror -o $program $program.c $(pkg-config --cflags --libs csearch)
done

./search i.db "unaccompanied asylum" >said
grep -v '^    ' said >citations
jq -r .citation hits.jsonl | diff - citations || fail "search.c: other hits than cs-search has"
./search i.db nothinglikeit && fail "search.c: it finds what is not there"
./search none.db x 2>said && fail "search.c: it opens an index that is not there"
grep -q "there is no index at none.db" said || fail "search.c says: $(cat said)"
[ "$(wc -l <search.c)" -le 36 ] || fail "search.c is said to be short"

printf 'a\tKent\tThe front door is effective.\nb\tLeeds\tThe front door is slow.\n' | ./index_memory m.db >said
grep -q '^2 added, 0 replaced' said || fail "index_memory.c says: $(cat said)"
[ "$(cs-search -d m.db -f jsonl --authority Leeds front door | jq -r .text)" = "The front door is slow." ] || fail "index_memory.c: wrong text"
printf 'b\tLeeds\tThe front door is quick.\n' | ./index_memory m.db >said
grep -q '^0 added, 1 replaced' said || fail "index_memory.c says: $(cat said)"

./timeline.py i.db "unaccompanied asylum" Herefordshire picture.svg >said
cs-search -d i.db --timeline --authority Herefordshire -f json unaccompanied asylum >timeline.json
jq -r '.rows[].label' timeline.json >labels
head -n "$(wc -l <labels)" said | cut -d ' ' -f 1 | diff labels - || fail "timeline.py: other rows than cs-search has"
[ "$(tail -n 1 said)" = "$(jq -r .life timeline.json)" ] || fail "timeline.py: another life"
grep -q "not looked at" said || fail "timeline.py: what was not looked at looks like a zero"
[ "$(grep -c '<rect' picture.svg)" = "$(jq '[.rows[] | select(.visit.start)] | length' timeline.json)" ] || fail "timeline.py: bars are missing"
python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' picture.svg
./timeline.py none.db x 2>said && fail "timeline.py: it opens an index that is not there"
grep -q "there is no index at none.db" said || fail "timeline.py says: $(cat said)"

./pipeline.sh i.db "social workers" >table.csv
[ "$(cs-search -d i.db -n 1000 -f jsonl --kind inspection-report social workers | jq -s 'map(.document.id) | unique | length')" = \
    "$(($(wc -l <table.csv) - 1))" ] || fail "pipeline.sh: $(cat table.csv)"
head -n 2 table.csv | tail -n 1 | grep -q '"inadequate"' || fail "pipeline.sh: the worst is not first"
