/* SPDX-License-Identifier: MIT */
/* Describe: the order of the rules, and how values are put down. Input: blocks; output: fields and sections.
 */
#include "indexer/describer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/error.h"
#include "core/utf8.h"

/* A longer block is no prose: of it, only the beginning is read. Of letters, articles and minutes the rules
 * read so much. Both bound the time that a hostile file can take. */
enum { PROSE_SIZE_MAX = 64 * 1024, TEXT_SIZE_MAX = 1024 * 1024 };

static const struct cs__prose empty_prose = {.text = ""};

const struct cs__prose *cs__describer_prose(struct cs__describer *d, size_t block)
{
    if (d->proses[block] != NULL)
        return d->proses[block];
    const struct cs__block *b = &d->blocks->items[block];
    struct cs__prose *prose = cs__arena_alloc(&d->scratch, sizeof *prose);
    size_t size = cs__utf8_cut(b->text, b->size, PROSE_SIZE_MAX);
    if (prose == NULL || !cs__prose_read(&d->scratch, b->text, size, prose)) {
        d->failed = 1;
        return &empty_prose;
    }
    return d->proses[block] = prose;
}

size_t cs__describer_next(const struct cs__describer *d, size_t block)
{
    do
        block++;
    while (block < d->blocks->count && !cs__describer_is_text(d, block));
    return block;
}

const struct cs__prose *cs__describer_joined(struct cs__describer *d, size_t block)
{
    size_t next = cs__describer_next(d, block);
    struct cs__prose *prose = cs__arena_alloc(&d->scratch, sizeof *prose);
    const char *text =
        cs__arena_printf(&d->scratch, "%.*s %.*s", (int)PROSE_SIZE_MAX, d->blocks->items[block].text,
                         (int)PROSE_SIZE_MAX, next < d->blocks->count ? d->blocks->items[next].text : "");
    if (prose == NULL || text == NULL || !cs__prose_read(&d->scratch, text, strlen(text), prose)) {
        d->failed = 1;
        return &empty_prose;
    }
    return prose;
}

const struct cs__prose *cs__describer_title(struct cs__describer *d, size_t block)
{
    enum { TITLE_SIZE_MAX = 160 };
    struct cs__prose_match match;
    const struct cs__prose *prose = cs__describer_prose(d, block);
    if (prose->size > TITLE_SIZE_MAX || !cs__prose_find(prose, 0, "inspection of", &match) ||
        cs__prose_find(prose, match.last, "services|protection", &match))
        return prose;
    return cs__describer_joined(d, block);
}

struct cs__evidence cs__evidence_block(const struct cs__describer *d, size_t block)
{
    return (struct cs__evidence){(uint32_t)block, 0, d->blocks->items[block].size};
}

/* A block of up to so many bytes is quoted whole; no quotation is longer than so many. */
enum { SHORT_BLOCK = 240, QUOTATION_MAX = 1200 };

struct cs__evidence cs__evidence_words(struct cs__describer *d, size_t block, size_t first, size_t last)
{
    const struct cs__prose *prose = cs__describer_prose(d, block);
    if (prose->size <= SHORT_BLOCK || first >= prose->count || last > prose->count || first >= last)
        return cs__evidence_block(d, block);
    size_t from, to, unused;
    cs__prose_sentence(prose, first, &from, &unused);
    cs__prose_sentence(prose, last - 1, &unused, &to);
    uint32_t start = prose->words[from].start;
    uint32_t end = to < prose->count ? prose->words[to].start : (uint32_t)prose->size;
    while (end > start && strchr(" \n\t\"", prose->text[end - 1]) != NULL)
        end--;
    if (end - start > QUOTATION_MAX)
        start = prose->words[first].start;
    size_t size = cs__utf8_cut(prose->text + start, end - start, QUOTATION_MAX);
    return (struct cs__evidence){(uint32_t)block, start, (uint32_t)size};
}

static struct cs__field *new_field(struct cs__describer *d)
{
    struct cs__described *out = d->out;
    if (out->field_count == d->field_capacity) {
        size_t capacity = d->field_capacity > 0 ? d->field_capacity * 2 : 32;
        struct cs__field *fields = cs__arena_array(&out->arena, capacity, sizeof *fields);
        if (fields == NULL) {
            d->failed = 1;
            return NULL;
        }
        if (out->field_count > 0)
            memcpy(fields, out->fields, out->field_count * sizeof *fields);
        out->fields = fields;
        d->field_capacity = capacity;
    }
    return &out->fields[out->field_count++];
}

static int is_overridden(const struct cs__describer *d, const char *name)
{
    for (size_t i = 0; i < d->overridden; i++)
        if (d->out->fields[i].state == CS_STATE_OVERRIDE && strcmp(d->out->fields[i].name, name) == 0)
            return 1;
    return 0;
}

static const char *quote(struct cs__describer *d, struct cs__evidence evidence)
{
    if (evidence.block == CS__NO_BLOCK)
        return NULL;
    const char *text = d->blocks->items[evidence.block].text;
    const char *copy = cs__arena_copy(&d->out->arena, text + evidence.start, evidence.size);
    d->failed |= copy == NULL;
    return copy;
}

void cs__describer_add_text(struct cs__describer *d, const char *name, const char *value, size_t size,
                            cs_state state, struct cs__evidence evidence, const char *rule)
{
    if (d->failed || (state != CS_STATE_OVERRIDE && is_overridden(d, name)))
        return;
    struct cs__field *field = new_field(d);
    if (field == NULL)
        return;
    *field = (struct cs__field){.name = name, .state = state, .block = evidence.block, .rule = rule};
    field->quotation = quote(d, evidence);
    field->page = evidence.block != CS__NO_BLOCK ? d->blocks->items[evidence.block].page : 0;
    if (value != NULL) {
        field->value = cs__arena_copy(&d->out->arena, value, size);
        d->failed |= field->value == NULL;
    }
}

void cs__describer_add(struct cs__describer *d, const char *name, const char *value, cs_state state,
                       struct cs__evidence evidence, const char *rule)
{
    cs__describer_add_text(d, name, value, value != NULL ? strlen(value) : 0, state, evidence, rule);
}

static void quote_two(struct cs__describer *d, struct cs__field *field, struct cs__evidence a,
                      struct cs__evidence b)
{
    const char *first = quote(d, a), *second = quote(d, b);
    if (d->failed)
        return;
    field->quotation = cs__arena_printf(&d->out->arena, "%s | %s", first, second);
    d->failed |= field->quotation == NULL;
}

void cs__describer_contradict(struct cs__describer *d, const char *name, struct cs__evidence a,
                              struct cs__evidence b)
{
    for (size_t i = 0; i < d->out->field_count && !d->failed; i++) {
        struct cs__field *field = &d->out->fields[i];
        if (field->state == CS_STATE_OVERRIDE || strcmp(field->name, name) != 0)
            continue;
        field->state = CS_STATE_CONFLICT;
        quote_two(d, field, a, b);
    }
}

void cs__describer_add_two(struct cs__describer *d, const char *name, const char *value, cs_state state,
                           struct cs__evidence a, struct cs__evidence b, const char *rule)
{
    size_t before = d->out->field_count;
    cs__describer_add(d, name, value, state, a, rule);
    if (!d->failed && d->out->field_count > before && b.block != CS__NO_BLOCK)
        quote_two(d, &d->out->fields[before], a, b);
}

void cs__describer_add_date(struct cs__describer *d, const char *name, cs_date date, cs_state state,
                            struct cs__evidence evidence, const char *rule)
{
    char printed[CS_DATE_SIZE];
    cs__describer_add(d, name, cs_date_print(date, printed), state, evidence, rule);
}

void cs__describer_add_window(struct cs__describer *d, cs_date window, cs_state state,
                              struct cs__evidence evidence, const char *rule)
{
    if (window.precision == CS_PRECISION_UNKNOWN)
        return;
    cs__describer_add_date(d, "visit_window", window, state, evidence, rule);
    if (d->windows == 0 || window.first < d->visit.first)
        d->visit.first = window.first;
    if (d->windows == 0 || window.last > d->visit.last)
        d->visit.last = window.last;
    if (d->windows == 0 || window.precision < d->visit.precision)
        d->visit.precision = window.precision;
    d->windows++;
}

int cs__describer_has(const struct cs__describer *d, const char *name)
{
    return cs__described_field(d->out, name) != NULL;
}

int cs__describer_is_text(const struct cs__describer *d, size_t block)
{
    enum cs__block_kind kind = d->blocks->items[block].kind;
    return kind != CS__BLOCK_PAGE_NUMBER && kind != CS__BLOCK_SITE && kind != CS__BLOCK_CONTENTS;
}

int cs__describer_is_body(const struct cs__describer *d, size_t block)
{
    enum cs__block_kind kind = d->blocks->items[block].kind;
    return kind == CS__BLOCK_TITLE || kind == CS__BLOCK_HEADING || cs__block_is_passage(kind);
}

const char *cs__describer_property(const struct cs__describer *d, const char *key)
{
    for (size_t i = 0; i < d->input->property_count; i++)
        if (strcmp(d->input->properties[i].key, key) == 0)
            return d->input->properties[i].value;
    return NULL;
}

const struct cs__field *cs__described_field(const struct cs__described *described, const char *name)
{
    for (size_t i = 0; i < described->field_count; i++)
        if (strcmp(described->fields[i].name, name) == 0)
            return &described->fields[i];
    return NULL;
}

void cs__described_free(struct cs__described *described)
{
    if (described == NULL)
        return;
    cs__arena_free(&described->arena);
    *described = (struct cs__described){.fields = NULL};
}

/* Most documents of a large collection are none of ours: whether a word of the field is in it at all. */
static int may_be_ours(const struct cs__blocks *blocks)
{
    static const char *const words[] = {"ofsted", "inspect", "monitoring visit", "focused visit",
                                        "focussed visit"};
    for (size_t i = 0; i < blocks->count; i++)
        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
            if (strcasestr(blocks->items[i].text, words[k]) != NULL)
                return 1;
    return 0;
}

/* The blocks that the rules for letters, articles and minutes read. */
static size_t readable(const struct cs__blocks *blocks)
{
    size_t count = 0, size = 0;
    while (count < blocks->count && size < TEXT_SIZE_MAX)
        size += blocks->items[count++].size;
    return count;
}

static void describe_ours(struct cs__describer *d)
{
    const struct cs__blocks *all = d->blocks;
    struct cs__blocks beginning = {.items = all->items, .count = readable(all)};
    if (d->out->kind != CS_KIND_INSPECTION_REPORT)
        d->blocks = &beginning;
    cs__describe_authority(d);
    if (d->out->kind == CS_KIND_INSPECTION_REPORT) {
        cs__describe_report(d);
        cs__describe_judgements(d);
        cs__describe_improvements(d);
    } else if (d->out->kind != CS_KIND_OTHER) {
        cs__describe_standing(d);
        cs__describe_visit(d);
        cs__describe_scope(d);
    }
    cs__describe_people(d);
    d->blocks = all;
}

cs_status cs__describe(const struct cs__blocks *blocks, const struct cs__describe_input *input,
                       struct cs__described *out, cs_error *error)
{
    *out = (struct cs__described){.kind = CS_KIND_OTHER};
    struct cs__describer d = {.blocks = blocks, .input = input, .out = out};
    d.proses = cs__arena_array(&d.scratch, blocks->count + 1, sizeof *d.proses);
    d.failed = d.proses == NULL;
    if (!d.failed) {
        cs__describe_overrides(&d);
        d.overridden = out->field_count;
        if (may_be_ours(blocks))
            cs__describe_kind(&d);
        cs__describe_published(&d);
        if (out->kind != CS_KIND_OTHER || cs__describer_has(&d, "kind"))
            describe_ours(&d);
        cs__describe_published_derived(&d);
        cs__describe_title(&d);
        cs__describe_sections(&d);
    }
    cs__arena_free(&d.scratch);
    if (!d.failed)
        return CS_OK;
    cs__described_free(out);
    return cs__error_nomem(error);
}
