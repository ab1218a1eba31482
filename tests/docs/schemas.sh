#!/bin/sh
# SPDX-License-Identifier: MIT
# Each JSON output of both programs is what its schema in schemas/ says, key by key; and each schema can fail.
set -eu
[ -x "$BUILD/cs-search" ] || { echo "the programs are not built"; exit 77; }
python3 -c 'import jsonschema' 2>/dev/null || { echo "python3-jsonschema is not installed"; exit 77; }
for schema in schemas/*.json; do
    grep -q "$(basename "$schema" .schema.json)\.schema\.json" man/csearch.5 || { echo "csearch(5) does not name $schema"; exit 1; }
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export HOME="$dir"
unset CS_INDEX XDG_DATA_HOME XDG_CONFIG_HOME 2>/dev/null || true
# A record of JSON Lines brings keys of its own, and so do a file that can't be read and one that was repaired.
echo '{"id":"17","title":"Letter of May","text":"The front door is effective.","authority":"Leeds"}' >"$dir/a.jsonl"
printf '%%PDF-1.4\nno more than that\n' >"$dir/broken.pdf"
"$BUILD/cs-index" -q -d "$dir/i.db" corpus/herefordshire "$dir/a.jsonl" "$dir/broken.pdf" 2>/dev/null || [ $? = 1 ]
# A letter, and an article that repeats it: one is folded under the other.
printf '%s\n' '9 May 2023' '' "Monitoring visit to Kent children's services" '' \
    'The xylophone lessons for children who have come to the county alone are well attended, and managers know which of them
still wait for a place at a school nearby.' '' 'Such children are seen by the same social worker.' >"$dir/letter.txt"
printf '%s\n' 'Kent praised' '' 'Inspectors wrote to the county after their monitoring visit in May 2023.' '' \
    '"The xylophone lessons for children who have come to the county alone are well attended, and managers know which of them
still wait for a place at a school nearby," they say.' >"$dir/article.txt"
for kind in letter article; do
    "$BUILD/cs-index" -q -d "$dir/i.db" --set authority=Kent --set visit=2023-05-09 \
        --set kind=$([ $kind = letter ] && echo monitoring-letter || echo article) "$dir/$kind.txt"
done
grep -hoE '^(theme|also): .*' query/themes.txt | sed 's/^[a-z]*: //' | tr ';' '\n' | sed 's/^ *//' >"$dir/queries"
printf '%s\n' 'unaccompanied asylum' '"private fostering"' 'children OR care' 'judgement:good' 'xyzzy' 'xylophone lessons' \
    'a "b (c' 'unacompanied asilum' '**' 'turnover churn neglect housing' >>"$dir/queries"
python3 tests/docs/schemas.py "$BUILD" "$dir/i.db" "$dir/queries" --each-key
