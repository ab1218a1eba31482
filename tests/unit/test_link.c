/* SPDX-License-Identifier: MIT */
/* Link: documents on one visit come together, whatever order they came in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/link.h"

static const char schema[] =
    "CREATE TABLE source(id INTEGER PRIMARY KEY, path TEXT);"
    "CREATE TABLE document(id INTEGER PRIMARY KEY, source INTEGER, record TEXT, authority TEXT, kind INTEGER,"
    "  published_first INTEGER, published_last INTEGER, published_precision INTEGER, pages INTEGER,"
    "  visit INTEGER, first_passage INTEGER, block_count INTEGER);"
    "CREATE TABLE field(document INTEGER, seq INTEGER, name TEXT, value TEXT, state INTEGER, PRIMARY "
    "KEY(document, seq));"
    "CREATE TABLE visit(id INTEGER PRIMARY KEY, name TEXT UNIQUE, authority TEXT, kind INTEGER, ordinal "
    "INTEGER,"
    "  first INTEGER, last INTEGER, precision INTEGER, scope_known INTEGER);"
    "CREATE TABLE visit_window(visit, seq, first, last, precision);"
    "CREATE TABLE visit_judgement(visit, area, judgement, state, source);"
    "CREATE TABLE visit_scope(visit, seq, words);"
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value); INSERT INTO meta VALUES('dictionary', x'');"
    "CREATE TABLE passage(id INTEGER PRIMARY KEY, flags INTEGER); CREATE TABLE pack(first INTEGER PRIMARY "
    "KEY, data BLOB);"
    "CREATE TABLE echo(passage INTEGER PRIMARY KEY, source INTEGER);"
    "CREATE TABLE echoed(visit INTEGER PRIMARY KEY, ranges TEXT);"
    "CREATE TABLE unlinked(authority TEXT PRIMARY KEY);";

struct document {
    const char *path;
    const char *authority;
    cs_kind kind;
    const char *published;
    const char *fields; /* "name=value;name=value" */
};

/* The story of one authority, as its papers tell it: two inspections, three monitoring visits, and copies. */
static const struct document story[] = {
    {"/a/report-2018.pdf", "Northshire", CS_KIND_INSPECTION_REPORT, "2018-07-23",
     "visit_window=2018-06-11/2018-06-22;judgement.overall=requires improvement;judgement.care=good"},
    {"/a/report-2022.pdf", "Northshire", CS_KIND_INSPECTION_REPORT, "2022-09-21",
     "visit_window=2022-07-18/2022-07-29;judgement.overall=inadequate;judgement.care=inadequate"},
    {"/a/letter-1.txt", "Northshire", CS_KIND_MONITORING_LETTER, "2023-05-09",
     "visit_window=2023-03-29/"
     "2023-03-30;ordinal=1;standing_overall=inadequate;standing_date=2022-07;scope=front door"},
    {"/a/article-1.txt", "Northshire", CS_KIND_ARTICLE, "2023-06-15",
     "visit_kind=monitoring;visit_window=2023-03;ordinal=1;standing_overall=inadequate;standing_date=2022-"
     "07"},
    {"/a/article-2.txt", "Northshire", CS_KIND_ARTICLE, "",
     "visit_kind=monitoring;visit_window=2023-06-28/2023-06-29;ordinal=2"},
    {"/a/article-3.txt", "Northshire", CS_KIND_ARTICLE, "",
     "visit_kind=monitoring;visit_window=2023;ordinal=3;standing_overall=inadequate;standing_date=2022-09"},
    {"/a/report-2025.md", "Northshire", CS_KIND_INSPECTION_REPORT, "",
     "visit_window=2025-11-10/2025-11-21;judgement.overall=good"},
    {"/a/report-2025.pdf", "Northshire", CS_KIND_INSPECTION_REPORT, "2026-01-12",
     "visit_window=2025-11-10/2025-11-21;judgement.overall=good"},
    {"/a/other.txt", "Southshire", CS_KIND_ARTICLE, "",
     "visit_kind=monitoring;ordinal=3;standing_overall=inadequate"},
    {"/a/silent.txt", "Southshire", CS_KIND_ARTICLE, "", "title=nothing on a visit"},
};
enum { STORY = sizeof story / sizeof story[0] };

static void run(sqlite3 *db, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *sql = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_free(sql);
}

/* A field "visit" is the user's word. */
static void add(sqlite3 *db, int id, const struct document *document)
{
    cs_date published;
    char fields[512], *rest = fields;
    int seq = 0;
    cs_date_parse(document->published, strlen(document->published), &published);
    run(db, "INSERT INTO source VALUES(%d, %Q)", id, document->path);
    run(db, "INSERT INTO document VALUES(%d, %d, NULL, %Q, %d, %d, %d, %d, %d, NULL, 1, 0)", id, id,
        document->authority[0] != '\0' ? document->authority : NULL, (int)document->kind, published.first,
        published.last, (int)published.precision, strstr(document->path, ".pdf") != NULL);
    snprintf(fields, sizeof fields, "%s", document->fields);
    for (char *pair; (pair = strsep(&rest, ";")) != NULL;) {
        char *value = strchr(pair, '=');
        *value++ = '\0';
        run(db, "INSERT INTO field VALUES(%d, %d, %Q, %Q, %d)", id, seq++, pair, value,
            (int)(strcmp(pair, "visit") == 0 ? CS_STATE_OVERRIDE : CS_STATE_STATED));
    }
    run(db, "INSERT OR IGNORE INTO unlinked VALUES(%Q)", document->authority);
}

/* All that link wrote, as text: visits, their windows and judgements, and which path is on which. */
static char *result_of(sqlite3 *db)
{
    static const char sql[] =
        "SELECT group_concat(line, char(10)) FROM (SELECT v.name || ' ' || coalesce(v.ordinal, '-') || ' ' ||"
        " coalesce(v.first, '-') || '..' || coalesce(v.last, '-') || ' ' || coalesce(v.precision, '-') || ' "
        "' || v.scope_known"
        " || (SELECT coalesce(group_concat(' ' || area || '=' || judgement || '/' || state || '@' ||"
        "   coalesce((SELECT name FROM visit WHERE id = j.source), '-'), ''), '') FROM visit_judgement j "
        "WHERE j.visit = v.id)"
        " || (SELECT group_concat(' ' || path, '') FROM (SELECT s.path FROM document d JOIN source s ON s.id "
        "= d.source"
        "   WHERE d.visit = v.id ORDER BY s.path)) AS line FROM visit v"
        " ORDER BY v.authority, v.first IS NULL, v.first, v.last, v.ordinal, v.kind, v.name)";
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const char *text = (const char *)sqlite3_column_text(statement, 0);
    char *out = strdup(text != NULL ? text : "");
    sqlite3_finalize(statement);
    return out;
}

static char *link_in_order(const int *order, int again_after)
{
    sqlite3 *db;
    cs_error error = {0};
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    run(db, "%s", schema);
    for (int i = 0; i < STORY; i++) {
        add(db, i + 1, &story[order[i]]);
        if (i == again_after)
            assert_int_equal(cs__link(db, &error), CS_OK);
    }
    assert_int_equal(cs__link(db, &error), CS_OK);
    char *out = result_of(db);
    sqlite3_close(db);
    return out;
}

static void the_story_is_told(void **state)
{
    int order[STORY];
    (void)state;
    for (int i = 0; i < STORY; i++)
        order[i] = i;
    char *out = link_in_order(order, -1);
    static const char expected[] =
        "northshire/2018-06-11 - 17693..17704 4 1 1=2/1@- 4=4/1@- /a/report-2018.pdf\n"
        "northshire/2022-07-18 - 19191..19202 4 1 1=1/1@- 4=1/1@- /a/report-2022.pdf\n"
        "northshire/2023-03-29 1 19445..19446 4 1 1=1/2@northshire/2022-07-18 4=1/2@northshire/2022-07-18"
        " /a/article-1.txt /a/letter-1.txt\n"
        "northshire/2023-06-28 2 19536..19537 4 0 1=1/2@northshire/2022-07-18 4=1/2@northshire/2022-07-18 "
        "/a/article-2.txt\n"
        "northshire/2023-monitoring-3 3 19538..19722 1 0 1=1/2@northshire/2022-07-18 "
        "4=1/2@northshire/2022-07-18"
        " /a/article-3.txt\n"
        "northshire/2025-11-10 - 20402..20413 4 1 1=4/1@- /a/report-2025.md /a/report-2025.pdf\n"
        "southshire/monitoring-3 3 -..- - 0 1=1/2@- /a/other.txt";
    assert_string_equal(out, expected);
    free(out);
}

/* A property: any order of indexing, in one run or two, gives the same visits. */
static void order_changes_nothing(void **state)
{
    int order[STORY];
    (void)state;
    for (int i = 0; i < STORY; i++)
        order[i] = i;
    char *expected = link_in_order(order, -1);
    srand(7);
    for (int round = 0; round < 200; round++) {
        for (int i = STORY - 1; i > 0; i--) {
            int j = rand() % (i + 1), kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        char *out = link_in_order(order, rand() % STORY);
        assert_string_equal(out, expected);
        free(out);
    }
    free(expected);
}

/* --- Histories: documents come and go, and link runs now and then; in the end all is as if those that stayed
 * had come at once. */
enum { POOL = 40, FIELDS_SIZE = 200 };

static const char *pick(const char *const *words, int count)
{
    return words[rand() % count];
}

static void make_document(int number, struct document *out, char path[32], char fields[FIELDS_SIZE])
{
    static const char *const authorities[] = {"Northshire", "Southshire", "St Helens", "St. Helens", ""};
    static const char *const windows[] = {"2022-07-18/2022-07-29", "2023-03-29/2023-03-30", "2023-03", "2023",
                                          "2023-06-28/2023-06-29"};
    static const char *const names[] = {"northshire/2022-07-18", "st-helens/2023-03-29", "of-two",
                                        "unknown/visit"};
    static const char *const judgements[] = {"good", "inadequate", "outstanding"};
    int size = snprintf(fields, FIELDS_SIZE, "title=paper %d", number);
    sprintf(path, "/%d.%s", number, rand() % 2 ? "pdf" : "txt");
    *out = (struct document){path, pick(authorities, 5), (cs_kind)(1 + rand() % 4), "2023-09-01", fields};
    if (rand() % 4 > 0)
        size += snprintf(fields + size, FIELDS_SIZE - (size_t)size, ";visit_window=%s", pick(windows, 5));
    if (rand() % 2 > 0)
        size += snprintf(fields + size, FIELDS_SIZE - (size_t)size, ";ordinal=%d", 1 + rand() % 3);
    if (rand() % 3 == 0)
        size +=
            snprintf(fields + size, FIELDS_SIZE - (size_t)size, ";judgement.overall=%s", pick(judgements, 3));
    if (rand() % 10 == 0)
        snprintf(fields + size, FIELDS_SIZE - (size_t)size, ";visit=%s", pick(names, 4));
}

static void take_away(sqlite3 *db, int id)
{
    run(db,
        "INSERT OR IGNORE INTO unlinked SELECT coalesce(d.authority, '') FROM document d WHERE id = %d AND "
        "visit"
        " IS NOT NULL UNION SELECT coalesce(v.authority, '') FROM document d JOIN visit v ON v.id = d.visit"
        " WHERE d.id = %d; DELETE FROM field WHERE document = %d; DELETE FROM document WHERE id = %d;"
        "DELETE FROM source WHERE id = %d",
        id, id, id, id, id);
}

static sqlite3 *new_database(void)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    run(db, "%s", schema);
    return db;
}

static void history_changes_nothing(void **state)
{
    cs_error error = {0};
    (void)state;
    srand(11);
    for (int round = 0; round < 150; round++) {
        static char paths[POOL][32], fields[POOL][FIELDS_SIZE];
        struct document documents[POOL];
        int ids[POOL] = {0}, next = 1;
        sqlite3 *db = new_database(), *fresh = new_database();
        for (int i = 0; i < POOL; i++)
            make_document(i, &documents[i], paths[i], fields[i]);
        for (int change = 0; change < 60; change++) {
            int i = rand() % POOL;
            if (ids[i] == 0)
                add(db, ids[i] = next++, &documents[i]);
            else
                take_away(db, ids[i]), ids[i] = 0;
            if (rand() % 3 == 0)
                assert_int_equal(cs__link(db, &error), CS_OK);
        }
        for (int i = 0; i < POOL; i++)
            if (ids[i] != 0)
                add(fresh, i + 1, &documents[i]);
        assert_int_equal(cs__link(db, &error), CS_OK);
        assert_int_equal(cs__link(fresh, &error), CS_OK);
        char *out = result_of(db), *expected = result_of(fresh);
        assert_string_equal(out, expected);
        free(out);
        free(expected);
        sqlite3_close(db);
        sqlite3_close(fresh);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_story_is_told),
        cmocka_unit_test(order_changes_nothing),
        cmocka_unit_test(history_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
