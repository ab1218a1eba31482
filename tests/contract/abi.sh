#!/bin/sh
# SPDX-License-Identifier: MIT
# A program built with the last release goes on working: functions may be added to the library, and members to the end of
# structs of options; nothing may go away or change. See abi/README.md.
set -eu
case ${BUILD:=build/release} in
*/release) ;;
*) echo "only the release build is held against the ABI"; exit 0 ;;
esac
command -v abidiff >/dev/null || { echo "abidiff (abigail-tools) is not installed"; exit 77; }
[ "$(uname -m)" = x86_64 ] || { echo "abi/libcsearch.abi is that of x86_64"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# keeps OLD NEW HEADERS: NEW does all that OLD promised.
keeps() {
    abidiff --no-added-syms --suppressions abi/libcsearch.suppr --headers-dir2 "$3" "$1" "$2" >"$dir/said" 2>&1
}

keeps abi/libcsearch.abi "$BUILD/libcsearch.so.0" include || {
    cat "$dir/said"
    echo "abi: the library breaks programs built with the last release"
    exit 1
}

# The check itself, on small libraries with our headers.
cat >"$dir/probe.c" <<'EOF'
#include <csearch.h>
CS_API double cs_probe_score(const cs_hit *hit) { return hit->score; }
CS_API unsigned cs_probe_limit(const cs_search_options *options) { return options->limit; }
#ifndef GONE
CS_API int cs_probe_other(void) { return 0; }
#endif
#ifdef MORE
CS_API int cs_probe_more(void) { return 0; }
#endif
EOF
probe() { # NAME HEADERS [FLAG...]
    name=$1 headers=$2
    shift 2
    gcc -std=c11 -g -fPIC -shared -I"$headers" "$@" -o "$dir/$name.so" "$dir/probe.c"
}
change() { # NAME FROM TO: our headers, changed
    cp -r include "$dir/$1"
    sed -i "s/$2/$3/" "$dir/$1/csearch/query.h"
    ! cmp -s include/csearch/query.h "$dir/$1/csearch/query.h" || { echo "abi: nothing to change for $1"; exit 1; }
}
probe old include
probe more include -DMORE
probe gone include -DGONE
change grown '^} cs_search_options;' '    int added;\n} cs_search_options;'
probe grown "$dir/grown"
change inserted '^    uint32_t limit;' '    uint32_t added;\n    uint32_t limit;'
probe inserted "$dir/inserted"
change wider '^    uint32_t rank;' '    uint64_t rank;'
probe wider "$dir/wider"
change longer '^} cs_hit;' '    int added;\n} cs_hit;'
probe longer "$dir/longer"
headers() { [ -d "$dir/$1" ] && echo "$dir/$1" || echo include; }
for kind in more grown; do
    keeps "$dir/old.so" "$dir/$kind.so" "$(headers $kind)" || { cat "$dir/said"; echo "abi: $kind breaks nothing"; exit 1; }
done
for kind in gone inserted wider longer; do
    ! keeps "$dir/old.so" "$dir/$kind.so" "$(headers $kind)" || { echo "abi: $kind would pass"; exit 1; }
done
