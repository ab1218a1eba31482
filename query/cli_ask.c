/* SPDX-License-Identifier: MIT */
/* What all modes do that answer a query: format, query and index, then the mode's own part. */
#include <stdlib.h>

#include "query/cli_search.h"

int cs__search_cli_ask(const struct cs__search_cli *cli, const char *mode, int printable, cs__answer answer)
{
    if (!printable) {
        cs__complain("%s can't be printed as %s", mode, cs__search_format_name(cli->format));
        return CS__EXIT_ERROR;
    }
    char *query = cs__search_cli_query(cli);
    cs_reader *reader = query != NULL ? cs__search_cli_open(cli) : NULL;
    int status = CS__EXIT_ERROR;
    if (query == NULL)
        cs__complain("out of memory");
    else if (reader != NULL)
        status = answer(reader, cli, query);
    cs_reader_close(reader);
    free(query);
    return status;
}
