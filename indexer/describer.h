/* SPDX-License-Identifier: MIT */
/* What the rules of describe share: the document being described, and how a value is put down with its
 * evidence.
 *
 *     describe.c              the order of the rules, overrides
 *     describe_kind.c         what the document is
 *     describe_authority.c    whose services it is about
 *     describe_report.c       a report's title, dates, framework
 *     describe_title.c        the title of what is no report
 *     describe_published.c    when it was published
 *     describe_judgements.c   judgements of a report: what each rule found, and whether they agree
 *     describe_table.c        … from the table of judgements
 *     describe_headings.c     … from headings and sentences
 *     describe_people.c       inspectors
 *     describe_improvements.c areas for improvement
 *     describe_sections.c     sections with area and judgement
 *     describe_visit.c        which visit a letter, an article or minutes are about
 *     describe_ordinal.c      … and the how-manieth of its kind it was
 *     describe_year.c         years that dates without one most likely have
 *     describe_standing.c     the judgement that they say is in force
 *     describe_scope.c        the areas that a visit covered
 */
#ifndef INDEXER_DESCRIBER_H
#define INDEXER_DESCRIBER_H

#include "core/authority.h"
#include "indexer/describe.h"
#include "indexer/prose.h"

struct cs__judgement_found;

/** One document being described. */
struct cs__describer {
    const struct cs__blocks *blocks;
    const struct cs__describe_input *input;
    struct cs__described *out;
    struct cs__arena scratch;  /**< freed with the describer */
    struct cs__prose **proses; /**< by block; read on demand */
    size_t field_capacity, section_capacity;
    size_t overridden; /**< the first so many fields are the user's */
    int failed;        /**< memory ran out: nothing more is put down */

    /* Known so far; the rules come in an order in which each finds what it needs. */
    const struct cs__authority *authority;
    cs_date visit; /**< first to last day over all windows */
    int windows;
    cs_visit_kind visit_kind;
    int ordinal; /**< 0 where none is said */
    int people;  /**< names found so far, with repetitions */
    int ilacs;
    int pre_sif;
    struct cs__judgement_found *judgements, *last_judgement; /**< in the order of finding */
    size_t judgement_count;
    cs_judgement judged[CS_AREA_COUNT];
    cs_state judged_state[CS_AREA_COUNT];
    cs_judgement standing; /**< said to be in force by a letter, an article, minutes */
    cs_date standing_date;
    cs_date published;
};

/** Where the words of a value stand: `size` bytes at `start` of a block's text. */
struct cs__evidence {
    uint32_t block; /**< CS__NO_BLOCK: no words */
    uint32_t start, size;
};

/** No words say it: a property, a file name. */
#define CS__NO_EVIDENCE ((struct cs__evidence){CS__NO_BLOCK, 0, 0})

/** A block's words (of a very long one, those it begins with); an empty prose when memory is out. Borrowed.
 */
const struct cs__prose *cs__describer_prose(struct cs__describer *d, size_t block);

/** The words of a block and of the next one together, for what a page's layout parted; not kept. Borrowed. */
const struct cs__prose *cs__describer_joined(struct cs__describer *d, size_t block);
/** The words of a title that begins in a block: with the next block's where it says "Inspection of" and not
 * yet of what services. Borrowed. */
const struct cs__prose *cs__describer_title(struct cs__describer *d, size_t block);
/** The next block that is text; the count of blocks when there is none. */
size_t cs__describer_next(const struct cs__describer *d, size_t block);

/** The whole of a block. */
struct cs__evidence cs__evidence_block(const struct cs__describer *d, size_t block);
/** The sentences of a block that hold words `first`..`last`; all of a short block. */
struct cs__evidence cs__evidence_words(struct cs__describer *d, size_t block, size_t first, size_t last);

/** Put a field down, unless the user overrode it. `value` is copied; NULL is none. */
void cs__describer_add(struct cs__describer *d, const char *name, const char *value, cs_state state,
                       struct cs__evidence evidence, const char *rule);
/** The same with `size` bytes of a text that needs no end. */
void cs__describer_add_text(struct cs__describer *d, const char *name, const char *value, size_t size,
                            cs_state state, struct cs__evidence evidence, const char *rule);
/** The same with two quotations, " | " between them; `b` may be no evidence. */
void cs__describer_add_two(struct cs__describer *d, const char *name, const char *value, cs_state state,
                           struct cs__evidence a, struct cs__evidence b, const char *rule);
/** Make all fields of a name conflicts that quote `a` and `b`. */
void cs__describer_contradict(struct cs__describer *d, const char *name, struct cs__evidence a,
                              struct cs__evidence b);
void cs__describer_add_date(struct cs__describer *d, const char *name, cs_date date, cs_state state,
                            struct cs__evidence evidence, const char *rule);
/** Whether a field of this name is there (by the user or by a rule). */
int cs__describer_has(const struct cs__describer *d, const char *name);
/** Put down a window of the visit and widen `d->visit`. */
void cs__describer_add_window(struct cs__describer *d, cs_date window, cs_state state,
                              struct cs__evidence evidence, const char *rule);

/** Whether a block is text of the document itself: not a page number, site furniture or table of contents. */
int cs__describer_is_text(const struct cs__describer *d, size_t block);
/** Whether it is that and no running header, footer, contact line or boilerplate either. */
int cs__describer_is_body(const struct cs__describer *d, size_t block);
/** The property of the text, NULL when there is none. */
const char *cs__describer_property(const struct cs__describer *d, const char *key);

/** The area that words name ("children looked after"), from word `from`; CS_AREA_NONE when none. The words it
 * takes are `*first`..`*last`. */
cs_area cs__area_find(const struct cs__prose *prose, size_t from, size_t *first, size_t *last);

/* The rules, in order. */
void cs__describe_overrides(struct cs__describer *d);
void cs__describe_kind(struct cs__describer *d);
void cs__describe_title(struct cs__describer *d);
void cs__describe_authority(struct cs__describer *d);
void cs__describe_report(struct cs__describer *d);
void cs__describe_visit(struct cs__describer *d);
void cs__describe_standing(struct cs__describer *d);
void cs__describe_published(struct cs__describer *d);
void cs__describe_published_derived(struct cs__describer *d);
void cs__describe_judgements(struct cs__describer *d);
void cs__describe_people(struct cs__describer *d);
void cs__describe_improvements(struct cs__describer *d);
void cs__describe_scope(struct cs__describer *d);
void cs__describe_sections(struct cs__describer *d);

#endif
