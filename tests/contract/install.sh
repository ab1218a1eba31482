#!/bin/sh
# SPDX-License-Identifier: MIT
# `make install` into a folder: a program outside the tree, in C and in C++, finds all it needs through pkg-config alone, writes
# an index and searches it; `make uninstall` leaves nothing.
set -eu
case ${BUILD:=build/release} in
*/release) ;;
*) echo "only the release build is installed"; exit 0 ;;
esac
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
unset MAKEFLAGS MAKELEVEL MFLAGS PREFIX CS_INDEX 2>/dev/null || true
root=$dir/root
# Others are there already, and an older version of ours, which brought one more file.
mkdir -p "$root/usr/local/bin" "$root/usr/local/share/man/man1"
echo theirs >"$root/usr/local/share/man/man1/other.1"
tree() { find "$root" -printf '%y %m %p %l\n' | sort; }
tree >"$dir/before"
make -s install DESTDIR="$root"
mkdir "$root/usr/local/share/cs-search/old"
echo ours >"$root/usr/local/share/cs-search/old/file"
printf 'd /usr/local/share/cs-search/old\nf /usr/local/share/cs-search/old/file\n' >>"$root/usr/local/share/cs-search/installed"
make -s install DESTDIR="$root"

cat >"$dir/embed.c" <<'EOF'
#include <csearch.h>
#include <stdio.h>
#include <string.h>

static int failed(const cs_error *error)
{
    fprintf(stderr, "%s\n", error->message);
    return 1;
}

int main(int argc, char **argv)
{
    static const char text[] = "9 May 2023\n\nMonitoring visit to Kent children's services\n\nThe front door is effective.\n";
    const cs_override set[] = {{"authority", "Kent"}};
    cs_writer_options options = CS_WRITER_OPTIONS_INIT;
    cs_error error = {CS_OK, ""};
    cs_writer *writer = NULL;
    cs_reader *reader = NULL;
    cs_hits *hits = NULL;

    if (argc != 3)
        return 2;
    options.extract_program = argv[2];
    if (cs_writer_open(argv[1], &options, &writer, &error) != CS_OK ||
        cs_writer_add_buffer(writer, "kent.txt", text, strlen(text), set, 1, &error) != CS_OK ||
        cs_writer_commit(writer, &error) != CS_OK)
        return failed(&error);
    cs_writer_close(writer);
    if (cs_reader_open(argv[1], NULL, &reader, &error) != CS_OK ||
        cs_search(reader, "front door", 10, NULL, &hits, &error) != CS_OK)
        return failed(&error);
    for (size_t i = 0; i < cs_hits_count(hits); i++)
        printf("%s: %s\n", cs_hits_get(hits, i)->document->authority, cs_hits_get(hits, i)->text);
    cs_hits_free(hits);
    cs_reader_close(reader);
    return 0;
}
EOF
cp "$dir/embed.c" "$dir/embed.cc"

libdir=$root/usr/local/lib
export PKG_CONFIG_PATH="$libdir/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$root" LD_LIBRARY_PATH="$libdir"
embed() { # NAME COMPILER...: what it makes of the program says what it should
    name=$1
    shift
    "$@" -o "$dir/$name"
    said=$("$dir/$name" "$dir/$name.db" "$root/usr/local/libexec/cs-search/cs-extract")
    [ "$said" = "Kent: The front door is effective." ] || { echo "$name: it prints '$said'"; exit 1; }
}
cd "$dir" # nothing of the tree is in reach
# shellcheck disable=SC2046 # lists of words
{
    embed c "${CC:-cc}" -std=c11 -Wall -Wextra -Wpedantic -Werror embed.c $(pkg-config --cflags --libs csearch)
    embed cxx "${CXX:-c++}" -std=c++17 -Wall -Wextra -Wpedantic -Werror embed.cc $(pkg-config --cflags --libs csearch)
    embed static "${CC:-cc}" -std=c11 embed.c $(pkg-config --cflags csearch) "$libdir/libcsearch.a" \
        $(pkg-config --static --libs csearch | sed 's/-lcsearch//')
}
ldd "$dir/static" | grep libcsearch && { echo "static: it still needs the shared library"; exit 1; }
python3 -c '
import ctypes, sys
library = ctypes.CDLL(sys.argv[1])
library.cs_version.restype = ctypes.c_char_p
assert library.cs_version().decode() == sys.argv[2], library.cs_version()' \
    "$libdir/libcsearch.so" "$(pkg-config --modversion csearch)"
"$root/usr/local/bin/cs-search" -d "$dir/c.db" front door | grep -q "The front door is effective."
cd - >/dev/null

for page in man/*.[1-9]; do
    [ -e "$root/usr/local/share/man/man${page##*.}/${page##*/}" ] || { echo "install leaves $page out"; exit 1; }
done
make -s uninstall DESTDIR="$root"
tree | diff "$dir/before" - || { echo "uninstall leaves (>) or takes (<) something"; exit 1; }
make -s uninstall DESTDIR="$root" | grep -q "nothing of ours is installed"
