/* SPDX-License-Identifier: MIT */
/* Documents as a TREC run: `QID Q0 DOCID RANK SCORE cs-search`, one line a document; DOCID is the id of a
 * JSON Lines record, else the name of the file. */
#include <string.h>

#include "query/render_hits.h"

/* White space parts the columns, so an id may have none. */
static void print_id(FILE *out, const char *id)
{
    for (; id != NULL && *id != '\0'; id++)
        putc((unsigned char)*id <= ' ' ? '_' : *id, out);
}

int cs__render_trec(const struct cs__render *render)
{
    for (size_t i = 0; i < cs_hits_count(render->hits); i++) {
        const cs_hit *hit = cs_hits_get(render->hits, i);
        const char *path = hit->document->path, *slash = path != NULL ? strrchr(path, '/') : NULL;
        print_id(render->out, render->query_id != NULL ? render->query_id : "1");
        fputs(" Q0 ", render->out);
        print_id(render->out, hit->document->record != NULL ? hit->document->record
                              : slash != NULL               ? slash + 1
                                                            : path);
        fprintf(render->out, " %u %.6f cs-search\n", hit->rank, hit->score);
    }
    return ferror(render->out) ? -1 : 0;
}
