/* SPDX-License-Identifier: MIT */
/* HTML by gumbo: bytes in; the article's lines, and the site's apart, out. */
#include "indexer/extract/reader.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/error.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/html.h"
#include "indexer/extract/html_depth.h"
#include "indexer/extract/html_lines.h"
#include "indexer/extract/html_main.h"
#include "indexer/extract/html_meta.h"
#include "indexer/extract/html_tree.h"

/* gumbo takes some ten times the page, and gives nothing back before its end. */
enum { TREE_BYTES_MAX = 320 << 20, CHARSET_WITHIN = 4096 };

/* The label behind "charset=" in the page's first bytes, as in WHATWG's prescan, but less strict. */
static enum cs__charset declared_charset(const char *bytes, size_t size)
{
    const char *end = bytes + (size < CHARSET_WITHIN ? size : CHARSET_WITHIN);
    for (const char *at = bytes; end - at > 8; at++) {
        if (strncasecmp(at, "charset=", 8) != 0)
            continue;
        const char *label = at + 8 + (at[8] == '"' || at[8] == '\'');
        const char *stop = label;
        while (stop < end && (isalnum((unsigned char)*stop) || strchr("-_:.", *stop) != NULL))
            stop++;
        return cs__charset_named(label, (size_t)(stop - label));
    }
    return CS__CHARSET_UNKNOWN;
}

/* Nothing but furniture: then the page is what it shows. */
static void keep_everything(struct cs__html_tree *tree)
{
    for (uint32_t i = 0; i < tree->count; i++)
        if (tree->nodes[i].fate == CS__HTML_SITE)
            tree->nodes[i].fate = CS__HTML_ARTICLE;
}

static uint32_t article_letters(const struct cs__html_tree *tree)
{
    uint32_t letters = 0;
    for (uint32_t i = 0; i < tree->count; i++)
        if (cs__html_text(&tree->nodes[i]) != NULL && tree->nodes[i].fate == CS__HTML_ARTICLE)
            letters += tree->nodes[i].letters;
    return letters;
}

int cs__html_read(struct cs__builder *builder, const char *html, size_t size)
{
    struct cs__buffer shallow = {0};
    struct cs__html_tree tree = {0};
    size_t left_out = cs__html_limit_depth(html, size, &shallow);
    if (left_out > 0) {
        cs__builder_warning(builder,
                            "the page is nested more than %u deep: %zu tags left out, their text kept",
                            CS__HTML_DEPTH_MAX, left_out);
        html = shallow.data;
        size = shallow.size;
    }
    int done = !shallow.failed && cs__html_tree_parse(&tree, html, size, TREE_BYTES_MAX);
    if (done) {
        cs__html_find_main(&tree);
        if (article_letters(&tree) == 0)
            keep_everything(&tree);
        cs__html_meta(&tree, builder);
        cs__html_lines(&tree, builder);
    }
    cs__html_tree_free(&tree);
    cs__buffer_free(&shallow);
    return done;
}

static cs_status read_decoded(struct cs__input *input, const struct cs__buffer *html, cs_error *error)
{
    if (html->failed || !cs__html_read(input->builder, html->data == NULL ? "" : html->data, html->size))
        return cs__error_nomem(error);
    if (cs__builder_is_empty(input->builder))
        return cs__error_set(error, CS_ERR_DOCUMENT, "the HTML page shows no text");
    return cs__reader_send(input, error);
}

cs_status cs__read_html(struct cs__input *input, cs_error *error)
{
    size_t size = (size_t)input->size;
    struct cs__buffer html = {0};
    enum cs__charset charset = cs__charset_of(input->bytes, size, declared_charset(input->bytes, size));
    struct cs__decoded decoded = cs__charset_decode(input->bytes, size, charset, &html);
    cs__builder_begin(input->builder, "html");
    if (decoded.broken > 0)
        cs__builder_warning(input->builder, "%zu broken byte%s of the page replaced by U+FFFD",
                            decoded.broken, decoded.broken == 1 ? "" : "s");
    cs_status status = read_decoded(input, &html, error);
    cs__buffer_free(&html);
    return status;
}
