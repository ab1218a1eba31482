#!/bin/sh
# SPDX-License-Identifier: MIT
# cs-search in a pipeline: which reports say most on a theme, worst judgement first, as a table for a spreadsheet.
# Usage: pipeline.sh INDEX QUERY >table.csv
set -eu
[ $# = 2 ] || { echo "usage: pipeline.sh INDEX QUERY" >&2; exit 2; }
cs-search -d "$1" -n 1000 -f jsonl --kind inspection-report -- "$2" | jq -rs '
    def worst: {"inadequate": 1, "requires improvement": 2, "adequate": 3, "good": 4, "outstanding": 5}[. // ""] // 6;
    group_by(.document.id)
    | map({authority: .[0].visit.authority, visit: .[0].visit.start, judgement: .[0].judgement.value, passages: length,
           pages: (map(.page // empty) | unique | map(tostring) | join(" ")), best: .[0].citation})
    | sort_by((.judgement | worst), -.passages)
    | (["authority", "visit", "judgement", "passages", "pages", "best"], (.[] | [.authority, .visit, .judgement, .passages, .pages, .best]))
    | @csv'
