/* SPDX-License-Identifier: MIT */
/* --stats: what an index holds, as text, JSON, JSON Lines and CSV. */
#include <inttypes.h>
#include <string.h>

#include "cli/csv.h"
#include "cli/json.h"
#include "indexer/cli_index.h"
#include "indexer/cli_progress.h"
#include "indexer/render_list.h"

enum { NUMBERS = 15 };

/* One number: its key in machine output, its words for people. */
struct number {
    const char *key, *words;
    uint64_t value;
};

static void collect(const cs_stats *stats, struct number out[NUMBERS])
{
    const struct number numbers[NUMBERS] = {
        {"sources", "files", stats->sources},
        {"failed", "files that could not be read", stats->failed},
        {"documents", "documents", stats->documents},
        {"visits", "visits", stats->visits},
        {"passages", "passages", stats->passages},
        {"words", "words", stats->words},
        {"text_bytes", "bytes of text", stats->text_bytes},
        {"file_bytes", "bytes of index", stats->file_bytes},
        {"fts_bytes", "  of them FTS5, without positions", stats->fts_bytes},
        {"postings_bytes", "  of them words with positions", stats->postings_bytes},
        {"pack_bytes", "  of them texts, compressed", stats->pack_bytes},
        {"schema_version", "schema version", (uint64_t)stats->schema_version},
        {"tokenizer_version", "tokenizer version", (uint64_t)stats->tokenizer_version},
        {"rules_version", "rules version", (uint64_t)stats->rules_version},
    };
    memcpy(out, numbers, sizeof numbers);
}

static void print_text(const cs_stats *stats, const struct number *numbers)
{
    char value[32];
    printf("%15s  identity\n", stats->identity);
    for (size_t i = 0; i < NUMBERS && numbers[i].key != NULL; i++)
        printf("%15s  %s\n", cs__thousands(numbers[i].value, value), numbers[i].words);
}

static int print_json(const cs_stats *stats, const struct number *numbers, int pretty)
{
    json_t *object = json_pack("{s:s,s:s}", "format", "cs-stats/1", "identity", stats->identity);
    for (size_t i = 0; i < NUMBERS && numbers[i].key != NULL; i++)
        json_object_set_new(object, numbers[i].key, json_integer((json_int_t)numbers[i].value));
    return cs__json_print(stdout, object, pretty);
}

static void print_csv(const cs_stats *stats, const struct number *numbers)
{
    const char *keys[NUMBERS + 1] = {"identity"}, *values[NUMBERS + 1] = {stats->identity};
    char texts[NUMBERS][24];
    size_t count = 1;
    for (size_t i = 0; i < NUMBERS && numbers[i].key != NULL; i++, count++) {
        snprintf(texts[i], sizeof texts[i], "%" PRIu64, numbers[i].value);
        keys[count] = numbers[i].key;
        values[count] = texts[i];
    }
    cs__csv_row(stdout, keys, count);
    cs__csv_row(stdout, values, count);
}

int cs__index_stats(const struct cs__index_cli *cli)
{
    struct number numbers[NUMBERS] = {{NULL, NULL, 0}};
    cs_reader *reader = NULL;
    cs_stats stats;
    cs_error error = {0};
    cs_status status = cs_reader_open(cli->path, NULL, &reader, &error);
    if (status == CS_OK)
        status = cs_reader_stats(reader, &stats, &error);
    cs_reader_close(reader);
    if (status != CS_OK)
        return cs__complain_of(&error);
    collect(&stats, numbers);
    if (cli->format == CS__LIST_JSON || cli->format == CS__LIST_JSONL)
        return print_json(&stats, numbers, cli->format == CS__LIST_JSON) == 0 ? CS__EXIT_OK
                                                                              : CS__EXIT_NOTHING;
    if (cli->format == CS__LIST_CSV)
        print_csv(&stats, numbers);
    else
        print_text(&stats, numbers);
    return CS__EXIT_OK;
}
