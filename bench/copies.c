/* SPDX-License-Identifier: MIT */
/* Copies: an index -> JSON Lines of its reports and letters, many times over, as a nation of authorities
 * would have them. Usage: copies INDEX PASSAGES > RECORDS
 *
 * Each copy of a document is about another authority, and on a visit some days later, so that none repeats
 * another. It stops behind the first document that brings the passages to PASSAGES. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <csearch.h>

#include "bench/bench.h"
#include "core/authority.h"

static void write_string(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c < ' ')
            printf("\\u%04x", c);
        else
            putchar(c);
    }
}

/* Its searchable passages as paragraphs. Returns how many there are. */
static uint64_t write_text(cs_reader *reader, sqlite3_stmt *rows, int64_t document)
{
    uint64_t passages = 0;
    cs_error error = {0};
    sqlite3_bind_int64(rows, 1, document);
    for (; sqlite3_step(rows) == SQLITE_ROW; passages++) {
        const char *text;
        size_t size;
        if (cs__reader_text(reader, sqlite3_column_int64(rows, 0), &text, &size, &error) != CS_OK)
            bench_die("%s", error.message);
        write_string(text, size);
        fputs("\\n\\n", stdout);
    }
    sqlite3_reset(rows);
    return passages;
}

static uint64_t write_record(cs_reader *reader, sqlite3_stmt *rows, const cs_document *document,
                             const cs_visit *visit, size_t copy)
{
    char date[CS_DATE_SIZE];
    const struct cs__authority *authority =
        &cs__authorities[((size_t)document->id + copy) % cs__authority_count];
    int32_t day = visit->date.first + (int32_t)copy;
    cs_date_print((cs_date){day, day, CS_PRECISION_DAY}, date);
    printf("{\"id\":\"%" PRId64 "-%zu\",\"kind\":\"%s\",\"authority\":\"", document->id, copy,
           cs_kind_name(document->kind));
    write_string(authority->name, strlen(authority->name));
    printf("\",\"visit\":\"%s\",\"title\":\"Inspection\",\"text\":\"", date);
    uint64_t passages = write_text(reader, rows, document->id);
    puts("\"}");
    return passages;
}

static const cs_visit *visit_of(const cs_visits *visits, const char *id)
{
    for (size_t i = 0; id != NULL && i < cs_visits_count(visits); i++) {
        if (strcmp(cs_visits_get(visits, i)->id, id) == 0)
            return cs_visits_get(visits, i);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    cs_documents *documents;
    cs_visits *visits;
    cs_error error = {0};
    sqlite3_stmt *rows = NULL;
    if (argc != 3)
        bench_die("usage: copies INDEX PASSAGES");
    uint64_t wanted = strtoull(argv[2], NULL, 10), passages = 0;
    cs_reader *reader = bench_open(argv[1]);
    if (cs_documents_list(reader, NULL, &documents, &error) != CS_OK ||
        cs_visits_list(reader, NULL, &visits, &error) != CS_OK)
        bench_die("%s", error.message);
    if (sqlite3_prepare_v2(reader->db,
                           "SELECT id FROM passage WHERE document = ?1 AND flags & 1 AND id BETWEEN "
                           "(SELECT first_passage FROM document WHERE id = ?1) AND "
                           "(SELECT first_passage + block_count FROM document WHERE id = ?1) ORDER BY id",
                           -1, &rows, NULL) != SQLITE_OK)
        bench_die("%s", sqlite3_errmsg(reader->db));
    for (size_t copy = 0; passages < wanted; copy++) {
        for (size_t i = 0; i < cs_documents_count(documents) && passages < wanted; i++) {
            const cs_document *document = cs_documents_get(documents, i);
            const cs_visit *visit = visit_of(visits, document->visit);
            if (visit != NULL && visit->date.precision == CS_PRECISION_DAY)
                passages += write_record(reader, rows, document, visit, copy);
        }
    }
    sqlite3_finalize(rows);
    cs_visits_free(visits);
    cs_documents_free(documents);
    cs_reader_close(reader);
    return 0;
}
