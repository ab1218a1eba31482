/* SPDX-License-Identifier: MIT */
/* dump_blocks [-p] FILE...: what layout makes of each file, a block a line; with -p what split makes of it, a
 * passage a line.
 *
 * Output: "# PATH", then tab-separated fields: index, kind, level, page, last page, start, end, number, lead,
 * font size with "b" where bold (with -p: the passage's flags), text (tabs and line breaks in it as "\t" and
 * "\n"). Warnings and failures go to stderr; exit 1 when a file failed. CS_EXTRACT names the helper program;
 * default: beside this one. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "indexer/extract.h"
#include "indexer/layout.h"
#include "indexer/split.h"

static int passages_wanted;

static const char *kind_name(enum cs__block_kind kind)
{
    static const char *const names[CS__BLOCK_KIND_COUNT] = {
        "paragraph", "bullet", "row",      "footnote",    "title",   "heading", "header",
        "footer",    "number", "contents", "boilerplate", "contact", "site"};
    return names[kind];
}

static void print_text(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] == '\t' || text[i] == '\n')
            fputs(text[i] == '\t' ? "\\t" : "\\n", stdout);
        else
            putchar(text[i]);
    putchar('\n');
}

static void print_place(const struct cs__block *block, size_t index, uint32_t start, uint32_t end,
                        uint32_t lead)
{
    printf("%zu\t%s\t%u\t%u\t%u\t%u\t%u\t%s\t", index, kind_name(block->kind), block->level, block->page,
           block->last_page, start, end, block->number != NULL ? block->number : "-");
    if (lead == CS__NO_BLOCK)
        printf("-\t");
    else
        printf("%u\t", lead);
}

static void print_blocks(const struct cs__blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++) {
        const struct cs__block *block = &blocks->items[i];
        print_place(block, i, block->start, block->end, block->lead);
        printf("%.1f%s\t", (double)block->font_size, block->bold ? "b" : "");
        print_text(block->text, block->size);
    }
}

static cs_status print_passages(const struct cs__blocks *blocks, cs_error *error)
{
    struct cs__described none = {0};
    struct cs__passages passages = {0};
    cs_status status = cs__split(blocks, &none, &passages, error);
    for (size_t i = 0; i < passages.count; i++) {
        const struct cs__passage *passage = &passages.items[i];
        print_place(passage->block, i, passage->start, passage->end, passage->lead);
        printf("%u\t", passage->flags);
        print_text(passage->text, passage->size);
    }
    cs__passages_free(&passages);
    return status;
}

static int dump_text(const char *path, struct cs__text *text)
{
    struct cs__blocks blocks = {0};
    cs_error error = {0};
    cs_status status = cs__layout(text, &blocks, &error);
    printf("# %s%s%s\n", path, text->record != NULL ? "\t" : "", text->record != NULL ? text->record : "");
    if (status == CS_OK && passages_wanted)
        status = print_passages(&blocks, &error);
    else if (status == CS_OK)
        print_blocks(&blocks);
    if (status != CS_OK)
        fprintf(stderr, "%s: %s\n", path, error.message);
    cs__blocks_free(&blocks);
    cs__text_free(text);
    free(text);
    return status == CS_OK;
}

static int dump_file(struct cs__extractor *extractor, const char *path)
{
    struct cs__extracted extracted = {0};
    cs_error error = {0};
    uint64_t ticket;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC), ok = descriptor >= 0;
    if (!ok || cs__extractor_submit(extractor, descriptor, path, &ticket, &error) != CS_OK) {
        fprintf(stderr, "%s: %s\n", path, ok ? error.message : "can't be opened");
        return 0;
    }
    while (cs__extractor_next(extractor, &extracted, &error) == CS_OK) {
        if (extracted.what == CS__EXTRACTED_TEXT)
            ok &= dump_text(path, extracted.text);
        else if (extracted.what != CS__EXTRACTED_END)
            fprintf(stderr, "%s: %s\n", path, extracted.message);
        ok &= extracted.what != CS__EXTRACTED_FAILED;
        if (extracted.what == CS__EXTRACTED_END || extracted.what == CS__EXTRACTED_FAILED)
            break;
    }
    return ok;
}

/* The helper lies in build/FLAVOUR, this program in build/FLAVOUR/tests/tools. */
static const char *helper(char *out, size_t size)
{
    const char *named = getenv("CS_EXTRACT");
    ssize_t length = readlink("/proc/self/exe", out, size - 32);
    if (named != NULL || length < 0)
        return named;
    out[length] = '\0';
    for (int i = 0; i < 3; i++)
        *strrchr(out, '/') = '\0';
    return strcat(out, "/cs-extract");
}

int main(int argc, char **argv)
{
    char path[4096];
    struct cs__extract_options options = {.program = helper(path, sizeof path), .jobs = 1};
    struct cs__extractor *extractor = NULL;
    cs_error error = {0};
    int ok = cs__extractor_open(&options, &extractor, &error) == CS_OK;
    if (!ok)
        fprintf(stderr, "dump_blocks: %s\n", error.message);
    passages_wanted = argc > 1 && strcmp(argv[1], "-p") == 0;
    for (int i = 1 + passages_wanted; i < argc && extractor != NULL; i++)
        ok &= dump_file(extractor, argv[i]);
    cs__extractor_close(extractor);
    return ok ? 0 : 1;
}
