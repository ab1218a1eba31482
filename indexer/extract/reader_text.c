/* SPDX-License-Identifier: MIT */
/* Text files: bytes of some character set in; lines of plain text or Markdown out. */
#include "indexer/extract/reader.h"

#include "core/error.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/front_matter.h"
#include "indexer/extract/markdown.h"
#include "indexer/extract/plain.h"

#include <string.h>
#include <strings.h>

/* A file's own word counts where its content allows both. */
static int is_named_markdown(const char *name)
{
    static const char *const endings[] = {".md", ".markdown", ".mdown", ".mkd"};
    const char *point = strrchr(name, '.');
    for (size_t i = 0; point != NULL && i < sizeof endings / sizeof endings[0]; i++)
        if (strcasecmp(point, endings[i]) == 0)
            return 1;
    return 0;
}

static void warn(struct cs__builder *builder, const struct cs__decoded *decoded)
{
    if (decoded->broken > 0)
        cs__builder_warning(builder, "%zu broken byte%s of the %s text replaced by U+FFFD", decoded->broken,
                            decoded->broken == 1 ? "" : "s",
                            decoded->charset == CS__CHARSET_UTF8 ? "UTF-8" : "UTF-16");
    if (decoded->nuls > 0)
        cs__builder_warning(builder, "%zu NUL byte%s left out", decoded->nuls, decoded->nuls == 1 ? "" : "s");
}

static void read_decoded(struct cs__input *input, const char *text, size_t size)
{
    struct cs__builder *builder = input->builder;
    size_t front = cs__front_matter(builder, text, size);
    text += front;
    size -= front;
    if (is_named_markdown(input->name) || cs__markdown_is(text, size)) {
        builder->text.format = "markdown";
        cs__markdown_read(builder, text, size);
    } else {
        cs__plain_read(builder, text, size);
    }
}

cs_status cs__read_text(struct cs__input *input, cs_error *error)
{
    struct cs__buffer text = {0};
    size_t size = (size_t)input->size;
    cs_status status;
    enum cs__charset charset = cs__charset_of(input->bytes, size, CS__CHARSET_UNKNOWN);
    struct cs__decoded decoded = cs__charset_decode(input->bytes, size, charset, &text);
    if (text.failed) {
        status = cs__error_nomem(error);
        goto out;
    }
    if (decoded.nuls * 100 > size) {
        status = cs__error_set(error, CS_ERR_DOCUMENT, "not a text file: %zu of its %zu bytes are NUL",
                               decoded.nuls, size);
        goto out;
    }
    cs__builder_begin(input->builder, "text");
    warn(input->builder, &decoded);
    if (text.size > 0)
        read_decoded(input, text.data, text.size);
    status = cs__builder_is_empty(input->builder)
                 ? cs__error_set(error, CS_ERR_DOCUMENT, "the file holds nothing but blanks")
                 : cs__reader_send(input, error);
out:
    cs__buffer_free(&text);
    return status;
}
