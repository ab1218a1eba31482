/* SPDX-License-Identifier: MIT */
/* Match by text: FTS5 finds what matches in the column of texts; forms are looked up in the text itself. */
#include "query/match_text.h"

#include <stdlib.h>

#include "core/buffer.h"
#include "core/error.h"
#include "query/occur.h"
#include "query/reader.h"

struct matcher {
    cs_reader *reader;
    const struct cs__node *tree;
    cs_match_mode match;
    const struct cs__filter *filter;
    size_t cursor;
    int with_forms;
    struct cs__arena work; /* of one passage */
    struct cs__ids *out;
};

int cs__ids_add(struct cs__ids *ids, int64_t id)
{
    if (ids->count == ids->capacity) {
        size_t capacity = ids->capacity ? ids->capacity * 2 : 256;
        int64_t *items = realloc(ids->items, capacity * sizeof *items);
        if (items == NULL)
            return 0;
        ids->items = items;
        ids->capacity = capacity;
    }
    ids->items[ids->count++] = id;
    return 1;
}

void cs__ids_free(struct cs__ids *ids)
{
    free(ids->items);
    *ids = (struct cs__ids){0};
}

static void write_node(const struct matcher *matcher, const struct cs__node *node, struct cs__buffer *out);

static void write_leaf(const struct cs__node *leaf, struct cs__buffer *out)
{
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
}

static void write_joined(const struct matcher *matcher, const struct cs__node *node, const char *operator,
                         struct cs__buffer * out)
{
    cs__buffer_char(out, '(');
    for (size_t i = 0; i < node->child_count; i++) {
        if (i > 0)
            cs__buffer_string(out, operator);
        write_node(matcher, node->children[i], out);
    }
    cs__buffer_char(out, ')');
}

static void write_near(const struct cs__node *near, struct cs__buffer *out)
{
    cs__buffer_string(out, "NEAR(");
    for (size_t i = 0; i < near->child_count; i++) {
        write_leaf(near->children[i], out);
        cs__buffer_char(out, ' ');
    }
    cs__buffer_printf(out, ", %u)", near->distance);
}

/* An exclusion that asks for a form would exclude too much by its terms: the text decides. */
static void write_not(const struct matcher *matcher, const struct cs__node *node, struct cs__buffer *out)
{
    if (cs__tree_has_forms(node->children[1]))
        write_node(matcher, node->children[0], out);
    else
        write_joined(matcher, node, " NOT ", out);
}

static void write_node(const struct matcher *matcher, const struct cs__node *node, struct cs__buffer *out)
{
    switch (node->kind) {
    case CS__NODE_NEAR:
        write_near(node, out);
        break;
    case CS__NODE_AND:
        write_joined(matcher, node, " AND ", out);
        break;
    case CS__NODE_OR:
    case CS__NODE_GROUP:
        write_joined(matcher, node, " OR ", out);
        break;
    case CS__NODE_NOT:
        write_not(matcher, node, out);
        break;
    case CS__NODE_BAG:
        write_joined(matcher, node, matcher->match == CS_MATCH_ANY ? " OR " : " AND ", out);
        break;
    default:
        write_leaf(node, out);
        break;
    }
}

static cs_status has_forms(struct matcher *matcher, int64_t id, int *holds, cs_error *error)
{
    const struct cs__words no_heading = {0};
    struct cs__words words;
    const char *text;
    size_t size;
    cs_status status = cs__reader_text(matcher->reader, id, &text, &size, error);
    if (status == CS_OK &&
        cs__words_read(matcher->reader->tokenizer, text, size, 1, &matcher->work, &words) != CS_OK)
        status = cs__error_nomem(error);
    if (status == CS_OK)
        *holds = cs__tree_holds(matcher->tree, matcher->match, 0, &no_heading, &words);
    cs__arena_free(&matcher->work);
    return status;
}

static cs_status take(struct matcher *matcher, int64_t id, cs_error *error)
{
    int holds = 1;
    cs_status status = CS_OK;
    if (matcher->filter != NULL && cs__filter_seek(matcher->filter, &matcher->cursor, id) != id)
        return CS_OK;
    if (matcher->with_forms)
        status = has_forms(matcher, id, &holds, error);
    if (status == CS_OK && holds && !cs__ids_add(matcher->out, id))
        return cs__error_nomem(error);
    return status;
}

/* A statement that gives ids, ascending: those that match, or all that can be searched. */
static cs_status walk(struct matcher *matcher, enum cs__sql which, const char *expression, cs_error *error)
{
    cs_status status;
    int step = SQLITE_DONE;
    const struct cs__filter *filter = matcher->filter;
    int64_t first = 0, last = INT64_MAX;
    sqlite3_stmt *row = cs__reader_statement(matcher->reader, which, &status, error);
    if (row == NULL)
        return status;
    if (filter != NULL && filter->count > 0) {
        first = filter->ranges[0].first;
        last = filter->ranges[filter->count - 1].last;
    }
    sqlite3_bind_int64(row, 1, first);
    sqlite3_bind_int64(row, 2, last);
    if (expression != NULL)
        sqlite3_bind_text(row, 3, expression, -1, SQLITE_STATIC);
    while (status == CS_OK && (step = sqlite3_step(row)) == SQLITE_ROW)
        status = take(matcher, sqlite3_column_int64(row, 0), error);
    if (status == CS_OK && step != SQLITE_DONE)
        status = cs__reader_failed(matcher->reader, error);
    sqlite3_reset(row);
    sqlite3_clear_bindings(row);
    return status;
}

static cs_status match(struct matcher *matcher, cs_error *error)
{
    struct cs__buffer expression = {0};
    cs__buffer_string(&expression, "text : ");
    write_node(matcher, matcher->tree, &expression);
    cs_status status = expression.failed ? cs__error_nomem(error)
                                         : walk(matcher, CS__SQL_MATCH_TEXT, expression.data, error);
    cs__buffer_free(&expression);
    return status;
}

/* Everything but what `tree` matches: ids of both ascend. */
static cs_status leave_out(struct matcher *matcher, const struct cs__node *tree, cs_error *error)
{
    struct cs__ids excluded = {0}, *ids = matcher->out;
    cs_status status =
        cs__match_text(matcher->reader, tree, matcher->match, matcher->filter, &excluded, error);
    size_t kept = 0;
    for (size_t i = 0, j = 0; status == CS_OK && i < ids->count; i++) {
        while (j < excluded.count && excluded.items[j] < ids->items[i])
            j++;
        if (j == excluded.count || excluded.items[j] != ids->items[i])
            ids->items[kept++] = ids->items[i];
    }
    ids->count = kept;
    cs__ids_free(&excluded);
    return status;
}

cs_status cs__match_text(cs_reader *reader, const struct cs__node *tree, cs_match_mode how,
                         const struct cs__filter *filter, struct cs__ids *out, cs_error *error)
{
    struct matcher matcher = {.reader = reader, .tree = tree, .match = how, .filter = filter, .out = out};
    cs_status status;
    *out = (struct cs__ids){0};
    if (filter != NULL && filter->count == 0)
        return CS_OK;
    int is_not_all = tree != NULL && tree->kind == CS__NODE_NOT && tree->children[0]->kind == CS__NODE_ALL;
    if (tree == NULL || tree->kind == CS__NODE_ALL || is_not_all) {
        status = walk(&matcher, CS__SQL_SEARCHABLE, NULL, error);
        if (status == CS_OK && is_not_all)
            status = leave_out(&matcher, tree->children[1], error);
    } else {
        matcher.with_forms = cs__tree_has_forms(tree);
        status = match(&matcher, error);
    }
    if (status != CS_OK)
        cs__ids_free(out);
    return status;
}
