/* SPDX-License-Identifier: MIT */
/* indexer/split: blocks to passages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/buffer.h"
#include "indexer/split.h"

static struct cs__block block(enum cs__block_kind kind, const char *text, uint32_t start)
{
    uint32_t size = (uint32_t)strlen(text);
    return (struct cs__block){
        .kind = kind, .text = text, .size = size, .start = start, .end = start + size, .lead = CS__NO_BLOCK};
}

static void test_one_block_one_passage(void **state)
{
    struct cs__block items[] = {block(CS__BLOCK_TITLE, "A visit", 0),
                                block(CS__BLOCK_HEADING, "What to do better", 8),
                                block(CS__BLOCK_PARAGRAPH, "The council should:", 26),
                                block(CS__BLOCK_BULLET, "see  children\tsoon", 46),
                                block(CS__BLOCK_PAGE_NUMBER, "2", 65),
                                block(CS__BLOCK_HEADING, "Schooling", 67),
                                block(CS__BLOCK_BULLET, "All go.", 77),
                                block(CS__BLOCK_PARAGRAPH, "", 90)};
    struct cs__section sections[] = {
        {.first_block = 0}, {.first_block = 1, .is_improvement = 1}, {.first_block = 5}};
    struct cs__blocks blocks = {.items = items, .count = 8};
    struct cs__described described = {.sections = sections, .section_count = 3};
    struct cs__passages passages;
    (void)state;
    items[3].lead = 2;
    assert_int_equal(cs__split(&blocks, &described, &passages, NULL), CS_OK);
    assert_int_equal(passages.count, 8);
    assert_int_equal(passages.items[0].flags, 0);
    assert_int_equal(passages.items[2].flags, CS__PASSAGE_SEARCHABLE);
    assert_int_equal(passages.items[3].flags, CS__PASSAGE_SEARCHABLE | CS__PASSAGE_IMPROVEMENT);
    assert_int_equal(passages.items[4].flags, 0);
    assert_int_equal(passages.items[6].flags, CS__PASSAGE_SEARCHABLE);
    assert_int_equal(passages.items[7].flags, 0);
    assert_int_equal(passages.items[3].words, 3);
    assert_int_equal(passages.items[3].lead, 2);
    assert_int_equal(passages.items[2].lead, CS__NO_BLOCK);
    assert_int_equal(passages.items[0].section, 0);
    assert_int_equal(passages.items[4].section, 1);
    assert_int_equal(passages.items[6].section, 2);
    cs__passages_free(&passages);
    cs__passages_free(NULL);
}

/* Together the pieces are the block, and each is at most as long as is allowed. */
static void expect_pieces(const char *text, int at_sentences)
{
    struct cs__block items[] = {block(CS__BLOCK_PARAGRAPH, text, 100),
                                block(CS__BLOCK_BULLET, "Next.", 1 << 20)};
    struct cs__blocks blocks = {.items = items, .count = 2};
    struct cs__described none = {0};
    struct cs__passages passages;
    uint32_t at = 0;
    items[1].lead = 0;
    assert_int_equal(cs__split(&blocks, &none, &passages, NULL), CS_OK);
    assert_true(passages.count > 2);
    for (size_t i = 0; i + 1 < passages.count; i++) {
        const struct cs__passage *piece = &passages.items[i];
        while (text[at] == ' ')
            at++;
        assert_ptr_equal(piece->text, text + at);
        assert_true(piece->size > 0 && piece->size <= CS__PASSAGE_SIZE_MAX);
        assert_int_equal(piece->start, 100 + at);
        assert_int_equal((piece->flags & CS__PASSAGE_CONTINUED) != 0, i > 0);
        at += piece->size;
        assert_int_equal(piece->end, 100 + at);
        assert_true(((unsigned char)text[at] & 0xC0) != 0x80);
        if (at_sentences)
            assert_int_equal(text[at - 1], '.');
    }
    assert_int_equal(at, strlen(text));
    assert_int_equal(passages.items[passages.count - 1].lead, 0);
    cs__passages_free(&passages);
}

static void repeat(struct cs__buffer *out, const char *text, size_t size)
{
    while (out->size < size)
        cs__buffer_string(out, text);
    while (out->data[out->size - 1] == ' ')
        out->data[--out->size] = '\0';
}

static void test_long_blocks_are_cut(void **state)
{
    static const char *const texts[] = {"Plans are short, e.g. one page. ", "no sentence ends here ",
                                        "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", "x"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct cs__buffer text = {0};
        repeat(&text, texts[i], 3 * CS__PASSAGE_SIZE_MAX + 10);
        expect_pieces(text.data, i == 0);
        cs__buffer_free(&text);
    }
}

static void test_exactly_as_long_as_allowed(void **state)
{
    struct cs__buffer text = {0};
    struct cs__described none = {0};
    struct cs__passages passages;
    (void)state;
    while (text.size < CS__PASSAGE_SIZE_MAX)
        cs__buffer_char(&text, 'x');
    struct cs__block items[] = {block(CS__BLOCK_PARAGRAPH, text.data, 0)};
    struct cs__blocks blocks = {.items = items, .count = 1};
    assert_int_equal(cs__split(&blocks, &none, &passages, NULL), CS_OK);
    assert_int_equal(passages.count, 1);
    cs__passages_free(&passages);
    cs__buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_block_one_passage),
        cmocka_unit_test(test_long_blocks_are_cut),
        cmocka_unit_test(test_exactly_as_long_as_allowed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
