#!/bin/sh
# SPDX-License-Identifier: MIT
# cs-search --serve stdio, as a client meets it: a session, and everything that a client should not send.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export HOME="$dir"
unset CS_INDEX XDG_DATA_HOME XDG_CONFIG_HOME 2>/dev/null || true
exec python3 tests/cli/serve.py "$BUILD" "$dir"
