/* SPDX-License-Identifier: MIT */
/* The tone table. Input: core/tone_weights.tsv, as C by the Makefile; output: constant data. */
#include "core/tone_table.h"

const struct cs__tone_entry cs__tone_entries[] = {
#define CS__TONE_PHRASE(phrase, weight, kind) {phrase, weight, CS__TONE_KIND_##kind},
#define CS__TONE_CONSTANT(name, value)
#include "core/tone_weights.h"
#undef CS__TONE_PHRASE
#undef CS__TONE_CONSTANT
};
const uint32_t cs__tone_entry_count = sizeof cs__tone_entries / sizeof *cs__tone_entries;

const struct cs__tone_model cs__tone_model = {
#define CS__TONE_PHRASE(phrase, weight, kind)
#define CS__TONE_CONSTANT(name, value) .name = value,
#include "core/tone_weights.h"
};
