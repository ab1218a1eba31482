#!/bin/sh
# SPDX-License-Identifier: MIT
# Shell completion in real shells, bash, zsh and fish: what the tab key makes of a command line.
set -eu
[ -x "$BUILD/cs-search" ] || { echo "the programs are not built"; exit 77; }
for shell in bash zsh fish; do
    command -v $shell >/dev/null || { echo "$shell is not installed"; exit 77; }
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
unset CS_INDEX XDG_DATA_HOME XDG_CONFIG_HOME 2>/dev/null || true
exec python3 tests/cli/completion.py "$PWD/$BUILD" "$dir"
