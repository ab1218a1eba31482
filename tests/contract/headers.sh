#!/bin/sh
# SPDX-License-Identifier: MIT
# Each public header alone compiles as strict C11 and as C++17; each internal header alone as C11.
set -eu
for header in $(cd include && find . -name '*.h' | sed 's|^\./||'); do
    echo "#include <$header>" | gcc -std=c11 -pedantic -Wall -Wextra -Werror -Iinclude -x c -fsyntax-only -
    echo "#include <$header>" | g++ -std=c++17 -pedantic -Wall -Wextra -Werror -Iinclude -x c++ -fsyntax-only -
done
for header in core/*.h indexer/*.h query/*.h cli/*.h; do
    [ -e "$header" ] || continue
    echo "#include \"$header\"" | gcc -std=c11 -Wall -Wextra -Werror -D_GNU_SOURCE -I. -Iinclude -I"$BUILD" -x c -fsyntax-only -
done
