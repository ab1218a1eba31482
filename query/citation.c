/* SPDX-License-Identifier: MIT */
/* Citation: one line that finds a passage again. */
#include <string.h>

#include "core/buffer.h"
#include "query/hits.h"

static const char *file_name(const char *path)
{
    const char *slash = path != NULL ? strrchr(path, '/') : NULL;
    return slash != NULL ? slash + 1 : path;
}

static void add(struct cs__buffer *out, const char *before, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    if (out->size > 0)
        cs__buffer_string(out, ", ");
    cs__buffer_string(out, before);
    cs__buffer_string(out, text);
}

/* The title, else the file's own name; of a record, its id. */
static const char *name_of(const cs_document *document)
{
    if (document->title != NULL && *document->title != '\0')
        return document->title;
    return document->record != NULL ? document->record : file_name(document->path);
}

const char *cs__citation(const cs_hit *hit, struct cs__arena *arena)
{
    struct cs__buffer out = {0};
    const cs_document *document = hit->document;
    const char *name = name_of(document);
    char date[CS_DATE_WORDS_SIZE];
    if (document->authority != NULL && (name == NULL || strcasestr(name, document->authority) == NULL))
        add(&out, "", document->authority);
    add(&out, "", name);
    if (hit->visit != NULL)
        add(&out, "visit of ", cs_date_words(hit->visit->date, date));
    if (hit->visit == NULL || document->kind == CS_KIND_ARTICLE ||
        hit->visit->date.precision == CS_PRECISION_UNKNOWN)
        add(&out, "published ", cs_date_words(document->published, date));
    add(&out, "paragraph ", hit->number);
    if (hit->page > 0)
        cs__buffer_printf(&out, "%spage %u", out.size > 0 ? ", " : "", hit->page);
    char *copy = out.failed ? NULL : cs__arena_copy(arena, out.data != NULL ? out.data : "", out.size);
    cs__buffer_free(&out);
    return copy;
}
