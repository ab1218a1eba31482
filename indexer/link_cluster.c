/* SPDX-License-Identifier: MIT */
/* Link, step 2: claims -> visits. Strong claims (exact days) make visits; weaker ones join the visit that
 * fits, or make their own.
 *
 * Input order is that of cs__link_claims_load(), which depends on what is said alone; so does the result. */
#include "indexer/link_claims.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/error.h"

/* A report follows its inspection within this many days; measured on the labelled reports: 28 to 133. */
enum { PUBLICATION_DAYS = 200 };

struct cluster {
    struct cs__link_claims *claims;
    struct cs__link_visits *out;
    size_t first; /**< of this authority's visits */
    int failed;
};

static int known(cs_date date)
{
    return date.precision != CS_PRECISION_UNKNOWN;
}

static int overlap(cs_date a, cs_date b)
{
    return a.first <= b.last && b.first <= a.last;
}

int cs__link_same_inspection(cs_date said, const struct cs__link_visit *inspection)
{
    if (!known(said) || !known(inspection->date))
        return 0;
    if (overlap(said, inspection->date))
        return 1;
    if (known(inspection->published) && overlap(said, inspection->published))
        return 1;
    cs_date until = {inspection->date.last, inspection->date.last + PUBLICATION_DAYS, CS_PRECISION_DAY};
    return !known(inspection->published) && overlap(said, until);
}

/* Dates of one inspection may be its visit's and its report's. */
static int same_baseline(const struct cluster *cluster, cs_date a, cs_date b)
{
    if (!known(a) || !known(b) || overlap(a, b))
        return 1;
    for (size_t i = cluster->first; i < cluster->out->count; i++) {
        const struct cs__link_visit *visit = cluster->out->items[i];
        if (visit->kind == CS_VISIT_INSPECTION && known(visit->date) && cs__link_same_inspection(a, visit))
            return cs__link_same_inspection(b, visit);
    }
    return abs(a.first - b.first) < PUBLICATION_DAYS;
}

/* How well a claim fits a visit: 0 = not at all. */
static int fit(const struct cluster *cluster, const struct cs__link_visit *visit,
               const struct cs__link_claim *claim)
{
    int same_kind = visit->kind == claim->visit_kind && claim->visit_kind != CS_VISIT_UNKNOWN;
    int both_ordinals = visit->ordinal > 0 && claim->ordinal > 0;
    int both_dates = known(visit->date) && known(claim->date);
    if (!same_kind && visit->kind != CS_VISIT_UNKNOWN && claim->visit_kind != CS_VISIT_UNKNOWN)
        return 0;
    if (both_ordinals && visit->ordinal != claim->ordinal)
        return 0;
    if (both_dates && !overlap(visit->date, claim->date))
        return 0;
    if (both_ordinals && !both_dates && !same_baseline(cluster, visit->baseline, claim->baseline))
        return 0;
    if (!both_dates && !both_ordinals)
        return 0;
    return 1 + 8 * both_ordinals + 4 * (both_dates && claim->date.precision == CS_PRECISION_DAY) +
           2 * same_kind + both_dates;
}

/* The visit that fits best; none when a vague claim fits two equally well, since choosing would be a guess.
 */
static struct cs__link_visit *best_visit(const struct cluster *cluster, const struct cs__link_claim *claim)
{
    struct cs__link_visit *best = NULL;
    int best_fit = 0, ties = 0;
    if (claim->authority[0] == '\0')
        return NULL;
    for (size_t i = cluster->first; i < cluster->out->count; i++) {
        int this_fit = fit(cluster, cluster->out->items[i], claim);
        ties = this_fit > best_fit ? 0 : ties + (this_fit == best_fit && this_fit > 0);
        if (this_fit > best_fit) {
            best = cluster->out->items[i];
            best_fit = this_fit;
        }
    }
    return ties > 0 && claim->date.precision != CS_PRECISION_DAY ? NULL : best;
}

static struct cs__link_visit *add_visit(struct cluster *cluster, const struct cs__link_claim *claim)
{
    struct cs__link_visit *visit = cs__arena_alloc(&cluster->claims->arena, sizeof *visit);
    if (visit == NULL)
        return NULL;
    visit->authority = claim->authority;
    visit->name = claim->forced_visit;
    cluster->out->items[cluster->out->count++] = visit;
    return visit;
}

/* What the visit does not know yet it takes from a claim; claims come strongest first. */
static void learn(struct cs__link_visit *visit, struct cs__link_claim *claim)
{
    claim->visit = visit;
    visit->claim_count++;
    if (visit->kind == CS_VISIT_UNKNOWN)
        visit->kind = claim->visit_kind;
    if (visit->ordinal == 0)
        visit->ordinal = claim->ordinal;
    if (!known(visit->date))
        visit->date = claim->date;
    if (!known(visit->baseline))
        visit->baseline = claim->baseline;
    int tells_publication =
        claim->kind != CS_KIND_ARTICLE && claim->kind != CS_KIND_MINUTES && claim->kind != CS_KIND_OTHER;
    if (tells_publication && !known(visit->published))
        visit->published = claim->published;
}

/* The visit that the user names, whatever the document says. */
static struct cs__link_visit *named_visit(const struct cluster *cluster, const char *name)
{
    for (size_t i = 0; i < cluster->out->count; i++)
        if (strcmp(cluster->out->items[i]->name, name) == 0)
            return cluster->out->items[i];
    return NULL;
}

static void place(struct cluster *cluster, struct cs__link_claim *claim)
{
    struct cs__link_visit *visit =
        claim->forced_visit != NULL ? named_visit(cluster, claim->forced_visit) : best_visit(cluster, claim);
    if (visit == NULL)
        visit = add_visit(cluster, claim);
    if (visit != NULL)
        learn(visit, claim);
    else
        cluster->failed = 1;
}

/* Official papers first, then those with more to say: whoever comes first is the source of the others'
 * echoes. */
static int better_source(const void *a, const void *b)
{
    const struct cs__link_claim *x = *(struct cs__link_claim *const *)a,
                                *y = *(struct cs__link_claim *const *)b;
    int x_rank = x->kind == CS_KIND_OTHER ? 99 : (int)x->kind,
        y_rank = y->kind == CS_KIND_OTHER ? 99 : (int)y->kind;
    return x_rank != y_rank ? x_rank - y_rank : (int)((x > y) - (x < y));
}

static int gather(struct cluster *cluster)
{
    struct cs__arena *arena = &cluster->claims->arena;
    for (size_t i = 0; i < cluster->out->count; i++) {
        struct cs__link_visit *visit = cluster->out->items[i];
        visit->claims = cs__arena_array(arena, visit->claim_count, sizeof *visit->claims);
        if (visit->claims == NULL)
            return 0;
        visit->claim_count = 0;
    }
    for (size_t i = 0; i < cluster->claims->count; i++) {
        struct cs__link_visit *visit = cluster->claims->items[i].visit;
        if (visit == NULL) /* placed later, by its name */
            continue;
        visit->claims[visit->claim_count++] = &cluster->claims->items[i];
    }
    for (size_t i = 0; i < cluster->out->count; i++)
        qsort(cluster->out->items[i]->claims, cluster->out->items[i]->claim_count, sizeof(void *),
              better_source);
    return 1;
}

/* A visit known only to a month, season or year lies between its neighbours of the same series: the third
 * monitoring visit of a year comes after the second and before the fourth. The precision stays; the span
 * narrows. */
static void narrow(struct cs__link_visits *visits, struct cs__link_visit *visit)
{
    if (!known(visit->date) || visit->date.precision == CS_PRECISION_DAY || visit->ordinal == 0)
        return;
    cs_date narrowed = visit->date;
    for (size_t i = 0; i < visits->count; i++) {
        const struct cs__link_visit *other = visits->items[i];
        if (strcmp(other->authority, visit->authority) != 0 || other->kind != visit->kind ||
            other->ordinal == 0 || !known(other->date) || !overlap(other->date, visit->date))
            continue;
        if (other->ordinal < visit->ordinal && other->date.last >= narrowed.first)
            narrowed.first = other->date.last + 1;
        if (other->ordinal > visit->ordinal && other->date.first <= narrowed.last)
            narrowed.last = other->date.first - 1;
    }
    if (narrowed.first <= narrowed.last)
        visit->date = narrowed;
}

char *cs__link_slug(struct cs__arena *arena, const char *authority)
{
    const char *name = authority[0] != '\0' ? authority : "unknown";
    char *out = cs__arena_string(arena, name);
    size_t size = 0;
    for (size_t i = 0; out != NULL && name[i] != '\0'; i++) {
        unsigned char c = (unsigned char)name[i];
        if (isalnum(c))
            out[size++] = (char)tolower(c);
        else if (c != '\'' && size > 0 && out[size - 1] != '-')
            out[size++] = '-';
    }
    while (out != NULL && size > 0 && out[size - 1] == '-')
        size--;
    if (out != NULL)
        out[size] = '\0';
    return out;
}

static int name_taken(const struct cs__link_visits *visits, size_t until, const char *name)
{
    for (size_t i = 0; i < until; i++)
        if (strcmp(visits->items[i]->name, name) == 0)
            return 1;
    return 0;
}

/* By first day where it is known, else by kind and ordinal: stable while what is known stays, and readable.
 */
static const char *base_name(struct cs__arena *arena, const struct cs__link_visit *visit)
{
    char date[CS_DATE_SIZE] = "";
    const char *authority = cs__link_slug(arena, visit->authority);
    const char *kind = visit->kind == CS_VISIT_UNKNOWN ? "visit" : cs_visit_kind_name(visit->kind);
    if (authority == NULL)
        return NULL;
    if (visit->date.precision == CS_PRECISION_DAY) {
        cs_date first_day = {visit->date.first, visit->date.first, CS_PRECISION_DAY};
        return cs__arena_printf(arena, "%s/%s", authority, cs_date_print(first_day, date));
    }
    cs_date_print(visit->date, date);
    date[visit->ordinal > 0 ? 4 : 7] = '\0';
    if (visit->ordinal > 0)
        return cs__arena_printf(arena, "%s/%s%s%s-%d", authority, date, *date ? "-" : "", kind,
                                visit->ordinal);
    return cs__arena_printf(arena, "%s/%s%s%s", authority, date, *date ? "-" : "", kind);
}

static int name_visit(struct cs__arena *arena, struct cs__link_visits *visits, size_t i)
{
    struct cs__link_visit *visit = visits->items[i];
    if (visit->name != NULL)
        return 1;
    const char *base = base_name(arena, visit), *name = base;
    for (int n = 2; name != NULL && name_taken(visits, i, name); n++)
        name = cs__arena_printf(arena, "%s-%d", base, n);
    visit->name = name;
    return name != NULL;
}

static int compare_visits(const void *a, const void *b)
{
    const struct cs__link_visit *x = *(struct cs__link_visit *const *)a,
                                *y = *(struct cs__link_visit *const *)b;
    int order = strcmp(x->authority, y->authority);
    if (order == 0)
        order = (int)!known(x->date) - (int)!known(y->date);
    if (order == 0)
        order = (x->date.first > y->date.first) - (x->date.first < y->date.first);
    if (order == 0)
        order = (x->date.last > y->date.last) - (x->date.last < y->date.last);
    if (order == 0)
        order = x->ordinal - y->ordinal;
    if (order == 0)
        order = (int)x->kind - (int)y->kind;
    return order != 0 ? order : strcmp(x->claims[0]->path, y->claims[0]->path);
}

static void sort(struct cs__link_visits *visits)
{
    if (visits->count > 0)
        qsort(visits->items, visits->count, sizeof *visits->items, compare_visits);
}

/* Visits whose claims are placed -> in order, with dates as narrow as they get, and named. */
static int settle(struct cluster *cluster)
{
    struct cs__link_visits *visits = cluster->out;
    if (cluster->failed || !gather(cluster))
        return 0;
    sort(visits);
    for (size_t i = 0; i < visits->count; i++)
        narrow(visits, visits->items[i]);
    sort(visits);
    for (size_t i = 0; i < visits->count; i++)
        if (!name_visit(&cluster->claims->arena, visits, i))
            return 0;
    return 1;
}

/* What the user says goes by the names of visits, so it comes after those have theirs. */
static int place_forced(struct cluster *cluster)
{
    for (size_t i = 0; i < cluster->claims->count; i++)
        if (cluster->claims->items[i].forced_visit != NULL)
            place(cluster, &cluster->claims->items[i]);
    if (cluster->failed || !gather(cluster))
        return 0;
    sort(cluster->out);
    return 1;
}

cs_status cs__link_cluster(struct cs__link_claims *claims, struct cs__link_visits *out, cs_error *error)
{
    struct cluster cluster = {claims, out, 0, 0};
    *out = (struct cs__link_visits){cs__arena_array(&claims->arena, claims->count, sizeof(void *)), 0};
    if (out->items == NULL)
        return cs__error_nomem(error);
    for (size_t i = 0; i < claims->count && !cluster.failed; i++) {
        if (i > 0 && strcmp(claims->items[i].authority, claims->items[i - 1].authority) != 0)
            cluster.first = out->count;
        if (claims->items[i].forced_visit == NULL)
            place(&cluster, &claims->items[i]);
    }
    return settle(&cluster) && place_forced(&cluster) ? CS_OK : cs__error_nomem(error);
}
