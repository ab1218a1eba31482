/* SPDX-License-Identifier: MIT */
/* indexer/layout and indexer/split: promises that hold for any text. Texts are made by a generator of fixed
 * seed, from lines that look like something. */
#include <math.h>

#include "indexer/split.h"
#include "layout_fixture.h"

enum { TEXTS = 4000, LINES_MAX = 60 };

static uint32_t seed = 20240229;

/* xorshift32 (Marsaglia 2003). */
static uint32_t roll(uint32_t sides)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed % sides;
}

static const char *any_words(void)
{
    static const char *const words[] = {
        "Visits are made on time and records of them say what was seen and heard by whom",
        "and when.",
        "Fair",
        "a compound-",
        "seeking it",
        "Yours sincerely",
        "Dear Ann",
        "Contents",
        "Schools\t12",
        "Crown copyright",
        "What are your thoughts?",
        "Dates: 3 May",
        "3 May 2021",
        "- a dash",
        "\xE2\x80\xA2 a sign",
        "\xE2\x80\xA2",
        "1. One",
        "2. Two",
        "2018. A year",
        "(3) three",
        "12",
        "____________",
        "\xC2\xB9 A note",
        "in mid-sentence, with no end in sight, as it goes on and on and on for a whole line",
        "Page 3 of 9",
        "...",
        "\xF0\x9F\x98\x80 \xC3\xA9\xC2\xAD",
        "soft\xC2\xAD",
        "and/",
        "or",
        "Ofsted regulates and inspects",
        "x"};
    return words[roll(sizeof words / sizeof words[0])];
}

static void any_line(struct fixture *f, int pages, int roles)
{
    struct cs__line looks = {.flags = (uint16_t)roll(32), .level = (uint8_t)roll(12)};
    if (roles)
        looks.role = (uint8_t)roll(9);
    if (looks.role == CS__ROLE_NUMBERED)
        looks.number = roll(100);
    if (pages) {
        looks.page = (uint16_t)f->text.pages;
        looks.x0 = (float)(roll(4) ? 71 : roll(600));
        looks.x1 = looks.x0 + (float)roll(500);
        f->y += roll(6) ? 14.4f : (float)roll(100) - 40;
        looks.y0 = f->y;
        looks.font_size = (float)(roll(5) ? 12 : roll(30));
        looks.y1 = f->y + looks.font_size * 1.2f;
    }
    fixture_line(f, &looks, any_words());
}

static void any_text(struct fixture *f)
{
    int pages = roll(2) == 0, roles = !pages && roll(2) == 0;
    fixture_begin(f, pages ? "pdf" : !roles ? "text" : roll(2) ? "markdown" : "jsonl");
    if (pages)
        fixture_page(f);
    for (uint32_t i = roll(LINES_MAX); i-- > 0;) {
        if (pages && roll(12) == 0)
            fixture_page(f);
        any_line(f, pages, roles);
    }
}

static size_t count_letters(const char *text, size_t size)
{
    size_t letters = 0;
    for (size_t i = 0; i < size; i++)
        letters += (text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z';
    return letters;
}

/* Each letter of the text is in one block; ranges are within the text and in its order. */
static void expect_whole(const struct fixture *f)
{
    size_t letters = 0;
    uint32_t before = 0;
    for (size_t i = 0; i < f->blocks.count; i++) {
        const struct cs__block *block = &f->blocks.items[i];
        assert_int_equal(strlen(block->text), block->size);
        assert_true(block->start >= before && block->start <= block->end && block->end <= f->text.size);
        assert_true(block->kind < CS__BLOCK_KIND_COUNT && block->page <= block->last_page);
        assert_true(block->lead == CS__NO_BLOCK || (block->lead < i && block->kind == CS__BLOCK_BULLET));
        before = block->start;
        letters += count_letters(block->text, block->size);
    }
    assert_int_equal(letters, count_letters(f->text.utf8, f->text.size));
}

static void expect_passages(const struct fixture *f)
{
    struct cs__described none = {0};
    struct cs__passages passages;
    assert_int_equal(cs__split(&f->blocks, &none, &passages, NULL), CS_OK);
    assert_int_equal(passages.count, f->blocks.count);
    for (size_t i = 0; i < passages.count; i++) {
        const struct cs__passage *passage = &passages.items[i];
        assert_int_equal(passage->flags != 0,
                         cs__block_is_passage(passage->block->kind) && passage->size > 0);
    }
    cs__passages_free(&passages);
}

static void test_any_text(void **state)
{
    (void)state;
    for (int i = 0; i < TEXTS; i++) {
        struct fixture f;
        any_text(&f);
        fixture_layout(&f);
        expect_whole(&f);
        expect_passages(&f);
        fixture_end(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_any_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
