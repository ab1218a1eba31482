#!/bin/sh
# SPDX-License-Identifier: MIT
# The Debian packages: built from the archive of `make dist`, without errors by lintian, installed into a root of their own,
# tried there, and removed without a trace.
set -eu
for tool in dpkg-buildpackage dh lintian; do
    command -v $tool >/dev/null || { echo "$tool is not installed"; exit 77; }
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
unset MAKEFLAGS MAKELEVEL MFLAGS PREFIX CS_INDEX XDG_DATA_HOME 2>/dev/null || true

# What the packages are built with is what `make deps` installs, and their version is ours.
version=$(sed -n 's/^VERSION := //p' Makefile)
[ "$(dpkg-parsechangelog -S Version | sed 's/-.*//')" = "$version" ] || { echo "debian/changelog is not on $version"; exit 1; }
awk '$3 == "build" && $1 !~ /^(gcc|libc6-dev|binutils)$/ { print $1 }' tools/deps.txt | sort >"$dir/deps"
sed -n '/^Build-Depends:/,/^Standards/p' debian/control | grep -oE '[a-z0-9.+-]+,$|[a-z0-9.+-]+-dev$' | tr -d , | sort |
    diff "$dir/deps" - || { echo "debian/control (>) and tools/deps.txt (<) differ"; exit 1; }

make -s deb >"$dir/log" 2>&1 || { tail -n 40 "$dir/log"; exit 1; }
for name in cs-search libcsearch0 libcsearch-dev; do
    cp "build/deb/${name}_$version"-*.deb "$dir/$name.deb"
done
lintian --allow-root --fail-on error "$dir"/*.deb >"$dir/lintian" 2>&1 || { cat "$dir/lintian"; exit 1; }

# The rest runs as root of its own namespace: dpkg into a root of ours, which is then laid over /usr.
cat >"$dir/try" <<'EOF'
set -eu
dir=$1 corpus=$2 root=$1/root
admin=$root/var/lib/dpkg
mkdir -p "$admin/info" "$admin/updates"
: >"$admin/status"
packages() { dpkg --root="$root" --force-depends --force-script-chrootless --log="$dir/dpkg.log" "$@" >"$dir/said" 2>&1 || { cat "$dir/said"; exit 1; }; }
tree() { find "$root" -path "$admin" -prune -o -print | sort; }
tree >"$dir/before"
packages --install "$dir/libcsearch0.deb" "$dir/cs-search.deb" "$dir/libcsearch-dev.deb"
tree >"$dir/installed"

if mount -t overlay overlay -o lowerdir="$root/usr:/usr" /usr 2>/dev/null; then
    export HOME=$dir
    [ "$(command -v cs-search)" = /usr/bin/cs-search ]
    cs-index -q -d "$dir/i.db" "$corpus"
    cs-search -d "$dir/i.db" unaccompanied asylum | grep -q Herefordshire
    sqlite3 :memory: ".load csearch_sqlite" "SELECT count(*) > 0 FROM cs_search('$dir/i.db', 'neglect')" | grep -qx 1
    man -w csearch >/dev/null 2>&1 || [ -e /usr/share/man/man3/csearch.3.gz ]
    cp /usr/share/doc/libcsearch-dev/examples/search.c "$dir/"
    cd "$dir"
    cc -std=c11 -Wall -Wextra -Werror -o search search.c $(pkg-config --cflags --libs csearch)
    ldd search | grep -q '=> /usr/lib.*libcsearch.so.0\|=> /lib.*libcsearch.so.0'
    ./search i.db 'unaccompanied asylum' | grep -qi asylum
    # Completion is where bash looks for it.
    [ -e /usr/share/bash-completion/completions/cs-search ]
    cs-search --complete -d "$dir/i.db" --authority H | grep -qx Herefordshire
    cd /
    umount -l /usr
    echo tried >"$dir/tried"
fi
packages --purge cs-search libcsearch-dev libcsearch0
tree >"$dir/after"
diff "$dir/before" "$dir/after" || { echo "purge leaves something"; exit 1; }
[ "$(wc -l <"$dir/installed")" -gt 40 ]
EOF
if unshare -rm true 2>/dev/null; then
    unshare -rm sh "$dir/try" "$dir" "$PWD/corpus/herefordshire"
elif [ "$(id -u)" = 0 ]; then
    sh "$dir/try" "$dir" "$PWD/corpus/herefordshire"
fi
[ -e "$dir/tried" ] && exit 0

# Where nothing may be laid over /usr, the programs are tried where they were unpacked.
for name in cs-search libcsearch0 libcsearch-dev; do dpkg -x "$dir/$name.deb" "$dir/x"; done
cp "$dir/x/usr/libexec/cs-search/cs-extract" "$dir/x/usr/bin/"
"$dir/x/usr/bin/cs-index" -q -d "$dir/i.db" corpus/herefordshire
"$dir/x/usr/bin/cs-search" -d "$dir/i.db" unaccompanied asylum | grep -q Herefordshire
lib=$(dirname "$dir"/x/usr/lib/*/libcsearch.so.0)
PKG_CONFIG_PATH=$lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$dir/x sh -c '
    cc -std=c11 -o "$1/search" "$1/x/usr/share/doc/libcsearch-dev/examples/search.c" $(pkg-config --cflags --libs csearch)' sh "$dir"
LD_LIBRARY_PATH=$lib "$dir/search" "$dir/i.db" "unaccompanied asylum" | grep -qi asylum
