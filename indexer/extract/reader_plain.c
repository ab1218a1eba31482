/* SPDX-License-Identifier: MIT */
/* Plain text: bytes in, lines as they stand out. */
#include "indexer/extract/reader.h"

#include <string.h>

#include "core/error.h"

cs_status cs__read_plain(struct cs__input *input, cs_error *error)
{
    struct cs__builder *builder = input->builder;
    const char *at = input->bytes, *end = at + input->size;
    struct cs__line looks = {0};
    cs__builder_begin(builder, "text");
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        if (line_end == NULL)
            line_end = end;
        cs__builder_begin_line(builder, &looks);
        cs__builder_utf8(builder, at, (size_t)(line_end - at));
        looks.flags = 0;
        if (!cs__builder_end_line(builder))
            looks.flags =
                line_end == at ? CS__LINE_BLANK_BEFORE : CS__LINE_WRAPPED_BLANK | CS__LINE_BLANK_BEFORE;
        at = line_end + (line_end < end);
    }
    return cs__reader_send(input, error);
}
