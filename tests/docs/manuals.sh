#!/bin/sh
# SPDX-License-Identifier: MIT
# Manuals: clean under mandoc and groff, and each reference to one of ours leads somewhere.
set -eu
status=0
for page in man/*.[1-8]; do
    mandoc -Tlint -W warning "$page" || status=1
    # groff exits 0 on warnings: any output is a failure.
    said=$(groff -man -mdoc -ww -z "$page" 2>&1)
    [ -z "$said" ] || { echo "$said"; status=1; }
done
for reference in $(sed -n 's/^\.\(It \)*Xr \(cs[a-z_-]*\) \([1-8]\).*/\2.\3/p' man/*.[1-8] | sort -u); do
    [ -e "man/$reference" ] || { echo "man: there is no $reference"; status=1; }
done
exit $status
