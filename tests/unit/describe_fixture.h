/* SPDX-License-Identifier: MIT */
/* Blocks for tests of describe, written as lines "KIND|text": T title, H2..H6 heading of a level, P
 * paragraph, B bullet, R row (cells parted by "\t"), F running footer, C contact line, 12. a paragraph
 * numbered 12. "---" begins a page. */
#ifndef TESTS_DESCRIBE_FIXTURE_H
#define TESTS_DESCRIBE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/describe.h"

enum { FIXTURE_BLOCKS_MAX = 200 };

struct fixture {
    struct cs__block items[FIXTURE_BLOCKS_MAX];
    struct cs__arena arena;
    struct cs__described described;
};

static inline enum cs__block_kind fixture_kind(char letter)
{
    switch (letter) {
    case 'T':
        return CS__BLOCK_TITLE;
    case 'H':
        return CS__BLOCK_HEADING;
    case 'B':
        return CS__BLOCK_BULLET;
    case 'R':
        return CS__BLOCK_TABLE_ROW;
    case 'F':
        return CS__BLOCK_RUNNING_FOOTER;
    case 'C':
        return CS__BLOCK_CONTACT;
    default:
        return CS__BLOCK_PARAGRAPH;
    }
}

static inline size_t fixture_blocks(struct fixture *fixture, const char *text)
{
    size_t count = 0;
    uint32_t page = 1;
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        const char *bar = memchr(text, '|', size);
        if (size == 3 && memcmp(text, "---", 3) == 0) {
            page++;
        } else if (bar != NULL) {
            assert_true(count < FIXTURE_BLOCKS_MAX);
            struct cs__block *block = &fixture->items[count++];
            size_t text_size = size - (size_t)(bar + 1 - text);
            *block = (struct cs__block){
                .kind = fixture_kind(*text), .page = page, .last_page = page, .lead = CS__NO_BLOCK};
            block->level = block->kind == CS__BLOCK_HEADING ? (uint8_t)(text[1] - '0') : 0;
            block->text = cs__arena_copy(&fixture->arena, bar + 1, text_size);
            block->size = (uint32_t)text_size;
            if (isdigit((unsigned char)*text))
                block->number = cs__arena_copy(&fixture->arena, text, strcspn(text, ".|"));
        }
        text += size + (text[size] == '\n');
    }
    return count;
}

/* Describe the lines of `text`; release with fixture_free(). `input` may be NULL. */
static inline struct fixture *fixture_describe(const char *text, const struct cs__describe_input *input)
{
    static const struct cs__describe_input plain = {.name = "document", .format = "text"};
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    struct cs__blocks blocks = {.items = fixture->items, .count = fixture_blocks(fixture, text)};
    cs_error error = {0};
    assert_int_equal(cs__describe(&blocks, input != NULL ? input : &plain, &fixture->described, &error),
                     CS_OK);
    return fixture;
}

static inline void fixture_free(struct fixture *fixture)
{
    cs__described_free(&fixture->described);
    cs__arena_free(&fixture->arena);
    free(fixture);
}

/* The n-th value of a field; "" when there is none. */
static inline const char *fixture_nth(const struct fixture *fixture, const char *name, size_t n)
{
    const struct cs__described *d = &fixture->described;
    for (size_t i = 0; i < d->field_count; i++)
        if (strcmp(d->fields[i].name, name) == 0 && n-- == 0)
            return d->fields[i].value != NULL ? d->fields[i].value : "";
    return "";
}

static inline const char *fixture_value(const struct fixture *fixture, const char *name)
{
    return fixture_nth(fixture, name, 0);
}

static inline cs_state fixture_state(const struct fixture *fixture, const char *name)
{
    const struct cs__field *field = cs__described_field(&fixture->described, name);
    return field != NULL ? field->state : CS_STATE_UNKNOWN;
}

static inline size_t fixture_count(const struct fixture *fixture, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < fixture->described.field_count; i++)
        count += strcmp(fixture->described.fields[i].name, name) == 0;
    return count;
}

/* Each quotation stands verbatim in its block (some quote two). */
static inline void fixture_check_quotations(const struct fixture *fixture)
{
    for (size_t i = 0; i < fixture->described.field_count; i++) {
        const struct cs__field *field = &fixture->described.fields[i];
        if (field->quotation == NULL || strstr(field->quotation, " | ") != NULL)
            continue;
        assert_true(field->block != CS__NO_BLOCK);
        assert_non_null(strstr(fixture->items[field->block].text, field->quotation));
        assert_int_equal(field->page, fixture->items[field->block].page);
    }
}

#define ASSERT_FIELD(fixture, name, expected) assert_string_equal(fixture_value(fixture, name), expected)

#endif
