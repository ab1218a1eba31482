#!/bin/sh
# SPDX-License-Identifier: MIT
# Two visits and areas for improvement on the real documents: what must read true of one authority to someone who has
# read its papers, and what a visit did not look at.
set -eu
[ -d ../shared/reports/pdf ] && [ -d ../shared/seeds ] || { echo "../shared is not here"; exit 77; }
command -v jq >/dev/null || { echo "jq is not here"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
db=$dir/i.db
"$BUILD/cs-index" -q -d "$db" ../shared/seeds ../shared/reports/pdf || [ $? = 1 ]
status=0
search() { "$BUILD/cs-search" -d "$db" "$@" 2>/dev/null || [ $? = 1 ]; }
# is WHAT WANTED FOUND
is() { [ "$2" = "$3" ] || { echo "$1: $3, not $2"; status=1; }; }

compare() { search --compare "herefordshire/$1" "herefordshire/$2" -f json; }
compare 2022 2025 >"$dir/better"
compare 2018 2022 >"$dir/worse"
compare 2014 2018 >"$dir/old"
compare 2022 2023-03 >"$dir/letter"
judged() { jq -r --arg section "$2" '.sections[] | select(.section == $section) | "\(.before.judgement.value) \(.after.judgement.value)"' "$dir/$1"; }
change() { jq -r --arg theme "$2" '[.themes[] | select(.kind == "theme" and .name == $theme) | .change][0] // "none"' "$dir/$1"; }
is "leaders 2022 to 2025" "inadequate outstanding" "$(judged better leadership)"
is "help and protection 2022 to 2025" "inadequate good" "$(judged better "help and protection")"
is "leaders 2018 to 2022" "inadequate inadequate" "$(judged worse leadership)"
is "care 2018 to 2022" "requires improvement inadequate" "$(judged worse care)"
for theme in "social worker turnover" "care leavers" "quality of plans" "quality of assessments" "drift and delay" supervision; do
    is "$theme 2022 to 2025" better "$(change better "$theme")"
done
# Private fostering was and stays a concern, at each inspection.
for pair in "2014 2018" "2018 2022" "2022 2025"; do
    set -- $pair
    is "private fostering $1 to $2" same \
        "$(search --compare "herefordshire/$1" "herefordshire/$2" -f json private fostering |
            jq -r '[.visits[].tone] | if .[0] == .[1] and .[0] == "concern" then "same" else tostring end')"
done
# ILACS does not review the safeguarding board; the letter of May 2023 covered early help, the hub and assessments.
is "the board in 2018" "out-of-scope 0" "$(jq -r '.sections[] | select(.section == "lscb") | "\(.after.scope) \(.counts.gone)"' "$dir/old")"
is "safeguarding board as a theme" "not looked at" "$(change old "safeguarding children board")"
for theme in adoption "care leavers" "foster carers" "personal advisers" "unregistered children's homes"; do
    is "$theme in the letter" "not looked at" "$(change letter "$theme")"
done
is "gone in what the letter did not cover" 0 \
    "$(jq '[.sections[] | select(.after.scope != "in-scope") | .counts.gone] | add' "$dir/letter")"
# Every passage is in one pair, and every number can be opened.
for query in turnover "unaccompanied asylum" children; do
    is "pairs on $query" true "$(search --compare herefordshire/2022 herefordshire/2025 -f json "$query" |
        jq '[.visits[].passages] == [([.sections[].pairs[].before | select(.)] | length), ([.sections[].pairs[].after | select(.)] | length)]')"
done

search --follow-up -f json --authority Herefordshire >"$dir/bullets"
# bullet START WORDS: the tone of the last visit that answers, or the outcome.
bullet() { jq -r --arg start "$1" --arg words "$2" '[.bullets[] | select(.visit.start == $start and (.text | contains($words))) |
    (.last_visit // "-") + " " + (.last_tone // .outcome)][0] // "no such bullet"' "$dir/bullets"; }
last=herefordshire/2025-11-10
is "supervision asked for in 2018" "$last strength" "$(bullet 2018-06-11 "regularity and quality of social worker supervision")"
is "private fostering asked for in 2014" "$last concern" "$(bullet 2014-04-29 "private fostering")"
is "corporate parents asked for in 2014" "$last strength" "$(bullet 2014-04-29 "role as a corporate parent")"
is "pathway plans asked for in 2014" "$last strength" "$(bullet 2014-04-29 "pathway plans are up to date")"
is "emergency duty team asked for in 2014" "$last strength" "$(bullet 2014-04-29 "Emergency Duty Team")"
is "asked for in 2025" "- no later visit" "$(bullet 2025-11-10 "private fostering")"
# What only concerns the board is not said to be unmentioned by inspections that did not review it.
is "the board's business unit" "not looked at since" "$(jq -r '.bullets[] | select(.text | contains("business unit")) |
    [.later[] | select(.visit.kind == "inspection") | .silence] | unique | if . == ["not looked at"] then "not looked at since" else tostring end' "$dir/bullets")"
is "lead-ins and statements among bullets" 0 "$(jq '[.bullets[] | select(.text | test("^There are no|following"))] | length' "$dir/bullets")"
is "bullets and the list of them" "$("$BUILD/cs-index" -d "$db" --recommendations --format json | jq '[.[] | select(.authority == "Herefordshire" and .visit != "'$last'")] | length')" \
    "$(jq '[.bullets[] | select(.visit.id != "'$last'")] | length' "$dir/bullets")"
is "answers only from later visits" 0 "$(jq '[.bullets[] | .visit.end as $until | .later[] | select(.visit.start <= $until)] | length' "$dir/bullets")"
echo "figure: areas for improvement of one authority: $(jq -r '[.bullets[].outcome] | group_by(.) | map("\(length) \(.[0])") | join(", ")' "$dir/bullets")"
exit $status
