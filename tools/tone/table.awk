# SPDX-License-Identifier: MIT
# core/tone_weights.tsv -> lines of C for core/tone_table.c.
/^#/ || /^$/ { next }
/^= / { split($0, part, " "); printf "CS__TONE_CONSTANT(%s, %s%s)\n", part[2], part[3], (part[2] ~ /reach/ ? "" : part[3] ~ /[.e]/ ? "f" : ".0f"); next }
{ printf "CS__TONE_PHRASE(\"%s\", %sf, %s)\n", $1, $2, toupper($3) }
