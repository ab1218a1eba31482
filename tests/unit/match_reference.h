/* SPDX-License-Identifier: MIT */
/* The reference matcher, for tests: passages in an FTS5 table of its own, every match scored by an auxiliary
 * function from what FTS5 tells of it, and all of them sorted. Slow, plain, and without a line of the
 * matcher's but the score's formula.
 *
 * FTS5's interface: https://sqlite.org/fts5.html, "Custom Auxiliary Functions". */
#ifndef TESTS_MATCH_REFERENCE_H
#define TESTS_MATCH_REFERENCE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/tokenizer.h"
#include "query/match.h"
#include "query/match_score.h"

/* The columns of its table. */
enum { HEADING = 0, TEXT = 1 };

struct reference {
    sqlite3 *db;
    struct cs__score_model model; /* of its passages; made anew when `is_stale` */
    int is_stale;
};

/* Shared by the SQL and the auxiliary function. Leaves are numbered as FTS5 numbers the phrases of the
 * expression: in the order of the tree. */
struct scorer {
    const struct cs__plan *plan;
    sqlite3 *db;
    const struct cs__score_model *model;
    struct cs__buffer expression;
    int leaf_count;
    double idf[256];
    size_t cursor;
    struct cs__matches *out;
    size_t capacity;
};

/* How many passages have a term (or terms that begin so) in a column; a prefix's terms added up. */
static uint64_t reference_count(sqlite3 *db, const char *term, int is_prefix, const char *column)
{
    sqlite3_stmt *select = NULL;
    uint64_t count = 0;
    const char *sql = is_prefix ? "SELECT term, doc FROM vocabulary WHERE col = ?1 AND term >= ?2"
                                : "SELECT term, doc FROM vocabulary WHERE col = ?1 AND term = ?2";
    if (sqlite3_prepare_v2(db, sql, -1, &select, NULL) != SQLITE_OK)
        abort();
    sqlite3_bind_text(select, 1, column, -1, SQLITE_STATIC);
    sqlite3_bind_text(select, 2, term, -1, SQLITE_STATIC);
    while (sqlite3_step(select) == SQLITE_ROW) {
        const char *found = (const char *)sqlite3_column_text(select, 0);
        if (strncmp(found, term, strlen(term)) != 0)
            break;
        count += (uint64_t)sqlite3_column_int64(select, 1);
    }
    sqlite3_finalize(select);
    return count;
}

/* A leaf is as rare as its rarest term, in the column where that is more frequent. */
static double reference_idf(struct scorer *scorer, const struct cs__node *leaf)
{
    uint64_t least = UINT64_MAX;
    for (size_t i = 0; i < leaf->term_count; i++) {
        int is_prefix = leaf->kind == CS__NODE_PREFIX && i + 1 == leaf->term_count;
        uint64_t text = reference_count(scorer->db, leaf->terms[i], is_prefix, "text");
        uint64_t heading = reference_count(scorer->db, leaf->terms[i], is_prefix, "heading");
        uint64_t count = text > heading ? text : heading;
        least = count < least ? count : least;
    }
    return cs__score_idf(scorer->model, least);
}

/* Sizes of columns as FTS5 keeps them: SQLite's own varints, high bits first. */
static uint32_t reference_size(const unsigned char **at)
{
    uint32_t size = 0;
    do
        size = size << 7 | (**at & 0x7F);
    while (*(*at)++ & 0x80);
    return size;
}

static void reference_model(struct reference *reference)
{
    sqlite3_stmt *select = NULL;
    uint64_t passages = 0, words = 0;
    if (!reference->is_stale)
        return;
    reference->is_stale = 0;
    if (sqlite3_prepare_v2(reference->db, "SELECT sz FROM passages_docsize", -1, &select, NULL) != SQLITE_OK)
        abort();
    while (sqlite3_step(select) == SQLITE_ROW) {
        const unsigned char *at = sqlite3_column_blob(select, 0);
        reference_size(&at);
        words += cs__length_decode(cs__length_encode(reference_size(&at)));
        passages++;
    }
    sqlite3_finalize(select);
    cs__score_model_init(&reference->model, passages, words);
}

static void write_leaf(struct scorer *scorer, const struct cs__node *leaf)
{
    struct cs__buffer *out = &scorer->expression;
    cs__buffer_char(out, '"');
    for (size_t i = 0; i < leaf->term_count; i++) {
        cs__buffer_char(out, CS__TERM_MARK);
        for (const char *at = leaf->terms[i]; *at != '\0'; at++) {
            if (*at == '"')
                cs__buffer_char(out, '"');
            cs__buffer_char(out, *at);
        }
    }
    cs__buffer_string(out, leaf->kind == CS__NODE_PREFIX ? "\" *" : "\"");
    if (scorer->leaf_count == 256)
        abort();
    scorer->idf[scorer->leaf_count++] = reference_idf(scorer, leaf);
}

static void write_near(struct scorer *scorer, const struct cs__node *near)
{
    cs__buffer_string(&scorer->expression, "NEAR(");
    for (size_t i = 0; i < near->child_count; i++) {
        write_leaf(scorer, near->children[i]);
        cs__buffer_char(&scorer->expression, ' ');
    }
    cs__buffer_printf(&scorer->expression, ", %u)", near->distance);
}

/* Any leaf at all: what the tree makes of them is for look() to say, and so FTS5 stands on each that occurs.
 */
static void write_node(struct scorer *scorer, const struct cs__node *node)
{
    if (node->kind != CS__NODE_NEAR && node->child_count > 0) {
        for (size_t i = 0; i < node->child_count; i++)
            write_node(scorer, node->children[i]);
        return;
    }
    if (scorer->leaf_count > 0)
        cs__buffer_string(&scorer->expression, " OR ");
    if (node->kind == CS__NODE_NEAR)
        write_near(scorer, node);
    else
        write_leaf(scorer, node);
}

/* One row being scored. */
struct row {
    struct scorer *scorer;
    const Fts5ExtensionApi *api;
    Fts5Context *context;
    uint8_t heading_length, text_length;
    int leaf; /* number of the next leaf */
};

/* How often leaf `i` occurs in each column. */
static void frequencies(struct row *row, int i, uint32_t counts[2])
{
    Fts5PhraseIter iterator;
    int column = 0, offset = 0;
    counts[HEADING] = counts[TEXT] = 0;
    if (row->api->xPhraseFirst(row->context, i, &iterator, &column, &offset) != SQLITE_OK)
        abort();
    for (; column >= 0; row->api->xPhraseNext(row->context, &iterator, &column, &offset))
        counts[column]++;
}

/* Whether a subtree holds, and its score; both move over its leaves. */
struct held {
    int holds;
    double score;
};

static struct held look(struct row *row, const struct cs__node *node, uint32_t minimum);

static struct held look_at_leaf(struct row *row, const struct cs__node *leaf)
{
    const struct cs__score_model *model = row->scorer->model;
    int i = row->leaf++;
    uint32_t counts[2];
    double score = 0;
    frequencies(row, i, counts);
    if (counts[TEXT] > 0)
        score = cs__score_text(model, counts[TEXT], row->text_length);
    if (counts[HEADING] > 0)
        score += cs__score_heading(model, counts[HEADING], row->heading_length);
    return (struct held){score > 0, leaf->weight * row->scorer->idf[i] * score};
}

/* The words typed count one by one; of the variants the best one counts. */
static struct held look_at_group(struct row *row, const struct cs__node *group)
{
    const struct cs__node *typed = group->children[0];
    int needs_all = row->scorer->plan->match != CS_MATCH_ANY;
    size_t words = typed->kind == CS__NODE_BAG ? typed->child_count : 1, held = 0;
    double score = 0, best = 0;
    int variants = 0;
    for (size_t i = 0; i < words; i++) {
        struct held word = look(row, typed->kind == CS__NODE_BAG ? typed->children[i] : typed, 0);
        held += (size_t)word.holds;
        score += word.score;
    }
    for (size_t i = 1; i < group->child_count; i++) {
        struct held variant = look(row, group->children[i], 0);
        best = variant.score > best ? variant.score : best;
        variants |= variant.holds;
    }
    int holds = variants || (needs_all ? held == words : held > 0);
    return (struct held){holds, holds ? score + best : 0};
}

static size_t needed(const struct row *row, const struct cs__node *node, uint32_t minimum)
{
    if (node->kind == CS__NODE_OR)
        return 1;
    if (node->kind == CS__NODE_BAG && row->scorer->plan->match == CS_MATCH_ANY)
        return minimum > 0 ? minimum : 1;
    return node->child_count;
}

static struct held look(struct row *row, const struct cs__node *node, uint32_t minimum)
{
    size_t held = 0;
    double score = 0;
    if (node->child_count == 0)
        return look_at_leaf(row, node);
    if (node->kind == CS__NODE_GROUP)
        return look_at_group(row, node);
    for (size_t i = 0; i < node->child_count; i++) {
        int hands_on = node->kind == CS__NODE_AND || (node->kind == CS__NODE_NOT && i == 0);
        struct held child = look(row, node->children[i], hands_on ? minimum : 0);
        if (node->kind == CS__NODE_NOT && i == 1)
            return (struct held){held == 1 && !child.holds, held == 1 && !child.holds ? score : 0};
        held += (size_t)child.holds;
        score += child.score;
    }
    int holds = held >= needed(row, node, minimum);
    return (struct held){holds, holds ? score : 0};
}

static int add_match(struct scorer *scorer, int64_t id, double score)
{
    struct cs__matches *out = scorer->out;
    if (out->count == scorer->capacity) {
        size_t capacity = scorer->capacity ? scorer->capacity * 2 : 256;
        struct cs__match *items = realloc(out->items, capacity * sizeof *items);
        if (items == NULL)
            return SQLITE_NOMEM;
        out->items = items;
        scorer->capacity = capacity;
    }
    out->items[out->count++] = (struct cs__match){.passage = id, .score = score};
    return SQLITE_OK;
}

/* The auxiliary function: score the row at hand. Its argument is the scorer. */
static void score_row(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result, int count,
                      sqlite3_value **values)
{
    struct scorer *scorer = count == 1 ? sqlite3_value_pointer(values[0], "cs__scorer") : NULL;
    int heading = 0, text = 0;
    if (scorer == NULL)
        abort();
    int64_t id = api->xRowid(context);
    const struct cs__filter *filter = scorer->plan->filter;
    if (filter != NULL && cs__filter_seek(filter, &scorer->cursor, id) != id)
        return;
    if (api->xColumnSize(context, HEADING, &heading) != SQLITE_OK ||
        api->xColumnSize(context, TEXT, &text) != SQLITE_OK)
        abort();
    struct row row = {
        scorer, api, context, cs__length_encode((uint32_t)heading), cs__length_encode((uint32_t)text), 0};
    struct held held = look(&row, scorer->plan->tree, scorer->plan->minimum);
    if (held.holds && add_match(scorer, id, held.score) != SQLITE_OK)
        sqlite3_result_error_nomem(result);
}

static void reference_run(const struct reference *reference, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(reference->db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, message);
        abort();
    }
}

static void reference_open(struct reference *reference)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_open(":memory:", &reference->db) != SQLITE_OK ||
        cs__tokenizer_register(reference->db, NULL, NULL) != CS_OK ||
        sqlite3_prepare_v2(reference->db, "SELECT fts5(?1)", -1, &statement, NULL) != SQLITE_OK)
        abort();
    sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    if (api == NULL || api->xCreateFunction(api, "reference", NULL, score_row, NULL) != SQLITE_OK)
        abort();
    reference_run(reference, "CREATE VIRTUAL TABLE passages USING fts5(heading, text, tokenize='csearch');"
                             "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(passages, col)");
}

static void reference_close(struct reference *reference)
{
    sqlite3_close(reference->db);
}

static void reference_add(struct reference *reference, int64_t id, const char *heading, const char *text)
{
    char *sql = sqlite3_mprintf("INSERT INTO passages (rowid, heading, text) VALUES (%lld, %Q, %Q)", id,
                                heading, text);
    reference_run(reference, sql);
    reference->is_stale = 1;
    sqlite3_free(sql);
}

static void reference_remove(struct reference *reference, int64_t id)
{
    char *sql = sqlite3_mprintf("DELETE FROM passages WHERE rowid = %lld", id);
    reference_run(reference, sql);
    reference->is_stale = 1;
    sqlite3_free(sql);
}

static int by_score(const void *a, const void *c)
{
    const struct cs__match *x = a, *y = c;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->passage < y->passage ? -1 : x->passage > y->passage;
}

/* As cs__match(), with the exact total. */
static void reference_match(struct reference *reference, const struct cs__plan *plan, struct cs__matches *out)
{
    static const char sql[] = "SELECT reference(passages, ?2) FROM passages WHERE passages MATCH ?1";
    struct scorer scorer = {.plan = plan, .db = reference->db, .model = &reference->model, .out = out};
    sqlite3_stmt *statement = NULL;
    int step = SQLITE_ERROR;
    *out = (struct cs__matches){0};
    reference_model(reference);
    write_node(&scorer, plan->tree);
    if (sqlite3_prepare_v2(reference->db, sql, -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, scorer.expression.data, (int)scorer.expression.size, SQLITE_STATIC);
        sqlite3_bind_pointer(statement, 2, &scorer, "cs__scorer", NULL);
        while ((step = sqlite3_step(statement)) == SQLITE_ROW)
            ;
    }
    if (step != SQLITE_DONE) {
        fprintf(stderr, "%s: %s\n", scorer.expression.data, sqlite3_errmsg(reference->db));
        abort();
    }
    sqlite3_finalize(statement);
    cs__buffer_free(&scorer.expression);
    out->total = out->count;
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_score);
    if (out->count > plan->limit)
        out->count = plan->limit;
}

#endif
