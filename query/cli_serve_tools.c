/* SPDX-License-Identifier: MIT */
/* The tools: what each is called and takes, said in JSON Schema; and arguments read by the same table.
 *
 * Most arguments are options of the command line, under their long names with '_' for '-', so that what is
 * said of an option holds here as well. */
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "query/cli_serve.h"

/* What one answer may hold; more is to be had by offset. */
enum { LIMIT_MAX = 1000, NAME_SIZE = 64 };

#define AT(member) offsetof(struct cs__tool_arguments, member)

static const struct cs__option own_arguments[] = {
    {.name = "query",
     .kind = CS__OPTION_TEXT,
     .offset = AT(query),
     .help = "words, \"phrases\", begin*, a NEAR/5 b, AND OR NOT ( ), fields like authority:Leeds; words are "
             "found in their other forms, too, and with the field's short and long forms"},
    {.name = "before",
     .kind = CS__OPTION_TEXT,
     .offset = AT(cli.compare[0]),
     .help = "one visit: its id, or authority and date, like Herefordshire June 2023"},
    {.name = "after",
     .kind = CS__OPTION_TEXT,
     .offset = AT(cli.compare[1]),
     .help = "the other visit, likewise"},
    {.name = "path",
     .kind = CS__OPTION_TEXT,
     .offset = AT(path),
     .help = "path of the document, as the other tools give it"},
    {.name = "record",
     .kind = CS__OPTION_TEXT,
     .offset = AT(record),
     .help = "which record, where the document is one of a JSON Lines file"},
};

#define FILTERS                                                                                              \
    "authority", "since", "until", "published-since", "published-until", "judgement", "overall", "kind",     \
        "visit", "section", "area"

static const char *const query[] = {"query", NULL};
static const char *const visits[] = {"before", "after", "query", NULL};
static const char *const document[] = {"path", "record", NULL};
static const char *const search_options[] = {"limit",   "offset",  "match",   "sort",  "exact",
                                             "no-fold", "context", "explain", FILTERS, NULL};
static const char *const timeline_options[] = {"limit", "match", "exact", FILTERS, NULL};
static const char *const compare_options[] = {"limit", "match", "exact", "section", "area", NULL};
static const char *const document_options[] = {"limit", "offset", NULL};

static const struct cs__tool tools[] = {
    {"search", "Search passages",
     "Passages that answer a query, best first, each with its document, visit, date, judgement, section, "
     "numbered paragraph, page and a citation.",
     search_options, query, 1, cs__tool_search},
    {"timeline", "Follow a theme through the visits",
     "How a theme went from visit to visit, oldest first: how much was said of it and in which tone, the "
     "best "
     "sentence with its citation, and whether a visit looked at it at all. Name an authority to see its "
     "visits; without one, rows are years and judgements.",
     timeline_options, query, 1, cs__tool_timeline},
    {"compare", "Compare two visits",
     "Two visits side by side, section by section: what is new, gone, said in another tone, and what one of "
     "them did not look at; without a query, the themes that changed most.",
     compare_options, visits, 2, cs__tool_compare},
    {"follow_up", "Follow areas for improvement",
     "Each area for improvement that inspectors named, and what later visits said of it; silence is told "
     "apart "
     "from not having looked. A query keeps those that have its words.",
     timeline_options, query, 0, cs__tool_follow_up},
    {"document", "Look at a document",
     "One document: kind, authority, dates, judgements, each field with the words, page and rule that it was "
     "read by, and its text, passage by passage (all, or a part by limit and offset).",
     document_options, document, 1, cs__tool_document},
};

const struct cs__tool *cs__serve_tool_find(const char *name)
{
    for (size_t i = 0; i < sizeof tools / sizeof tools[0]; i++) {
        if (strcmp(tools[i].name, name) == 0)
            return &tools[i];
    }
    return NULL;
}

static const struct cs__option *find(const struct cs__option *table, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    }
    return NULL;
}

/* The option that argument `i` of a tool is: first its own, then those of the command line; NULL past them.
 */
static const struct cs__option *argument(const struct cs__tool *tool, size_t i)
{
    size_t own = 0;
    while (tool->own[own] != NULL)
        own++;
    if (i < own)
        return find(own_arguments, sizeof own_arguments / sizeof own_arguments[0], tool->own[i]);
    const char *name = tool->options[i - own];
    return name != NULL ? find(cs__search_program.options, cs__search_program.option_count, name) : NULL;
}

/* The name of an option as a key. */
static const char *key_of(const struct cs__option *option, char out[NAME_SIZE])
{
    snprintf(out, NAME_SIZE, "%s", option->name);
    for (char *at = out; *at != '\0'; at++)
        *at = *at == '-' ? '_' : *at;
    return out;
}

static unsigned most(const struct cs__option *option)
{
    return strcmp(option->name, "limit") == 0 ? LIMIT_MAX : option->max;
}

static json_t *choices(const char *list)
{
    json_t *array = json_array();
    for (;;) {
        size_t size = strcspn(list, "|");
        json_array_append_new(array, json_stringn(list, size));
        if (list[size] == '\0')
            return array;
        list += size + 1;
    }
}

static json_t *schema_of(const struct cs__option *option)
{
    switch (option->kind) {
    case CS__OPTION_FLAG:
        return json_pack("{s:s, s:s}", "type", "boolean", "description", option->help);
    case CS__OPTION_NUMBER:
        return json_pack("{s:s, s:i, s:I, s:s}", "type", "integer", "minimum", (int)option->min, "maximum",
                         (json_int_t)most(option), "description", option->help);
    case CS__OPTION_CHOICE:
        return json_pack("{s:s, s:o, s:s}", "type", "string", "enum", choices(option->argument),
                         "description", option->help);
    case CS__OPTION_TEXT:
    case CS__OPTION_LIST:
    case CS__OPTION_PAIR:
        break;
    }
    return json_pack("{s:s, s:s}", "type", "string", "description", option->help);
}

static json_t *tool_of(const struct cs__tool *tool)
{
    char key[NAME_SIZE];
    const struct cs__option *option;
    json_t *properties = json_object(), *required = json_array();
    for (size_t i = 0; (option = argument(tool, i)) != NULL; i++) {
        json_object_set_new(properties, key_of(option, key), schema_of(option));
        if (i < tool->required)
            json_array_append_new(required, json_string(key));
    }
    return json_pack("{s:s, s:s, s:s, s:{s:s, s:o, s:o, s:b}, s:{s:s, s:b, s:b, s:b, s:b}}", "name",
                     tool->name, "title", tool->title, "description", tool->description, "inputSchema",
                     "type", "object", "properties", properties, "required", required, "additionalProperties",
                     0, "annotations", "title", tool->title, "readOnlyHint", 1, "destructiveHint", 0,
                     "idempotentHint", 1, "openWorldHint", 0);
}

json_t *cs__serve_tools(void)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof tools / sizeof tools[0]; i++)
        json_array_append_new(list, tool_of(&tools[i]));
    return list;
}

static int refuse(cs_error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));
static int refuse(cs_error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    error->status = CS_ERR_ARGUMENT;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return -1;
}

static int set_text(const struct cs__option *option, const char *key, const json_t *value,
                    struct cs__tool_arguments *out, cs_error *error)
{
    const char *text = json_string_value(value);
    size_t size = json_string_length(value);
    int is_query = option->offset == AT(query);
    if (text == NULL)
        return refuse(error, "%s must be a string", key);
    if (!is_query && strlen(text) != size)
        return refuse(error, "%s must not contain NUL", key);
    *(const char **)(void *)((char *)out + option->offset) = text;
    if (is_query)
        out->query_size = size;
    return 0;
}

static int set_choice(const struct cs__option *option, const char *key, const json_t *value, int *out,
                      cs_error *error)
{
    const char *text = json_string_value(value), *choice = option->argument;
    for (int i = 0; text != NULL; i++) {
        size_t size = strcspn(choice, "|");
        if (size == json_string_length(value) && memcmp(choice, text, size) == 0) {
            *out = i;
            return 0;
        }
        if (choice[size] == '\0')
            break;
        choice += size + 1;
    }
    return refuse(error, "%s must be one of %s", key, option->argument);
}

static int set_argument(const struct cs__option *option, const json_t *value, struct cs__tool_arguments *out,
                        cs_error *error)
{
    char key[NAME_SIZE];
    void *at = (char *)out + option->offset;
    json_int_t number = json_integer_value(value);
    key_of(option, key);
    switch (option->kind) {
    case CS__OPTION_FLAG:
        if (!json_is_boolean(value))
            return refuse(error, "%s must be true or false", key);
        *(int *)at = json_is_true(value);
        return 0;
    case CS__OPTION_NUMBER:
        if (!json_is_integer(value) || number < (json_int_t)option->min || number > (json_int_t)most(option))
            return refuse(error, "%s must be a whole number from %u to %u", key, option->min, most(option));
        *(unsigned *)at = (unsigned)number;
        return 0;
    case CS__OPTION_CHOICE:
        return set_choice(option, key, value, at, error);
    case CS__OPTION_TEXT:
        return set_text(option, key, value, out, error);
    case CS__OPTION_LIST:
    case CS__OPTION_PAIR:
        break;
    }
    return refuse(error, "%s is not for this tool", key);
}

/* An argument that is none is said to be none, with what there is. */
static int refuse_unknown(const struct cs__tool *tool, const json_t *values, cs_error *error)
{
    char key[NAME_SIZE], known[512] = "";
    const struct cs__option *option;
    const char *name;
    json_t *value;
    for (size_t i = 0; (option = argument(tool, i)) != NULL; i++) {
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", used > 0 ? ", " : "", key_of(option, key));
    }
    json_object_foreach((json_t *)values, name, value)
    {
        size_t i = 0;
        while ((option = argument(tool, i)) != NULL && strcmp(key_of(option, key), name) != 0)
            i++;
        if (option == NULL)
            return refuse(error, "%s takes no argument %s; it takes %s", tool->name,
                          strlen(name) < NAME_SIZE ? name : "of such a name", known);
    }
    return 0;
}

int cs__serve_arguments(const struct cs__tool *tool, const json_t *values, struct cs__tool_arguments *out,
                        cs_error *error)
{
    char key[NAME_SIZE];
    const struct cs__option *option;
    if (refuse_unknown(tool, values, error) != 0)
        return -1;
    for (size_t i = 0; (option = argument(tool, i)) != NULL; i++) {
        const json_t *value = json_object_get(values, key_of(option, key));
        if (value == NULL && i < tool->required)
            return refuse(error, "%s needs %s", tool->name, key);
        if (value != NULL && set_argument(option, value, out, error) != 0)
            return -1;
    }
    return 0;
}
