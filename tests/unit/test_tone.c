/* SPDX-License-Identifier: MIT */
/* core/tone: labels, scores and cues of sentences written for this test in the forms that inspectors use. */
#include <csearch/tone.h>

#include "core/tone.h"
#include "core/tone_table.h"
#include "core/tone_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct cs__tone_sentence tone_of(const char *text)
{
    struct cs__tone_sentence out;
    cs__tone_sentence(text, strlen(text), NULL, &out);
    return out;
}

#define expect(text, tone) assert_string_equal(cs__tone_name(tone_of(text).label), tone)

/* The reason of the cue that covers exactly `words`; fails when there is none. */
static enum cs__tone_reason reason_of(const char *text, const char *words)
{
    struct cs__tone_sentence out = tone_of(text);
    const char *at = strstr(text, words);
    assert_non_null(at);
    for (uint32_t i = 0; i < out.cue_count; i++)
        if (out.cues[i].start == (size_t)(at - text) && out.cues[i].end == out.cues[i].start + strlen(words))
            return out.cues[i].reason;
    fail_msg("no cue '%s' in: %s", words, text);
    return CS__TONE_CUE;
}

static void test_plain(void **state)
{
    (void)state;
    expect("Visits are regular and plans are of good quality.", "strength");
    expect("Assessments are superficial and often late.", "concern");
    expect("The quality of plans is variable.", "mixed");
    expect("The council plans to open a third hub in 2027.", "neutral");
    expect("", "neutral");
}

static void test_negation(void **state)
{
    (void)state;
    expect("Plans are not consistently reviewed.", "concern");
    expect("Children do not always receive timely help.", "concern");
    expect("There were no serious or widespread failures.", "strength");
    expect("Referrals are passed on without delay.", "strength");
    assert_int_equal(reason_of("Plans are not clear.", "clear"), CS__TONE_NEGATED);
    expect("There is no drift.", "strength");
    expect("There is no shared plan for these children.", "concern");
    expect("There were no delays in holding the meetings.", "strength");
    expect("There were no unaccompanied children at the time of the visit.", "neutral");
    assert_int_equal(reason_of("There is no drift.", "drift"), CS__TONE_NEGATED);
    assert_int_equal(reason_of("There were no serious weaknesses.", "serious weaknesses"), CS__TONE_NEGATED);
    /* a clause's end ends a negation */
    assert_int_equal(reason_of("Plans are not shared, although thorough.", "thorough"), CS__TONE_CUE);
}

static void test_hedges(void **state)
{
    (void)state;
    expect("Support is not yet sufficiently tailored.", "concern");
    expect("Too many children wait for a home.", "concern");
    assert_true(tone_of("A small number of children wait too long.").hedged);
    assert_false(tone_of("Children wait too long.").hedged);
}

static void test_history(void **state)
{
    (void)state;
    const char *text = "At the last inspection supervision had weaknesses.";
    assert_int_equal(reason_of(text, "weaknesses"), CS__TONE_HISTORY);
    assert_true(tone_of(text).concern < tone_of("Supervision has weaknesses.").concern);
}

static void test_contrast(void **state)
{
    (void)state;
    expect("Although plans are thorough, visits are often too late.", "mixed");
    expect("Plans are thorough and clear, but visits are too infrequent.", "mixed");
    expect("Despite extra investment, caseloads are too high.", "concern");
    assert_int_equal(reason_of("Despite extra investment, caseloads are too high.", "investment"),
                     CS__TONE_CONCEDED);
}

static void test_relief(void **state)
{
    (void)state;
    assert_int_equal(reason_of("Leaders have acted to reduce delay.", "delay"), CS__TONE_RELIEVED);
    expect("Leaders have acted quickly to reduce delay for children.", "strength");
    /* a weakness that is not being met is one */
    assert_int_equal(reason_of("Leaders have not tackled weaknesses.", "weaknesses"), CS__TONE_CUE);
    expect("Leaders have not tackled weaknesses.", "concern");
}

static void test_progress(void **state)
{
    (void)state;
    struct cs__tone_sentence out = tone_of("Supervision has improved since the spring.");
    assert_int_equal(out.label, CS__TONE_STRENGTH);
    assert_true(out.progress > 0 && out.progress <= out.strength);
    assert_true(tone_of("Supervision is good.").progress == 0);
}

/* Words that only name a topic say nothing. */
static void test_topics(void **state)
{
    (void)state;
    static const char *const topics[] = {"harm",         "risk",  "neglect", "missing",
                                         "exploitation", "abuse", "homeless"};
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        struct cs__tone_sentence out = tone_of(topics[i]);
        assert_int_equal(out.cue_count, 0);
    }
}

static void test_context(void **state)
{
    (void)state;
    const char *text = "The quality of written plans.";
    struct cs__tone_context context = {.improvement = 1};
    struct cs__tone_sentence out, plain = tone_of(text);
    cs__tone_sentence(text, strlen(text), &context, &out);
    assert_int_equal(out.label, CS__TONE_CONCERN);
    assert_true(out.score == -1);
    assert_int_equal(out.cues[out.cue_count - 1].reason, CS__TONE_IMPROVEMENT);
    context = (struct cs__tone_context){.judgement = CS_JUDGEMENT_INADEQUATE};
    cs__tone_sentence(text, strlen(text), &context, &out);
    assert_true(out.score < plain.score);
    assert_int_equal(out.cues[out.cue_count - 1].reason, CS__TONE_SECTION);
    context.judgement = CS_JUDGEMENT_OUTSTANDING;
    cs__tone_sentence(text, strlen(text), &context, &out);
    assert_true(out.score > plain.score);
}

static void test_words(void **state)
{
    (void)state;
    struct cs__tone_word words[CS__TONE_WORDS_MAX];
    const char *text = "It\xE2\x80\x99s 2.5% \xE2\x80\x93 Child-centred, \xC2\xA3"
                       "3m.";
    uint32_t count = cs__tone_words(text, strlen(text), words);
    static const char *const want[] = {"^", "it's", "0", ",", "child", "centred", ",", "0", ","};
    assert_int_equal(count, sizeof want / sizeof *want);
    for (uint32_t i = 0; i < count; i++)
        assert_string_equal(words[i].text, want[i]);
    assert_memory_equal(text + words[4].start, "Child", 5);
}

/* Each phrase of the table is found, and is of words as they are read. */
static void test_table(void **state)
{
    (void)state;
    assert_true(cs__tone_entry_count > 500);
    for (uint32_t i = 0; i < cs__tone_entry_count; i++) {
        struct cs__tone_word words[CS__TONE_WORDS_MAX];
        const char *phrase = cs__tone_entries[i].phrase;
        uint32_t length = 0, at = phrase[0] != '^';
        uint32_t count = cs__tone_words(phrase + (at ? 0 : 2), strlen(phrase) - (at ? 0 : 2), words);
        assert_ptr_equal(cs__tone_phrase(words, count, at, &length), &cs__tone_entries[i]);
        assert_int_equal(length, count - at);
        assert_true(i == 0 || strcmp(cs__tone_entries[i - 1].phrase, phrase) < 0);
    }
}

/* Any bytes, any length. */
static void test_any_bytes(void **state)
{
    (void)state;
    static const char *const parts[] = {"not ",     "good",     " ",         ",",  "'",
                                        "\xE2\x80", "\xFF",     "although ", "3.", "\xC2",
                                        "despite ", "no delay", "reduce "};
    uint32_t random = 7;
    for (int round = 0; round < 3000; round++) {
        char text[4096];
        size_t size = 0, parts_count = (size_t)round % 400;
        for (size_t i = 0; i < parts_count; i++) {
            random = random * 1664525u + 1013904223u;
            const char *part = parts[(random >> 16) % (sizeof parts / sizeof *parts)];
            memcpy(text + size, part, strlen(part));
            size += strlen(part);
        }
        char *exact = malloc(size > 0 ? size : 1); /* the sanitizer sees a read past the end */
        assert_non_null(exact);
        memcpy(exact, text, size);
        struct cs__tone_sentence out;
        cs__tone_sentence(exact, size, NULL, &out);
        assert_true(out.score >= -1 && out.score <= 1);
        assert_true(out.cue_count <= CS__TONE_CUES_MAX);
        for (uint32_t i = 0; i < out.cue_count; i++)
            assert_true(out.cues[i].start < out.cues[i].end && out.cues[i].end <= size);
        free(exact);
    }
}

static void test_public(void **state)
{
    (void)state;
    cs_sentence_tone *tone = NULL;
    cs_error error;
    static const char sentence[] = "Plans are not consistently \xFF reviewed.";
    assert_int_equal(cs_sentence_tone_read(sentence, sizeof sentence, &tone, &error), CS_OK);
    assert_string_equal(tone->sentence, "Plans are not consistently \xEF\xBF\xBD reviewed.\xEF\xBF\xBD");
    assert_int_equal(tone->label, CS_TONE_CONCERN);
    assert_true(tone->score < 0 && tone->cue_count > 0);
    for (size_t i = 0; i < tone->cue_count; i++) {
        size_t size = tone->ranges[i].end - tone->ranges[i].start;
        assert_int_equal(strlen(tone->cues[i].words), size);
        assert_memory_equal(tone->cues[i].words, tone->sentence + tone->ranges[i].start, size);
        assert_true(*tone->cues[i].reason != '\0');
    }
    cs_sentence_tone_free(tone);
    cs_sentence_tone_free(NULL);
    assert_int_equal(cs_sentence_tone_read("", 0, &tone, &error), CS_OK);
    assert_int_equal(tone->label, CS_TONE_NEUTRAL);
    cs_sentence_tone_free(tone);
    assert_int_equal(cs_sentence_tone_read("", (size_t)1 << 30, &tone, &error), CS_ERR_ARGUMENT);
    assert_null(tone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),     cmocka_unit_test(test_public),   cmocka_unit_test(test_negation),
        cmocka_unit_test(test_hedges),    cmocka_unit_test(test_history),  cmocka_unit_test(test_contrast),
        cmocka_unit_test(test_relief),    cmocka_unit_test(test_progress), cmocka_unit_test(test_topics),
        cmocka_unit_test(test_context),   cmocka_unit_test(test_words),    cmocka_unit_test(test_table),
        cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
