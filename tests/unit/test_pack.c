/* SPDX-License-Identifier: MIT */
/* Packs: what goes in comes out; damaged bytes are found, and never read outside. */
#include "core/pack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char dictionary[] =
    "children in care live in stable homes; leaders know them well and social workers visit";
static const char *const lines[] = {"Social workers visit children in care often.", "",
                                    "Leaders know their services well; children live in stable homes.",
                                    "\xE2\x80\xA2 a bullet with a byte above ASCII", "x"};
enum { LINES = sizeof lines / sizeof lines[0] };

static void pack_lines(struct cs__buffer *out, size_t times)
{
    struct cs__packer *packer = NULL;
    assert_int_equal(cs__packer_new(dictionary, sizeof dictionary - 1, &packer), CS_OK);
    for (size_t t = 0; t < times; t++)
        for (size_t i = 0; i < LINES; i++)
            assert_int_equal(cs__packer_add(packer, lines[i], strlen(lines[i])), CS_OK);
    assert_int_equal(cs__packer_count(packer), LINES * times);
    assert_int_equal(cs__packer_finish(packer, out), CS_OK);
    assert_int_equal(cs__packer_count(packer), 0);
    cs__packer_free(packer);
}

static cs_status unpack(const void *bytes, size_t size, struct cs__arena *arena, const char ***texts,
                        uint32_t **sizes, size_t *count)
{
    struct cs__unpacker *unpacker = NULL;
    assert_int_equal(cs__unpacker_new(dictionary, sizeof dictionary - 1, &unpacker), CS_OK);
    cs_status status = cs__unpack(unpacker, bytes, size, arena, texts, sizes, count);
    cs__unpacker_free(unpacker);
    return status;
}

static void test_there_and_back(void **state)
{
    (void)state;
    struct cs__buffer packed = {0};
    struct cs__arena arena = {0};
    const char **texts;
    uint32_t *sizes;
    size_t count;
    pack_lines(&packed, 3);
    assert_int_equal(unpack(packed.data, packed.size, &arena, &texts, &sizes, &count), CS_OK);
    assert_int_equal(count, 3 * LINES);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(sizes[i], strlen(lines[i % LINES]));
        assert_string_equal(texts[i], lines[i % LINES]);
    }
    cs__arena_free(&arena);
    cs__buffer_free(&packed);
}

static void test_full_at_its_size(void **state)
{
    (void)state;
    struct cs__packer *packer = NULL;
    char *text = calloc(1, CS__PACK_TEXT_BYTES);
    assert_int_equal(cs__packer_new(NULL, 0, &packer), CS_OK);
    assert_int_equal(cs__packer_add(packer, text, CS__PACK_TEXT_BYTES - 1), CS_OK);
    assert_false(cs__packer_full(packer));
    assert_int_equal(cs__packer_add(packer, text, 1), CS_OK);
    assert_true(cs__packer_full(packer));
    cs__packer_free(packer);
    cs__packer_free(NULL);
    cs__unpacker_free(NULL);
    free(text);
}

/* Every single-byte change and every cut either is found or changes texts only: never a crash, never another
 * count. */
static void test_damage(void **state)
{
    (void)state;
    struct cs__buffer packed = {0};
    pack_lines(&packed, 1);
    for (size_t cut = 0; cut < packed.size; cut++) {
        struct cs__arena arena = {0};
        const char **texts;
        uint32_t *sizes;
        size_t count;
        char *copy = malloc(cut + 1); /* its own block: reading past it is seen by the sanitizer */
        memcpy(copy, packed.data, cut);
        char *exact = realloc(copy, cut ? cut : 1);
        assert_int_equal(unpack(exact, cut, &arena, &texts, &sizes, &count), CS_ERR_CORRUPT);
        cs__arena_free(&arena);
        free(exact);
    }
    for (size_t at = 0; at < packed.size; at++)
        for (int bit = 0; bit < 8; bit++) {
            struct cs__arena arena = {0};
            const char **texts;
            uint32_t *sizes;
            size_t count;
            packed.data[at] = (char)(packed.data[at] ^ (1 << bit));
            cs_status status = unpack(packed.data, packed.size, &arena, &texts, &sizes, &count);
            assert_true(status == CS_OK || status == CS_ERR_CORRUPT);
            packed.data[at] = (char)(packed.data[at] ^ (1 << bit));
            cs__arena_free(&arena);
        }
    cs__buffer_free(&packed);
}

static void test_random_bytes(void **state)
{
    (void)state;
    unsigned seed = 1;
    for (int round = 0; round < 20000; round++) {
        char bytes[64];
        size_t size = (size_t)(round % (int)sizeof bytes);
        for (size_t i = 0; i < size; i++) {
            seed = seed * 1103515245 + 12345;
            bytes[i] = (char)(seed >> 16);
        }
        struct cs__arena arena = {0};
        const char **texts;
        uint32_t *sizes;
        size_t count;
        cs_status status = unpack(bytes, size, &arena, &texts, &sizes, &count);
        assert_true(status == CS_OK || status == CS_ERR_CORRUPT);
        assert_true(arena.bytes < 1u << 22);
        cs__arena_free(&arena);
    }
}

static void test_huge_claims_are_refused(void **state)
{
    (void)state;
    static const unsigned char claims[] = {1, 0xFF, 0xFF, 0xFF, 0x1F, 3, 0};
    struct cs__arena arena = {0};
    const char **texts;
    uint32_t *sizes;
    size_t count;
    assert_int_equal(unpack(claims, sizeof claims, &arena, &texts, &sizes, &count), CS_ERR_CORRUPT);
    assert_true(arena.bytes < 4096);
    cs__arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_full_at_its_size),
        cmocka_unit_test(test_damage),
        cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_huge_claims_are_refused),
    };
    return cmocka_run_group_tests_name("pack", tests, NULL, NULL);
}
