#!/bin/sh
# SPDX-License-Identifier: MIT
# Copy a tree of files to where they belong, and take them away again without a trace.
# Usage: tools/install-tree.sh add TREE DESTDIR MANIFEST    copy what is in TREE to below DESTDIR
#        tools/install-tree.sh remove DESTDIR MANIFEST      remove it, and the folders that were made for it
#
# MANIFEST, a path below DESTDIR, remembers what was put there: a line "d PATH" for a folder that was not there before,
# "f PATH" for a file. Installing again adds to it, so that what an older version brought is removed as well.
set -eu

add() {
    tree=$1 root=$2 manifest=$3 list=$(mktemp)
    trap 'rm -f "$list"' EXIT
    [ ! -e "$root$manifest" ] || cat "$root$manifest" >"$list"
    # The manifest's own folders are remembered, too.
    mkdir -p "$tree${manifest%/*}"
    (cd "$tree" && find . -mindepth 1 -type d | sort | sed 's/^\.//') | while IFS= read -r folder; do
        [ ! -d "$root$folder" ] || continue
        mkdir -p "$root$folder"
        chmod 755 "$root$folder"
        echo "d $folder" >>"$list"
    done
    (cd "$tree" && find . ! -type d | sort | sed 's/^\.//') | while IFS= read -r file; do
        # A running program or a library in use must not be written over: it is replaced.
        rm -f "$root$file"
        cp -P --preserve=mode "$tree$file" "$root$file"
        echo "f $file" >>"$list"
    done
    echo "f $manifest" >>"$list"
    sort -u "$list" >"$root$manifest"
}

remove() {
    root=$1 manifest=$2 list=$(mktemp)
    trap 'rm -f "$list"' EXIT
    [ -e "$root$manifest" ] || { echo "uninstall: there is no $root$manifest: nothing of ours is installed there"; return; }
    cat "$root$manifest" >"$list"
    sed -n 's/^f //p' "$list" | while IFS= read -r file; do rm -f "$root$file"; done
    # Deepest first. A folder that holds something of others stays.
    sed -n 's/^d //p' "$list" | sort -r | while IFS= read -r folder; do
        rmdir --ignore-fail-on-non-empty "$root$folder" 2>/dev/null || true
    done
}

action=$1
shift
"$action" "$@"
