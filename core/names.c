/* SPDX-License-Identifier: MIT */
/* The words of the field (DESIGN 2): values to names and back. */
#include <csearch/types.h>

#include <ctype.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const kind_names[] = {
    [CS_KIND_OTHER] = "other",
    [CS_KIND_INSPECTION_REPORT] = "inspection-report",
    [CS_KIND_MONITORING_LETTER] = "monitoring-letter",
    [CS_KIND_FOCUSED_VISIT_LETTER] = "focused-visit-letter",
    [CS_KIND_ARTICLE] = "article",
    [CS_KIND_MINUTES] = "minutes",
};

static const char *const visit_kind_names[] = {
    [CS_VISIT_UNKNOWN] = "",
    [CS_VISIT_INSPECTION] = "inspection",
    [CS_VISIT_MONITORING] = "monitoring",
    [CS_VISIT_FOCUSED] = "focused",
};

static const char *const judgement_names[] = {
    [CS_JUDGEMENT_NONE] = "",
    [CS_JUDGEMENT_INADEQUATE] = "inadequate",
    [CS_JUDGEMENT_REQUIRES_IMPROVEMENT] = "requires improvement",
    [CS_JUDGEMENT_ADEQUATE] = "adequate",
    [CS_JUDGEMENT_GOOD] = "good",
    [CS_JUDGEMENT_OUTSTANDING] = "outstanding",
    [CS_JUDGEMENT_NOT_JUDGED] = "not judged",
};

static const char *const area_names[] = {
    [CS_AREA_NONE] = "",
    [CS_AREA_OVERALL] = "overall",
    [CS_AREA_LEADERSHIP] = "leadership",
    [CS_AREA_HELP_AND_PROTECTION] = "help and protection",
    [CS_AREA_CARE] = "care",
    [CS_AREA_CARE_LEAVERS] = "care leavers",
    [CS_AREA_ADOPTION] = "adoption",
    [CS_AREA_LSCB] = "lscb",
};

static const char *const area_keys[] = {
    [CS_AREA_NONE] = "",
    [CS_AREA_OVERALL] = "overall",
    [CS_AREA_LEADERSHIP] = "leadership",
    [CS_AREA_HELP_AND_PROTECTION] = "help_and_protection",
    [CS_AREA_CARE] = "care",
    [CS_AREA_CARE_LEAVERS] = "care_leavers",
    [CS_AREA_ADOPTION] = "adoption",
    [CS_AREA_LSCB] = "lscb",
};

static const char *const state_names[] = {
    [CS_STATE_UNKNOWN] = "unknown",
    [CS_STATE_STATED] = "stated",
    [CS_STATE_STANDING] = "standing",
    [CS_STATE_DERIVED] = "derived",
    [CS_STATE_OVERRIDE] = "override",
    [CS_STATE_NOT_REPORTED] = "not-reported",
    [CS_STATE_NOT_YET_EXISTING] = "not-yet-existing",
    [CS_STATE_UNREADABLE] = "unreadable",
    [CS_STATE_CONFLICT] = "conflict",
};

static const char *const scope_names[] = {
    [CS_SCOPE_UNKNOWN] = "unknown",
    [CS_SCOPE_IN] = "in-scope",
    [CS_SCOPE_OUT] = "out-of-scope",
};

static const char *const precision_names[] = {
    [CS_PRECISION_UNKNOWN] = "unknown", [CS_PRECISION_YEAR] = "year", [CS_PRECISION_SEASON] = "season",
    [CS_PRECISION_MONTH] = "month",     [CS_PRECISION_DAY] = "day",
};

static const char *name_of(const char *const *names, size_t count, int value)
{
    return value >= 0 && (size_t)value < count ? names[value] : "";
}

static int fold(char c)
{
    return c == '-' || c == '_' ? ' ' : tolower((unsigned char)c);
}

static int same_word(const char *name, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (name[i] == '\0' || fold(name[i]) != fold(text[i]))
            return 0;
    return name[size] == '\0';
}

/* Empty names are no input: "" names nothing. */
static int value_of(const char *const *names, size_t count, const char *text, size_t size)
{
    for (size_t i = 0; size > 0 && i < count; i++)
        if (names[i] != NULL && same_word(names[i], text, size))
            return (int)i;
    return -1;
}

const char *cs_kind_name(cs_kind kind)
{
    return name_of(kind_names, COUNT(kind_names), (int)kind);
}

const char *cs_visit_kind_name(cs_visit_kind kind)
{
    return name_of(visit_kind_names, COUNT(visit_kind_names), (int)kind);
}

const char *cs_judgement_name(cs_judgement judgement)
{
    return name_of(judgement_names, COUNT(judgement_names), (int)judgement);
}

const char *cs_area_name(cs_area area)
{
    return name_of(area_names, COUNT(area_names), (int)area);
}

const char *cs_area_key(cs_area area)
{
    return name_of(area_keys, COUNT(area_keys), (int)area);
}

const char *cs_state_name(cs_state state)
{
    return name_of(state_names, COUNT(state_names), (int)state);
}

const char *cs_scope_name(cs_scope scope)
{
    return name_of(scope_names, COUNT(scope_names), (int)scope);
}

const char *cs_precision_name(cs_precision precision)
{
    return name_of(precision_names, COUNT(precision_names), (int)precision);
}

cs_status cs_kind_parse(const char *text, size_t size, cs_kind *out)
{
    int value = value_of(kind_names, COUNT(kind_names), text, size);
    *out = value < 0 ? CS_KIND_OTHER : (cs_kind)value;
    return value < 0 ? CS_ERR_ARGUMENT : CS_OK;
}

cs_status cs_visit_kind_parse(const char *text, size_t size, cs_visit_kind *out)
{
    int value = value_of(visit_kind_names, COUNT(visit_kind_names), text, size);
    *out = value < 0 ? CS_VISIT_UNKNOWN : (cs_visit_kind)value;
    return value < 0 ? CS_ERR_ARGUMENT : CS_OK;
}

cs_status cs_judgement_parse(const char *text, size_t size, cs_judgement *out)
{
    static const char long_form[] = "requires improvement to be good";
    int value = value_of(judgement_names, COUNT(judgement_names), text, size);
    if (value < 0 && same_word(long_form, text, size))
        value = CS_JUDGEMENT_REQUIRES_IMPROVEMENT;
    *out = value < 0 ? CS_JUDGEMENT_NONE : (cs_judgement)value;
    return value < 0 ? CS_ERR_ARGUMENT : CS_OK;
}

cs_status cs_area_parse(const char *text, size_t size, cs_area *out)
{
    int value = value_of(area_names, COUNT(area_names), text, size);
    *out = value < 0 ? CS_AREA_NONE : (cs_area)value;
    return value < 0 ? CS_ERR_ARGUMENT : CS_OK;
}

cs_status cs_state_parse(const char *text, size_t size, cs_state *out)
{
    int value = value_of(state_names, COUNT(state_names), text, size);
    *out = value < 0 ? CS_STATE_UNKNOWN : (cs_state)value;
    return value < 0 ? CS_ERR_ARGUMENT : CS_OK;
}

const char *cs_version(void)
{
    return CS_VERSION;
}
