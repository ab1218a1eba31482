/* SPDX-License-Identifier: MIT */
/* Verify: matches by terms -> those whose text has the forms asked for. */
#include "query/verify.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "query/occur.h"
#include "query/reader.h"
#include "query/source.h"

/* A copy of the tree that matches all that the tree may match: an exclusion that asks for a form is left to
 * the text, since its terms would exclude too much. */
static struct cs__node *relaxed(const struct cs__node *node, struct cs__arena *arena)
{
    if (node->kind == CS__NODE_NOT && cs__tree_has_forms(node->children[1]))
        return relaxed(node->children[0], arena);
    struct cs__node *copy = cs__arena_alloc(arena, sizeof *copy);
    if (copy == NULL)
        return NULL;
    *copy = *node;
    if (node->child_count == 0)
        return copy;
    copy->children = cs__arena_array(arena, node->child_count, sizeof *copy->children);
    if (copy->children == NULL)
        return NULL;
    for (size_t i = 0; i < node->child_count; i++) {
        if ((copy->children[i] = relaxed(node->children[i], arena)) == NULL)
            return NULL;
    }
    return copy;
}

struct look {
    cs_reader *reader;
    const struct cs__plan *plan;
    struct cs__arena arena; /**< of one passage; emptied after each */
    struct cs__sources sources;
    struct cs__arena kept; /**< of the sections met */
};

static cs_status read_heading(struct look *look, int64_t id, struct cs__words *out, cs_error *error)
{
    struct cs__passage_row row;
    const struct cs__section_row *section = NULL;
    *out = (struct cs__words){0};
    if (look->plan->text_only)
        return CS_OK;
    cs_status status = cs__source_passage(&look->sources, id, &row, error);
    if (status == CS_OK && row.section != 0)
        status = cs__source_section(&look->sources, row.section, &section, error);
    if (status != CS_OK || section == NULL || section->heading == NULL)
        return status;
    status = cs__words_read(look->reader->tokenizer, section->heading, strlen(section->heading), 1,
                            &look->arena, out);
    return status == CS_OK ? CS_OK : cs__error_nomem(error);
}

static cs_status look_at(struct look *look, int64_t id, int *holds, cs_error *error)
{
    const char *text;
    size_t size;
    struct cs__words heading, words;
    *holds = 0;
    cs_status status = read_heading(look, id, &heading, error);
    if (status == CS_OK)
        status = cs__reader_text(look->reader, id, &text, &size, error);
    if (status == CS_OK &&
        cs__words_read(look->reader->tokenizer, text, size, 1, &look->arena, &words) != CS_OK)
        status = cs__error_nomem(error);
    if (status == CS_OK)
        *holds = cs__tree_holds(look->plan->tree, look->plan->match, look->plan->minimum, &heading, &words);
    cs__arena_free(&look->arena);
    return status;
}

/* Matches in the order of their passages: packs of texts are then read once each. */
struct ordered {
    int64_t passage;
    size_t rank;
};

static int by_passage(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    return x->passage < y->passage ? -1 : x->passage > y->passage;
}

/* Look at all matches; those that do not hold get a passage of -1. */
static cs_status look_at_all(struct look *look, struct cs__matches *matches, cs_error *error)
{
    struct ordered *ordered = malloc((matches->count + 1) * sizeof *ordered);
    cs_status status = ordered != NULL ? CS_OK : cs__error_nomem(error);
    for (size_t i = 0; status == CS_OK && i < matches->count; i++)
        ordered[i] = (struct ordered){matches->items[i].passage, i};
    if (status == CS_OK && matches->count > 1)
        qsort(ordered, matches->count, sizeof *ordered, by_passage);
    for (size_t i = 0; i < matches->count && status == CS_OK; i++) {
        int holds;
        status = look_at(look, ordered[i].passage, &holds, error);
        if (status == CS_OK && !holds)
            matches->items[ordered[i].rank].passage = -1;
    }
    free(ordered);
    return status;
}

cs_status cs__match_verified(cs_reader *reader, const struct cs__plan *plan, struct cs__matches *out,
                             cs_error *error)
{
    struct look look = {.reader = reader, .plan = plan};
    struct cs__plan by_terms = *plan;
    cs_status status = CS_OK;
    size_t kept = 0;
    look.sources = (struct cs__sources){.reader = reader, .arena = &look.kept};
    *out = (struct cs__matches){0};
    by_terms.tree = relaxed(plan->tree, &look.kept);
    by_terms.limit = CS__VERIFY_MAX;
    status = by_terms.tree == NULL ? cs__error_nomem(error) : cs__match(reader, &by_terms, out, error);
    if (status == CS_OK)
        status = look_at_all(&look, out, error);
    for (size_t i = 0; i < out->count && status == CS_OK; i++) {
        if (out->items[i].passage != -1)
            out->items[kept++] = out->items[i];
    }
    cs__arena_free(&look.kept);
    if (status != CS_OK) {
        cs__matches_free(out);
        return status;
    }
    out->total_is_bound = out->total_is_bound || out->total > out->count;
    out->total = kept;
    out->count = kept < plan->limit ? kept : plan->limit;
    return CS_OK;
}
