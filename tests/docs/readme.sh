#!/bin/sh
# SPDX-License-Identifier: MIT
# README and CONTRIBUTING: links lead somewhere, and each `make TARGET` is one.
set -eu
status=0
for page in README.md CONTRIBUTING.md CHANGELOG.md corpus/README.md; do
    for link in $(grep -oE '\]\([^)#]+\)' "$page" | sed 's/^](\(.*\))$/\1/' | grep -v '^https\?:'); do
        [ -e "$(dirname "$page")/$link" ] || { echo "$page: there is no $link"; status=1; }
    done
    for target in $(grep -oE '(^|`|sudo )make [a-z-]+' "$page" | sed 's/.*make //' | sort -u); do
        grep -q "^$target:" Makefile || { echo "$page: make $target is no target"; status=1; }
    done
done
exit $status
