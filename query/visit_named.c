/* SPDX-License-Identifier: MIT */
/* Visits by name: what a person types -> the visit that is meant. */
#include "query/visit_named.h"

#include <string.h>
#include <strings.h>

#include "core/authority.h"
#include "core/buffer.h"
#include "core/error.h"
#include "query/spelling.h"

enum { NEAR_MAX = 5 };

struct visits {
    struct cs__visit_row *items;
    size_t count;
    unsigned char *means[2]; /* by visit: whether the name may mean it */
};

static cs_status load(cs_reader *reader, struct cs__arena *arena, struct visits *out, cs_error *error)
{
    cs_status status;
    size_t capacity = 0;
    int step = SQLITE_DONE;
    sqlite3_stmt *row = cs__reader_statement(reader, CS__SQL_VISITS_NAMED, &status, error);
    while (row != NULL && (step = sqlite3_step(row)) == SQLITE_ROW)
        capacity++;
    if (row == NULL || step != SQLITE_DONE)
        return row == NULL ? status : cs__reader_failed(reader, error);
    sqlite3_reset(row);
    out->items = cs__arena_array(arena, capacity + 1, sizeof *out->items);
    if (out->items == NULL)
        return cs__error_nomem(error);
    while (out->count < capacity && sqlite3_step(row) == SQLITE_ROW) {
        struct cs__visit_row *visit = &out->items[out->count++];
        visit->id = sqlite3_column_int64(row, 0);
        visit->name = cs__arena_string(arena, (const char *)sqlite3_column_text(row, 1));
        visit->authority = cs__arena_string(arena, (const char *)sqlite3_column_text(row, 2));
        visit->date = (cs_date){sqlite3_column_int(row, 3), sqlite3_column_int(row, 4),
                                (cs_precision)sqlite3_column_int(row, 5)};
        if (visit->name == NULL)
            return cs__error_nomem(error);
    }
    sqlite3_reset(row);
    return CS_OK;
}

static int is_between(char c)
{
    return c == ' ' || c == '/' || c == ',' || c == ':' || c == '\t';
}

/* Cut a name into an authority (NULL for none) and the date behind it; the longest authority counts. */
static const struct cs__authority *split(const char *name, const char **rest)
{
    size_t size = strlen(name);
    *rest = name;
    for (size_t end = size; end > 0; end--) {
        if (end < size && !is_between(name[end]))
            continue;
        const struct cs__authority *authority = cs__authority_named(name, end);
        if (authority == NULL)
            continue;
        while (is_between(name[end]))
            end++;
        *rest = name + end;
        return authority;
    }
    return NULL;
}

/* Whether a visit was on the date asked for: 2 where all of it was, 1 where it may have been, or a part. */
static int on_date(const struct cs__visit_row *visit, const char *text)
{
    cs_date date;
    size_t size = strlen(text);
    if (size == 0)
        return 1;
    if (cs_date_parse(text, size, &date) != CS_OK || visit->date.precision == CS_PRECISION_UNKNOWN)
        return 0;
    if (visit->date.first >= date.first && visit->date.last <= date.last)
        return 2;
    return visit->date.first <= date.last && date.first <= visit->date.last;
}

/* Whether the part of an id behind its authority begins so. */
static int goes_on(const char *id, const char *text)
{
    const char *slash = strchr(id, '/');
    return *text != '\0' && slash != NULL && strncasecmp(slash + 1, text, strlen(text)) == 0;
}

/* How well a name means a visit: its id; the beginning of its id; its date, or a
 * part of it, with its authority or without. 0 for not at all. */
static int rank(const struct cs__visit_row *visit, const char *name, const struct cs__authority *authority,
                const char *rest)
{
    if (strcasecmp(visit->name, name) == 0)
        return 4;
    if (strncasecmp(visit->name, name, strlen(name)) == 0)
        return 3;
    if (authority != NULL && (visit->authority == NULL || strcmp(visit->authority, authority->name) != 0))
        return 0;
    if (authority == NULL && *rest == '\0')
        return 0;
    return goes_on(visit->name, rest) ? 2 : on_date(visit, rest);
}

/* All that a name means in the best way in which it means any. */
static void mark(const struct visits *visits, int which, const char *name)
{
    const char *rest;
    const struct cs__authority *authority = split(name, &rest);
    int best = 1;
    for (size_t i = 0; *name != '\0' && i < visits->count; i++) {
        int here = rank(&visits->items[i], name, authority, rest);
        if (here > best) {
            memset(visits->means[which], 0, visits->count);
            best = here;
        }
        visits->means[which][i] = here == best;
    }
}

static size_t count_of(const struct visits *visits, int which)
{
    size_t count = 0;
    for (size_t i = 0; i < visits->count; i++)
        count += visits->means[which][i];
    return count;
}

/* Of what a name may mean, only visits to this authority, if there are any. */
static void narrow(const struct visits *visits, int which, const char *authority)
{
    size_t kept = 0;
    for (size_t i = 0; authority != NULL && i < visits->count; i++)
        kept += visits->means[which][i] && visits->items[i].authority != NULL &&
                strcmp(visits->items[i].authority, authority) == 0;
    for (size_t i = 0; kept > 0 && i < visits->count; i++)
        visits->means[which][i] &=
            visits->items[i].authority != NULL && strcmp(visits->items[i].authority, authority) == 0;
}

static const struct cs__visit_row *first_of(const struct visits *visits, int which)
{
    for (size_t i = 0; i < visits->count; i++) {
        if (visits->means[which][i])
            return &visits->items[i];
    }
    return NULL;
}

/* The visits whose ids are spelt most like the name, or are to its authority, nearest first. */
static void mark_near(const struct visits *visits, const char *name, size_t near[NEAR_MAX], size_t *count)
{
    unsigned distances[NEAR_MAX];
    const char *rest;
    const struct cs__authority *authority = split(name, &rest);
    *count = 0;
    for (size_t i = 0; i < visits->count; i++) {
        const struct cs__visit_row *visit = &visits->items[i];
        int same =
            authority != NULL && visit->authority != NULL && strcmp(visit->authority, authority->name) == 0;
        unsigned distance = cs__edit_distance(name, strlen(name), visit->name, strlen(visit->name));
        size_t at = *count;
        distance = same ? distance / 4 : distance;
        while (at > 0 && distances[at - 1] > distance)
            at--;
        if (at == NEAR_MAX)
            continue;
        *count += *count < NEAR_MAX;
        memmove(near + at + 1, near + at, (*count - at - 1) * sizeof *near);
        memmove(distances + at + 1, distances + at, (*count - at - 1) * sizeof *distances);
        near[at] = i;
        distances[at] = distance;
    }
}

static cs_status complain(const struct visits *visits, int which, const char *name, cs_error *error)
{
    struct cs__buffer list = {0};
    size_t near[NEAR_MAX], count = 0, means = count_of(visits, which);
    for (size_t i = 0; i < visits->count && means > 0 && count < NEAR_MAX; i++) {
        if (visits->means[which][i])
            near[count++] = i;
    }
    if (means == 0)
        mark_near(visits, name, near, &count);
    for (size_t i = 0; i < count; i++)
        cs__buffer_printf(&list, "%s%s", i == 0 ? "" : ", ", visits->items[near[i]].name);
    if (list.failed) {
        cs__buffer_free(&list);
        return cs__error_nomem(error);
    }
    const char *near_names = list.data != NULL ? list.data : "no visits at all";
    if (means > 1)
        cs__error_set(error, CS_ERR_NOT_FOUND, "\"%.100s\" may be one of %zu visits: %s%s", name, means,
                      near_names, means > count ? ", …" : "");
    else
        cs__error_set(error, CS_ERR_NOT_FOUND,
                      "no visit is called \"%.100s\"; near are %s (cs-index --visits lists them all)", name,
                      near_names);
    cs__buffer_free(&list);
    return CS_ERR_NOT_FOUND;
}

cs_status cs__visits_named(cs_reader *reader, const char *const names[2], const char *authority,
                           struct cs__arena *arena, struct cs__visit_row out[2], cs_error *error)
{
    struct visits visits = {0};
    const struct cs__authority *wanted =
        authority != NULL ? cs__authority_named(authority, strlen(authority)) : NULL;
    cs_status status = load(reader, arena, &visits, error);
    for (int i = 0; i < 2 && status == CS_OK; i++) {
        visits.means[i] = cs__arena_array(arena, visits.count + 1, 1);
        if (visits.means[i] == NULL)
            return cs__error_nomem(error);
        mark(&visits, i, names[i]);
        narrow(&visits, i, wanted != NULL ? wanted->name : NULL);
    }
    for (int i = 0; i < 2 && status == CS_OK; i++) {
        if (count_of(&visits, i) > 1 && count_of(&visits, 1 - i) == 1)
            narrow(&visits, i, first_of(&visits, 1 - i)->authority);
    }
    for (int i = 0; i < 2 && status == CS_OK; i++) {
        if (count_of(&visits, i) != 1)
            return complain(&visits, i, names[i], error);
        out[i] = *first_of(&visits, i);
    }
    return status;
}
