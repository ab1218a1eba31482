/* SPDX-License-Identifier: MIT */
/* Split: blocks + description -> passages. */
#include "indexer/split.h"

#include "core/error.h"
#include "core/sentence.h"
#include "core/utf8.h"

struct splitter {
    const struct cs__blocks *blocks;
    const struct cs__described *described;
    struct cs__passages *out;
    uint32_t *first_of; /* a block's first passage */
    uint32_t section;
};

/* No character of UTF-8 but blanks and controls is below '!'. */
static uint32_t count_words(const char *text, uint32_t size)
{
    const unsigned char *c = (const unsigned char *)text;
    uint32_t words = size > 0 && c[0] > ' ';
    for (uint32_t i = 1; i < size; i++)
        words += (c[i] > ' ') & (c[i - 1] <= ' ');
    return words;
}

/* Where the passage that begins at `from` ends: after the last sentence that fits, else at a word's end, else
 * anywhere between characters. */
static uint32_t find_cut(const char *text, uint32_t size, uint32_t from)
{
    if (size - from <= CS__PASSAGE_SIZE_MAX)
        return size;
    struct cs__sentence_walk walk = cs__sentence_begin(text + from, CS__PASSAGE_SIZE_MAX);
    struct cs__sentence sentence;
    size_t cut = 0;
    while (cs__sentence_next(&walk, &sentence) && sentence.end < CS__PASSAGE_SIZE_MAX)
        cut = sentence.end;
    for (size_t i = CS__PASSAGE_SIZE_MAX; cut == 0 && i > CS__PASSAGE_SIZE_MAX / 2; i--)
        if (text[from + i] == ' ')
            cut = i;
    if (cut == 0)
        cut = cs__utf8_cut(text + from, size - from, CS__PASSAGE_SIZE_MAX);
    return from + (uint32_t)cut;
}

/* At most this many passages: each but the last of a block is over half the limit, or ends a sentence that
 * the next could not take in. */
static size_t count_passages(const struct cs__blocks *blocks)
{
    size_t count = 0;
    for (size_t i = 0; i < blocks->count; i++) {
        uint32_t at = 0, size = blocks->items[i].size;
        do {
            at = find_cut(blocks->items[i].text, size, at);
            count++;
        } while (at < size);
    }
    return count;
}

static uint32_t section_of(struct splitter *splitter, uint32_t block)
{
    const struct cs__described *d = splitter->described;
    while (splitter->section + 1 < d->section_count &&
           d->sections[splitter->section + 1].first_block <= block)
        splitter->section++;
    return splitter->section;
}

static uint8_t flags_of(const struct splitter *splitter, const struct cs__block *block)
{
    const struct cs__described *d = splitter->described;
    uint8_t flags = 0;
    if (cs__block_is_passage(block->kind) && block->size > 0)
        flags |= CS__PASSAGE_SEARCHABLE;
    int improvement = d->section_count > 0 && d->sections[splitter->section].is_improvement;
    if (improvement && (block->kind == CS__BLOCK_BULLET || block->number != NULL))
        flags |= CS__PASSAGE_IMPROVEMENT;
    return flags;
}

static void add_passage(struct splitter *splitter, const struct cs__block *block, uint32_t from, uint32_t to)
{
    struct cs__passage *passage = &splitter->out->items[splitter->out->count++];
    int exact = block->end - block->start == block->size;
    *passage = (struct cs__passage){.block = block,
                                    .text = block->text + from,
                                    .size = to - from,
                                    .section = splitter->section,
                                    .lead = block->lead == CS__NO_BLOCK ? CS__NO_BLOCK
                                                                        : splitter->first_of[block->lead],
                                    .start = exact ? block->start + from : block->start,
                                    .end = exact ? block->start + to : block->end,
                                    .words = count_words(block->text + from, to - from),
                                    .flags = flags_of(splitter, block)};
    if (from > 0)
        passage->flags |= CS__PASSAGE_CONTINUED;
}

static void split_block(struct splitter *splitter, uint32_t index)
{
    const struct cs__block *block = &splitter->blocks->items[index];
    uint32_t from = 0, to;
    section_of(splitter, index);
    splitter->first_of[index] = (uint32_t)splitter->out->count;
    do {
        to = find_cut(block->text, block->size, from);
        add_passage(splitter, block, from, to);
        for (from = to; from < block->size && block->text[from] == ' '; from++)
            continue;
    } while (from < block->size);
}

cs_status cs__split(const struct cs__blocks *blocks, const struct cs__described *described,
                    struct cs__passages *out, cs_error *error)
{
    struct splitter splitter = {.blocks = blocks, .described = described, .out = out};
    struct cs__arena scratch = {0};
    *out = (struct cs__passages){0};
    splitter.first_of = cs__arena_array(&scratch, blocks->count + 1, sizeof *splitter.first_of);
    out->items = cs__arena_array(&out->arena, count_passages(blocks) + 1, sizeof *out->items);
    cs_status status = CS_OK;
    if (splitter.first_of == NULL || out->items == NULL)
        status = cs__error_nomem(error);
    for (uint32_t i = 0; i < blocks->count && status == CS_OK; i++)
        split_block(&splitter, i);
    if (status != CS_OK)
        cs__passages_free(out);
    cs__arena_free(&scratch);
    return status;
}

void cs__passages_free(struct cs__passages *passages)
{
    if (passages == NULL)
        return;
    cs__arena_free(&passages->arena);
    *passages = (struct cs__passages){0};
}
