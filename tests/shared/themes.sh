#!/bin/sh
# SPDX-License-Identifier: MIT
# Themes by visit on the real documents: mention and tone against hand labels, every number opened, and what must read
# true of one authority to someone who has read its papers.
set -eu
[ -d ../shared/reports/pdf ] && [ -d ../shared/seeds ] || { echo "../shared is not here"; exit 77; }
command -v jq >/dev/null || { echo "jq is not here"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
db=$dir/i.db
"$BUILD/cs-index" -q -d "$db" ../shared/seeds ../shared/reports/pdf || [ $? = 1 ]

../shared/tools/score_themes.py ../shared/themes/themes.csv --index "$db" --cs-search "$BUILD/cs-search" \
    --need-mention 0.93 --need-tone 0.80 >"$dir/score" || { cat "$dir/score"; exit 1; }
echo "figure: themes: $(tail -n 1 "$dir/score")"

status=0
timeline() { "$BUILD/cs-search" -d "$db" --timeline -f json --authority Herefordshire "$@" 2>/dev/null || [ $? = 1 ]; }
# expect THEME START TONE...: at the visit of that start, the tone is one of these.
expect() {
    theme=$1 start=$2
    shift 2
    tone=$(timeline "$theme" | jq -r --arg start "$start" '[.rows[] | select(.visit.start == $start) | .tone // .scope][0]')
    case " $* " in
    *" $tone "*) ;;
    *) echo "$theme at $start: $tone, not $*"; status=1 ;;
    esac
}
for start in 2014-04-29 2018-06-11 2022-07-18 2025-11-10; do expect "private fostering" $start concern; done
expect "social worker turnover" 2014-04-29 concern mixed
for start in 2018-06-11 2022-07-18 2023-03-29 2023-06-28 2023-06-30; do expect "social worker turnover" $start concern; done
expect "social worker turnover" 2025-11-10 progress
expect "unaccompanied asylum" 2014-04-29 neutral
for start in 2018-06-11 2022-07-18 2025-11-10; do expect "unaccompanied asylum" $start strength; done
# The second half of June on is what is known of the third visit, in the autumn of 2023.
for start in 2023-06-28 2023-06-30; do expect "unaccompanied asylum" $start concern; done
# What the letter of May 2023 did not cover.
for theme in "unaccompanied asylum" "care leavers" adoption "private fostering" "foster carers" "elective home education"; do
    expect "$theme" 2023-03-29 out-of-scope
done
expect "multi-agency safeguarding hub" 2023-03-29 progress strength

# Across authorities, too: each number of the grid, and of years and judgements, can be opened.
"$BUILD/cs-search" -d "$db" --themes --authority Herefordshire -f json -n 100000 >"$dir/grid"
jq -e 'all(.themes[]; .passages == ([.rows[].passages] | add) and all(.rows[]; (.top | length) == .passages))' "$dir/grid" >/dev/null ||
    { echo "the grid does not list what it counts"; status=1; }
timelines=$("$BUILD/cs-search" -d "$db" --timeline -f json -n 100000 "early help" 2>/dev/null)
printf '%s' "$timelines" | jq -e '([.rows[] | select(.row == "year") | .passages] | add) == .passages and
    all(.rows[]; (.top | length) == .passages and .reports_with <= .reports and
        (.rate_per_1000 - 1000 * .passages / ([.words, 1] | max) | fabs) < 0.001)' >/dev/null ||
    { echo "years and judgements don't add up"; status=1; }
echo "figure: passages of the Herefordshire grid that can be opened: $(jq '[.themes[].passages] | add' "$dir/grid")"

# The passages listed are those counted, for each theme.
cut -d, -f1 ../shared/themes/themes.csv | sed 1d | sort -u | while IFS= read -r theme; do
    timeline -n 100000 "$theme" |
        jq -e '([.rows[].passages] | add) == .passages and all(.rows[]; (.top | length) == .passages and (.top | map(select(.echo)) | length) == 0)' \
            >/dev/null || echo "$theme: what is listed is not what is counted"
done >"$dir/sums"
[ ! -s "$dir/sums" ] || { cat "$dir/sums"; status=1; }
exit $status
