/* SPDX-License-Identifier: MIT */
/* Printing what was extracted: a line of text a line of output. */
#include "indexer/extract/dump.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "indexer/extract/dispatch.h"

static const char *role_name(uint8_t role)
{
    static const char *const names[] = {"-",        "heading", "paragraph", "bullet",
                                        "numbered", "row",     "footnote",  "site"};
    return role < sizeof names / sizeof names[0] ? names[role] : "?";
}

/* One letter a flag: Bold, Italic, Starts a block, Empty line before, Blanks before. */
static const char *flag_letters(uint16_t flags, char out[6])
{
    char *p = out;
    for (size_t i = 0; i < 5; i++)
        if (flags & (1u << i))
            *p++ = "BISEb"[i];
    if (p == out)
        *p++ = '-';
    *p = '\0';
    return out;
}

static int print_text(void *context, const struct cs__text *text)
{
    const char *path = context;
    printf("# %s\t%s\tpages %u\t%gx%g\n", path, text->format, text->pages, (double)text->page_width,
           (double)text->page_height);
    if (text->record != NULL)
        printf("# record\t%s\n", text->record);
    for (size_t i = 0; i < text->property_count; i++)
        printf("# %s\t%s\n", text->properties[i].key, text->properties[i].value);
    for (size_t i = 0; i < text->warning_count; i++)
        printf("# warning\t%s\n", text->warnings[i]);
    for (size_t i = 0; i < text->line_count; i++) {
        const struct cs__line *line = &text->lines[i];
        char letters[6];
        printf("%u\t%s\t%u\t%s\t%u\t%.1f\t%.1f\t%.1f\t%.1f\t%.2f\t%.*s\n", line->page, role_name(line->role),
               line->role == CS__ROLE_NUMBERED ? line->number : line->level,
               flag_letters(line->flags, letters), line->column, (double)line->x0, (double)line->y0,
               (double)line->x1, (double)line->y1, (double)line->font_size, (int)(line->end - line->start),
               text->utf8 + line->start);
    }
    return 1;
}

static int print_warning(void *context, const char *message)
{
    fprintf(stderr, "cs-extract: %s: %s\n", (const char *)context, message);
    return 1;
}

static int dump_file(char *path, struct cs__builder *builder)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return !print_warning(path, strerror(errno));
    cs_error error = {0};
    struct cs__input input = {.descriptor = descriptor,
                              .name = path,
                              .builder = builder,
                              .sink = {path, print_text, print_warning}};
    cs_status status = cs__dispatch(&input, 0, &error);
    close(descriptor);
    return status == CS_OK || !print_warning(path, error.message);
}

int cs__dump_files(char **paths, size_t count)
{
    struct cs__builder builder = {0};
    int all_read = 1;
    for (size_t i = 0; i < count; i++)
        all_read &= dump_file(paths[i], &builder);
    cs__builder_free(&builder);
    return all_read ? 0 : 1;
}
