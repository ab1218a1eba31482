/* SPDX-License-Identifier: MIT */
/* Looking at an index: documents, visits, areas for improvement, fields with evidence; --verify. */
#include <stdlib.h>
#include <string.h>

#include "indexer/cli_index.h"
#include "indexer/render_list.h"

struct listing {
    const struct cs__index_cli *cli;
    cs_reader *reader;
    cs_documents *documents;
    cs_visits *visits;
    size_t conflicts;
};

/* With several PATHs, one list after the other would not be one JSON value: one is enough. */
static cs_status load(struct listing *listing, char *prefix, cs_error *error)
{
    const struct cs__index_cli *cli = listing->cli;
    cs_list_options options = CS_LIST_OPTIONS_INIT;
    options.path_prefix = prefix;
    options.with_fields = cli->check || cli->recommendations;
    options.with_failed = cli->list || cli->check;
    cs_status status = cs_reader_open(cli->path, NULL, &listing->reader, error);
    if (status == CS_OK && !cli->visits)
        status = cs_documents_list(listing->reader, &options, &listing->documents, error);
    if (status == CS_OK && (cli->visits || cli->list))
        status = cs_visits_list(listing->reader, &options, &listing->visits, error);
    return status;
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

int cs__index_list(const struct cs__index_cli *cli)
{
    struct listing listing = {.cli = cli};
    cs_error error = {0};
    int result = CS__EXIT_OK;
    if (cli->path_count > 1) {
        cs__complain("a list takes at most one PATH");
        return CS__EXIT_NOTHING;
    }
    char *prefix = cli->path_count == 1 ? realpath(cli->paths[0], NULL) : NULL;
    if (load(&listing,
             prefix != NULL         ? prefix
             : cli->path_count == 1 ? cli->paths[0]
                                    : NULL,
             &error) != CS_OK)
        result = cs__complain_of(&error);
    else if (render(&listing) != 0)
        result = CS__EXIT_NOTHING;
    else if (listing.conflicts > 0)
        result = CS__EXIT_SOME;
    cs_visits_free(listing.visits);
    cs_documents_free(listing.documents);
    cs_reader_close(listing.reader);
    free(prefix);
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
