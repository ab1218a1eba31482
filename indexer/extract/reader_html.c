/* SPDX-License-Identifier: MIT */
#include "indexer/extract/html.h"
#include "indexer/extract/reader.h"
#include "core/error.h"
int cs__html_read(struct cs__builder *builder, const char *html, size_t size)
{
    cs__builder_line(builder, &(struct cs__line){0}, html, size);
    return 1;
}
cs_status cs__read_html(struct cs__input *input, cs_error *error)
{
    cs__builder_begin(input->builder, "html");
    cs__html_read(input->builder, input->bytes, (size_t)input->size);
    return cs__reader_send(input, error);
}
