/* SPDX-License-Identifier: MIT */
/* Inspectors: names after a label, beside a title, or above one in a signature. */
#include "indexer/describer.h"

#include <ctype.h>
#include <string.h>

enum { NAME_WORDS_MAX = 5, PEOPLE_MAX = 200 };

/* Words that are titles or roles, never names. */
static int is_title_word(const struct cs__prose *prose, size_t i)
{
    static const char *const words[] = {
        "hmi",    "hmis",      "shmi",     "ai",         "ais",       "her",        "his",       "majestys",
        "ofsted", "senior",    "regional", "social",     "care",      "lead",       "deputy",    "team",
        "shadow", "quality",   "data",     "the",        "inspector", "inspectors", "associate", "additional",
        "age",    "published", "report",   "judgement",  "seconded",  "assurance",  "manager",   "director",
        "two",    "and",       "analyst",  "specialist", "early",     "regulatory", "from",      "hmci"};
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (cs__prose_word_is(prose, i, words[k], strlen(words[k])))
            return 1;
    return 0;
}

/* "Jo de Vries", "Sue van der Berg": small words inside a name. */
static int is_particle(const struct cs__prose *prose, size_t i)
{
    static const char *const words[] = {"de", "van", "der", "den", "la", "le", "al", "von", "di", "da", "du"};
    for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
        if (cs__prose_word_is(prose, i, words[k], strlen(words[k])))
            return 1;
    return 0;
}

/* Words of a name at `at`: two to five, with capitals, not parted by a comma; 0 when there is none. */
static size_t name_words(const struct cs__prose *prose, size_t at)
{
    size_t n = 0, capitals = 0;
    while (n < NAME_WORDS_MAX && at + n < prose->count) {
        size_t i = at + n;
        if (n > 0 && (prose->words[i].breaks & (CS__BREAK_COLON | CS__BREAK_CLAUSE | CS__BREAK_BRACKET)))
            break;
        if (n > 0 && (prose->words[i].breaks & CS__BREAK_SENTENCE) && n != 2)
            break;
        if (is_title_word(prose, i) ||
            (!cs__prose_is_capital(prose, i) && !(n > 0 && is_particle(prose, i))) ||
            isdigit((unsigned char)prose->text[prose->words[i].start]))
            break;
        capitals += (size_t)cs__prose_is_capital(prose, i);
        n++;
    }
    return capitals >= 2 ? n : 0;
}

/* The bytes of a name, without a possessive at its end. */
static size_t name_size(const struct cs__prose *prose, size_t at, size_t words)
{
    size_t start = prose->words[at].start, end = prose->words[at + words - 1].end;
    const char *text = prose->text;
    if (end - start > 2 && text[end - 1] == 's' && text[end - 2] == '\'')
        end -= 2;
    else if (end - start > 4 && memcmp(text + end - 4, "\xE2\x80\x99s", 4) == 0)
        end -= 4;
    return end - start;
}

static int is_known(const struct cs__describer *d, const char *name, size_t size)
{
    for (size_t i = 0; i < d->out->field_count; i++) {
        const struct cs__field *field = &d->out->fields[i];
        if ((strcmp(field->name, "inspector") == 0 || strcmp(field->name, "lead_inspector") == 0) &&
            field->value != NULL && strlen(field->value) == size && memcmp(field->value, name, size) == 0)
            return 1;
    }
    return 0;
}

static void put_name(struct cs__describer *d, const char *field, size_t block, size_t at, size_t words,
                     const char *rule)
{
    const struct cs__prose *prose = cs__describer_prose(d, block);
    const char *name = prose->text + prose->words[at].start;
    size_t size = name_size(prose, at, words);
    if (++d->people <= PEOPLE_MAX && !is_known(d, name, size))
        cs__describer_add_text(d, field, name, size, CS_STATE_STATED,
                               cs__evidence_words(d, block, at, at + words), rule);
}

/* Past the titles after a name ("HMI", "(AI)", "Her Majesty's Inspector") and an "and". */
static size_t skip_titles(const struct cs__prose *prose, size_t at)
{
    while (at < prose->count && is_title_word(prose, at))
        at++;
    return at;
}

/* A list of names: "A, B HMI and C (AI)". Returns how many were put down. */
static int put_names(struct cs__describer *d, size_t block, size_t at, const char *rule)
{
    const struct cs__prose *prose = cs__describer_prose(d, block);
    int count = 0;
    for (;;) {
        size_t words = name_words(prose, at);
        if (words == 0)
            return count;
        put_name(d, "inspector", block, at, words, rule);
        count++;
        size_t next = skip_titles(prose, at + words);
        int parted = next > at + words || (next < prose->count && prose->words[next].breaks &
                                                                      (CS__BREAK_CLAUSE | CS__BREAK_BRACKET));
        if (!parted)
            return count;
        at = next;
    }
}

/* Labels, the field each gives, and whether a list of names may follow. */
static const struct {
    const char *pattern;
    int lead;
    const char *rule;
} labels[] = {
    {"reporting inspector", 1, "people.reporting"},        {"lead inspector|inspectors", 1, "people.lead"},
    {"^ deputy lead inspector", 0, "people.deputy"},       {"^ team inspectors|inspector", 0, "people.team"},
    {"^ shadow inspector|inspectors", 0, "people.shadow"}, {"^ inspectors :", 0, "people.team"},
};

/* A name may stand in the block after its label. */
static void read_label(struct cs__describer *d, size_t block, size_t row, size_t at)
{
    const struct cs__prose *prose = cs__describer_prose(d, block);
    if (at >= prose->count) {
        block = cs__describer_next(d, block);
        if (block >= d->blocks->count || d->blocks->items[block].size > 200)
            return;
        prose = cs__describer_prose(d, block);
        at = 0;
    }
    if (!labels[row].lead) {
        put_names(d, block, at, labels[row].rule);
        return;
    }
    size_t words = name_words(prose, at);
    if (words > 0 && !cs__describer_has(d, "lead_inspector"))
        put_name(d, "lead_inspector", block, at, words, labels[row].rule);
}

static void from_labels(struct cs__describer *d)
{
    struct cs__prose_match match;
    for (size_t block = 0; block < d->blocks->count; block++) {
        if (!cs__describer_is_body(d, block) || d->blocks->items[block].size > 1200)
            continue;
        const struct cs__prose *prose = cs__describer_prose(d, block);
        for (size_t row = 0; row < sizeof labels / sizeof labels[0]; row++)
            for (size_t at = 0; cs__prose_find(prose, at, labels[row].pattern, &match); at = match.last) {
                int deputy = match.first > 0 && labels[row].lead &&
                             cs__prose_word_is(prose, match.first - 1, "deputy", 6);
                if (!deputy)
                    read_label(d, block, row, match.last);
            }
    }
}

/* Words beside the names of those who visited. `after`: the names follow; else they stand before. */
static const struct {
    const char *pattern;
    int after;
    const char *rule;
} beside[] = {
    {"inspectors for|on|at this|the visit were|was", 1, "people.for-this-visit"},
    {"her|his majestys inspectors|inspector were|was", 1, "people.for-this-visit"},
    {"her|his majestys inspectors|inspector", 1, "people.title"},
    {"inspectors ~3 were", 1, "people.inspectors"},
    {"inspectors|team ~2 led by", 1, "people.led-by"},
    {"two|three|four inspectors", 1, "people.inspectors"},
    {"inspectors|inspector", 1, "people.inspectors"},
    {"hmi and", 1, "people.hmi"},
    {"her|his majestys inspectors|inspector", 0, "people.title-after"},
    {"hmi", 0, "people.hmi"},
    {"the inspector", 0, "people.title-after"},
    {"ofsted|lead inspector", 0, "people.title-after"},
};

/* Names that end right before `at`: "A and B, His Majesty's Inspectors". */
static void names_before(struct cs__describer *d, size_t block, size_t at, const char *rule)
{
    const struct cs__prose *prose = cs__describer_prose(d, block);
    size_t from = at > 12 ? at - 12 : 0;
    for (size_t i = from; i < at; i++) {
        size_t words = name_words(prose, i);
        if (words < 2)
            continue;
        size_t next = i + words;
        if (next == at || cs__prose_word_is(prose, next, "and", 3) ||
            cs__prose_word_is(prose, next, "hmi", 3)) {
            put_name(d, "inspector", block, i, words, rule);
            i = next;
        }
    }
}

static void from_text(struct cs__describer *d)
{
    struct cs__prose_match match;
    for (size_t block = 0; block < d->blocks->count; block++) {
        if (!cs__describer_is_text(d, block) || strstr(d->blocks->items[block].text, "nspector") == NULL)
            if (!cs__describer_is_text(d, block) || strstr(d->blocks->items[block].text, "HMI") == NULL)
                continue;
        const struct cs__prose *prose = cs__describer_prose(d, block);
        for (size_t row = 0; row < sizeof beside / sizeof beside[0]; row++)
            for (size_t at = 0; cs__prose_find(prose, at, beside[row].pattern, &match); at = match.last) {
                if (beside[row].after)
                    put_names(d, block, match.last, beside[row].rule);
                else
                    names_before(d, block, match.first, beside[row].rule);
            }
    }
}

/* "Yours sincerely", a name, "His Majesty's Inspector": three blocks, or lines of one. */
static void from_signature(struct cs__describer *d)
{
    struct cs__prose_match match;
    for (size_t block = 0; block < d->blocks->count; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        const struct cs__prose *prose =
            b->size < 300 && cs__describer_is_text(d, block) ? cs__describer_prose(d, block) : NULL;
        if (prose == NULL || !cs__prose_find(prose, 0, "^ yours sincerely|faithfully", &match))
            continue;
        size_t at = match.last, where = block;
        if (at >= prose->count && (where = cs__describer_next(d, block)) < d->blocks->count)
            at = 0;
        if (where < d->blocks->count)
            put_names(d, where, at, "people.signature");
    }
}

void cs__describe_people(struct cs__describer *d)
{
    from_labels(d);
    if (d->out->kind == CS_KIND_INSPECTION_REPORT)
        return;
    from_text(d);
    from_signature(d);
}
