/* SPDX-License-Identifier: MIT */
/* Reading a date that a user gives: EDTF (ISO 8601-2 level 1) or plain English words. Input: a whole text
 * that is one date; dates inside prose are found by core/date_phrase. */
#include "core/date.h"

#include <ctype.h>
#include <string.h>

enum { TOKENS_MAX = 12 };

struct token {
    const char *text;
    size_t size;
    int number; /**< -1 when it is no number */
    int digits;
};

struct reading {
    struct token tokens[TOKENS_MAX];
    size_t count;
};

static int is_number_suffix(const char *text, size_t size)
{
    static const char *const suffixes[] = {"st", "nd", "rd", "th"};
    for (size_t i = 0; i < 4; i++)
        if (size == 2 && tolower((unsigned char)text[0]) == suffixes[i][0] &&
            tolower((unsigned char)text[1]) == suffixes[i][1])
            return 1;
    return 0;
}

static size_t word_size(const char *text, size_t left)
{
    size_t size = 0;
    while (size < left && isalpha((unsigned char)text[size]))
        size++;
    return size;
}

static int read_number(const char **at, const char *end, struct token *token)
{
    token->text = *at;
    token->number = 0;
    while (*at < end && isdigit((unsigned char)**at)) {
        if (++token->digits > 4)
            return 0;
        token->number = token->number * 10 + (*(*at)++ - '0');
    }
    size_t letters = word_size(*at, (size_t)(end - *at));
    if (letters > 0 && !is_number_suffix(*at, letters))
        return 0;
    *at += letters;
    return 1;
}

/* "and", "to" and a dash all part two days; "of", "the" and commas say nothing. */
static int is_filler(const char *text, size_t size)
{
    return (size == 2 && strncasecmp(text, "of", 2) == 0) || (size == 3 && strncasecmp(text, "the", 3) == 0);
}

static int is_dash(const char *at, const char *end, size_t *size)
{
    *size = 1;
    if (*at == '-' || *at == '&')
        return 1;
    *size = 3;
    return end - at >= 3 && memcmp(at, "\xE2\x80", 2) == 0 &&
           ((unsigned char)at[2] >= 0x90 && (unsigned char)at[2] <= 0x95);
}

static int read_token(const char **at, const char *end, struct reading *reading)
{
    size_t size;
    struct token token = {.text = *at, .number = -1};
    if (isspace((unsigned char)**at) || **at == ',') {
        (*at)++;
        return 1;
    }
    if (isdigit((unsigned char)**at)) {
        if (!read_number(at, end, &token))
            return 0;
    } else if (is_dash(*at, end, &size)) {
        token = (struct token){"-", 1, -1, 0};
        *at += size;
    } else {
        token.size = word_size(*at, (size_t)(end - *at));
        if (token.size == 0)
            return 0;
        *at += token.size;
        if (is_filler(token.text, token.size))
            return 1;
        if ((token.size == 2 && strncasecmp(token.text, "to", 2) == 0) ||
            (token.size == 3 && strncasecmp(token.text, "and", 3) == 0))
            token = (struct token){"-", 1, -1, 0};
    }
    if (reading->count == TOKENS_MAX)
        return 0;
    reading->tokens[reading->count++] = token;
    return 1;
}

/* What stands on one side of a dash: any of day, month, season, year, each at most once. */
struct parts {
    int day, month, season, year;
};

static int take_part(const struct token *token, struct parts *parts)
{
    int month = token->number < 0 ? cs__month_parse(token->text, token->size) : 0;
    int season = token->number < 0 ? cs__season_parse(token->text, token->size) : 0;
    int *to = token->digits == 4                        ? &parts->year
              : token->digits > 0 && token->digits <= 2 ? &parts->day
              : month                                   ? &parts->month
              : season                                  ? &parts->season
                                                        : NULL;
    if (to == NULL || *to != 0)
        return 0;
    *to = month ? month : season ? season : token->number;
    return *to != 0;
}

static cs_date date_of(struct parts parts)
{
    if (parts.year == 0 || (parts.season && (parts.month || parts.day)) || (parts.day && !parts.month))
        return (cs_date){0};
    if (parts.season)
        return cs__date_season(parts.year, parts.season);
    if (parts.day)
        return cs__date_day(parts.year, parts.month, parts.day);
    return parts.month ? cs__date_month(parts.year, parts.month) : cs__date_year(parts.year);
}

/* "28-29 June 2023": the first side takes from the second what it leaves out. */
static cs_date date_in_words(const struct reading *reading)
{
    struct parts sides[2] = {{0}, {0}};
    size_t side = 0;
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->tokens[i].number < 0 && reading->tokens[i].text[0] == '-') {
            if (++side > 1)
                return (cs_date){0};
        } else if (!take_part(&reading->tokens[i], &sides[side])) {
            return (cs_date){0};
        }
    }
    if (side == 0)
        return date_of(sides[0]);
    if (sides[0].year == 0)
        sides[0].year = sides[1].year;
    if (sides[0].month == 0 && sides[0].season == 0)
        sides[0].month = sides[1].month;
    if (sides[1].month == 0 && sides[1].season == 0 && sides[1].day != 0)
        sides[1].month = sides[0].month;
    return cs__date_span(date_of(sides[0]), date_of(sides[1]));
}

static int digits_at(const char *text, size_t size, size_t at, size_t count, int *out)
{
    *out = 0;
    if (at + count > size)
        return 0;
    for (size_t i = at; i < at + count; i++) {
        if (!isdigit((unsigned char)text[i]))
            return 0;
        *out = *out * 10 + (text[i] - '0');
    }
    return 1;
}

static cs_date edtf_point(const char *text, size_t size)
{
    int year, month, day;
    if (!digits_at(text, size, 0, 4, &year))
        return (cs_date){0};
    if (size == 4)
        return cs__date_year(year);
    if (text[4] != '-' || !digits_at(text, size, 5, 2, &month))
        return (cs_date){0};
    if (size == 7)
        return month > 20 ? cs__date_season(year, month) : cs__date_month(year, month);
    if (size != 10 || text[7] != '-' || !digits_at(text, size, 8, 2, &day))
        return (cs_date){0};
    return cs__date_day(year, month, day);
}

static cs_date edtf(const char *text, size_t size)
{
    const char *slash = memchr(text, '/', size);
    if (slash == NULL)
        return edtf_point(text, size);
    size_t left = (size_t)(slash - text);
    return cs__date_span(edtf_point(text, left), edtf_point(slash + 1, size - left - 1));
}

/* "28/06/2023" and "28.06.2023", day first as British papers write. */
static cs_date numeric(const char *text, size_t size)
{
    int day, month, year;
    if (size != 10 || (text[2] != '/' && text[2] != '.') || text[5] != text[2] ||
        !digits_at(text, size, 0, 2, &day) || !digits_at(text, size, 3, 2, &month) ||
        !digits_at(text, size, 6, 4, &year))
        return (cs_date){0};
    return cs__date_day(year, month, day);
}

cs_status cs_date_parse(const char *text, size_t size, cs_date *out)
{
    const char *at = text, *end = text + size;
    struct reading reading = {.count = 0};
    while (size > 0 && isspace((unsigned char)*at))
        at++, size--;
    while (size > 0 && isspace((unsigned char)at[size - 1]))
        size--;
    end = at + size;
    *out = size > 0 ? edtf(at, size) : (cs_date){0};
    if (out->precision == CS_PRECISION_UNKNOWN && size > 0)
        *out = numeric(at, size);
    if (out->precision != CS_PRECISION_UNKNOWN)
        return CS_OK;
    while (at < end)
        if (!read_token(&at, end, &reading))
            return CS_ERR_ARGUMENT;
    *out = date_in_words(&reading);
    return out->precision == CS_PRECISION_UNKNOWN ? CS_ERR_ARGUMENT : CS_OK;
}
