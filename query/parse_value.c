/* SPDX-License-Identifier: MIT */
/* Values of fields: which words can be one, and judgement ranges. */
#include <string.h>

#include "query/parse.h"

/* One end of a range, without the blanks around it; an empty one is `open`. Returns whether it is a
 * judgement. */
static int parse_bound(const char *start, const char *end, cs_judgement open, cs_judgement *out)
{
    while (start < end && *start == ' ')
        start++;
    while (start < end && end[-1] == ' ')
        end--;
    *out = open;
    if (start == end)
        return open != CS_JUDGEMENT_NONE;
    return cs_judgement_parse(start, (size_t)(end - start), out) == CS_OK;
}

cs_status cs__judgement_range_parse(const char *text, cs_judgement *low, cs_judgement *high)
{
    const char *dots = strstr(text, ".."), *end = text + strlen(text);
    *low = *high = CS_JUDGEMENT_NONE;
    if (dots == NULL) {
        if (!parse_bound(text, end, CS_JUDGEMENT_NONE, low))
            return CS_ERR_ARGUMENT;
        *high = *low;
        return CS_OK;
    }
    const char *behind = dots + strspn(dots, ".");
    int is_open = text[strspn(text, " .")] == '\0';
    cs_judgement from, to;
    if (is_open || !parse_bound(text, dots, CS_JUDGEMENT_INADEQUATE, &from) ||
        !parse_bound(behind, end, CS_JUDGEMENT_OUTSTANDING, &to))
        return CS_ERR_ARGUMENT;
    if (from == CS_JUDGEMENT_NOT_JUDGED || to == CS_JUDGEMENT_NOT_JUDGED)
        return CS_ERR_ARGUMENT;
    *low = from < to ? from : to;
    *high = from < to ? to : from;
    return CS_OK;
}

int cs__field_takes(enum cs__query_field field, const char *value)
{
    size_t size = strlen(value);
    cs_kind kind;
    cs_area area;
    cs_date date;
    cs_judgement low, high;
    switch (field) {
    case CS__FIELD_KIND:
        return cs_kind_parse(value, size, &kind) == CS_OK;
    case CS__FIELD_AREA:
        return cs_area_parse(value, size, &area) == CS_OK;
    case CS__FIELD_JUDGEMENT:
    case CS__FIELD_OVERALL:
        return cs__judgement_range_parse(value, &low, &high) == CS_OK;
    case CS__FIELD_SINCE:
    case CS__FIELD_UNTIL:
        return cs_date_parse(value, size, &date) == CS_OK;
    default:
        return 1;
    }
}
