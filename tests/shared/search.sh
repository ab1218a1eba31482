#!/bin/sh
# SPDX-License-Identifier: MIT
# Searching the real documents: what a reader must find on "unaccompanied asylum", and that filters let pass what they
# say.
set -eu
[ -d ../shared/reports/pdf ] && [ -d ../shared/seeds ] || { echo "../shared is not here"; exit 77; }
command -v jq >/dev/null || { echo "jq is not here"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
db=$dir/i.db
"$BUILD/cs-index" -q -d "$db" ../shared/seeds ../shared/reports/pdf || [ $? = 1 ]
status=0
search() { "$BUILD/cs-search" -d "$db" -f json "$@" 2>"$dir/err" || [ $? = 1 ]; }
# holds WHAT FILTER ARGUMENTS...: jq's FILTER is true of the answer to these arguments.
holds() {
    what=$1 filter=$2
    shift 2
    search "$@" >"$dir/out"
    jq -e "$filter" "$dir/out" >/dev/null || { echo "does not hold: $what"; status=1; }
}

jq_file='.document.path | split("/") | last'
set -- --authority Herefordshire -n 20 "unaccompanied asylum"
holds "paragraph 29 of the report of 2025, in a section judged good" \
    '[.hits[] | select(.visit.start == "2025-11-10" and .paragraph == "29" and .judgement.value == "good")] | length > 0' "$@"
holds "the article of June 2023 on hotels" \
    "[.hits[] | select(($jq_file | startswith(\"003_\")) and (.text | test(\"hotel\")))] | length > 0" "$@"
holds "the article of autumn 2023 on placement outside the county" \
    "[.hits[] | select(($jq_file | startswith(\"001_\")) and (.text | test(\"out|away|elsewhere\")))] | length > 0" "$@"
holds "the report of 2018" '[.hits[] | select(.visit.start | startswith("2018"))] | length > 0' "$@"
holds "the report of 2022" '[.hits[] | select(.visit.start | startswith("2022"))] | length > 0' "$@"
holds "nothing of the letter of May 2023, which says nothing on it" \
    "[.hits[] | select($jq_file | startswith(\"002_\"))] | length == 0" "$@"
holds "nothing of another authority" '[.hits[].visit.authority] | unique == ["Herefordshire"]' "$@"

holds "the letter has the phrase" "[.hits[] | select($jq_file | startswith(\"002_\"))] | length > 0" \
    -n 100 --authority Herefordshire '"multi-agency safeguarding hub"'
holds "2023 gives 2023 only" \
    '(.hits | length > 0) and ([.hits[].visit | .start[:4], .end[:4]] | unique == ["2023"])' \
    -n 1000 --since 2023-01 --until 2023-12 children
holds "a judgement gives no passage of a section graded otherwise" \
    '(.hits | length > 100) and ([.hits[].judgement.value] | unique == ["inadequate"])' -n 10000 --judgement inadequate children
holds "a range of judgements" '[.hits[].judgement.value] | unique == ["good", "outstanding"]' \
    -n 10000 --judgement good..outstanding children

# One thing under three names finds the same passages, whatever the order.
for query in UASC "unaccompanied asylum" "separated children"; do
    search -n 10000 "$query" | jq -r '.hits[] | "\(.document.id) \(.text)"' | sort >"$dir/found-$(echo "$query" | tr -d ' ')"
done
for name in unaccompaniedasylum separatedchildren; do
    missing=$(grep -cvxFf "$dir/found-$name" "$dir/found-UASC" || true)
    [ "$missing" = 0 ] || { echo "does not hold: $name finds all that UASC finds ($missing passages missing)"; status=1; }
done

# A compound is found however it is typed, also where a line of the document ends in it.
for query in 'asylum seeking' '"asylum-seeking"' 'asylum-seeking' '"asylum seeking"'; do
    search --exact -n 10000 "$query" | jq -r '.hits[].text' | grep -ci 'asylum-seeking' >"$dir/count"
    echo "figure: $query: $(cat "$dir/count") passages with asylum-seeking"
done
exit $status
