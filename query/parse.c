/* SPDX-License-Identifier: MIT */
/* Parse: lexemes -> a tree and the fields beside it.
 *
 * Two passes make any row of lexemes a sentence of the grammar: brackets without a pair go, and operators
 * without operands become words. The descent that follows can then not fail:
 *
 *     or   = and { OR and }
 *     and  = run { AND run }
 *     run  = item { item }                    words side by side
 *     item = { NOT } near
 *     near = leaf { NEAR leaf } | ( or ) | field | theme
 */
#include "query/parse.h"

#include <ctype.h>
#include <string.h>

#include "core/error.h"

struct parser {
    struct cs__query *out;
    struct cs__lexeme *items; /**< the cleaned lexemes */
    size_t count, at;
    size_t field_capacity;
    int out_of_memory;
};

/* What a part of the query came to. `complement`: all passages but those of `node`. A part that is a field
 * only has no node; `fields` is a set of bits. */
struct part {
    struct cs__node *node;
    int complement;
    unsigned fields;
};

/* A growing row of nodes; it lives in the query's arena. */
struct row {
    struct cs__node **items;
    size_t count, capacity;
};

static void note(struct parser *parser, const char *sentence)
{
    if (!cs__notes_add(&parser->out->notes, &parser->out->arena, "%s", sentence))
        parser->out_of_memory = 1;
}

static void row_add(struct parser *parser, struct row *row, struct cs__node *node)
{
    if (node == NULL)
        return;
    if (row->count == row->capacity) {
        size_t capacity = row->capacity ? row->capacity * 2 : 4;
        struct cs__node **items = cs__arena_array(&parser->out->arena, capacity, sizeof *items);
        if (items == NULL) {
            parser->out_of_memory = 1;
            return;
        }
        if (row->count > 0)
            memcpy(items, row->items, row->count * sizeof *items);
        row->items = items;
        row->capacity = capacity;
    }
    row->items[row->count++] = node;
}

static struct cs__node *new_node(struct parser *parser, enum cs__node_kind kind)
{
    struct cs__node *node = cs__arena_alloc(&parser->out->arena, sizeof *node);
    if (node == NULL) {
        parser->out_of_memory = 1;
        return NULL;
    }
    node->kind = kind;
    node->weight = 1;
    return node;
}

/* A node over a row; one child stands for itself, and a child of the same kind gives its own children. */
static struct cs__node *join(struct parser *parser, enum cs__node_kind kind, const struct row *row)
{
    if (row->count == 0)
        return NULL;
    if (row->count == 1)
        return row->items[0];
    struct cs__node *node = new_node(parser, kind);
    if (node == NULL)
        return NULL;
    struct row children = {0};
    for (size_t i = 0; i < row->count; i++) {
        const struct cs__node *child = row->items[i];
        if (child->kind != kind) {
            row_add(parser, &children, row->items[i]);
            continue;
        }
        for (size_t j = 0; j < child->child_count; j++)
            row_add(parser, &children, child->children[j]);
    }
    node->children = children.items;
    node->child_count = children.count;
    return node;
}

static struct cs__node *subtract(struct parser *parser, struct cs__node *from, struct cs__node *what)
{
    if (from == NULL || what == NULL)
        return from;
    struct row row = {0};
    row_add(parser, &row, from);
    row_add(parser, &row, what);
    struct cs__node *node = new_node(parser, CS__NODE_NOT);
    if (node != NULL) {
        node->children = row.items;
        node->child_count = row.count;
    }
    return node;
}

/* Parts that must all hold: what is positive, less what is excluded. `kind` is BAG or AND. */
static struct part all_of(struct parser *parser, enum cs__node_kind kind, const struct row *positive,
                          const struct row *excluded, unsigned fields)
{
    struct cs__node *from = join(parser, kind, positive), *what = join(parser, CS__NODE_OR, excluded);
    if (from == NULL)
        return (struct part){what, what != NULL, fields};
    return (struct part){subtract(parser, from, what), 0, fields};
}

/* Parts of which one must hold. A complement among them makes the whole one: a OR not b = not (b less a). */
static struct part any_of(struct parser *parser, const struct row *positive, const struct row *excluded,
                          unsigned fields)
{
    struct cs__node *one = join(parser, CS__NODE_OR, positive), *none = join(parser, CS__NODE_AND, excluded);
    if (none == NULL)
        return (struct part){one, 0, fields};
    return (struct part){one == NULL ? none : subtract(parser, none, one), 1, fields};
}

static enum cs__lexeme_kind kind_at(const struct parser *parser)
{
    return parser->at < parser->count ? parser->items[parser->at].kind : 0;
}

static int is_leaf(enum cs__lexeme_kind kind)
{
    return kind == CS__LEX_WORD || kind == CS__LEX_PHRASE || kind == CS__LEX_PREFIX;
}

static struct cs__node *parse_leaf(struct parser *parser)
{
    const struct cs__lexeme *lexeme = &parser->items[parser->at++];
    struct cs__node *node = new_node(parser, lexeme->kind == CS__LEX_PHRASE   ? CS__NODE_PHRASE
                                             : lexeme->kind == CS__LEX_PREFIX ? CS__NODE_PREFIX
                                                                              : CS__NODE_TERM);
    if (node == NULL)
        return NULL;
    node->typed = cs__arena_copy(&parser->out->arena, lexeme->text, lexeme->size);
    node->exact = lexeme->exact;
    node->quoted = lexeme->kind == CS__LEX_PHRASE;
    if (node->typed == NULL)
        parser->out_of_memory = 1;
    return node;
}

static struct cs__node *parse_near(struct parser *parser)
{
    struct row row = {0};
    uint32_t distance = 0;
    row_add(parser, &row, parse_leaf(parser));
    while (kind_at(parser) == CS__LEX_NEAR) {
        const struct cs__lexeme *near = &parser->items[parser->at++];
        distance = near->distance > distance ? near->distance : distance;
        row_add(parser, &row, parse_leaf(parser));
    }
    struct cs__node *node = join(parser, CS__NODE_NEAR, &row);
    if (node != NULL && node->kind == CS__NODE_NEAR)
        node->distance = distance;
    return node;
}

static void add_field(struct parser *parser, const struct cs__lexeme *lexeme, int negated)
{
    struct cs__query *out = parser->out;
    if (out->field_count == parser->field_capacity) {
        size_t capacity = parser->field_capacity ? parser->field_capacity * 2 : 4;
        struct cs__field_value *fields = cs__arena_array(&out->arena, capacity, sizeof *fields);
        if (fields == NULL) {
            parser->out_of_memory = 1;
            return;
        }
        if (out->field_count > 0)
            memcpy(fields, out->fields, out->field_count * sizeof *fields);
        out->fields = fields;
        parser->field_capacity = capacity;
    }
    char *value = cs__arena_copy(&out->arena, lexeme->text, lexeme->size);
    if (value == NULL)
        parser->out_of_memory = 1;
    else
        out->fields[out->field_count++] = (struct cs__field_value){lexeme->field, value, negated};
}

static struct cs__node *parse_theme(struct parser *parser)
{
    const struct cs__lexeme *lexeme = &parser->items[parser->at++];
    struct cs__node *node = new_node(parser, CS__NODE_THEME);
    if (node == NULL)
        return NULL;
    node->typed = cs__arena_copy(&parser->out->arena, lexeme->text, lexeme->size);
    parser->out_of_memory |= node->typed == NULL;
    return node;
}

static struct part parse_or(struct parser *parser, int negated);

/* `negated` goes down to the fields, which are no part of the tree. */
static struct part parse_item(struct parser *parser, int negated)
{
    int complement = 0;
    for (; kind_at(parser) == CS__LEX_NOT; parser->at++)
        complement = !complement;
    struct part part = {0};
    if (kind_at(parser) == CS__LEX_OPEN) {
        parser->at++;
        part = parse_or(parser, negated ^ complement);
        parser->at++;
    } else if (kind_at(parser) == CS__LEX_FIELD && parser->items[parser->at].field == CS__FIELD_THEME) {
        part.node = parse_theme(parser);
    } else if (kind_at(parser) == CS__LEX_FIELD) {
        const struct cs__lexeme *lexeme = &parser->items[parser->at++];
        add_field(parser, lexeme, negated ^ complement);
        part.fields = 1u << lexeme->field;
    } else {
        part.node = parse_near(parser);
    }
    part.complement ^= complement && part.node != NULL;
    return part;
}

static int starts_item(enum cs__lexeme_kind kind)
{
    return is_leaf(kind) || kind == CS__LEX_NOT || kind == CS__LEX_OPEN || kind == CS__LEX_FIELD;
}

static struct part parse_run(struct parser *parser, int negated)
{
    struct row positive = {0}, excluded = {0};
    unsigned fields = 0;
    while (starts_item(kind_at(parser)) && !parser->out_of_memory) {
        struct part part = parse_item(parser, negated);
        row_add(parser, part.complement ? &excluded : &positive, part.node);
        fields |= part.fields;
    }
    return all_of(parser, CS__NODE_BAG, &positive, &excluded, fields);
}

static struct part parse_and(struct parser *parser, int negated)
{
    struct part first = parse_run(parser, negated);
    if (kind_at(parser) != CS__LEX_AND)
        return first;
    struct row positive = {0}, excluded = {0};
    unsigned fields = first.fields;
    row_add(parser, first.complement ? &excluded : &positive, first.node);
    while (kind_at(parser) == CS__LEX_AND && !parser->out_of_memory) {
        parser->at++;
        struct part part = parse_run(parser, negated);
        row_add(parser, part.complement ? &excluded : &positive, part.node);
        fields |= part.fields;
    }
    return all_of(parser, CS__NODE_AND, &positive, &excluded, fields);
}

static struct part parse_or(struct parser *parser, int negated)
{
    struct part first = parse_and(parser, negated);
    if (kind_at(parser) != CS__LEX_OR)
        return first;
    struct row positive = {0}, excluded = {0};
    unsigned fields = first.fields;
    row_add(parser, first.complement ? &excluded : &positive, first.node);
    while (kind_at(parser) == CS__LEX_OR && !parser->out_of_memory) {
        parser->at++;
        struct part part = parse_and(parser, negated);
        row_add(parser, part.complement ? &excluded : &positive, part.node);
        fields |= part.fields;
    }
    int several_fields = (fields & (fields - 1)) != 0;
    if (fields != 0 && (several_fields || positive.count + excluded.count > 0))
        note(parser, "Fields hold for the whole query, also where they stand in one part of an OR.");
    return any_of(parser, &positive, &excluded, fields);
}

/* Pass 1: leave out brackets that are empty, without a pair, or too deep. */
static size_t clean_brackets(struct parser *parser)
{
    size_t open[CS__QUERY_DEPTH_MAX], depth = 0, too_deep = 0, kept = 0;
    for (size_t i = 0; i < parser->count; i++) {
        struct cs__lexeme lexeme = parser->items[i];
        if (lexeme.kind == CS__LEX_OPEN && depth == CS__QUERY_DEPTH_MAX) {
            too_deep++;
            note(parser, "Brackets more than 32 deep were left out.");
            continue;
        }
        if (lexeme.kind == CS__LEX_OPEN)
            open[depth++] = kept;
        if (lexeme.kind == CS__LEX_CLOSE) {
            if (too_deep > 0) {
                too_deep--;
                continue;
            }
            if (depth == 0) {
                note(parser, "A bracket without its pair was left out.");
                continue;
            }
            if (open[--depth] + 1 == kept) {
                kept--;
                continue;
            }
        }
        parser->items[kept++] = lexeme;
    }
    while (depth > 0) {
        size_t at = open[--depth];
        memmove(&parser->items[at], &parser->items[at + 1], (kept - at - 1) * sizeof *parser->items);
        kept--;
        note(parser, "A bracket without its pair was left out.");
    }
    return kept;
}

/* An operator as the word that it is spelt like: "NEAR/5" is "near". */
static int make_word(struct parser *parser, struct cs__lexeme *lexeme)
{
    size_t size = 0;
    while (size < lexeme->size && isalpha((unsigned char)lexeme->text[size]))
        size++;
    if (size == 0)
        return 0;
    char *text = cs__arena_copy(&parser->out->arena, lexeme->text, size);
    if (text == NULL) {
        parser->out_of_memory = 1;
        return 0;
    }
    for (size_t i = 0; i < size; i++)
        text[i] = (char)tolower((unsigned char)text[i]);
    lexeme->kind = CS__LEX_WORD;
    lexeme->text = text;
    lexeme->size = size;
    if (!cs__notes_add(&parser->out->notes, &parser->out->arena,
                       "\"%s\" was read as a word: as an operator it has nothing to work on.", text))
        parser->out_of_memory = 1;
    return 1;
}

/* Whether lexeme `i` can work on what stands before and behind it. What stands before is final already, what
 * stands behind is not: another operator there counts as none. */
static int has_operands(const struct parser *parser, size_t kept, size_t i)
{
    enum cs__lexeme_kind before = kept > 0 ? parser->items[kept - 1].kind : 0;
    enum cs__lexeme_kind behind = i + 1 < parser->count ? parser->items[i + 1].kind : 0;
    int left = is_leaf(before) || before == CS__LEX_CLOSE || before == CS__LEX_FIELD;
    int right = starts_item(behind);
    switch (parser->items[i].kind) {
    case CS__LEX_NOT:
        return right;
    case CS__LEX_NEAR:
        return is_leaf(before) && is_leaf(behind);
    default:
        return left && right;
    }
}

/* Pass 2: operators without operands become words (a lone minus goes). Backwards first for NOT, since a row
 * of them stands or falls with what is behind the last. */
static size_t clean_operators(struct parser *parser)
{
    for (size_t i = parser->count; i-- > 0;) {
        struct cs__lexeme *lexeme = &parser->items[i];
        if (lexeme->kind == CS__LEX_NOT && !has_operands(parser, i, i) && !make_word(parser, lexeme))
            lexeme->kind = 0;
    }
    size_t kept = 0;
    for (size_t i = 0; i < parser->count; i++) {
        struct cs__lexeme *lexeme = &parser->items[i];
        int is_operator =
            lexeme->kind == CS__LEX_AND || lexeme->kind == CS__LEX_OR || lexeme->kind == CS__LEX_NEAR;
        if (lexeme->kind == 0 ||
            (is_operator && !has_operands(parser, kept, i) && !make_word(parser, lexeme)))
            continue;
        parser->items[kept++] = *lexeme;
    }
    return kept;
}

/* A field whose value can't be one is read as words: `kind:of` is "kind of". */
static size_t unfold_field(struct parser *parser, const struct cs__lexeme *lexeme, size_t room)
{
    const char *name = cs__field_name(lexeme->field);
    if (!cs__notes_add(&parser->out->notes, &parser->out->arena,
                       "\"%s:%.80s\" was read as text: that is no value of %s.", name, lexeme->text, name))
        parser->out_of_memory = 1;
    struct cs__lexemes words;
    if (cs__lex(lexeme->text, lexeme->size, &words, NULL) != CS_OK) {
        parser->out_of_memory = 1;
        return 0;
    }
    size_t count = 0;
    struct cs__lexeme *to = &parser->items[parser->count];
    to[count++] = (struct cs__lexeme){.kind = CS__LEX_WORD, .text = name, .size = strlen(name)};
    for (size_t i = 0; i < words.count && count < room; i++) {
        struct cs__lexeme word = words.items[i];
        if (!is_leaf(word.kind))
            continue;
        word.text = cs__arena_copy(&parser->out->arena, word.text, word.size);
        if (word.text == NULL)
            parser->out_of_memory = 1;
        else
            to[count++] = word;
    }
    cs__lexemes_free(&words);
    return count;
}

/* A copy of the lexemes that the passes may change, with fields that are none read as words. */
static void copy_lexemes(struct parser *parser, const struct cs__lexemes *lexemes)
{
    size_t capacity = lexemes->count;
    for (size_t i = 0; i < lexemes->count; i++) {
        if (lexemes->items[i].kind == CS__LEX_FIELD)
            capacity += lexemes->items[i].size / 2 + 2;
    }
    parser->items = cs__arena_array(&parser->out->arena, capacity, sizeof *parser->items);
    if (parser->items == NULL) {
        parser->out_of_memory = 1;
        return;
    }
    for (size_t i = 0; i < lexemes->count && !parser->out_of_memory; i++) {
        const struct cs__lexeme *lexeme = &lexemes->items[i];
        if (lexeme->kind == CS__LEX_FIELD && !cs__field_takes(lexeme->field, lexeme->text))
            parser->count += unfold_field(parser, lexeme, lexeme->size / 2 + 3);
        else
            parser->items[parser->count++] = *lexeme;
    }
}

static void copy_notes(struct parser *parser, const struct cs__notes *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        note(parser, notes->items[i]);
}

/* A query of exclusions only asks for everything else. */
static struct cs__node *root_of(struct parser *parser, struct part part)
{
    return part.complement ? subtract(parser, new_node(parser, CS__NODE_ALL), part.node) : part.node;
}

cs_status cs__parse(const struct cs__lexemes *lexemes, struct cs__query *out, cs_error *error)
{
    *out = (struct cs__query){0};
    struct parser parser = {.out = out};
    copy_notes(&parser, &lexemes->notes);
    copy_lexemes(&parser, lexemes);
    if (!parser.out_of_memory) {
        parser.count = clean_brackets(&parser);
        parser.count = clean_operators(&parser);
        out->tree = root_of(&parser, parse_or(&parser, 0));
    }
    if (!parser.out_of_memory)
        return CS_OK;
    cs__query_free(out);
    return cs__error_nomem(error);
}

void cs__query_free(struct cs__query *query)
{
    cs__arena_free(&query->arena);
    *query = (struct cs__query){0};
}
