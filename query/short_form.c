/* SPDX-License-Identifier: MIT */
/* Short forms: what the documents themselves say that a short form stands for. */
#include "query/short_form.h"

#include <ctype.h>
#include <string.h>

#include "query/match.h"

/* Passages looked at, and bounds of what may be a long form. */
enum { PASSAGES_MAX = 60, LONG_BYTES_MAX = 120, LONG_WORDS_MAX = 12 };

static int is_letter(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Where the words begin that may be the long form: so many before `end`, in the same sentence. */
static size_t earliest_start(const char *text, size_t end, size_t letters)
{
    size_t most = letters + 5 < 2 * letters ? letters + 5 : 2 * letters, words = 0, at = end;
    most = most < LONG_WORDS_MAX ? most : LONG_WORDS_MAX;
    while (at > 0 && end - at < LONG_BYTES_MAX && strchr(".;:()", text[at - 1]) == NULL) {
        at--;
        if (text[at] == ' ' && ++words == most)
            return at + 1;
    }
    while (at < end && (unsigned char)(text[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* Match the letters of `short_form` from the right within text[from, end); the start of the long form, or
 * `end`. */
static size_t match_letters(const char *text, size_t from, size_t end, const char *short_form)
{
    size_t at = end, left = strlen(short_form);
    while (left > 0) {
        char wanted = (char)tolower((unsigned char)short_form[left - 1]);
        int found = 0;
        while (at > from && !found) {
            at--;
            int begins = at == from || !is_letter(text[at - 1]);
            found = tolower((unsigned char)text[at]) == wanted && (left > 1 || begins);
        }
        if (!found)
            return end;
        left--;
    }
    return at;
}

static int long_form_at(const char *text, size_t bracket, const char *short_form, cs_range *out)
{
    size_t end = bracket;
    while (end > 0 && text[end - 1] == ' ')
        end--;
    size_t start = match_letters(text, earliest_start(text, end, strlen(short_form)), end, short_form);
    /* A long form has several words, and none is the short form itself. */
    if (start == end || memchr(text + start, ' ', end - start) == NULL)
        return 0;
    *out = (cs_range){(uint32_t)start, (uint32_t)end};
    return 1;
}

int cs__long_form_before(const char *text, size_t size, const char *short_form, cs_range *out)
{
    size_t letters = strlen(short_form);
    for (size_t i = 1; i + letters + 1 < size; i++) {
        if (text[i] != '(' || strncmp(text + i + 1, short_form, letters) != 0)
            continue;
        const char *behind = text + i + 1 + letters;
        behind += *behind == 's';
        if ((*behind == ')' || *behind == ',' || *behind == ';') && long_form_at(text, i, short_form, out))
            return 1;
    }
    return 0;
}

static cs_status keep(const char *text, cs_range range, struct cs__arena *arena,
                      const char *out[CS__LONG_FORMS_MAX], size_t *count)
{
    size_t size = range.end - range.start;
    for (size_t i = 0; i < *count; i++) {
        if (strlen(out[i]) == size && strncasecmp(out[i], text + range.start, size) == 0)
            return CS_OK;
    }
    char *copy = cs__arena_copy(arena, text + range.start, size);
    if (copy == NULL)
        return CS_ERR_NOMEM;
    out[(*count)++] = copy;
    return CS_OK;
}

cs_status cs__short_form_mine(cs_reader *reader, const char *short_form, const char *term,
                              struct cs__arena *arena, const char *out[CS__LONG_FORMS_MAX], size_t *count,
                              cs_error *error)
{
    struct cs__node leaf = {.kind = CS__NODE_TERM, .terms = &term, .term_count = 1, .weight = 1};
    struct cs__plan plan = {.tree = &leaf, .match = CS_MATCH_ALL, .limit = PASSAGES_MAX};
    struct cs__matches matches;
    *count = 0;
    cs_status status = cs__match(reader, &plan, &matches, error);
    if (status != CS_OK)
        return status;
    for (size_t i = 0; i < matches.count && status == CS_OK && *count < CS__LONG_FORMS_MAX; i++) {
        const char *text;
        size_t size;
        cs_range range;
        status = cs__reader_text(reader, matches.items[i].passage, &text, &size, error);
        if (status == CS_OK && cs__long_form_before(text, size, short_form, &range))
            status = keep(text, range, arena, out, count);
    }
    cs__matches_free(&matches);
    return status;
}
