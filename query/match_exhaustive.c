/* SPDX-License-Identifier: MIT */
/* The reference matcher: FTS5 finds what matches, an auxiliary function scores every match, and all of them
 * are sorted. Slow and plain: tests hold cs__match() against it.
 *
 * FTS5's interface: https://sqlite.org/fts5.html, "Custom Auxiliary Functions". BM25: Robertson and Zaragoza,
 * "The Probabilistic Relevance Framework" (2009). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/error.h"
#include "query/match.h"
#include "query/reader.h"

/* The columns of passage_fts. */
enum { HEADING = 0, TEXT = 1 };

/* BM25's usual constants; a word of the heading counts half. */
static const double k1 = 1.2, b = 0.75, heading_weight = 0.5;

/* Shared by the SQL and the auxiliary function. Leaves are numbered as FTS5 numbers the phrases of the
 * expression: in the order of the tree. */
struct scorer {
    const struct cs__plan *plan;
    cs_reader *reader;
    struct cs__buffer expression;
    int leaf_count;
    double *idf, average;
    size_t cursor;
    struct cs__matches *out;
    size_t capacity;
    int failed;
};

static void write_node(struct scorer *scorer, const struct cs__node *node);

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
    scorer->leaf_count++;
}

static void write_joined(struct scorer *scorer, const struct cs__node *node, const char *operator)
{
    struct cs__buffer *out = &scorer->expression;
    cs__buffer_char(out, '(');
    for (size_t i = 0; i < node->child_count; i++) {
        if (i > 0)
            cs__buffer_string(out, operator);
        write_node(scorer, node->children[i]);
    }
    cs__buffer_char(out, ')');
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

static void write_node(struct scorer *scorer, const struct cs__node *node)
{
    switch (node->kind) {
    case CS__NODE_NEAR:
        write_near(scorer, node);
        break;
    case CS__NODE_AND:
        write_joined(scorer, node, " AND ");
        break;
    case CS__NODE_OR:
    case CS__NODE_GROUP:
        write_joined(scorer, node, " OR ");
        break;
    case CS__NODE_NOT:
        write_joined(scorer, node, " NOT ");
        break;
    case CS__NODE_BAG:
        write_joined(scorer, node, scorer->plan->match == CS_MATCH_ANY ? " OR " : " AND ");
        break;
    default:
        write_leaf(scorer, node);
        break;
    }
}

static int count_row(const Fts5ExtensionApi *api, Fts5Context *context, void *count)
{
    (void)api;
    (void)context;
    ++*(int64_t *)count;
    return SQLITE_OK;
}

/* Inverse document frequencies of all leaves, by walking them; on the first match. */
static int prepare(struct scorer *scorer, const Fts5ExtensionApi *api, Fts5Context *context)
{
    sqlite3_int64 rows = 0, words = 0;
    int status = api->xRowCount(context, &rows);
    if (status == SQLITE_OK)
        status = api->xColumnTotalSize(context, TEXT, &words);
    scorer->average = rows > 0 && words > 0 ? (double)words / (double)rows : 1;
    scorer->idf = calloc((size_t)scorer->leaf_count + 1, sizeof *scorer->idf);
    if (scorer->idf == NULL)
        return SQLITE_NOMEM;
    for (int i = 0; i < scorer->leaf_count && status == SQLITE_OK; i++) {
        int64_t count = 0;
        status = api->xQueryPhrase(context, i, &count, count_row);
        scorer->idf[i] = log(1 + ((double)rows - (double)count + 0.5) / ((double)count + 0.5));
    }
    return status;
}

/* One row being scored. */
struct row {
    struct scorer *scorer;
    const Fts5ExtensionApi *api;
    Fts5Context *context;
    double length;
    int leaf; /**< number of the next leaf */
    int status;
};

/* How often leaf `i` occurs, a word of the heading counting as heading_weight. */
static double frequency(struct row *row, int i)
{
    Fts5PhraseIter iterator;
    int column = 0, offset = 0;
    double count = 0;
    if (row->status == SQLITE_OK)
        row->status = row->api->xPhraseFirst(row->context, i, &iterator, &column, &offset);
    if (row->status != SQLITE_OK)
        return 0;
    for (; column >= 0; row->api->xPhraseNext(row->context, &iterator, &column, &offset))
        count += column == TEXT ? 1 : heading_weight;
    return count;
}

/* Whether a subtree holds, and its score; both move over its leaves. */
struct held {
    int holds;
    double score;
};

static struct held look(struct row *row, const struct cs__node *node, uint32_t minimum);

static struct held look_at_leaf(struct row *row, const struct cs__node *leaf)
{
    int i = row->leaf++;
    double tf = frequency(row, i), idf = row->scorer->idf[i];
    double norm = k1 * (1 - b + b * row->length / row->scorer->average);
    return (struct held){tf > 0, tf > 0 ? leaf->weight * idf * tf * (k1 + 1) / (tf + norm) : 0};
}

static struct held look_at_group(struct row *row, const struct cs__node *group)
{
    struct held out = look(row, group->children[0], 0);
    double best = 0;
    for (size_t i = 1; i < group->child_count; i++) {
        struct held variant = look(row, group->children[i], 0);
        best = variant.score > best ? variant.score : best;
        out.holds |= variant.holds;
    }
    out.score += best;
    return out;
}

static struct held look(struct row *row, const struct cs__node *node, uint32_t minimum)
{
    int any = row->scorer->plan->match == CS_MATCH_ANY;
    uint32_t held = 0;
    double score = 0;
    if (node->child_count == 0)
        return look_at_leaf(row, node);
    if (node->kind == CS__NODE_GROUP)
        return look_at_group(row, node);
    for (size_t i = 0; i < node->child_count; i++) {
        struct held child = look(row, node->children[i], node->kind == CS__NODE_AND || i == 0 ? minimum : 0);
        if (node->kind == CS__NODE_NOT && i == 1)
            return (struct held){held == 1 && !child.holds, score};
        held += (uint32_t)child.holds;
        score += child.score;
    }
    uint32_t needed = (uint32_t)node->child_count;
    if (node->kind == CS__NODE_OR)
        needed = 1;
    else if (node->kind == CS__NODE_BAG && any)
        needed = minimum > 0 ? minimum : 1;
    return (struct held){held >= needed, score};
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
    out->items[out->count++] = (struct cs__match){id, score};
    return SQLITE_OK;
}

/* The auxiliary function: score the row at hand. Its argument is the scorer. */
static void score_row(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result, int count,
                      sqlite3_value **values)
{
    struct scorer *scorer = count == 1 ? sqlite3_value_pointer(values[0], "cs__scorer") : NULL;
    int length = 0;
    if (scorer == NULL) {
        sqlite3_result_error_code(result, SQLITE_MISUSE);
        return;
    }
    int64_t id = api->xRowid(context);
    const struct cs__filter *filter = scorer->plan->filter;
    if (filter != NULL && cs__filter_seek(filter, &scorer->cursor, id) != id)
        return;
    int status = scorer->idf == NULL ? prepare(scorer, api, context) : SQLITE_OK;
    if (status == SQLITE_OK)
        status = api->xColumnSize(context, TEXT, &length);
    struct row row = {scorer, api, context, length, 0, status};
    struct held held =
        status == SQLITE_OK ? look(&row, scorer->plan->tree, scorer->plan->minimum) : (struct held){0};
    status = row.status;
    if (status == SQLITE_OK && held.holds)
        status = add_match(scorer, id, held.score);
    if (status != SQLITE_OK)
        sqlite3_result_error_code(result, status);
}

static cs_status register_function(cs_reader *reader, cs_error *error)
{
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(reader->db, "SELECT fts5(?1)", -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", NULL);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    if (api == NULL || api->xCreateFunction(api, "cs_exhaustive", NULL, score_row, NULL) != SQLITE_OK)
        return cs__reader_failed(reader, error);
    reader->has_exhaustive = 1;
    return CS_OK;
}

static int by_score(const void *a, const void *c)
{
    const struct cs__match *x = a, *y = c;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return x->passage < y->passage ? -1 : x->passage > y->passage;
}

static cs_status run(struct scorer *scorer, cs_error *error)
{
    static const char sql[] =
        "SELECT cs_exhaustive(passage_fts, ?2) FROM passage_fts WHERE passage_fts MATCH ?1";
    cs_reader *reader = scorer->reader;
    sqlite3_stmt *statement = NULL;
    int step = SQLITE_ERROR;
    if (sqlite3_prepare_v2(reader->db, sql, -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, scorer->expression.data, (int)scorer->expression.size, SQLITE_STATIC);
        sqlite3_bind_pointer(statement, 2, scorer, "cs__scorer", NULL);
        while ((step = sqlite3_step(statement)) == SQLITE_ROW)
            ;
    }
    cs_status status = step == SQLITE_DONE ? CS_OK : cs__reader_failed(reader, error);
    sqlite3_finalize(statement);
    return status;
}

cs_status cs__match_exhaustive(cs_reader *reader, const struct cs__plan *plan, struct cs__matches *out,
                               cs_error *error)
{
    struct scorer scorer = {.plan = plan, .reader = reader, .out = out};
    cs_status status = CS_OK;
    *out = (struct cs__matches){0};
    write_node(&scorer, plan->tree);
    if (scorer.expression.failed)
        status = cs__error_nomem(error);
    if (status == CS_OK && !reader->has_exhaustive)
        status = register_function(reader, error);
    if (status == CS_OK)
        status = run(&scorer, error);
    cs__buffer_free(&scorer.expression);
    free(scorer.idf);
    if (status != CS_OK) {
        cs__matches_free(out);
        return status;
    }
    out->total = out->count;
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_score);
    if (out->count > plan->limit)
        out->count = plan->limit;
    return CS_OK;
}
