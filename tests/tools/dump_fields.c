/* SPDX-License-Identifier: MIT */
/* dump_fields [--json] [--variant NAME] FILE...: what describe makes of each file.
 *
 * Output: "# PATH", then a line a field of tab-separated name, value, state, page, rule, quotation; then a
 * line a section of "section", first block, level, area, judgement, "improvement" or "-", heading. With
 * --json, an array shaped as `cs-index --list --format json` for one document a visit, for the scoring
 * scripts. Warnings and failures go to stderr; exit 1 when a file failed. CS_EXTRACT names the helper
 * program. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "core/date.h"
#include "indexer/describe.h"
#include "indexer/extract.h"
#include "indexer/layout.h"
#include "tests/tools/vary_blocks.h"

static int as_json;
static json_t *documents;
static const char *variant;

static void print_fields(const struct cs__described *described)
{
    for (size_t i = 0; i < described->field_count; i++) {
        const struct cs__field *f = &described->fields[i];
        printf("%s\t%s\t%s\t%u\t%s\t%s\n", f->name, f->value != NULL ? f->value : "-",
               cs_state_name(f->state), f->page, f->rule, f->quotation != NULL ? f->quotation : "-");
    }
    for (size_t i = 0; i < described->section_count; i++) {
        const struct cs__section *s = &described->sections[i];
        printf("section\t%u\t%u\t%s\t%s\t%s\t%s\n", s->first_block, s->level, cs_area_name(s->area),
               cs_judgement_name(s->judgement), s->is_improvement ? "improvement" : "-",
               s->heading != NULL ? s->heading : "-");
    }
}

static json_t *text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

/* First and last day of the windows, which the values give as EDTF. */
static json_t *visit_of(const struct cs__described *described, json_t *windows)
{
    cs_date all = {0};
    json_t *visit = json_object();
    const struct cs__field *kind = cs__described_field(described, "visit_kind");
    const struct cs__field *ordinal = cs__described_field(described, "ordinal");
    for (size_t i = 0; i < described->field_count; i++) {
        cs_date window;
        const struct cs__field *f = &described->fields[i];
        if (strcmp(f->name, "visit_window") != 0 || f->value == NULL ||
            cs_date_parse(f->value, strlen(f->value), &window) != CS_OK)
            continue;
        char first[CS_DATE_SIZE], last[CS_DATE_SIZE];
        cs_date_print((cs_date){window.first, window.first, CS_PRECISION_DAY}, first);
        cs_date_print((cs_date){window.last, window.last, CS_PRECISION_DAY}, last);
        json_array_append_new(windows, json_pack("[s, s]", first, last));
        if (all.precision == CS_PRECISION_UNKNOWN)
            all = window;
        all.first = window.first < all.first ? window.first : all.first;
        all.last = window.last > all.last ? window.last : all.last;
    }
    if (all.precision != CS_PRECISION_UNKNOWN) {
        char day[CS_DATE_SIZE];
        cs_date_print((cs_date){all.first, all.first, CS_PRECISION_DAY}, day);
        json_object_set_new(visit, "start", json_string(day));
        cs_date_print((cs_date){all.last, all.last, CS_PRECISION_DAY}, day);
        json_object_set_new(visit, "end", json_string(day));
    }
    json_object_set_new(visit, "kind", text_or_null(kind != NULL ? kind->value : NULL));
    json_object_set_new(visit, "ordinal", ordinal != NULL ? json_integer(atoi(ordinal->value)) : json_null());
    return visit;
}

static json_t *judgements_of(const struct cs__described *described)
{
    json_t *judgements = json_object();
    char name[64];
    for (cs_area area = CS_AREA_OVERALL; area < CS_AREA_COUNT; area++) {
        snprintf(name, sizeof name, "judgement.%s", cs_area_key(area));
        const struct cs__field *f = cs__described_field(described, name);
        if (f != NULL)
            json_object_set_new(
                judgements, cs_area_key(area),
                json_pack("{s:o, s:s}", "value", text_or_null(f->value), "state", cs_state_name(f->state)));
    }
    const struct cs__field *standing = cs__described_field(described, "standing_overall");
    if (standing != NULL)
        json_object_set_new(judgements, "overall",
                            json_pack("{s:s, s:s}", "value", standing->value, "state", "standing"));
    return judgements;
}

static void add_json(const char *path, const struct cs__described *described)
{
    static const char *const plain[] = {"kind",      "authority",      "framework",
                                        "published", "lead_inspector", "title"};
    json_t *document = json_pack("{s:s}", "path", path), *windows = json_array();
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        const struct cs__field *f = cs__described_field(described, plain[i]);
        json_object_set_new(document, plain[i], text_or_null(f != NULL ? f->value : NULL));
    }
    if (described->kind == CS_KIND_OTHER)
        json_object_set_new(document, "kind", json_string("other"));
    json_object_set_new(document, "visit", visit_of(described, windows));
    json_object_set_new(document, "visit_windows", windows);
    json_object_set_new(document, "judgements", judgements_of(described));
    json_array_append_new(documents, document);
}

static int dump_text(const char *path, struct cs__text *text)
{
    struct cs__blocks blocks = {0};
    struct cs__described described = {0};
    cs_error error = {0};
    struct cs__describe_input input = {.name = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path,
                                       .format = text->format,
                                       .pages = text->pages,
                                       .properties = text->properties,
                                       .property_count = text->property_count};
    cs_status status = cs__layout(text, &blocks, &error);
    struct cs__block *varied = variant != NULL && status == CS_OK ? vary_blocks(&blocks, variant) : NULL;
    if (status == CS_OK)
        status = cs__describe(&blocks, &input, &described, &error);
    if (status != CS_OK)
        fprintf(stderr, "%s: %s\n", path, error.message);
    else if (as_json)
        add_json(path, &described);
    else {
        printf("# %s%s%s\n", path, text->record != NULL ? "\t" : "",
               text->record != NULL ? text->record : "");
        print_fields(&described);
    }
    cs__described_free(&described);
    free(varied);
    cs__blocks_free(&blocks);
    cs__text_free(text);
    free(text);
    return status == CS_OK;
}

static int dump_file(struct cs__extractor *extractor, const char *path)
{
    struct cs__extracted extracted = {0};
    cs_error error = {0};
    uint64_t ticket;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC), ok = descriptor >= 0;
    if (!ok || cs__extractor_submit(extractor, descriptor, path, &ticket, &error) != CS_OK) {
        fprintf(stderr, "%s: %s\n", path, ok ? error.message : "can't be opened");
        return 0;
    }
    while (cs__extractor_next(extractor, &extracted, &error) == CS_OK) {
        if (extracted.what == CS__EXTRACTED_TEXT)
            ok &= dump_text(path, extracted.text);
        else if (extracted.what != CS__EXTRACTED_END)
            fprintf(stderr, "%s: %s\n", path, extracted.message);
        ok &= extracted.what != CS__EXTRACTED_FAILED;
        if (extracted.what == CS__EXTRACTED_END || extracted.what == CS__EXTRACTED_FAILED)
            break;
    }
    return ok;
}

/* The helper lies in build/FLAVOUR, this program in build/FLAVOUR/tests/tools. */
static const char *helper(char *out, size_t size)
{
    const char *named = getenv("CS_EXTRACT");
    ssize_t length = readlink("/proc/self/exe", out, size - 32);
    if (named != NULL || length < 0)
        return named;
    out[length] = '\0';
    for (int i = 0; i < 3; i++)
        *strrchr(out, '/') = '\0';
    return strcat(out, "/cs-extract");
}

int main(int argc, char **argv)
{
    char path[4096];
    struct cs__extract_options options = {.program = helper(path, sizeof path), .jobs = 1};
    struct cs__extractor *extractor = NULL;
    cs_error error = {0};
    int ok = cs__extractor_open(&options, &extractor, &error) == CS_OK;
    if (!ok)
        fprintf(stderr, "dump_fields: %s\n", error.message);
    int first = 1;
    as_json = argc > first && strcmp(argv[first], "--json") == 0;
    first += as_json;
    variant = argc > first + 1 && strcmp(argv[first], "--variant") == 0 ? argv[first + 1] : NULL;
    first += variant != NULL ? 2 : 0;
    documents = json_array();
    for (int i = first; i < argc && extractor != NULL; i++)
        ok &= dump_file(extractor, argv[i]);
    if (as_json)
        json_dumpf(documents, stdout, JSON_INDENT(1)), putchar('\n');
    json_decref(documents);
    cs__extractor_close(extractor);
    return ok ? 0 : 1;
}
