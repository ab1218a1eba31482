/* SPDX-License-Identifier: MIT */
/* Values that options and fields take: names of the field's own, and authorities and visits of an index. */
#include <csearch.h>

#include <stdlib.h>
#include <string.h>

#include "cli/completion.h"
#include "cli/index_path.h"

enum { VALUE_SIZE = 256 };

/* A name as one word: its spaces are hyphens, which mean the same. */
static void name(const struct cs__candidates *candidates, const char *text)
{
    char word[VALUE_SIZE];
    snprintf(word, sizeof word, "%s", text);
    for (char *at = word; *at != '\0'; at++)
        *at = *at == ' ' ? '-' : *at;
    if (*word != '\0')
        cs__candidate(candidates, word, NULL);
}

static void judgements(const struct cs__candidates *candidates)
{
    static const cs_judgement all[] = {CS_JUDGEMENT_INADEQUATE, CS_JUDGEMENT_REQUIRES_IMPROVEMENT,
                                       CS_JUDGEMENT_ADEQUATE, CS_JUDGEMENT_GOOD, CS_JUDGEMENT_OUTSTANDING};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        name(candidates, cs_judgement_name(all[i]));
}

/* In a query a value is one word. */
static void authority(const struct cs__candidates *candidates, const char *text)
{
    size_t size = strlen(candidates->lead);
    if (size > 0 && candidates->lead[size - 1] == ':')
        name(candidates, text);
    else
        cs__candidate(candidates, text, NULL);
}

/* Each once: look at all that went before, for documents stand in the order of their paths. */
static void authorities(const struct cs__candidates *candidates, const cs_documents *documents)
{
    for (size_t i = 0; i < cs_documents_count(documents); i++) {
        const char *one = cs_documents_get(documents, i)->authority;
        size_t before = 0;
        while (one != NULL && before < i &&
               (cs_documents_get(documents, before)->authority == NULL ||
                strcmp(cs_documents_get(documents, before)->authority, one) != 0))
            before++;
        if (one != NULL && before == i)
            authority(candidates, one);
    }
}

static void visit(const struct cs__candidates *candidates, const cs_visit *one)
{
    char date[CS_DATE_WORDS_SIZE], about[VALUE_SIZE];
    int used = snprintf(about, sizeof about, "%s", cs_visit_kind_name(one->kind));
    if (one->ordinal > 0)
        used += snprintf(about + used, sizeof about - (size_t)used, " %d", one->ordinal);
    snprintf(about + used, sizeof about - (size_t)used, ", %s", cs_date_words(one->date, date));
    cs__candidate(candidates, one->id, about);
}

static void of_index(const struct cs__candidates *candidates, int of_visits, const char *index)
{
    cs_reader *reader = NULL;
    cs_visits *visits = NULL;
    cs_documents *documents = NULL;
    char *path = cs__index_path(index);
    if (path != NULL && cs_reader_open(path, NULL, &reader, NULL) == CS_OK) {
        if (of_visits && cs_visits_list(reader, NULL, &visits, NULL) == CS_OK)
            for (size_t i = 0; i < cs_visits_count(visits); i++)
                visit(candidates, cs_visits_get(visits, i));
        if (!of_visits && cs_documents_list(reader, NULL, &documents, NULL) == CS_OK)
            authorities(candidates, documents);
    }
    cs_documents_free(documents);
    cs_visits_free(visits);
    cs_reader_close(reader);
    free(path);
}

void cs__candidate_values(const struct cs__candidates *candidates, const char *kind, const char *index)
{
    if (strcmp(kind, "file") == 0)
        fputs(":file\n", candidates->out);
    else if (strcmp(kind, "judgement") == 0)
        judgements(candidates);
    else if (strcmp(kind, "kind") == 0)
        for (int i = CS_KIND_OTHER; i <= CS_KIND_MINUTES; i++)
            name(candidates, cs_kind_name((cs_kind)i));
    else if (strcmp(kind, "area") == 0)
        for (int i = CS_AREA_NONE + 1; i < CS_AREA_COUNT; i++)
            name(candidates, cs_area_name((cs_area)i));
    else
        of_index(candidates, strcmp(kind, "visit") == 0, index);
}
