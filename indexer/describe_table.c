/* SPDX-License-Identifier: MIT */
/* The table of judgements, however its cells come: in rows, in columns, a grade above or beside the middle of
 * its label, a label in three pieces. Its labels and its grades share no word, so the words of the whole
 * table fall into two streams, each in the order of the rows; the n-th label has the n-th grade. */
#include "indexer/describer.h"

#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "indexer/describe_judgements.h"

enum { TABLE_BLOCK_MAX = 400, AREAS_MAX = 16 };

static int word_in(const struct cs__prose *prose, size_t i, const char *const *words, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (cs__prose_word_is(prose, i, words[k], strlen(words[k])))
            return 1;
    return 0;
}

/* "No judgement" is a grade, "Judgement" heads a column. */
static int follows_no(const struct cs__prose *prose, size_t i)
{
    return i > 0 && cs__prose_word_is(prose, i, "judgement", 9) && cs__prose_word_is(prose, i - 1, "no", 2);
}

static int is_grade_word(const struct cs__prose *prose, size_t i)
{
    static const char *const words[] = {"outstanding", "good", "requires",     "require",  "improvement",
                                        "to",          "be",   "not",          "judged",   "adequate",
                                        "inadequate",  "no",   "applicable",   "assessed", "inspected",
                                        "n",           "a",    "insufficient", "evidence"};
    return word_in(prose, i, words, sizeof words / sizeof words[0]) || follows_no(prose, i);
}

static int is_label_word(const struct cs__prose *prose, size_t i)
{
    static const char *const words[] = {
        "the",        "impact",      "of",         "leaders",    "on",       "social",
        "work",       "practice",    "with",       "children",   "and",      "their",
        "families",   "experiences", "progress",   "who",        "need",     "help",
        "protection", "in",          "care",       "leavers",    "overall",  "effectiveness",
        "looked",     "after",       "achieving",  "permanence", "adoption", "performance",
        "leadership", "management",  "governance", "young",      "people",   "experienced",
        "1",          "2",           "3",          "4",          "5"};
    return word_in(prose, i, words, sizeof words / sizeof words[0]);
}

static int is_head_word(const struct cs__prose *prose, size_t i)
{
    static const char *const words[] = {"key",   "judgement", "judgements", "judgment",
                                        "grade", "graded",    "area"};
    return word_in(prose, i, words, sizeof words / sizeof words[0]);
}

static int is_table_block(struct cs__describer *d, size_t block)
{
    const struct cs__block *b = &d->blocks->items[block];
    if (b->size > TABLE_BLOCK_MAX || !cs__describer_is_body(d, block) || b->kind == CS__BLOCK_FOOTNOTE ||
        b->kind == CS__BLOCK_BULLET)
        return 0;
    const struct cs__prose *prose = cs__describer_prose(d, block);
    for (size_t i = 0; i < prose->count; i++)
        if (!is_grade_word(prose, i) && !is_label_word(prose, i) && !is_head_word(prose, i))
            return 0;
    return prose->count > 0;
}

enum { GRADE_WORDS_MAX = 128 };

struct table {
    struct cs__buffer labels, grades;    /* words with a space after each */
    size_t grade_block[GRADE_WORDS_MAX]; /* of each word of `grades` */
    size_t grade_words;
    size_t first, last; /* blocks, half open */
};

static void add_words(struct cs__describer *d, struct table *table, size_t block)
{
    const struct cs__prose *prose = cs__describer_prose(d, block);
    for (size_t i = 0; i < prose->count; i++) {
        int grade = is_grade_word(prose, i);
        if (!grade && is_head_word(prose, i))
            continue;
        struct cs__buffer *stream = grade ? &table->grades : &table->labels;
        if (grade && table->grade_words < GRADE_WORDS_MAX)
            table->grade_block[table->grade_words++] = block;
        const struct cs__word *word = &prose->words[i];
        cs__buffer_append(stream, prose->text + word->start, word->end - word->start);
        cs__buffer_char(stream, ' ');
    }
}

static size_t read_areas(const struct cs__prose *labels, cs_area *areas)
{
    size_t count = 0, at = 0, first, last;
    cs_area area;
    while (count < AREAS_MAX && (area = cs__area_find(labels, at, &first, &last)) != CS_AREA_NONE) {
        if (count == 0 || areas[count - 1] != area) /* a heading right above its own table */
            areas[count++] = area;
        at = last;
    }
    return count;
}

/* `first` gets the word at which each grade begins. */
static size_t read_grades(const struct cs__prose *grades, cs_judgement *judgements, size_t *first)
{
    size_t count = 0;
    for (size_t at = 0; at < grades->count;) {
        size_t words = count < AREAS_MAX ? cs__prose_judgement(grades, at, &judgements[count]) : 0;
        if (words > 0)
            first[count++] = at;
        at += words > 0 ? words : 1;
    }
    return count;
}

/* The block in which an area is named, for the quotation; a label in pieces gives none. */
static size_t label_block(struct cs__describer *d, const struct table *table, cs_area area, size_t otherwise)
{
    for (size_t block = table->first; block < table->last; block++) {
        size_t first, last;
        if (is_table_block(d, block) &&
            cs__area_find(cs__describer_prose(d, block), 0, &first, &last) == area)
            return block;
    }
    return otherwise;
}

static int distinct(const cs_area *areas, size_t count)
{
    unsigned seen = 0;
    for (size_t i = 0; i < count; i++) {
        if (seen & (1u << areas[i]))
            return 0;
        seen |= 1u << areas[i];
    }
    return 1;
}

static int pair(struct cs__describer *d, const struct table *table, const char *rule)
{
    cs_area areas[AREAS_MAX];
    cs_judgement judgements[AREAS_MAX];
    size_t first_word[AREAS_MAX];
    struct cs__prose labels, grades;
    if (!cs__prose_read(&d->scratch, table->labels.data, table->labels.size, &labels) ||
        !cs__prose_read(&d->scratch, table->grades.data, table->grades.size, &grades)) {
        d->failed = 1;
        return 0;
    }
    size_t count = read_areas(&labels, areas);
    if (count == 0 || count != read_grades(&grades, judgements, first_word) || !distinct(areas, count))
        return 0;
    for (size_t i = 0; i < count; i++) {
        size_t grade = first_word[i] < table->grade_words ? table->grade_block[first_word[i]] : table->first;
        size_t label = label_block(d, table, areas[i], grade);
        cs__judgements_add_cells(d, areas[i], judgements[i], label, grade, count == 1, rule);
    }
    return 1;
}

/* The run of table blocks from `first` on; furniture in it is stepped over. */
static size_t run_end(struct cs__describer *d, size_t first)
{
    size_t end = first + 1;
    for (size_t block = first + 1; block < d->blocks->count; block++) {
        if (is_table_block(d, block))
            end = block + 1;
        else if (cs__describer_is_body(d, block) && d->blocks->items[block].kind != CS__BLOCK_FOOTNOTE)
            break;
    }
    return end;
}

static void read_table(struct cs__describer *d, size_t first, size_t last, const char *rule)
{
    struct table table = {.first = first, .last = last};
    for (size_t block = first; block < last; block++)
        if (is_table_block(d, block))
            add_words(d, &table, block);
    if (table.labels.failed || table.grades.failed)
        d->failed = 1;
    else if (table.labels.size > 0 && table.grades.size > 0)
        pair(d, &table, rule);
    cs__buffer_free(&table.labels);
    cs__buffer_free(&table.grades);
}

void cs__judgements_from_tables(struct cs__describer *d)
{
    for (size_t block = 0; block < d->blocks->count && !d->failed; block++) {
        if (!is_table_block(d, block))
            continue;
        size_t end = run_end(d, block);
        int front = d->blocks->items[block].page <= 2 && block < 60;
        read_table(d, block, end, front ? "table.front" : "table.section");
        block = end - 1;
    }
}
