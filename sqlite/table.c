/* SPDX-License-Identifier: MIT */
/* Table: the eponymous virtual table behind each table-valued function. Input: constraints; output: rows. */
#include "sqlite/table.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

/* What a plan holds beside the columns of its arguments (idxNum). */
enum { PLAN_LIMIT = 1, PLAN_OFFSET = 2 };
/* A column in idxStr is this character and those behind it. */
enum { FIRST_COLUMN = '0' };
/* Newer than the least SQLite: LIMIT as a constraint, and sqlite3_vtab_in(). */
enum { SQLITE_WITH_LIMIT = 3038000, CONSTRAINT_LIMIT = 73, CONSTRAINT_OFFSET = 74 };
/* Guesses for the planner: a search is dear, and what it is given makes it no dearer. */
static const double COST = 1000;
enum { ROWS = 50 };

struct module {
    sqlite3_vtab base;
    const struct cs__table *table;
};

int cs__table_column(const struct cs__table *table, const char *name)
{
    for (int i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].name, name) == 0)
            return i;
    return -1;
}

static int is_hidden(const struct cs__column *column)
{
    return column->role == CS__ARGUMENT || column->role == CS__FACT;
}

static int connect_table(sqlite3 *db, void *context, int argc, const char *const *argv, sqlite3_vtab **out,
                         char **error)
{
    const struct cs__table *table = context;
    sqlite3_str *sql = sqlite3_str_new(db);
    (void)argc;
    (void)argv;
    (void)error;
    for (int i = 0; i < table->column_count; i++)
        sqlite3_str_appendf(sql, "%s\"%w\"%s", i == 0 ? "CREATE TABLE x(" : ", ", table->columns[i].name,
                            is_hidden(&table->columns[i]) ? " HIDDEN" : "");
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    int status = text != NULL ? sqlite3_declare_vtab(db, text) : SQLITE_NOMEM;
    sqlite3_free(text);
    struct module *module = status == SQLITE_OK ? sqlite3_malloc64(sizeof *module) : NULL;
    if (module == NULL)
        return status == SQLITE_OK ? SQLITE_NOMEM : status;
    *module = (struct module){.table = table};
    *out = &module->base;
    return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *vtab)
{
    sqlite3_free(vtab);
    return SQLITE_OK;
}

/* A plan under way. */
struct planning {
    sqlite3_index_info *info;
    const struct cs__table *table;
    char chosen[CS__COLUMNS_MAX + 1]; /* idxStr */
    int count;
    char taken[CS__COLUMNS_MAX]; /* by column */
    int is_exact;                /* nothing is left for SQLite to check, so its LIMIT is ours */
};

/* Take `column = x` for all columns of one role. 0 when an argument is not known yet: another order of tables
 * must be tried. */
static int take_role(struct planning *planning, enum cs__role role)
{
    sqlite3_index_info *info = planning->info;
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        if (column < 0 || column >= planning->table->column_count ||
            info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ ||
            planning->table->columns[column].role != role || planning->taken[column])
            continue;
        if (!info->aConstraint[i].usable) {
            if (role == CS__ARGUMENT)
                return 0;
            continue;
        }
        planning->taken[column] = 1;
        planning->chosen[planning->count++] = (char)(FIRST_COLUMN + column);
        info->aConstraintUsage[i].argvIndex = planning->count;
        info->aConstraintUsage[i].omit = 1;
    }
    return 1;
}

/* Whether each row that we give is one that SQLite will take: then its LIMIT can be asked of the library. */
static int is_exact(const struct planning *planning)
{
    sqlite3_index_info *info = planning->info;
    for (int i = 0; i < info->nConstraint; i++) {
        int op = info->aConstraint[i].op;
        if (op == CONSTRAINT_LIMIT || op == CONSTRAINT_OFFSET)
            continue;
        /* `column IN (...)` comes as one call each. */
        if (info->aConstraintUsage[i].argvIndex == 0 || sqlite3_vtab_in(info, i, -1))
            return 0;
    }
    return 1;
}

static int take_bound(struct planning *planning, int op, int plan)
{
    sqlite3_index_info *info = planning->info;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].op != op)
            continue;
        if (!info->aConstraint[i].usable)
            return 0;
        info->aConstraintUsage[i].argvIndex = ++planning->count;
        info->aConstraintUsage[i].omit = 1;
        info->idxNum |= plan;
    }
    return 1;
}

/* Rows come by rank: an order that SQLite needs not make. */
static void take_order(struct planning *planning)
{
    sqlite3_index_info *info = planning->info;
    int by_rank = info->nOrderBy == 1 && info->aOrderBy[0].iColumn == 0 && !info->aOrderBy[0].desc;
    if (!planning->table->ranked || sqlite3_libversion_number() < SQLITE_WITH_LIMIT || !is_exact(planning))
        return;
    info->orderByConsumed = by_rank;
    /* The offset first: without it the limit would be that of other rows. */
    if ((info->nOrderBy == 0 || by_rank) && take_bound(planning, CONSTRAINT_OFFSET, PLAN_OFFSET))
        take_bound(planning, CONSTRAINT_LIMIT, PLAN_LIMIT);
}

static int best_index(sqlite3_vtab *vtab, sqlite3_index_info *info)
{
    struct planning planning = {.info = info, .table = ((struct module *)(void *)vtab)->table};
    /* SQLite trusts `omit` for the first sixteen only, and arguments pass a second check anyway. */
    if (!take_role(&planning, CS__FILTERED) || !take_role(&planning, CS__ARGUMENT))
        return SQLITE_CONSTRAINT;
    info->idxStr = sqlite3_mprintf("%s", planning.chosen);
    if (info->idxStr == NULL)
        return SQLITE_NOMEM;
    info->needToFreeIdxStr = 1;
    take_order(&planning);
    info->estimatedCost = COST / (1 + planning.count);
    info->estimatedRows = ROWS;
    return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *vtab, sqlite3_vtab_cursor **out)
{
    struct cs__cursor *cursor = sqlite3_malloc64(sizeof *cursor);
    if (cursor == NULL)
        return SQLITE_NOMEM;
    *cursor = (struct cs__cursor){.table = ((struct module *)(void *)vtab)->table, .ended = 1};
    *out = &cursor->base;
    return SQLITE_OK;
}

static void forget_rows(struct cs__cursor *cursor)
{
    if (cursor->rows != NULL)
        cursor->table->release(cursor);
    cursor->rows = NULL;
    cursor->count = cursor->at = 0;
    if (cursor->reader != NULL)
        cs_reader_release(cursor->reader);
    for (int i = 0; i < CS__COLUMNS_MAX; i++) {
        sqlite3_value_free(cursor->arguments[i]);
        cursor->arguments[i] = NULL;
    }
}

static void close_reader(struct cs__cursor *cursor)
{
    cs_reader_close(cursor->reader);
    sqlite3_free(cursor->path);
    sqlite3_free(cursor->vocabulary);
    cursor->reader = NULL;
    cursor->path = cursor->vocabulary = NULL;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
    struct cs__cursor *cursor = (struct cs__cursor *)(void *)base;
    forget_rows(cursor);
    close_reader(cursor);
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static char *copy(const char *text, cs_status *status)
{
    char *out = text != NULL ? sqlite3_mprintf("%s", text) : NULL;
    if (text != NULL && out == NULL)
        *status = CS_ERR_NOMEM;
    return out;
}

/* A join asks again and again of one index: its reader is kept. */
static cs_status need_reader(struct cs__cursor *cursor, cs_error *error)
{
    cs_reader_options options = CS_READER_OPTIONS_INIT;
    cs_status status = CS_OK;
    const char *path = cs__argument_text(cursor, "index_file");
    options.vocabulary_file =
        cs__table_column(cursor->table, "vocabulary") >= 0 ? cs__argument_text(cursor, "vocabulary") : NULL;
    if (cursor->reader == NULL || !same(path, cursor->path) ||
        !same(options.vocabulary_file, cursor->vocabulary)) {
        close_reader(cursor);
        cursor->path = copy(path, &status);
        cursor->vocabulary = copy(options.vocabulary_file, &status);
        if (status == CS_OK)
            status = cs_reader_open(path, &options, &cursor->reader, error);
    }
    return status == CS_OK ? cs_reader_hold(cursor->reader, error) : status;
}

/* Arguments are kept: rows give them back as the values of their columns. */
static int take_arguments(struct cs__cursor *cursor, int plan, const char *chosen, sqlite3_value **argv)
{
    int count = 0;
    for (; chosen[count] != '\0'; count++) {
        int column = chosen[count] - FIRST_COLUMN, is_null = sqlite3_value_type(argv[count]) == SQLITE_NULL;
        if (is_null && cursor->table->columns[column].role == CS__FILTERED)
            cursor->ended = 1; /* nothing equals NULL */
        if (!is_null && (cursor->arguments[column] = sqlite3_value_dup(argv[count])) == NULL)
            return SQLITE_NOMEM;
    }
    if (plan & PLAN_OFFSET)
        cursor->offset = sqlite3_value_int64(argv[count++]);
    if (plan & PLAN_LIMIT)
        cursor->limit = sqlite3_value_int64(argv[count]);
    if (cursor->offset < 0)
        cursor->offset = 0;
    return SQLITE_OK;
}

static cs_status check_required(const struct cs__cursor *cursor, cs_error *error)
{
    int left = cursor->table->required;
    for (int i = 0; i < cursor->table->column_count && left > 0; i++) {
        if (cursor->table->columns[i].role != CS__ARGUMENT)
            continue;
        left--;
        if (cursor->arguments[i] != NULL)
            continue;
        error->status = CS_ERR_ARGUMENT;
        sqlite3_snprintf(CS_ERROR_SIZE, error->message, "give it %s, as in %s(%s)",
                         cursor->table->columns[i].name, cursor->table->name,
                         cursor->table->required > 1 ? "'index.db', 'query'" : "'index.db'");
        return CS_ERR_ARGUMENT;
    }
    return CS_OK;
}

static int fail(struct cs__cursor *cursor, cs_status status, const cs_error *error)
{
    sqlite3_vtab *vtab = cursor->base.pVtab;
    sqlite3_free(vtab->zErrMsg);
    vtab->zErrMsg = sqlite3_mprintf("%s: %s", cursor->table->name,
                                    error->status != CS_OK ? error->message : cs_status_name(status));
    cursor->ended = 1;
    return cs__sqlite_status(status);
}

static void end_where_empty(struct cs__cursor *cursor)
{
    if (cursor->count > 0)
        return;
    cursor->ended = 1;
    cs_reader_release(cursor->reader);
}

static int filter(sqlite3_vtab_cursor *base, int plan, const char *chosen, int argc, sqlite3_value **argv)
{
    struct cs__cursor *cursor = (struct cs__cursor *)(void *)base;
    cs_error error = {CS_OK, ""};
    (void)argc;
    forget_rows(cursor);
    cursor->limit = -1;
    cursor->offset = cursor->asked = cursor->row = 0;
    cursor->ended = 0;
    if (take_arguments(cursor, plan, chosen, argv) != SQLITE_OK)
        return SQLITE_NOMEM;
    if (cursor->ended)
        return SQLITE_OK;
    cs_status status = check_required(cursor, &error);
    if (status == CS_OK)
        status = need_reader(cursor, &error);
    if (status == CS_OK)
        status = cursor->table->run(cursor, &error);
    if (status != CS_OK)
        return fail(cursor, status, &error);
    end_where_empty(cursor);
    return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base)
{
    struct cs__cursor *cursor = (struct cs__cursor *)(void *)base;
    cs_error error = {CS_OK, ""};
    cursor->row++;
    if (++cursor->at < cursor->count)
        return SQLITE_OK;
    cursor->at = cursor->count = 0;
    if (cursor->table->more != NULL) {
        cs_status status = cursor->table->more(cursor, &error);
        if (status != CS_OK)
            return fail(cursor, status, &error);
    }
    end_where_empty(cursor);
    return SQLITE_OK;
}

static int eof(sqlite3_vtab_cursor *base)
{
    return ((struct cs__cursor *)(void *)base)->ended;
}

static int column_value(sqlite3_vtab_cursor *base, sqlite3_context *out, int column)
{
    const struct cs__cursor *cursor = (const struct cs__cursor *)(const void *)base;
    if (cursor->table->columns[column].role != CS__ARGUMENT)
        cursor->table->value(out, cursor, column);
    else if (cursor->arguments[column] != NULL)
        sqlite3_result_value(out, cursor->arguments[column]);
    return SQLITE_OK;
}

static int rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
    *out = ((struct cs__cursor *)(void *)base)->row + 1;
    return SQLITE_OK;
}

int cs__table_register(sqlite3 *db, const struct cs__table *table)
{
    /* Without xCreate it is eponymous only: there is nothing to create. */
    static const sqlite3_module module = {
        .xConnect = connect_table,
        .xBestIndex = best_index,
        .xDisconnect = disconnect_table,
        .xOpen = open_cursor,
        .xClose = close_cursor,
        .xFilter = filter,
        .xNext = next,
        .xEof = eof,
        .xColumn = column_value,
        .xRowid = rowid,
    };
    return sqlite3_create_module(db, table->name, &module, (void *)(uintptr_t)table);
}
