/* SPDX-License-Identifier: MIT */
/* Mode: many queries in one process, one a line (`ID<TAB>QUERY`; a line without a tab has its number for an
 * id). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "query/cli_search.h"
#include "query/render_hits.h"

struct batch {
    const struct cs__search_cli *cli;
    const struct cs__hit_renderer *renderer;
    cs_reader *reader;
    cs_search_options options;
    size_t line, found;
};

int cs__batch_is_asked(const struct cs__search_cli *cli)
{
    return cli->batch != NULL;
}

static int run_query(struct batch *batch, const char *id, const char *query, size_t size)
{
    cs_hits *hits = NULL;
    cs_error error = {0};
    if (cs_search(batch->reader, query, size, &batch->options, &hits, &error) != CS_OK) {
        cs__complain("line %zu: %s", batch->line, error.message);
        return -1;
    }
    struct cs__render render = {.out = stdout,
                                .hits = hits,
                                .query = query,
                                .query_size = size,
                                .query_id = id,
                                .is_first = batch->line == 1};
    batch->found += cs_hits_count(hits) > 0;
    int status = batch->renderer->print(&render);
    if (status != 0)
        cs__complain("can't write the results");
    cs_hits_free(hits);
    return status;
}

static int run_line(struct batch *batch, char *line, size_t size)
{
    char number[32];
    const char *id = number, *query = line;
    batch->line++;
    while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r'))
        line[--size] = '\0';
    if (size == 0)
        return 0;
    char *tab = memchr(line, '\t', size);
    snprintf(number, sizeof number, "%zu", batch->line);
    if (tab != NULL) {
        *tab = '\0';
        id = line;
        query = tab + 1;
    }
    return run_query(batch, id, query, size - (size_t)(query - line));
}

static int run_lines(struct batch *batch, FILE *in)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    int status = 0;
    while (status == 0 && (size = getline(&line, &capacity, in)) > 0)
        status = run_line(batch, line, (size_t)size);
    if (status == 0 && ferror(in)) {
        cs__complain("can't read %s: %s", batch->cli->batch, strerror(errno));
        status = -1;
    }
    free(line);
    return status;
}

/* Only formats of lines can hold the answers of many queries. */
static const struct cs__hit_renderer *find_renderer(const struct cs__search_cli *cli)
{
    const char *name =
        cs__search_format_name(cli->format == CS__FORMAT_TEXT ? CS__FORMAT_JSONL : cli->format);
    const struct cs__hit_renderer *renderer = cs__hit_renderer_find(name);
    if (renderer == NULL || !renderer->in_batch) {
        cs__complain("--batch prints jsonl or trec, not %s", name);
        return NULL;
    }
    return renderer;
}

int cs__batch_run(const struct cs__search_cli *cli)
{
    struct batch batch = {.cli = cli, .options = cs__search_cli_options(cli)};
    int is_stdin = strcmp(cli->batch, "-") == 0, failed = 1;
    if (cli->word_count > 0) {
        cs__complain("--batch takes its queries from a file: leave out \"%s\"", cli->words[0]);
        return CS__EXIT_ERROR;
    }
    if ((batch.renderer = find_renderer(cli)) == NULL)
        return CS__EXIT_ERROR;
    FILE *in = is_stdin ? stdin : fopen(cli->batch, "rb");
    if (in == NULL)
        cs__complain("can't open %s: %s", cli->batch, strerror(errno));
    else if ((batch.reader = cs__search_cli_open(cli)) != NULL)
        failed = run_lines(&batch, in) != 0;
    if (!failed && fflush(stdout) != 0) {
        cs__complain("can't write the results");
        failed = 1;
    }
    cs_reader_close(batch.reader);
    if (in != NULL && !is_stdin)
        fclose(in);
    if (failed)
        return CS__EXIT_ERROR;
    return batch.found > 0 ? CS__EXIT_FOUND : CS__EXIT_NOTHING;
}
