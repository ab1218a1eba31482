/* SPDX-License-Identifier: MIT */
/* Describe on blocks of any kind, order and bytes: no crash, quotations from the blocks, sections in order.
 */
#include "tests/unit/describe_fixture.h"

#include <stdio.h>

static unsigned seed = 7;

static unsigned pick(unsigned below)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % below;
}

/* Words that rules look for, and bytes that text should not hold. */
static const char *const pieces[] = {
    "Inspection of",
    "Leeds",
    "children\xE2\x80\x99s services",
    "Inspection dates:",
    "4 to 8 May 2020",
    "and",
    "12.03.2020",
    "Overall effectiveness",
    "Good",
    "requires improvement",
    "to be good",
    "Inadequate",
    "The impact of leaders",
    "children in care",
    "care leavers",
    "Lead inspector:",
    "Ada King",
    "HMI",
    "Dear Sam",
    "Monitoring visit to",
    "focused visit",
    "Areas covered by the visit",
    "judged",
    "in July 2022",
    "first",
    "third",
    "since",
    "What needs to improve?",
    "Recommendations",
    "Ensure that",
    "Minutes:",
    "Agenda item",
    "Ofsted",
    "inspectors",
    "June 7",
    "a week today",
    "(June 22)",
    "\xFF\xFE",
    "\xE2\x80",
    "'",
    "\xE2\x80\x99s",
    ":",
    ";",
    ".",
    "\t",
    "Safeguarding Children Board",
    "The overall judgement is",
    "Yours sincerely",
    "Record of",
};

static size_t random_text(char *out, size_t room)
{
    size_t size = 0;
    for (unsigned n = pick(14); n > 0; n--) {
        const char *piece = pieces[pick(sizeof pieces / sizeof pieces[0])];
        size_t piece_size = strlen(piece);
        if (size + piece_size + 2 > room)
            break;
        memcpy(out + size, piece, piece_size);
        size += piece_size;
        if (pick(8) != 0)
            out[size++] = pick(20) == 0 ? '\n' : ' ';
    }
    out[size] = '\0';
    return size;
}

static void check(const struct cs__described *described, const struct cs__blocks *blocks)
{
    for (size_t i = 0; i < described->field_count; i++) {
        const struct cs__field *field = &described->fields[i];
        assert_non_null(field->name);
        assert_non_null(field->rule);
        assert_true(field->block == CS__NO_BLOCK || field->block < blocks->count);
        if (field->quotation != NULL && strstr(field->quotation, " | ") == NULL)
            assert_non_null(strstr(blocks->items[field->block].text, field->quotation));
    }
    for (size_t i = 0; i < described->section_count; i++) {
        assert_true(described->sections[i].first_block < blocks->count);
        assert_true(i == 0 || described->sections[i].first_block > described->sections[i - 1].first_block);
    }
    assert_true(blocks->count == 0 || described->section_count > 0);
}

static void any_blocks_are_safe(void **state)
{
    (void)state;
    static char texts[40][512];
    static const struct cs__describe_input input = {.name = "20230509-x.pdf", .format = "pdf"};
    for (int round = 0; round < 1000; round++) {
        struct cs__block items[40];
        struct cs__blocks blocks = {.items = items, .count = pick(40)};
        for (size_t i = 0; i < blocks.count; i++) {
            items[i] = (struct cs__block){.kind = (enum cs__block_kind)pick(CS__BLOCK_KIND_COUNT),
                                          .level = (uint8_t)pick(10),
                                          .page = 1 + (uint32_t)i / 8,
                                          .text = texts[i],
                                          .number = pick(4) == 0 ? "7" : NULL,
                                          .lead = CS__NO_BLOCK};
            items[i].size = (uint32_t)random_text(texts[i], sizeof texts[i]);
        }
        struct cs__described described;
        assert_int_equal(cs__describe(&blocks, &input, &described, NULL), CS_OK);
        check(&described, &blocks);
        cs__described_free(&described);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_blocks_are_safe)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
