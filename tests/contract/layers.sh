#!/bin/sh
# SPDX-License-Identifier: MIT
# The one-way flow, checked: who may include whom.
set -eu
status=0

# allow FOLDER-PATTERN ALLOWED-REGEX: every #include "..." or <csearch...> in these files matches the expression.
allow() {
    files=$1 allowed=$2
    # shellcheck disable=SC2086 # a pattern of files
    bad=$(grep -nHE '^#include ("|<csearch)' $files 2>/dev/null | grep -vE "#include (\"($allowed)|<csearch)" || true)
    [ -z "$bad" ] || { echo "$bad"; status=1; }
}

programs() { ls "$1"/main.c "$1"/cli_*.[ch] "$1"/render_*.[ch] 2>/dev/null || true; }
library() { ls "$1"/*.[ch] | grep -vE '/(main\.c|cli_[^/]*|render_[^/]*)$'; }

allow "$(find include -name '*.h')" 'nothing-but-csearch/'
allow "$(ls core/*.[ch])" 'core/'
allow "$(library indexer)" '(core|indexer)/'
allow "$(library query)" '(core|query)/'
allow "$(ls cli/*.[ch] 2>/dev/null)" 'cli/'
allow "$(programs indexer)" '(cli/|indexer/(cli|render)_)'
allow "$(programs query)" '(cli/|query/(cli|render)_)'
allow "$(ls sqlite/*.[ch])" 'sqlite/'
allow "$(ls indexer/extract/*.[ch] 2>/dev/null)" '(core/|indexer/extract|indexer/text\.h)'
[ $status = 0 ] || echo "layers: an include goes against the flow of DESIGN 3"

# MuPDF is AGPL: cs-extract alone may see it.
if grep -rnE '#include <(mupdf|gumbo)' core indexer/*.[ch] query cli include; then
    echo "layers: MuPDF and gumbo belong to cs-extract alone"
    status=1
fi
# An embedded library does not touch its host.
if grep -nE '\b(printf|puts|fputs|exit|abort|setlocale|chdir|signal|sigaction|sqlite3_config|sqlite3_shutdown|perror)\(' \
    $(library core) $(library indexer) $(library query) | grep -vE 's?n?printf\(|__attribute__|^[^:]*:[0-9]+: *\*|_printf\('; then
    echo "layers: the library prints, exits or touches its host"
    status=1
fi
exit $status
