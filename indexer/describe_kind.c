/* SPDX-License-Identifier: MIT */
/* What a document is: report, letter, minutes, article or none of these. Told by the words at its head, and
 * by what those words need beside them. */
#include "indexer/describer.h"

#include <string.h>

/* A sign stands in one of the first so many blocks, in a block of at most so many bytes. */
enum { HEAD_BLOCKS = 40, SIGN_SIZE_MAX = 400, LETTER_SIZE_MAX = 1200 };

enum sign {
    SIGN_REPORT_TITLE = 1,
    SIGN_REPORT_LINE = 2, /* "Inspection dates", "Lead inspector", a judgement table */
    SIGN_SALUTATION = 4,
    SIGN_LETTER_LINE = 8, /* "This letter summarises the findings of the monitoring visit" */
    SIGN_AREAS_COVERED = 16,
    SIGN_MONITORING = 32, /* a subject line */
    SIGN_FOCUSED = 64,
    SIGN_MINUTES = 128,
    SIGN_REPORT_TABLE = 256
};

/* `anywhere`: also inside a longer block, up to LETTER_SIZE_MAX. */
static const struct {
    enum sign sign;
    int anywhere;
    const char *pattern;
    const char *rule;
} signs[] = {
    {SIGN_REPORT_TITLE, 0, "inspection of ~12 childrens services|service", "report.title"},
    {SIGN_REPORT_TITLE, 0, "inspection of childrens social care services", "report.title"},
    {SIGN_REPORT_TITLE, 1, "inspection of services for children in need of help", "report.title-sif"},
    {SIGN_REPORT_TITLE, 0, "inspection of ~6 looked after childrens|children services", "report.title-2013"},
    {SIGN_REPORT_TITLE, 0, "inspection of ~6 arrangements for the protection of children",
     "report.title-2013"},
    {SIGN_REPORT_LINE, 0, "^ inspection dates|date", "report.dates"},
    {SIGN_REPORT_LINE, 1, "inspection dates|date : <date>", "report.dates"},
    {SIGN_REPORT_LINE, 0, "^ lead|reporting inspector", "report.lead"},
    {SIGN_REPORT_LINE, 0, "^ judgement grade $", "report.table"},
    {SIGN_REPORT_TABLE, 0, "^ judgement grade $", "report.table"},
    {SIGN_REPORT_TABLE, 0, "^ ~1 children who need help and protection <judgement> $", "report.table"},
    {SIGN_SALUTATION, 0, "^ dear <capital>", "letter.salutation"},
    {SIGN_SALUTATION, 0, "^ dear local|all|sir|madam|colleague|colleagues|director|partner|partners",
     "letter.salutation"},
    {SIGN_LETTER_LINE, 1, "this letter summarises|summarizes|outlines|sets the|out ~3 findings",
     "letter.summary"},
    {SIGN_AREAS_COVERED, 0, "^ areas covered by|in|during the|this ~1 visit $", "letter.areas-covered"},
    {SIGN_MONITORING, 0, "^ ofsted? monitoring visit to|of|at", "letter.subject"},
    {SIGN_MONITORING, 1, "findings of the ~2 monitoring visit", "letter.subject"},
    {SIGN_FOCUSED, 0, "^ ofsted? focused|focussed assurance? visit to|of|at", "letter.subject"},
    {SIGN_FOCUSED, 1, "findings of the|a ~2 focused|focussed assurance? visit", "letter.subject"},
    {SIGN_MINUTES, 0, "^ minutes $", "minutes.heading"},
    {SIGN_MINUTES, 0, "^ minutes :", "minutes.heading"},
    {SIGN_MINUTES, 0, "^ minutes of", "minutes.heading"},
    {SIGN_MINUTES, 0, "^ agenda item", "minutes.agenda-item"},
    {SIGN_MINUTES, 0, "^ issue meetings", "minutes.agenda-item"},
    {SIGN_MINUTES, 0, "^ meeting : ~2 <date>", "minutes.meeting"},
    {SIGN_MINUTES, 0, "^ decision : $", "minutes.decision"},
};

struct signs_found {
    unsigned all;
    size_t block[10]; /* of the first block that shows each sign, by bit */
    const char *rule[10];
};

static int bit_of(enum sign sign)
{
    int bit = 0;
    while ((1u << bit) != (unsigned)sign)
        bit++;
    return bit;
}

/* `only`: signs to look for. */
static void read_signs(struct cs__describer *d, size_t block, unsigned only, struct signs_found *found)
{
    const struct cs__prose *prose = cs__describer_title(d, block);
    struct cs__prose_match match;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (!(only & signs[i].sign) || (found->all & signs[i].sign) ||
            (!signs[i].anywhere && prose->size > SIGN_SIZE_MAX) ||
            !cs__prose_find(prose, 0, signs[i].pattern, &match))
            continue;
        int bit = bit_of(signs[i].sign);
        found->all |= signs[i].sign;
        found->block[bit] = block;
        found->rule[bit] = signs[i].rule;
    }
}

static void settle(struct cs__describer *d, cs_kind kind, const struct signs_found *found, enum sign sign)
{
    int bit = bit_of(sign);
    d->out->kind = kind;
    cs__describer_add(d, "kind", cs_kind_name(kind), CS_STATE_STATED,
                      cs__evidence_block(d, found->block[bit]), found->rule[bit]);
}

static int has(const struct signs_found *found, unsigned all)
{
    return (found->all & all) == all;
}

static int settle_letter(struct cs__describer *d, const struct signs_found *found)
{
    unsigned marks = found->all & (SIGN_SALUTATION | SIGN_LETTER_LINE | SIGN_AREAS_COVERED);
    if (marks == 0 || (found->all & SIGN_MINUTES && !(found->all & SIGN_SALUTATION)))
        return 0;
    if (found->all & SIGN_FOCUSED && !(found->all & SIGN_MONITORING))
        return settle(d, CS_KIND_FOCUSED_VISIT_LETTER, found, SIGN_FOCUSED), 1;
    if (found->all & SIGN_MONITORING)
        return settle(d, CS_KIND_MONITORING_LETTER, found, SIGN_MONITORING), 1;
    return 0;
}

/* A letter whose subject line is lost ("outcome of monitoring") says in its text what the visit was. */
static int settle_letter_by_text(struct cs__describer *d, const struct signs_found *found)
{
    if (!has(found, SIGN_AREAS_COVERED) || found->all & SIGN_MINUTES)
        return 0;
    struct cs__prose_match match;
    for (size_t block = 0; block < d->blocks->count && block < HEAD_BLOCKS; block++) {
        if (!cs__describer_is_text(d, block))
            continue;
        const struct cs__prose *prose = cs__describer_prose(d, block);
        int monitoring = cs__prose_find(prose, 0, "monitoring visit", &match);
        if (!monitoring && !cs__prose_find(prose, 0, "focused|focussed assurance? visit", &match))
            continue;
        d->out->kind = monitoring ? CS_KIND_MONITORING_LETTER : CS_KIND_FOCUSED_VISIT_LETTER;
        cs__describer_add(d, "kind", cs_kind_name(d->out->kind), CS_STATE_STATED,
                          cs__evidence_words(d, block, match.first, match.last), "letter.areas-covered");
        return 1;
    }
    return 0;
}

/* What an article on a visit speaks of; together at least ARTICLE_POINTS, and one more where children are not
 * named. */
enum { ARTICLE_POINTS = 5 };

static const struct {
    const char *pattern;
    int points;
    int children;
} topics[] = {
    {"ofsted|ofsteds", 3, 0},
    {"monitoring|focused|focussed assurance? visit|visits|session", 3, 0},
    {"inspectors|inspector|inspectorate|inspection|inspections", 2, 0},
    {"judged|rated|graded|rating|judgement|branded ~6 <judgement>", 2, 0},
    {"<judgement> rating|judgement|grade|verdict", 2, 0},
    {"visit|visits|visited", 1, 0},
    {"inadequate", 1, 0},
    {"children|childrens|young|youngsters|childcare", 1, 1},
};

enum { TOPIC_COUNT = sizeof topics / sizeof topics[0] };

static void settle_article(struct cs__describer *d)
{
    struct cs__prose_match match;
    unsigned seen = 0, children = 0;
    int points = 0, strongest = 0;
    struct cs__evidence evidence = CS__NO_EVIDENCE;
    for (size_t block = 0; block < d->blocks->count; block++) {
        if (!cs__describer_is_body(d, block))
            continue;
        const struct cs__prose *prose = cs__describer_prose(d, block);
        for (size_t i = 0; i < TOPIC_COUNT; i++) {
            if ((seen & (1u << i)) || !cs__prose_find(prose, 0, topics[i].pattern, &match))
                continue;
            seen |= 1u << i;
            points += topics[i].points;
            children |= (unsigned)topics[i].children;
            if (topics[i].points > strongest) {
                strongest = topics[i].points;
                evidence = cs__evidence_words(d, block, match.first, match.last);
            }
        }
    }
    if (points < ARTICLE_POINTS + !children)
        return;
    d->out->kind = CS_KIND_ARTICLE;
    cs__describer_add(d, "kind", cs_kind_name(CS_KIND_ARTICLE), CS_STATE_DERIVED, evidence, "article.topics");
}

/* Longer texts that name the inspectorate once are not news of a visit. */
static int is_article_sized(const struct cs__describer *d)
{
    size_t size = 0;
    for (size_t block = 0; block < d->blocks->count; block++)
        size += d->blocks->items[block].size;
    return size < 40000;
}

/* A council's site says "Agenda item" above its minutes: furniture, but telling. */
static void read_head(struct cs__describer *d, struct signs_found *found)
{
    for (size_t block = 0, seen = 0; block < d->blocks->count && seen < HEAD_BLOCKS; block++) {
        const struct cs__block *b = &d->blocks->items[block];
        if (b->size > LETTER_SIZE_MAX)
            continue;
        if (cs__describer_is_text(d, block)) {
            read_signs(d, block, ~0u, found);
            seen++;
        } else if (b->kind == CS__BLOCK_SITE) {
            read_signs(d, block, SIGN_MINUTES, found);
        }
    }
}

void cs__describe_kind(struct cs__describer *d)
{
    struct signs_found found = {.all = 0};
    if (cs__describer_has(d, "kind"))
        return;
    read_head(d, &found);
    if (has(&found, SIGN_REPORT_TITLE | SIGN_REPORT_LINE) && !(found.all & SIGN_SALUTATION))
        settle(d, CS_KIND_INSPECTION_REPORT, &found, SIGN_REPORT_TITLE);
    else if (has(&found, SIGN_REPORT_TABLE | SIGN_REPORT_LINE) && !(found.all & SIGN_SALUTATION))
        settle(d, CS_KIND_INSPECTION_REPORT, &found, SIGN_REPORT_TABLE);
    else if (settle_letter(d, &found) || settle_letter_by_text(d, &found))
        return;
    else if (found.all & SIGN_MINUTES)
        settle(d, CS_KIND_MINUTES, &found, SIGN_MINUTES);
    else if (!(found.all & SIGN_SALUTATION) &&
             is_article_sized(d)) /* a letter of another sort is none of these */
        settle_article(d);
}
