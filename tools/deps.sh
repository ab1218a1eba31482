#!/bin/sh
# SPDX-License-Identifier: MIT
# Install what is missing, from Debian's packages.
# Usage: tools/deps.sh TIER...    with tiers of tools/deps.txt (build, check, bench, deb, tone)
#
# On Debian it asks dpkg, and installs with apt-get as root or through sudo. On another system it installs nothing: it names what
# is missing and how it was looked for.
set -eu
here=$(dirname "$0")

wanted() { # the lines of the asked tiers
    for tier in "$@"; do
        awk -v tier="$tier" '$1 !~ /^#/ && $3 == tier { print $1, $2 }' "$here/deps.txt"
    done
}

installed() { # package
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

found() { # probe
    case $1 in
    command:-) return 0 ;;
    command:*) command -v "${1#command:}" >/dev/null 2>&1 ;;
    header:*) echo "#include <stdio.h>
#include <stddef.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <sys/types.h>
#include <${1#header:}>" | ${CC:-cc} -fsyntax-only -x c - >/dev/null 2>&1 ;;
    esac
}

on_debian() {
    missing=$(wanted "$@" | while read -r package _; do installed "$package" || printf '%s ' "$package"; done)
    [ -z "$missing" ] && return 0
    as_root=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null 2>&1 || {
            echo "deps: these packages are missing: $missing" >&2
            echo "deps: install them as root: apt-get install $missing" >&2
            return 1
        }
        as_root=sudo
    fi
    echo "deps: installing $missing" >&2
    $as_root apt-get update -qq || true
    # shellcheck disable=SC2086 # a list of words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

elsewhere() {
    wanted "$@" | {
        status=0
        while read -r package probe; do
            found "$probe" && continue
            echo "deps: missing: what Debian calls $package (looked for $probe)" >&2
            status=1
        done
        return $status
    }
}

if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
    on_debian "$@"
else
    elsewhere "$@"
fi
