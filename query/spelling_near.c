/* SPDX-License-Identifier: MIT */
/* Terms near to a typed one: a walk over the index's sorted dictionaries, in which terms that begin alike
 * share the rows of the distance matrix, and those that begin too far off are passed over. */
#include <string.h>

#include "core/segment_store.h"
#include "query/spelling.h"

enum { SIZE = CS__TERM_SIZE_MAX + 1, FAR = 255 };

/* Edits allowed, by the size of the typed term: a short word is near to too many others. */
static unsigned edits_allowed(size_t size)
{
    return size < 4 ? 0 : size < 6 ? 1 : 2;
}

/* How much of the typed word's end may be wrong, where its beginning is a term: a misspelt ending is not
 * stemmed. */
enum { ENDING_MAX = 5, BEGINNING_LEAST = 4 };

/* The distance matrix of the typed term (columns) and the current term of the dictionary (rows, by its
 * bytes). */
struct matrix {
    const char *typed;
    size_t size;
    unsigned char rows[SIZE][SIZE];
    unsigned char least[SIZE]; /* of each row: no term that begins so is nearer */
};

static unsigned char smaller(unsigned a, unsigned b)
{
    unsigned least = a < b ? a : b;
    return (unsigned char)(least < FAR ? least : FAR);
}

static void begin(struct matrix *matrix, const char *typed, size_t size)
{
    matrix->typed = typed;
    matrix->size = size < SIZE ? size : SIZE - 1;
    for (size_t i = 0; i <= matrix->size; i++)
        matrix->rows[0][i] = (unsigned char)i;
    matrix->least[0] = 0;
}

/* The row of byte `row` (1 is the first) of `term`; the rows before it are there. */
static void add_row(struct matrix *matrix, const char *term, size_t row)
{
    unsigned char *now = matrix->rows[row], *before = matrix->rows[row - 1];
    now[0] = (unsigned char)row;
    matrix->least[row] = now[0];
    for (size_t i = 1; i <= matrix->size; i++) {
        int same = matrix->typed[i - 1] == term[row - 1];
        unsigned value = smaller((unsigned)before[i - 1] + !same, smaller(before[i], now[i - 1]) + 1u);
        if (row > 1 && i > 1 && matrix->typed[i - 1] == term[row - 2] &&
            matrix->typed[i - 2] == term[row - 1])
            value = smaller(value, matrix->rows[row - 2][i - 2] + 1u);
        now[i] = (unsigned char)value;
        matrix->least[row] = smaller(matrix->least[row], value);
    }
}

unsigned cs__edit_distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
    struct matrix matrix;
    begin(&matrix, a, a_size);
    b_size = b_size < SIZE ? b_size : SIZE - 1;
    for (size_t row = 1; row <= b_size; row++)
        add_row(&matrix, b, row);
    return matrix.rows[b_size][matrix.size];
}

static int is_word(const char *term, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (term[i] < 'a' || term[i] > 'z')
            return 0;
    }
    return size > 0;
}

static int is_better(const struct cs__near_term *a, const struct cs__near_term *b)
{
    unsigned x = a->distance + (unsigned)a->is_beginning, y = b->distance + (unsigned)b->is_beginning;
    if (x != y)
        return x < y;
    if (a->passages != b->passages)
        return a->passages > b->passages;
    return strcmp(a->term, b->term) < 0;
}

struct search {
    struct cs__segments *segments;
    struct matrix matrix;
    unsigned allowed;
    struct cs__near_term *out;
    size_t *count;
};

static cs_status offer(struct search *search, const char *term, size_t size, unsigned distance,
                       int is_beginning)
{
    struct cs__near_term candidate = {.distance = distance, .is_beginning = is_beginning};
    struct cs__term_counts counts;
    size_t at = *search->count;
    memcpy(candidate.term, term, size);
    for (size_t i = 0; i < at; i++) {
        if (strcmp(search->out[i].term, candidate.term) == 0)
            return CS_OK;
    }
    cs_status status = cs__segments_count(search->segments, term, size, &counts);
    candidate.passages = counts.text > counts.heading ? counts.text : counts.heading;
    if (status != CS_OK || candidate.passages == 0)
        return status;
    while (at > 0 && is_better(&candidate, &search->out[at - 1]))
        at--;
    if (at == CS__NEAR_TERMS_MAX)
        return CS_OK;
    size_t kept = *search->count < CS__NEAR_TERMS_MAX ? ++*search->count : CS__NEAR_TERMS_MAX;
    memmove(&search->out[at + 1], &search->out[at], (kept - at - 1) * sizeof *search->out);
    search->out[at] = candidate;
    return CS_OK;
}

/* A whole term of the dictionary, its rows filled in. */
static cs_status look_at(struct search *search, const char *term, size_t size)
{
    const struct matrix *matrix = &search->matrix;
    const unsigned char *row = matrix->rows[size];
    if (row[matrix->size] <= search->allowed)
        return is_word(term, size) ? offer(search, term, size, row[matrix->size], 0) : CS_OK;
    /* What the typed word begins with may have a letter more or less. */
    for (size_t begun = size > 1 ? size - 1 : 1; begun <= size + 1 && begun < matrix->size; begun++) {
        if (size >= BEGINNING_LEAST && matrix->size - begun <= ENDING_MAX && row[begun] <= 1)
            return is_word(term, size) ? offer(search, term, size, row[begun], 1) : CS_OK;
    }
    return CS_OK;
}

static size_t shared(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t i = 0;
    while (i < a_size && i < b_size && a[i] == b[i])
        i++;
    return i;
}

static cs_status walk(struct search *search, struct cs__segment *segment)
{
    struct cs__term_walk walk;
    char before[SIZE];
    size_t before_size = 0, rows = 0; /* rows of `before` that are filled in */
    cs__term_walk_begin(&walk, segment, "", 0);
    cs_status status = cs__term_walk_next(&walk);
    for (; status == CS_OK && walk.term != NULL; status = cs__term_walk_next(&walk)) {
        size_t size = walk.term_size < SIZE ? walk.term_size : SIZE - 1;
        size_t same = shared(before, before_size, walk.term, size);
        memcpy(before + same, walk.term + same, size - same);
        before_size = size;
        rows = rows < same ? rows : same;
        if (rows > 0 && search->matrix.least[rows] > search->allowed)
            continue;
        while (rows < size && search->matrix.least[rows] <= search->allowed) {
            rows++;
            add_row(&search->matrix, walk.term, rows);
        }
        if (rows == size && (status = look_at(search, walk.term, size)) != CS_OK)
            break;
    }
    cs__term_walk_end(&walk);
    return status;
}

cs_status cs__near_terms(struct cs__segments *segments, const char *typed, size_t size,
                         struct cs__near_term out[CS__NEAR_TERMS_MAX], size_t *count)
{
    struct search search = {.segments = segments, .allowed = edits_allowed(size), .out = out, .count = count};
    cs_status status = CS_OK;
    *count = 0;
    if (search.allowed == 0 || !is_word(typed, size))
        return CS_OK;
    begin(&search.matrix, typed, size);
    for (size_t i = 0; i < segments->count && status == CS_OK; i++)
        status = walk(&search, segments->items[i].segment);
    return status;
}
