/* SPDX-License-Identifier: MIT */
/* Looking at an index: documents, visits, areas for improvement, fields with evidence; --verify. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "indexer/cli_index.h"
#include "indexer/render_list.h"

struct listing {
    const struct cs__index_cli *cli;
    cs_reader *reader;
    cs_documents *documents;
    cs_visits *visits;
    char **paths; /**< absolute; as many as the command line has */
    size_t conflicts;
};

/* An index holds absolute paths; a file that is gone may still be in it. */
static char *absolute(const char *path)
{
    char *out = realpath(path, NULL), *folder;
    if (out != NULL || path[0] == '/')
        return out != NULL ? out : strdup(path);
    folder = getcwd(NULL, 0);
    if (folder == NULL || asprintf(&out, "%s/%s", folder, path) < 0)
        out = NULL;
    free(folder);
    return out;
}

static int take_paths(struct listing *listing)
{
    const struct cs__index_cli *cli = listing->cli;
    listing->paths = calloc(cli->path_count + 1, sizeof *listing->paths);
    for (size_t i = 0; listing->paths != NULL && i < cli->path_count; i++)
        if ((listing->paths[i] = absolute(cli->paths[i])) == NULL)
            return 0;
    return listing->paths != NULL;
}

static cs_status load(struct listing *listing, cs_error *error)
{
    const struct cs__index_cli *cli = listing->cli;
    cs_list_options options = CS_LIST_OPTIONS_INIT;
    options.paths = (const char *const *)listing->paths;
    options.path_count = cli->path_count;
    options.with_fields = cli->check || cli->recommendations;
    options.with_failed = cli->list || cli->check;
    cs_status status = cs_reader_open(cli->path, NULL, &listing->reader, error);
    if (status == CS_OK && !cli->visits)
        status = cs_documents_list(listing->reader, &options, &listing->documents, error);
    if (status == CS_OK && (cli->visits || cli->list))
        status = cs_visits_list(listing->reader, &options, &listing->visits, error);
    return status;
}

/* An empty list would look like documents without anything to say. */
static int has_documents(const struct listing *listing)
{
    if (listing->cli->path_count == 0 || cs_documents_count(listing->documents) > 0)
        return 1;
    cs__complain("the index has no document at or below %s%s", listing->paths[0],
                 listing->cli->path_count > 1 ? ", or the others given" : "");
    return 0;
}

static int render(struct listing *listing)
{
    const struct cs__index_cli *cli = listing->cli;
    enum cs__list_format format = (enum cs__list_format)cli->format;
    if (cli->visits)
        return cs__render_visits(stdout, format, listing->visits);
    if (cli->recommendations)
        return cs__render_recommendations(stdout, format, listing->documents);
    if (cli->check)
        return cs__render_check(stdout, format, listing->documents, &listing->conflicts);
    return cs__render_documents(stdout, format, listing->documents, listing->visits);
}

static void free_listing(struct listing *listing)
{
    cs_visits_free(listing->visits);
    cs_documents_free(listing->documents);
    cs_reader_close(listing->reader);
    for (size_t i = 0; listing->paths != NULL && i < listing->cli->path_count; i++)
        free(listing->paths[i]);
    free(listing->paths);
}

int cs__index_list(const struct cs__index_cli *cli)
{
    struct listing listing = {.cli = cli};
    cs_error error = {0};
    int result = CS__EXIT_OK;
    if (!take_paths(&listing)) {
        cs__complain("out of memory");
        result = CS__EXIT_NOTHING;
    } else if (load(&listing, &error) != CS_OK)
        result = cs__complain_of(&error);
    else if (!has_documents(&listing) || render(&listing) != 0)
        result = CS__EXIT_NOTHING;
    else if (listing.conflicts > 0)
        result = CS__EXIT_SOME;
    free_listing(&listing);
    return result;
}

static int on_finding(void *context, const char *what)
{
    (void)context;
    puts(what);
    return 0;
}

int cs__index_verify(const struct cs__index_cli *cli)
{
    cs_error error = {0};
    switch (cs_index_verify(cli->path, on_finding, NULL, &error)) {
    case CS_OK:
        if (!cli->quiet)
            puts("the index agrees with itself");
        return CS__EXIT_OK;
    case CS_ERR_CORRUPT:
        cs__complain("the index %s is damaged: index the documents again into a new file", cli->path);
        return CS__EXIT_SOME;
    default:
        return cs__complain_of(&error);
    }
}
