/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cs-extract: documents in, their text out, in a process of its own.
 *
 *   cs-extract --worker MAX_MEMORY_BYTES   serve cs-index over descriptor 3 (extract_frame.h)
 *   cs-extract --dump FILE...              print the lines with their role and geometry, for people */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/extract/dump.h"
#include "indexer/extract/worker.h"

static int usage(FILE *to, int status)
{
    fputs("usage: cs-extract --dump FILE...   print the text of documents, line by line, as it is indexed\n"
          "       cs-extract --version\n"
          "cs-index starts this program by itself.\n",
          to);
    return status;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--worker") == 0)
        return cs__worker_serve(strtoull(argv[2], NULL, 10));
    if (argc > 2 && strcmp(argv[1], "--dump") == 0)
        return cs__dump_files(argv + 2, (size_t)argc - 2);
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return printf("cs-extract %s\n", CS_VERSION) < 0;
    if (argc == 2 && strcmp(argv[1], "--help") == 0)
        return usage(stdout, 0);
    return usage(stderr, 2);
}
