/* SPDX-License-Identifier: MIT */
/* Themes: two visits -> the themes, words and phrases of which they don't say the same, what changed most
 * first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/error.h"
#include "core/tone.h"
#include "query/area_scope.h"
#include "query/change.h"
#include "query/compare_build.h"
#include "query/vocabulary.h"

enum { NAMES_MAX = 512 };

/* Words of reports that tell nothing of a theme. */
static const char left_out_words[] =
    "inspector inspectors inspection inspected inspections ofsted visit visited visits report reported "
    "judged "
    "judgement monitoring letter council councils local authority january february march april may june july "
    "august september october november december monday tuesday wednesday thursday friday year years month "
    "months week weeks day days majority minority cent per number small large example page paragraph too "
    "many "
    "most some few number many almost all section said says not no never none cannot lack lacks lacking "
    "absence "
    "without positive negative written make makes made group despite soon although due way one two "
    "three means know known knowing timely circumstances situation situations place placed benefit benefits "
    "also however such while where "
    "when often early late longer long recent recently clearly currently previously able unable different "
    "various several "
    "general overall particular particularly specific additional further other others another both only just "
    "even still yet "
    "within across between through during before after since until often sometimes usually generally mainly "
    "largely mostly "
    "evident evidence example seen see sees being become becomes ensure ensures ensuring include included "
    "average identified identify appropriate thing things part parts aware find found given gives set sets "
    "help helps "
    "looked after enable enables enabled lead leading led result results resulting resulted";

struct finder {
    struct cs__comparing *comparing;
    struct cs__term_list general, left_out;
    struct cs__phrases phrases;
    unsigned char *is_named; /* by phrase: a theme of the list says the same */
    cs_compared_theme *items;
    size_t count, capacity;
    size_t limit;
};

/* So many phrases are looked at for each that is told: themes of the list say many of them. */
enum { PHRASES_FOR_ONE = 3 };

/* Where something stands, and how often. */
struct said {
    struct cs__ids ids; /* ascending */
    uint32_t times[2];
};

static int look_at(const struct cs__node *tree, const struct cs__passage_read *passage, int which,
                   struct said *out)
{
    const struct cs__words no_heading = {0};
    struct cs__arena work = {0};
    struct cs__occurrences found;
    cs_range *marks;
    size_t count = 0;
    if (!cs__tree_holds(tree, CS_MATCH_ALL, 0, &no_heading, &passage->words))
        return 1;
    int ok = cs__tree_occurrences(tree, &passage->words, &work, &found) == CS_OK &&
             cs__occurrences_merge(&found, &work, &marks, &count) == CS_OK &&
             cs__ids_add(&out->ids, passage->id);
    out->times[which] += (uint32_t)count;
    cs__arena_free(&work);
    return ok;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Look in all passages. Returns 0 when memory is out; release with cs__ids_free() in any case. */
static int find_said(const struct finder *finder, const struct cs__node *tree, struct said *out)
{
    *out = (struct said){0};
    for (int i = 0; i < 2; i++) {
        const struct cs__told *told = &finder->comparing->told[i];
        for (size_t j = 0; j < told->count; j++) {
            if (!look_at(tree, told->items[j], i, out))
                return 0;
        }
    }
    if (out->ids.count > 1)
        qsort(out->ids.items, out->ids.count, sizeof *out->ids.items, by_id);
    return 1;
}

static int add(struct finder *finder, const cs_compared_theme *theme)
{
    if (finder->count == finder->capacity) {
        size_t capacity = finder->capacity ? 2 * finder->capacity : 64;
        cs_compared_theme *more = cs__arena_array(&finder->comparing->work, capacity, sizeof *more);
        if (more == NULL)
            return 0;
        if (finder->count > 0)
            memcpy(more, finder->items, finder->count * sizeof *more);
        finder->items = more;
        finder->capacity = capacity;
    }
    finder->items[finder->count++] = *theme;
    return 1;
}

/* Whether half of what a visit says of something stands in the section on the safeguarding board, and the
 * other did not review one. */
static cs_scope board_scope(const struct finder *finder, const cs_compared_theme *theme, cs_scope scope)
{
    int silent = theme->after->passages == 0;
    const cs_timeline_row *row = silent ? theme->before : theme->after;
    const cs_visit *other = finder->comparing->out->sides[silent ? 1 : 0]->visit;
    size_t on_board = 0;
    for (size_t i = 0; i < row->hit_count; i++)
        on_board += row->hits[i].judgement_area == CS_AREA_LSCB;
    return 2 * on_board >= row->hit_count && on_board > 0 &&
                   cs__area_scope(other, CS_AREA_LSCB) == CS_SCOPE_OUT
               ? CS_SCOPE_OUT
               : scope;
}

static cs_change change_of(const struct finder *finder, const cs_compared_theme *theme)
{
    cs_tone tones[2] = {theme->before->tone, theme->after->tone};
    int said[2] = {theme->before->passages > 0, theme->after->passages > 0};
    cs_scope scopes[2] = {theme->before->scope, theme->after->scope};
    if (said[0] != said[1])
        scopes[said[0] ? 1 : 0] = board_scope(finder, theme, scopes[said[0] ? 1 : 0]);
    return cs__change_of(tones, said, scopes);
}

/* What the two visits say of what is asked. */
static cs_status ask_both(struct finder *finder, const struct cs__asked *asked, const struct said *said,
                          cs_compared_theme *theme, cs_error *error)
{
    struct cs__comparing *comparing = finder->comparing;
    struct cs__built built;
    struct cs__build build = {.reader = comparing->reader,
                              .frame = &comparing->frame,
                              .filter = comparing->request.filter,
                              .search = &comparing->request.search,
                              .sources = &comparing->sources,
                              .found = &said->ids};
    comparing->out->hits.items = NULL;
    comparing->out->hits.count = 0;
    cs_status status = cs__build_rows(&build, asked, &comparing->out->hits, &built, error);
    if (status != CS_OK)
        return status;
    theme->before = &built.rows[comparing->rows[0]];
    theme->after = &built.rows[comparing->rows[1]];
    theme->before_said = said->times[0];
    theme->after_said = said->times[1];
    theme->log_likelihood = cs__log_likelihood(theme->before_said, theme->after_said,
                                               comparing->told[0].words, comparing->told[1].words);
    theme->change = change_of(finder, theme);
    return CS_OK;
}

static int is_change(const cs_compared_theme *theme)
{
    return theme->change != CS_CHANGE_SAME || theme->log_likelihood >= CS__G2_LEAST;
}

/* Whether a single word tells how, not what: a cue of tone ("weak"), or an adverb. */
static int is_a_tone(const struct cs__phrase *phrase)
{
    struct cs__tone_sentence tone;
    if (phrase->term_count > 1)
        return 0;
    if (phrase->surface_size > 4 && memcmp(phrase->surface + phrase->surface_size - 2, "ly", 2) == 0)
        return 1;
    cs__tone_sentence(phrase->surface, phrase->surface_size, NULL, &tone);
    return tone.cue_count > 0;
}

/* What a theme that is told stands for needs no phrase of its own. Returns 0 when memory is out. */
static int leave_out_phrases(struct finder *finder, const struct cs__node *theme)
{
    const struct cs__words no_heading = {0};
    struct cs__arena work = {0};
    struct cs__words words;
    int ok = 1;
    for (size_t i = 0; i < finder->phrases.count && ok; i++) {
        const struct cs__phrase *phrase = &finder->phrases.items[i];
        ok = cs__words_read(finder->comparing->reader->tokenizer, phrase->surface, phrase->surface_size, 1,
                            &work, &words) == CS_OK;
        if (ok && cs__tree_holds(theme, CS_MATCH_ALL, 0, &no_heading, &words))
            finder->is_named[i] = 1;
    }
    cs__arena_free(&work);
    return ok;
}

static cs_status find_named(struct finder *finder, cs_error *error)
{
    struct cs__comparing *comparing = finder->comparing;
    cs_status status = CS_OK;
    for (size_t i = 0; i < cs__themes_count(comparing->themes) && status == CS_OK; i++) {
        const struct cs__theme *named = cs__themes_get(comparing->themes, i);
        cs_compared_theme theme = {.is_named = 1};
        struct cs__asked asked;
        struct said said = {0};
        status = cs__ask_theme(comparing->reader, named, &asked, error);
        if (status != CS_OK)
            return status;
        if (asked.words.tree != NULL && !find_said(finder, asked.words.tree, &said))
            status = cs__error_nomem(error);
        if (status == CS_OK && said.ids.count > 0) {
            theme.name = cs__arena_string(comparing->sources.arena, named->name);
            status =
                theme.name != NULL ? ask_both(finder, &asked, &said, &theme, error) : cs__error_nomem(error);
            if (status == CS_OK && is_change(&theme) &&
                (!add(finder, &theme) || !leave_out_phrases(finder, asked.words.tree)))
                status = cs__error_nomem(error);
        }
        cs__ids_free(&said.ids);
        cs__asked_free(&asked);
    }
    return status;
}

/* The terms of a phrase in a row. NULL when memory is out. */
static struct cs__node *phrase_node(struct cs__arena *arena, const struct cs__phrase *phrase,
                                    const char *name)
{
    struct cs__node *node = cs__arena_alloc(arena, sizeof *node);
    if (node == NULL ||
        (node->terms = cs__arena_array(arena, phrase->term_count, sizeof *node->terms)) == NULL)
        return NULL;
    node->kind = phrase->term_count > 1 ? CS__NODE_PHRASE : CS__NODE_TERM;
    memcpy(node->terms, phrase->terms, phrase->term_count * sizeof *node->terms);
    node->term_count = phrase->term_count;
    node->typed = name;
    node->weight = 1;
    return node;
}

/* All the names that the vocabulary has for a phrase; nothing where it has none. "Looked after children" are
 * not gone because they are called children in care. */
static cs_status other_names(struct finder *finder, const struct cs__phrase *phrase, struct cs__expanded *out,
                             cs_error *error)
{
    struct cs__arena work = {0};
    cs_reader *reader = finder->comparing->reader;
    struct cs__expand_options options = {.tokenizer = reader->tokenizer, .vocabulary = reader->vocabulary};
    struct cs__node *bag = cs__words_bag(reader->tokenizer, phrase->surface, phrase->surface_size, &work);
    *out = (struct cs__expanded){0};
    cs_status status = bag != NULL ? cs__expand(bag, &options, out, error) : cs__error_nomem(error);
    cs__arena_free(&work);
    if (status == CS_OK && (out->tree == NULL || out->tree->kind != CS__NODE_GROUP))
        cs__expanded_free(out);
    return status;
}

static cs_status ask_phrase(struct finder *finder, const struct cs__phrase *phrase, cs_error *error)
{
    struct cs__asked asked = {.match = CS_MATCH_ALL};
    struct said said = {0};
    cs_compared_theme theme = {
        .name = cs__arena_copy(finder->comparing->sources.arena, phrase->surface, phrase->surface_size)};
    if (theme.name == NULL)
        return cs__error_nomem(error);
    cs_status status = other_names(finder, phrase, &asked.words, error);
    int is_own = asked.words.tree == NULL;
    if (status == CS_OK && is_own &&
        (asked.words.tree = phrase_node(&finder->comparing->work, phrase, theme.name)) == NULL)
        status = cs__error_nomem(error);
    if (status == CS_OK && !find_said(finder, asked.words.tree, &said))
        status = cs__error_nomem(error);
    if (status == CS_OK)
        status = ask_both(finder, &asked, &said, &theme, error);
    cs__ids_free(&said.ids);
    if (status == CS_OK && theme.log_likelihood >= CS__G2_LEAST && !add(finder, &theme))
        status = cs__error_nomem(error);
    if (!is_own)
        cs__expanded_free(&asked.words);
    return status;
}

/* Names of the authorities would stand first in every comparison of two of them. */
static cs_status read_left_out(struct finder *finder, cs_error *error)
{
    struct cs__comparing *comparing = finder->comparing;
    char words[sizeof left_out_words + 2 * NAMES_MAX];
    const char *a = comparing->visits[0].authority, *b = comparing->visits[1].authority;
    snprintf(words, sizeof words, "%s %.500s %.500s", left_out_words, a != NULL ? a : "", b != NULL ? b : "");
    if (!cs__term_list_read(comparing->reader->tokenizer, words, strlen(words), &comparing->work,
                            &finder->left_out) ||
        !cs__general_words(comparing->reader->tokenizer, &comparing->work, &finder->general))
        return cs__error_nomem(error);
    return CS_OK;
}

static cs_status find_phrases(struct finder *finder, cs_error *error)
{
    struct cs__comparing *comparing = finder->comparing;
    cs_reader *reader = comparing->reader;
    cs_status status = read_left_out(finder, error);
    if (status == CS_OK && reader->vocabulary == NULL)
        status = cs__vocabulary_load(reader->tokenizer, reader->vocabulary_file, &reader->vocabulary, error);
    if (status == CS_OK &&
        cs__phrases_compare(comparing->told, &finder->general, &finder->left_out,
                            PHRASES_FOR_ONE * finder->limit, &comparing->work, &finder->phrases) != CS_OK)
        status = cs__error_nomem(error);
    finder->is_named = cs__arena_array(&comparing->work, finder->phrases.count + 1, 1);
    return status == CS_OK && finder->is_named == NULL ? cs__error_nomem(error) : status;
}

/* Of each kind (of which the first visit says more; the second), the first so many that no theme stands for.
 */
static cs_status ask_phrases(struct finder *finder, cs_error *error)
{
    const struct cs__told *told = finder->comparing->told;
    size_t asked[2] = {0, 0};
    cs_status status = CS_OK;
    for (size_t i = 0; status == CS_OK && i < finder->phrases.count; i++) {
        const struct cs__phrase *phrase = &finder->phrases.items[i];
        int which =
            (double)phrase->said[1] * (double)told[0].words > (double)phrase->said[0] * (double)told[1].words;
        if (finder->is_named[i] || is_a_tone(phrase) || asked[which]++ >= finder->limit)
            continue;
        status = ask_phrase(finder, phrase, error);
    }
    return status;
}

static int by_likelihood(const void *a, const void *b)
{
    const cs_compared_theme *x = a, *y = b;
    if (x->log_likelihood != y->log_likelihood)
        return x->log_likelihood > y->log_likelihood ? -1 : 1;
    if (x->is_named != y->is_named)
        return y->is_named - x->is_named;
    return strcmp(x->name, y->name);
}

cs_status cs__compare_themes(struct cs__comparing *comparing, cs_error *error)
{
    struct finder finder = {.comparing = comparing, .limit = comparing->request.search.limit};
    cs_comparison *out = comparing->out;
    cs_status status = find_phrases(&finder, error);
    if (status == CS_OK)
        status = find_named(&finder, error);
    if (status == CS_OK)
        status = ask_phrases(&finder, error);
    if (status != CS_OK || finder.count == 0)
        return status;
    qsort(finder.items, finder.count, sizeof *finder.items, by_likelihood);
    out->themes = cs__arena_array(comparing->sources.arena, finder.count, sizeof *out->themes);
    if (out->themes == NULL)
        return cs__error_nomem(error);
    memcpy(out->themes, finder.items, finder.count * sizeof *out->themes);
    out->theme_count = finder.count;
    return CS_OK;
}
