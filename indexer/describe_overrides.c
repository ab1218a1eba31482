/* SPDX-License-Identifier: MIT */
/* What the user says of a document (--set, sidecar, front matter, fields of a JSON Lines record) wins over
 * what the document says, and shows as `override`. */
#include "indexer/describer.h"

#include <stdlib.h>
#include <string.h>

#include "core/error.h"

/* Keys that a user may set, and the field each sets. */
static const struct {
    const char *key, *field;
} keys[] = {
    {"authority", "authority"},
    {"kind", "kind"},
    {"framework", "framework"},
    {"form", "form"},
    {"title", "title"},
    {"url", "url"},
    {"visit", "visit"},
    {"visit_kind", "visit_kind"},
    {"visit-kind", "visit_kind"},
    {"ordinal", "ordinal"},
    {"visit_window", "visit_window"},
    {"visit_date", "visit_window"},
    {"visit-date", "visit_window"},
    {"published", "published"},
    {"lead_inspector", "lead_inspector"},
    {"lead-inspector", "lead_inspector"},
    {"inspector", "inspector"},
    {"scope", "scope"},
    {"improvement", "improvement"},
    {"previous_overall", "previous_overall"},
    {"standing_overall", "standing_overall"},
    {"standing_date", "standing_date"},
    {"overall", "judgement.overall"},
    {"leadership", "judgement.leadership"},
    {"help_and_protection", "judgement.help_and_protection"},
    {"care", "judgement.care"},
    {"care_leavers", "judgement.care_leavers"},
    {"adoption", "judgement.adoption"},
    {"lscb", "judgement.lscb"},
};

static const char *field_of(const char *key)
{
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strcmp(keys[i].key, key) == 0 || strcmp(keys[i].field, key) == 0)
            return keys[i].field;
    return NULL;
}

static int several_allowed(const char *field)
{
    static const char *const several[] = {"visit_window", "inspector", "scope", "improvement"};
    for (size_t i = 0; i < sizeof several / sizeof several[0]; i++)
        if (strcmp(several[i], field) == 0)
            return 1;
    return 0;
}

static const char *canonical_date(const char *value, char out[CS_DATE_SIZE])
{
    cs_date date;
    return cs_date_parse(value, strlen(value), &date) == CS_OK ? cs_date_print(date, out) : NULL;
}

/* A visit's id, "herefordshire/2023-monitoring-3". */
static int is_visit_id(const char *value)
{
    const char *slash = strchr(value, '/');
    return slash != NULL && slash != value && slash[1] != '\0' && strchr(slash + 1, '/') == NULL &&
           value[strcspn(value, " \t")] == '\0';
}

static int is_judgement_field(const char *field)
{
    return strncmp(field, "judgement.", 10) == 0 || strcmp(field, "previous_overall") == 0 ||
           strcmp(field, "standing_overall") == 0;
}

/* The value in its canonical form; NULL when it is none. `out` takes CS_DATE_SIZE bytes. */
static const char *canonical(const char *field, const char *value, char out[CS_DATE_SIZE])
{
    size_t size = strlen(value);
    if (strcmp(field, "authority") == 0) {
        const struct cs__authority *authority = cs__authority_named(value, size);
        return authority != NULL ? authority->name : value;
    }
    if (strcmp(field, "kind") == 0) {
        cs_kind kind;
        return cs_kind_parse(value, size, &kind) == CS_OK ? cs_kind_name(kind) : NULL;
    }
    if (strcmp(field, "visit_kind") == 0) {
        cs_visit_kind kind;
        return cs_visit_kind_parse(value, size, &kind) == CS_OK ? cs_visit_kind_name(kind) : NULL;
    }
    if (strcmp(field, "published") == 0 || strcmp(field, "visit_window") == 0 ||
        strcmp(field, "standing_date") == 0)
        return canonical_date(value, out);
    if (is_judgement_field(field)) {
        cs_judgement judgement;
        return cs_judgement_parse(value, size, &judgement) == CS_OK ? cs_judgement_name(judgement) : NULL;
    }
    if (strcmp(field, "ordinal") == 0)
        return value[strspn(value, "0123456789")] == '\0' && atoi(value) > 0 ? value : NULL;
    if (strcmp(field, "visit") == 0)
        return is_visit_id(value) ? value : NULL;
    return size > 0 ? value : NULL;
}

/* Who says when a visit was may call it by its date. */
static const char *field_for(const char *key, const char *value)
{
    cs_date date;
    const char *field = field_of(key);
    if (field != NULL && strcmp(field, "visit") == 0 && cs_date_parse(value, strlen(value), &date) == CS_OK)
        return "visit_window";
    return field;
}

static const char *takes(const char *field)
{
    if (strcmp(field, "kind") == 0)
        return "inspection-report, monitoring-letter, focused-visit-letter, article, minutes or other";
    if (strcmp(field, "visit_kind") == 0)
        return "inspection, monitoring or focused";
    if (strcmp(field, "visit") == 0)
        return "dates like 2023-06-28/2023-06-29 or the id of a visit, as `cs-index --visits` prints it";
    if (strcmp(field, "ordinal") == 0)
        return "a number, 1 for the first";
    if (is_judgement_field(field))
        return "inadequate, requires improvement, adequate, good or outstanding";
    if (strcmp(field, "published") == 0 || strcmp(field, "visit_window") == 0 ||
        strcmp(field, "standing_date") == 0)
        return "a date like 2023-06-28, 2023-06, 2023 or 28 June 2023";
    return "some text";
}

cs_status cs__override_check(const char *key, const char *value, cs_error *error)
{
    char printed[CS_DATE_SIZE];
    const char *field = field_for(key, value);
    if (field == NULL)
        return cs__error_set(
            error, CS_ERR_ARGUMENT,
            "there is no field '%s': fields are authority, kind, visit, visit_kind, ordinal, "
            "published, title, url, framework, lead_inspector, overall and others; see "
            "csearch(5)",
            key);
    if (canonical(field, value, printed) == NULL)
        return cs__error_set(error, CS_ERR_ARGUMENT, "'%s' is no value for %s, which takes %s", value, key,
                             takes(field));
    return CS_OK;
}

/* What later rules build on. */
static void remember(struct cs__describer *d, const char *field, const char *value)
{
    size_t size = strlen(value);
    if (strcmp(field, "kind") == 0)
        cs_kind_parse(value, size, &d->out->kind);
    else if (strcmp(field, "authority") == 0)
        d->authority = cs__authority_named(value, size);
    else if (strcmp(field, "visit_kind") == 0)
        cs_visit_kind_parse(value, size, &d->visit_kind);
    else if (strcmp(field, "published") == 0)
        cs_date_parse(value, size, &d->published);
}

static void override(struct cs__describer *d, const char *key, const char *value)
{
    char printed[CS_DATE_SIZE];
    const char *field = value != NULL ? field_for(key, value) : NULL;
    if (field == NULL || (cs__describer_has(d, field) && !several_allowed(field)))
        return;
    const char *good = canonical(field, value, printed);
    if (good == NULL)
        return;
    if (strcmp(field, "visit_window") == 0) {
        cs_date window;
        cs_date_parse(good, strlen(good), &window);
        cs__describer_add_window(d, window, CS_STATE_OVERRIDE, CS__NO_EVIDENCE, "override");
        return;
    }
    cs__describer_add(d, field, good, CS_STATE_OVERRIDE, CS__NO_EVIDENCE, "override");
    remember(d, field, good);
}

void cs__describe_overrides(struct cs__describer *d)
{
    for (size_t i = 0; i < d->input->override_count; i++)
        override(d, d->input->overrides[i].key, d->input->overrides[i].value);
    for (size_t i = 0; i < d->input->property_count; i++)
        if (strncmp(d->input->properties[i].key, "set.", 4) == 0)
            override(d, d->input->properties[i].key + 4, d->input->properties[i].value);
    if (!cs__describer_has(d, "url") && cs__describer_property(d, "url") != NULL)
        cs__describer_add(d, "url", cs__describer_property(d, "url"), CS_STATE_STATED, CS__NO_EVIDENCE,
                          "container");
}
