/* SPDX-License-Identifier: MIT */
/* Words of every inspection report that name nothing. */
#include "query/general_words.h"

#include <stdlib.h>
#include <string.h>

/* Found by reading some seven hundred areas for improvement and counting what most of them have. */
static const char general_words[] =
    "accurate achieve action address aspects access appropriate appropriately approach areas arrangements "
    "authority "
    "available availability based better board capacity children's child children clear clearly comply "
    "complete "
    "consistency consistent consistently continue council cover create current detailed develop development "
    "effect effective effectively effectiveness embed enable ensure establish evaluate families family full "
    "fully good given help high impact implement implementation improve improved improvement including "
    "inform "
    "increase issues level levels local make maintain measure meet monitor monitored need needs offer order "
    "outcomes "
    "people practice partners particular pace process processes progress prompt promptly proper properly "
    "provide provided "
    "provision purposeful quality quickly range rationale receive received regular regularity regularly "
    "relevant required response responsive result review reviewed rigorous right robust robustly secure "
    "sufficiency sufficient sufficiently service services social staff standard strategic strategy "
    "strengthen support system systems take taken timely timeliness timescales understand understanding "
    "understood undertaken update use used utilise well work workers working young agencies team teams area "
    "always new known informed experience experiences lead leads leaders number managers date";

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int cs__term_list_read(struct cs__tokenizer *tokenizer, const char *text, size_t size,
                       struct cs__arena *arena, struct cs__term_list *out)
{
    struct cs__token token;
    *out = (struct cs__term_list){.items = cs__arena_array(arena, size + 1, sizeof *out->items)};
    if (out->items == NULL)
        return 0;
    cs__tokenizer_start(tokenizer, text, size, CS__TOKENIZE_STEM);
    while (cs__tokenizer_next(tokenizer, &token)) {
        const char *term = cs__arena_copy(arena, token.term, token.term_size);
        if (term == NULL)
            return 0;
        out->items[out->count++] = term;
    }
    qsort(out->items, out->count, sizeof *out->items, by_text);
    return 1;
}

int cs__general_words(struct cs__tokenizer *tokenizer, struct cs__arena *arena, struct cs__term_list *out)
{
    return cs__term_list_read(tokenizer, general_words, sizeof general_words - 1, arena, out);
}

int cs__term_list_has(const struct cs__term_list *list, const char *term)
{
    return list->count > 0 && bsearch(&term, list->items, list->count, sizeof *list->items, by_text) != NULL;
}

struct cs__node *cs__words_bag(struct cs__tokenizer *tokenizer, const char *text, size_t size,
                               struct cs__arena *arena)
{
    struct cs__node *bag = cs__arena_alloc(arena, sizeof *bag);
    struct cs__token token;
    uint32_t position = UINT32_MAX;
    if (bag == NULL || (bag->children = cs__arena_array(arena, size + 1, sizeof *bag->children)) == NULL)
        return NULL;
    bag->kind = CS__NODE_BAG;
    bag->weight = 1;
    cs__tokenizer_start(tokenizer, text, size, CS__TOKENIZE_STEM);
    while (cs__tokenizer_next(tokenizer, &token)) {
        if (token.position == position)
            continue;
        position = token.position;
        struct cs__node *word = cs__arena_alloc(arena, sizeof *word);
        if (word == NULL ||
            (word->typed = cs__arena_copy(arena, text + token.start, token.end - token.start)) == NULL)
            return NULL;
        word->kind = CS__NODE_TERM;
        word->weight = 1;
        bag->children[bag->child_count++] = word;
    }
    return bag;
}
