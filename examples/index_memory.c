/* SPDX-License-Identifier: MIT */
/* Index texts that are no files, as rows of a database or mails: each line of standard input is one,
 * "NAME<TAB>AUTHORITY<TAB>TEXT". cc index_memory.c $(pkg-config --cflags --libs csearch) -o index_memory
 * Usage: index_memory INDEX <LINES */
#include <csearch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void report(void *context, cs_outcome outcome, const char *path, const char *message)
{
    (void)context;
    if (outcome == CS_OUTCOME_FAILED || outcome == CS_OUTCOME_WARNING)
        fprintf(stderr, "%s: %s\n", path, message != NULL ? message : "could not be read");
}

/* A text that can't be read costs no other: it was reported. */
static cs_status add(cs_writer *writer, char *line, cs_error *error)
{
    const char *name = strtok(line, "\t\n"), *authority = strtok(NULL, "\t\n"), *text = strtok(NULL, "\n");
    if (text == NULL)
        return CS_OK;
    const cs_override set[] = {{"authority", authority}, {"kind", "monitoring-letter"}};
    cs_status status = cs_writer_add_buffer(writer, name, text, strlen(text), set, 2, error);
    return status == CS_ERR_DOCUMENT ? CS_OK : status;
}

int main(int argc, char **argv)
{
    cs_writer_options options = CS_WRITER_OPTIONS_INIT;
    cs_error error = {CS_OK, ""};
    cs_writer *writer = NULL;
    cs_run_counts counts;
    static char line[1 << 20];

    options.report = report;
    options.extract_program = getenv("CS_EXTRACT"); /* NULL: the installed one */
    if (argc != 2) {
        fputs("usage: index_memory INDEX <LINES\n", stderr);
        return 2;
    }
    cs_status status = cs_writer_open(argv[1], &options, &writer, &error);
    while (status == CS_OK && fgets(line, sizeof line, stdin) != NULL)
        status = add(writer, line, &error);
    if (status == CS_OK)
        status = cs_writer_commit(writer, &error);
    if (status == CS_OK) {
        cs_writer_counts(writer, &counts);
        printf("%llu added, %llu replaced, %llu passages\n", (unsigned long long)counts.added,
               (unsigned long long)counts.replaced, (unsigned long long)counts.passages);
    } else {
        fprintf(stderr, "%s\n", error.message);
    }
    cs_writer_close(writer);
    return status == CS_OK ? 0 : 1;
}
