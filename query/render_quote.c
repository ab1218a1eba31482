/* SPDX-License-Identifier: MIT */
/* Quotations: a sentence of a hit between quotation marks, as text or JSON. */
#include "query/render_quote.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"

void cs__wrap_quote(struct cs__wrap *wrap, const cs_hit *hit, cs_range sentence)
{
    static const char open[] = "\xE2\x80\x9C", closed[] = "\xE2\x80\x9D";
    size_t before = sizeof open - 1, size = sentence.end - sentence.start, count = 0;
    char *text = malloc(size + before + sizeof closed);
    cs_range *marks = calloc(hit->mark_count + 1, sizeof *marks);
    for (size_t i = 0; text != NULL && marks != NULL && i < hit->mark_count; i++) {
        if (hit->marks[i].start < sentence.start || hit->marks[i].end > sentence.end)
            continue;
        marks[count++] = (cs_range){hit->marks[i].start - sentence.start + (uint32_t)before,
                                    hit->marks[i].end - sentence.start + (uint32_t)before};
    }
    if (text != NULL && marks != NULL) {
        memcpy(text, open, before);
        memcpy(text + before, hit->text + sentence.start, size);
        memcpy(text + before + size, closed, sizeof closed);
        cs__wrap_text(wrap, text, 0, before + size + sizeof closed - 1, marks, count);
        cs__wrap_end(wrap);
    }
    free(text);
    free(marks);
}

json_t *cs__json_quote(const cs_hit *hit, cs_range sentence)
{
    if (hit == NULL)
        return json_null();
    json_t *object = json_object();
    json_object_set_new(object, "text",
                        json_stringn(hit->text + sentence.start, sentence.end - sentence.start));
    json_object_set_new(object, "citation", cs__json_text(hit->citation));
    return object;
}
