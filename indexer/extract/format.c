/* SPDX-License-Identifier: MIT */
/* Which format a file is of. Source of the HTML signs: WHATWG MIME Sniffing, section 7.1. */
#include "indexer/extract/format.h"

#include <string.h>
#include <strings.h>

/* PDF readers take a header anywhere in the first kilobyte (ISO 32000-1, implementation note 13). */
enum { PDF_HEADER_WITHIN = 1024 };

static int has_pdf_header(const char *head, size_t size)
{
    return memmem(head, size < PDF_HEADER_WITHIN ? size : PDF_HEADER_WITHIN, "%PDF-", 5) != NULL;
}

static int is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static int has_utf16_mark(const char *head, size_t size)
{
    return size >= 2 && (memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0);
}

/* Behind the byte order mark and blanks. */
static const char *first_word(const char *head, const char *end)
{
    if (end - head >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
        head += 3;
    while (head < end && is_blank(*head))
        head++;
    return head;
}

static int begins_with(const char *at, const char *end, const char *word)
{
    size_t size = strlen(word);
    return (size_t)(end - at) >= size && strncasecmp(at, word, size) == 0;
}

/* A tag's name must end there: "<b>" is a sign and "<beta" is none. */
static int is_html(const char *at, const char *end)
{
    static const char *const tags[] = {
        "<!DOCTYPE HTML", "<HTML", "<HEAD",    "<SCRIPT", "<IFRAME",  "<H1",     "<DIV", "<FONT",
        "<TABLE",         "<A",    "<STYLE",   "<TITLE",  "<B",       "<BODY",   "<BR",  "<P",
        "<META",          "<LINK", "<ARTICLE", "<MAIN",   "<SECTION", "<HEADER", "<NAV"};
    if (begins_with(at, end, "<!--"))
        return 1;
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        const char *behind = at + strlen(tags[i]);
        if (begins_with(at, end, tags[i]) && behind < end && (is_blank(*behind) || *behind == '>'))
            return 1;
    }
    return 0;
}

/* XHTML comes with a declaration before its root. */
static int is_xhtml(const char *at, const char *end)
{
    return begins_with(at, end, "<?xml") && memmem(at, (size_t)(end - at), "<html", 5) != NULL;
}

/* The keys that make a line a record: with a text to index. */
static int is_record(const char *at, const char *end)
{
    size_t size = (size_t)(end - at);
    return memmem(at, size, "\"text\"", 6) != NULL || memmem(at, size, "\"html\"", 6) != NULL;
}

/* Half of the first lines or more begin like an object, and one at least is a record: any one of them may be
 * broken.
 */
static int is_json_lines(const char *at, const char *end)
{
    enum { LINES = 20 };
    unsigned records = 0, objects = 0, lines = 0;
    for (unsigned i = 0; i < LINES && at < end; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *stop = newline == NULL ? end : newline, *word = first_word(at, stop);
        lines += word < stop;
        if (word < stop && *word == '{') {
            objects++;
            records += (unsigned)is_record(word, stop);
        }
        at = stop + (newline != NULL);
    }
    return records > 0 && objects * 2 >= lines;
}

/* Bytes that no text of any charset read here has: controls other than blanks, escape, and a few that old
 * printers wanted. */
static size_t count_binary(const char *head, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)head[i];
        count += c < 0x20 && !is_blank((char)c) && c != 0x1B && c != 0x08 && c != 0x1A;
    }
    return count;
}

/* Texts for programs: their words stand between commands that must not be searched. */
static const struct {
    const char *beginning;
    const char *name;
} program_texts[] = {{"{\\rtf", "an RTF file: save it as PDF"},
                     {"%!PS", "a PostScript file: save it as PDF"},
                     {"<?xml", "an XML file"},
                     {"<svg", "an SVG picture"}};

static const char *program_text(const char *at, const char *end)
{
    for (size_t i = 0; i < sizeof program_texts / sizeof program_texts[0]; i++)
        if (begins_with(at, end, program_texts[i].beginning))
            return program_texts[i].name;
    return NULL;
}

enum cs__format cs__format_of(const char *head, size_t size)
{
    enum { FEW = 3 };
    const char *end = head + size, *word = first_word(head, end);
    if (has_pdf_header(head, size))
        return CS__FORMAT_PDF;
    if (has_utf16_mark(head, size))
        return CS__FORMAT_TEXT;
    if (word == end)
        return CS__FORMAT_EMPTY;
    /* A stray control byte does not make a text binary; a NUL does, as do many. */
    size_t binary = count_binary(head, size);
    if (memchr(head, '\0', size) != NULL || (binary > FEW && binary * 50 > size))
        return CS__FORMAT_UNKNOWN;
    if (is_html(word, end) || is_xhtml(word, end))
        return CS__FORMAT_HTML;
    if (program_text(word, end) != NULL)
        return CS__FORMAT_UNKNOWN;
    return is_json_lines(word, end) ? CS__FORMAT_JSONL : CS__FORMAT_TEXT;
}

const char *cs__format_guess(const char *head, size_t size)
{
    static const struct {
        size_t at;
        const char *magic;
        const char *name;
    } signs[] = {
        {0, "PK\003\004", "a ZIP archive, perhaps a Word, Excel or OpenDocument file: save it as PDF"},
        {0, "\xD0\xCF\x11\xE0", "an old Word, Excel or Outlook file: save it as PDF"},
        {0, "\x89PNG", "a PNG picture"},
        {0, "\xFF\xD8\xFF", "a JPEG picture"},
        {0, "GIF8", "a GIF picture"},
        {0, "II*", "a TIFF picture"},
        {0, "MM", "a TIFF picture"},
        {0, "\x1F\x8B", "a gzip archive: unpack it first"},
        {0,
         "\xFD"
         "7zXZ",
         "an xz archive: unpack it first"},
        {0, "BZh", "a bzip2 archive: unpack it first"},
        {0, "7z\xBC\xAF", "a 7-Zip archive: unpack it first"},
        {0, "\x28\xB5\x2F\xFD", "a zstd archive: unpack it first"},
        {0, "SQLite format 3", "an SQLite database"},
        {0,
         "\x7F"
         "ELF",
         "a program"},
        {0, "MZ", "a Windows program"},
        {4, "ftyp", "a video"},
        {8, "WEBP", "a WebP picture"},
        {257, "ustar", "a tar archive: unpack it first"},
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t length = strlen(signs[i].magic);
        if (size >= signs[i].at + length && memcmp(head + signs[i].at, signs[i].magic, length) == 0)
            return signs[i].name;
    }
    const char *text = program_text(first_word(head, head + size), head + size);
    if (text != NULL)
        return text;
    size_t nuls[2] = {0, 0}; /* at even places, at odd ones */
    for (size_t i = 0; i < size; i++)
        nuls[i % 2] += head[i] == '\0';
    if (nuls[0] + nuls[1] == size)
        return "nothing but NUL bytes";
    if (nuls[0] * 3 > size || nuls[1] * 3 > size)
        return "UTF-16 without a byte order mark: save it as UTF-8";
    return "binary data";
}
