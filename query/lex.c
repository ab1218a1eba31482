/* SPDX-License-Identifier: MIT */
/* Lex: any bytes -> lexemes. */
#include "query/lex.h"

#include <string.h>
#include <utf8proc.h>

#include "core/error.h"
#include "core/utf8.h"

static const char *const field_names[CS__FIELD_COUNT] = {
    [CS__FIELD_AUTHORITY] = "authority", [CS__FIELD_KIND] = "kind",   [CS__FIELD_JUDGEMENT] = "judgement",
    [CS__FIELD_OVERALL] = "overall",     [CS__FIELD_AREA] = "area",   [CS__FIELD_SECTION] = "section",
    [CS__FIELD_SINCE] = "since",         [CS__FIELD_UNTIL] = "until", [CS__FIELD_VISIT] = "visit",
    [CS__FIELD_THEME] = "theme",
};

const char *cs__field_name(enum cs__query_field field)
{
    return field_names[field];
}

/* Where a scan stands. `no_quote_from`: no closing quotation mark lies at or behind it, so that a query of
 * nothing but opening ones is read in linear time. */
struct scan {
    const char *text, *at, *end, *no_quote_from;
    struct cs__lexemes *out;
    size_t capacity;
    int out_of_memory;
};

enum character_class { SPACE, QUOTE, OPEN, CLOSE, SEPARATOR, OTHER };

static enum character_class class_of(uint32_t c)
{
    switch (c) {
    case '"':
    case 0x201C: /* curly double quotation marks, and their low and reversed forms */
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0xAB: /* angle quotation marks */
    case 0xBB:
        return QUOTE;
    case '(':
        return OPEN;
    case ')':
        return CLOSE;
    case ',':
    case ';':
    case '/':
    case ':':
    case '=':
    case '|':
    case '\\':
    case '[':
    case ']':
    case '{':
    case '}':
    case '<':
    case '>':
    case 0x2014: /* em dash */
    case 0x2026: /* ellipsis */
        return SEPARATOR;
    default:
        break;
    }
    if (c < 0x80)
        return c <= ' ' || c == 0x7F ? SPACE : OTHER;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
        return SPACE;
    default:
        return c == CS__UTF8_BROKEN || c == 0x200B ? SPACE : OTHER;
    }
}

static int is_word_character(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return c != CS__UTF8_BROKEN;
    default:
        return 0;
    }
}

static uint32_t peek(const char *at, const char *end)
{
    return at < end ? cs__utf8_next(&at, end) : ' ';
}

static int is_digit(const char *at, const char *end)
{
    return at < end && *at >= '0' && *at <= '9';
}

static int note(struct scan *scan, const char *sentence)
{
    if (!cs__notes_add(&scan->out->notes, &scan->out->arena, "%s", sentence))
        scan->out_of_memory = 1;
    return !scan->out_of_memory;
}

static struct cs__lexeme *emit(struct scan *scan, enum cs__lexeme_kind kind, const char *start,
                               const char *text, size_t size, char **copied)
{
    struct cs__lexemes *out = scan->out;
    char *copy = cs__arena_copy(&out->arena, text, size);
    if (copy == NULL) {
        scan->out_of_memory = 1;
        return NULL;
    }
    struct cs__lexeme *lexeme = &out->items[out->count++];
    *lexeme = (struct cs__lexeme){
        .kind = kind, .text = copy, .size = size, .column = (uint32_t)(start - scan->text)};
    if (copied != NULL)
        *copied = copy;
    return lexeme;
}

/* Cut what is no letter or digit from both ends of a word: the marks around it are punctuation. But C++, C#
 * and 16+ are words. */
static void trim_word(const char **start, const char **end)
{
    const char *first = NULL, *last = *start;
    for (const char *at = *start; at < *end;) {
        const char *before = at;
        uint32_t c = cs__utf8_next(&at, *end);
        int is_tail = (c == '+' || c == '#') && first != NULL && last == before;
        if (!is_word_character(c) && !is_tail)
            continue;
        if (first == NULL)
            first = before;
        last = at;
    }
    *start = first == NULL ? *end : first;
    *end = first == NULL ? *end : last;
}

/* The closing quotation mark at or after `from`, or NULL. */
static const char *closing_quote(struct scan *scan, const char *from)
{
    if (scan->no_quote_from != NULL && from >= scan->no_quote_from)
        return NULL;
    for (const char *at = from; at < scan->end;) {
        const char *before = at;
        if (class_of(cs__utf8_next(&at, scan->end)) == QUOTE)
            return before;
    }
    scan->no_quote_from = from;
    return NULL;
}

static int has_word(const char *start, const char *end)
{
    trim_word(&start, &end);
    return start < end;
}

/* Make every run of blanks one space, and cut those at the ends. */
static void squeeze(struct cs__lexeme *lexeme, char *text)
{
    size_t size = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at > ' ')
            text[size++] = *at;
        else if (size > 0 && text[size - 1] != ' ')
            text[size++] = ' ';
    }
    if (size > 0 && text[size - 1] == ' ')
        size--;
    text[size] = '\0';
    lexeme->size = size;
}

/* A phrase at the quotation mark where the scan stands; nothing comes of one without words. 0 when the mark
 * has no pair. */
static int lex_phrase(struct scan *scan, const char *start, int exact)
{
    const char *text = scan->at;
    cs__utf8_next(&text, scan->end);
    const char *close = closing_quote(scan, text);
    if (close == NULL)
        return 0;
    scan->at = close;
    cs__utf8_next(&scan->at, scan->end);
    if (!has_word(text, close))
        return 1;
    char *copy = NULL;
    struct cs__lexeme *lexeme = emit(scan, CS__LEX_PHRASE, start, text, (size_t)(close - text), &copy);
    if (lexeme != NULL) {
        squeeze(lexeme, copy);
        lexeme->exact = exact;
    }
    return 1;
}

/* Whether the separator at `at` belongs to the word around it: 24/7, 10:30, 12/09/2016. */
static int joins_digits(const char *start, const char *at, const char *end)
{
    return (*at == '/' || *at == ':') && at > start && at[-1] >= '0' && at[-1] <= '9' &&
           is_digit(at + 1, end);
}

/* The end of the run of characters that may be one word. */
static const char *word_end(const char *start, const char *end)
{
    const char *at = start;
    while (at < end) {
        const char *before = at;
        enum character_class class = class_of(cs__utf8_next(&at, end));
        int two_dots = *before == '.' && at < end && *at == '.';
        if (class == OTHER && !two_dots)
            continue;
        if (class == SEPARATOR && joins_digits(start, before, end))
            continue;
        return before;
    }
    return end;
}

static int equals(const char *start, const char *end, const char *text)
{
    size_t size = strlen(text);
    return (size_t)(end - start) == size && memcmp(start, text, size) == 0;
}

/* NEAR/5: the slash and digits behind the word NEAR. Gives the end of the operator. */
static const char *near_distance(const char *at, const char *end, uint32_t *distance)
{
    *distance = CS__NEAR_DEFAULT;
    if (at == end || *at != '/' || !is_digit(at + 1, end))
        return at;
    uint32_t value = 0;
    for (at++; is_digit(at, end); at++)
        value = value > CS__NEAR_MAX ? value : value * 10 + (uint32_t)(*at - '0');
    *distance = value > CS__NEAR_MAX ? CS__NEAR_MAX : value;
    return at;
}

/* AND, OR, NOT, NEAR, NEAR/5: in capitals, and alone between blanks, brackets or quotes. */
static int lex_operator(struct scan *scan)
{
    static const struct {
        const char *name;
        enum cs__lexeme_kind kind;
    } operators[] = {{"AND", CS__LEX_AND}, {"OR", CS__LEX_OR}, {"NOT", CS__LEX_NOT}, {"NEAR", CS__LEX_NEAR}};
    const char *start = scan->at, *at = start;
    while (at < scan->end && *at >= 'A' && *at <= 'Z')
        at++;
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (!equals(start, at, operators[i].name))
            continue;
        uint32_t distance = 0;
        if (operators[i].kind == CS__LEX_NEAR)
            at = near_distance(at, scan->end, &distance);
        enum character_class next = class_of(peek(at, scan->end));
        if (next == SEPARATOR || next == OTHER)
            return 0;
        struct cs__lexeme *lexeme = emit(scan, operators[i].kind, start, start, (size_t)(at - start), NULL);
        if (lexeme != NULL)
            lexeme->distance = distance;
        scan->at = at;
        return 1;
    }
    return 0;
}

static int find_field(const char *start, const char *end, enum cs__query_field *out)
{
    for (int i = 0; i < CS__FIELD_COUNT; i++) {
        size_t size = strlen(field_names[i]);
        if ((size_t)(end - start) == size && strncasecmp(start, field_names[i], size) == 0) {
            *out = (enum cs__query_field)i;
            return 1;
        }
    }
    if (end - start == 8 && strncasecmp(start, "judgment", 8) == 0) {
        *out = CS__FIELD_JUDGEMENT;
        return 1;
    }
    return 0;
}

/* The end of a bare value: the next blank, bracket or quotation mark. */
static const char *value_end(const char *at, const char *end)
{
    while (at < end) {
        enum character_class class = class_of(peek(at, end));
        if (class == SPACE || class == QUOTE || class == OPEN || class == CLOSE)
            return at;
        cs__utf8_next(&at, end);
    }
    return end;
}

/* `name:value` or `name:"value"`, with no blank behind the colon; 0 when it is none. */
static int lex_field(struct scan *scan)
{
    const char *start = scan->at, *at = start;
    while (at < scan->end && (*at | 32) >= 'a' && (*at | 32) <= 'z')
        at++;
    enum cs__query_field field;
    if (at == scan->end || *at != ':' || !find_field(start, at, &field))
        return 0;
    const char *value = at + 1;
    enum character_class class = class_of(peek(value, scan->end));
    size_t before = scan->out->count;
    scan->at = value;
    if (class == QUOTE)
        lex_phrase(scan, start, 0);
    else if (has_word(value, at = value_end(value, scan->end)))
        emit(scan, CS__LEX_FIELD, start, value, (size_t)(at - value), NULL);
    if (scan->out->count == before) {
        scan->at = start;
        note(scan, "A field needs its value right behind the colon, as in authority:Leeds; this one was read "
                   "as text.");
        return 0;
    }
    struct cs__lexeme *lexeme = &scan->out->items[before];
    lexeme->kind = CS__LEX_FIELD;
    lexeme->field = field;
    if (class != QUOTE)
        scan->at = at;
    return 1;
}

/* Operators' names are words in small letters, so that what is printed is read the same way again. */
static void lower_operator(struct cs__lexeme *lexeme, char *text)
{
    static const char *const names[] = {"AND", "OR", "NOT", "NEAR"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(text, names[i]) != 0)
            continue;
        for (size_t j = 0; j < lexeme->size; j++)
            text[j] = (char)(text[j] | 32);
    }
}

/* A word, `=word` or `word*`; moves the scan behind it also when nothing is left of it. */
static void lex_word(struct scan *scan, int exact)
{
    const char *start = scan->at, *end = word_end(start, scan->end);
    if (end == start) /* a separator that stands alone */
        cs__utf8_next(&end, scan->end);
    scan->at = end;
    const char *word = start, *behind = end;
    trim_word(&word, &behind);
    int star = behind < end && *behind == '*';
    behind = word + cs__utf8_cut(word, (size_t)(behind - word), CS__QUERY_WORD_BYTES_MAX);
    trim_word(&word, &behind);
    if (word == behind)
        return;
    const char *second = word;
    cs__utf8_next(&second, behind);
    if (star && second == behind) {
        note(scan, "A prefix needs two letters at least: a single letter with * was read as a word.");
        star = 0;
    }
    char *text = NULL;
    struct cs__lexeme *lexeme =
        emit(scan, star ? CS__LEX_PREFIX : CS__LEX_WORD, start, word, (size_t)(behind - word), &text);
    if (lexeme != NULL) {
        lexeme->exact = exact && !star;
        lower_operator(lexeme, text);
    }
    if (memchr(word, '*', (size_t)(behind - word)) != NULL || (*start == '*' && word > start))
        note(scan, "* stands for the end of a word only; elsewhere it was left out.");
}

/* Whether the sign at the scan is in front of something: at the start of a word, and not itself the word. */
static int is_sign(const struct scan *scan, char sign)
{
    if (*scan->at != sign)
        return 0;
    if (scan->at > scan->text) {
        const char *before = scan->at - 1;
        while (before > scan->text && ((unsigned char)*before & 0xC0) == 0x80)
            before--;
        enum character_class class = class_of(peek(before, scan->end));
        int negated = sign == '=' && *before == '-';
        if (class != SPACE && class != OPEN && !negated)
            return 0;
    }
    uint32_t next = peek(scan->at + 1, scan->end);
    return is_word_character(next) || class_of(next) == QUOTE ||
           (sign == '-' && (next == '(' || next == '='));
}

static void lex_one(struct scan *scan)
{
    const char *start = scan->at;
    enum character_class class = class_of(peek(scan->at, scan->end));
    if (class == OPEN || class == CLOSE) {
        emit(scan, class == OPEN ? CS__LEX_OPEN : CS__LEX_CLOSE, start, start, 1, NULL);
        scan->at++;
        return;
    }
    if (is_sign(scan, '-')) {
        emit(scan, CS__LEX_NOT, start, start, 1, NULL);
        scan->at++;
        return;
    }
    int exact = is_sign(scan, '=');
    if (exact) {
        scan->at++;
        class = class_of(peek(scan->at, scan->end));
    }
    if (class == QUOTE) {
        if (lex_phrase(scan, start, exact))
            return;
        note(scan, "A quotation mark without its pair was left out.");
        cs__utf8_next(&scan->at, scan->end);
        return;
    }
    if (!exact && (lex_operator(scan) || lex_field(scan)))
        return;
    lex_word(scan, exact);
}

static void lex_all(struct scan *scan)
{
    while (!scan->out_of_memory) {
        while (scan->at < scan->end && class_of(peek(scan->at, scan->end)) == SPACE)
            cs__utf8_next(&scan->at, scan->end);
        if (scan->at == scan->end)
            return;
        if (scan->out->count == CS__QUERY_LEXEMES_MAX) {
            cs__notes_add(&scan->out->notes, &scan->out->arena,
                          "The query is very long: only its first %d words and signs were read.",
                          CS__QUERY_LEXEMES_MAX);
            return;
        }
        lex_one(scan);
    }
}

cs_status cs__lex(const char *query, size_t size, struct cs__lexemes *out, cs_error *error)
{
    *out = (struct cs__lexemes){0};
    struct cs__buffer clean = {0};
    struct scan scan = {.out = out};
    size_t read = cs__utf8_cut(query, size, CS__QUERY_BYTES_MAX);
    if (read < size)
        note(&scan, "The query is very long: only its first 64 KiB were read.");
    cs__utf8_repair(query, read, &clean);
    /* A lexeme takes a byte at least. */
    size_t most = clean.size < CS__QUERY_LEXEMES_MAX ? clean.size : CS__QUERY_LEXEMES_MAX;
    out->items = cs__arena_array(&out->arena, most, sizeof *out->items);
    if (clean.failed || out->items == NULL) {
        scan.out_of_memory = 1;
    } else if (clean.size > 0) {
        scan.text = scan.at = clean.data;
        scan.end = clean.data + clean.size;
        lex_all(&scan);
    }
    cs__buffer_free(&clean);
    if (!scan.out_of_memory)
        return CS_OK;
    cs__lexemes_free(out);
    return cs__error_nomem(error);
}

void cs__lexemes_free(struct cs__lexemes *lexemes)
{
    cs__arena_free(&lexemes->arena);
    *lexemes = (struct cs__lexemes){0};
}
