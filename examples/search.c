/* SPDX-License-Identifier: MIT */
/* Search an index and print what answers: cc search.c $(pkg-config --cflags --libs csearch) -o search
 * Usage: search INDEX QUERY */
#include <csearch.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    cs_error error = {CS_OK, ""};
    cs_reader *reader = NULL;
    cs_hits *hits = NULL;

    if (argc == 3 && cs_reader_open(argv[1], NULL, &reader, &error) == CS_OK &&
        cs_search(reader, argv[2], strlen(argv[2]), NULL, &hits, &error) == CS_OK) {
        for (size_t i = 0; i < cs_hits_count(hits); i++) {
            const cs_hit *hit = cs_hits_get(hits, i);
            printf("%s\n    %.*s\n", hit->citation, (int)(hit->excerpt.end - hit->excerpt.start),
                   hit->text + hit->excerpt.start);
        }
        for (size_t i = 0; cs_hits_note(hits, i) != NULL; i++)
            fprintf(stderr, "%s\n", cs_hits_note(hits, i));
    } else {
        fprintf(stderr, "%s\n", argc == 3 ? error.message : "usage: search INDEX QUERY");
    }
    int found = hits != NULL && cs_hits_count(hits) > 0;
    cs_hits_free(hits);
    cs_reader_close(reader);
    return found ? 0 : 1;
}
