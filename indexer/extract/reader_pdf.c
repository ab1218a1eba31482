/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* PDF by MuPDF: an open file in; pages and lines with geometry and fonts out. No images are decoded, no
 * JavaScript is run, nothing but the file is read. */
#include "indexer/extract/reader.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <mupdf/fitz.h>
#include <mupdf/pdf.h>

#include "core/error.h"
#include "indexer/extract/pdf_page.h"

/* Fonts and the like kept between pages. */
static const size_t STORE_BYTES = 32u << 20;
/* struct cs__line counts pages in 16 bits. */
enum { PAGES_MAX = UINT16_MAX, BAD_PAGES_MAX = 100 };

struct pdf {
    fz_context *context;
    pdf_document *document;
    struct cs__input *input;
    struct cs__pdf_tally tally;
    int pages;
    int bad_pages, first_bad_page, incomplete_pages;
    int repaired;        /* MuPDF had to look for the objects itself */
    int cut_off;         /* the file has no end */
    char complaint[256]; /* MuPDF's last */
};

static void keep_complaint(void *user, const char *message)
{
    struct pdf *pdf = user;
    snprintf(pdf->complaint, sizeof pdf->complaint, "%s", message);
}

/* A stream over pread(), so that a file cut off while it is read is an error and no SIGBUS. */
struct descriptor_stream {
    int descriptor;
    unsigned char bytes[8192];
};

static int stream_next(fz_context *context, fz_stream *stream, size_t max)
{
    (void)max;
    struct descriptor_stream *state = stream->state;
    ssize_t size;
    do
        size = pread(state->descriptor, state->bytes, sizeof state->bytes, stream->pos);
    while (size < 0 && errno == EINTR);
    if (size < 0)
        fz_throw(context, FZ_ERROR_GENERIC, "reading failed: %s", strerror(errno));
    stream->rp = state->bytes;
    stream->wp = state->bytes + size;
    stream->pos += size;
    return size == 0 ? EOF : *stream->rp++;
}

static void stream_seek(fz_context *context, fz_stream *stream, int64_t offset, int whence)
{
    struct descriptor_stream *state = stream->state;
    int64_t base = whence == SEEK_END ? lseek(state->descriptor, 0, SEEK_END) : 0;
    if (whence == SEEK_CUR)
        base = stream->pos - (stream->wp - stream->rp);
    if (base < 0 || offset < -base)
        fz_throw(context, FZ_ERROR_GENERIC, "cannot seek");
    stream->pos = base + offset;
    stream->rp = stream->wp = state->bytes;
}

static void stream_drop(fz_context *context, void *state)
{
    fz_free(context, state);
}

static fz_stream *open_stream(fz_context *context, int descriptor)
{
    struct descriptor_stream *state = fz_malloc_struct(context, struct descriptor_stream);
    state->descriptor = descriptor;
    fz_stream *stream = fz_new_stream(context, state, stream_next, stream_drop);
    stream->seek = stream_seek;
    return stream;
}

/* "D:20260112093000Z" to "2026-01-12". */
static void keep_date(struct pdf *pdf, const char *key, const char *date)
{
    char out[11];
    if (strncmp(date, "D:", 2) == 0)
        date += 2;
    if (strspn(date, "0123456789") < 8)
        return;
    snprintf(out, sizeof out, "%.4s-%.2s-%.2s", date, date + 4, date + 6);
    cs__builder_property(pdf->input->builder, key, out, strlen(out));
}

static void read_properties(struct pdf *pdf)
{
    static const char *const texts[][2] = {{"title", FZ_META_INFO_TITLE},
                                           {"author", FZ_META_INFO_AUTHOR},
                                           {"subject", FZ_META_INFO_SUBJECT},
                                           {"creator", FZ_META_INFO_CREATOR},
                                           {"producer", FZ_META_INFO_PRODUCER}};
    char value[1024];
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (fz_lookup_metadata(pdf->context, &pdf->document->super, texts[i][1], value, sizeof value) > 0)
            cs__builder_property(pdf->input->builder, texts[i][0], value, strlen(value));
    pdf_obj *info = pdf_dict_get(pdf->context, pdf_trailer(pdf->context, pdf->document), PDF_NAME(Info));
    keep_date(pdf, "created", pdf_dict_get_text_string(pdf->context, info, PDF_NAME(CreationDate)));
    keep_date(pdf, "modified", pdf_dict_get_text_string(pdf->context, info, PDF_NAME(ModDate)));
}

/* Runs one page into a text device. Throws. */
static void run_page(struct pdf *pdf, fz_page *page, fz_stext_page *text)
{
    fz_context *context = pdf->context;
    fz_stext_options options = {.flags = 0};
    fz_cookie cookie = {0};
    fz_device *device = fz_new_stext_device(context, text, &options);
    fz_try(context)
    {
        fz_run_page(context, page, device, fz_identity, &cookie);
        fz_close_device(context, device);
    }
    fz_always(context)
    {
        fz_drop_device(context, device);
    }
    fz_catch(context)
    {
        fz_rethrow(context);
    }
    pdf->incomplete_pages += cookie.errors > 0;
}

/* Words drawn in a font that is lost come out with letters missing: no such text may be quoted. */
static int has_font(fz_context *context, pdf_obj *font)
{
    pdf_obj *unicode = pdf_dict_get(context, font, PDF_NAME(ToUnicode));
    pdf_obj *below = pdf_dict_get(context, font, PDF_NAME(DescendantFonts));
    pdf_obj *descriptor = pdf_dict_get(context, font, PDF_NAME(FontDescriptor));
    if (!pdf_is_dict(context, font) || (unicode != NULL && !pdf_is_stream(context, unicode)))
        return 0;
    if (below != NULL)
        return pdf_is_dict(context, pdf_array_get(context, below, 0));
    return descriptor == NULL || (pdf_is_dict(context, descriptor) &&
                                  pdf_is_array(context, pdf_dict_get(context, font, PDF_NAME(Widths))));
}

/* Throws when part of a page that was dug out of a damaged file is lost. */
static void check_page(struct pdf *pdf, pdf_obj *page)
{
    fz_context *context = pdf->context;
    pdf_obj *contents = pdf_dict_get(context, page, PDF_NAME(Contents));
    pdf_obj *resources = pdf_dict_get_inheritable(context, page, PDF_NAME(Resources));
    pdf_obj *fonts = pdf_dict_get(context, resources, PDF_NAME(Font));
    int parts = pdf_is_array(context, contents) ? pdf_array_len(context, contents) : 1;
    for (int i = 0; i < parts; i++)
        if (!pdf_is_stream(context,
                           pdf_is_array(context, contents) ? pdf_array_get(context, contents, i) : contents))
            fz_throw(context, FZ_ERROR_GENERIC, "its text is missing");
    if (!pdf_is_dict(context, resources))
        fz_throw(context, FZ_ERROR_GENERIC, "its fonts are missing");
    for (int i = 0; i < pdf_dict_len(context, fonts); i++)
        if (!has_font(context, pdf_dict_get_val(context, fonts, i)))
            fz_throw(context, FZ_ERROR_GENERIC, "a font is missing");
}

static void read_page(struct pdf *pdf, int number)
{
    fz_context *context = pdf->context;
    struct cs__builder *builder = pdf->input->builder;
    fz_page *page = NULL;
    fz_stext_page *text = NULL;
    fz_var(page);
    fz_var(text);
    fz_try(context)
    {
        if (pdf->repaired)
            check_page(pdf, pdf_lookup_page_obj(context, pdf->document, number));
        page = fz_load_page(context, &pdf->document->super, number);
        fz_rect box = fz_bound_page(context, page);
        if (builder->text.pages == 1) {
            builder->text.page_width = box.x1 - box.x0;
            builder->text.page_height = box.y1 - box.y0;
        }
        text = fz_new_stext_page(context, box);
        run_page(pdf, page, text);
        if (!cs__pdf_page_lines(context, text, builder, &pdf->tally))
            fz_throw(context, FZ_ERROR_MEMORY, "out of memory");
    }
    fz_always(context)
    {
        fz_drop_stext_page(context, text);
        fz_drop_page(context, page);
    }
    fz_catch(context)
    {
        fz_rethrow(context);
    }
}

/* A page that can't be read costs itself only, as long as memory lasts. */
static void try_page(struct pdf *pdf, int number)
{
    fz_context *context = pdf->context;
    fz_try(context)
    {
        read_page(pdf, number);
    }
    fz_catch(context)
    {
        if (fz_caught(context) == FZ_ERROR_MEMORY)
            fz_rethrow(context);
        keep_complaint(pdf, fz_caught_message(context));
        if (pdf->bad_pages++ == 0)
            pdf->first_bad_page = number + 1;
    }
}

static void read_pages(struct pdf *pdf)
{
    for (int i = 0; i < pdf->pages && i < PAGES_MAX && pdf->bad_pages < BAD_PAGES_MAX; i++) {
        if (pdf->input->builder->full)
            return;
        cs__builder_begin_page(pdf->input->builder);
        try_page(pdf, i);
    }
}

static const char *advice(const struct pdf *pdf)
{
    return pdf->cut_off ? " (its end is missing: download it again)" : "";
}

static void warn(struct pdf *pdf)
{
    struct cs__builder *builder = pdf->input->builder;
    int pages = pdf->pages;
    if (pdf->bad_pages > 0)
        cs__builder_warning(builder,
                            "the PDF is damaged after page %d%s: %d of its %d pages can't be read (%s)",
                            pdf->first_bad_page - 1, advice(pdf), pdf->bad_pages, pages, pdf->complaint);
    else if (pdf->repaired)
        cs__builder_warning(builder,
                            "the PDF is damaged%s, and was repaired: all of its %d pages are indexed",
                            advice(pdf), pages);
    if (pdf->incomplete_pages > 0)
        cs__builder_warning(builder, "the PDF is damaged: %d of its %d pages may be incomplete (%s)",
                            pdf->incomplete_pages, pages, pdf->complaint);
    if (pages > PAGES_MAX && pdf->bad_pages < BAD_PAGES_MAX)
        cs__builder_warning(builder, "only the first %d of %d pages are indexed", PAGES_MAX, pages);
    if (pdf->tally.unreadable * 20 > pdf->tally.characters)
        cs__builder_warning(builder,
                            "%u%% of the letters can't be read: the PDF's fonts don't say what they draw",
                            (unsigned)(100 * pdf->tally.unreadable / pdf->tally.characters));
}

static cs_status check(struct pdf *pdf, cs_error *error)
{
    if (pdf->tally.characters > 0)
        return CS_OK;
    if (pdf->pages > 0 && pdf->bad_pages == 0 && pdf->incomplete_pages == 0 && !pdf->cut_off)
        return cs__error_set(error, CS_ERR_DOCUMENT,
                             "the PDF has no text (%d page%s of pictures, or blank): run OCR on it first",
                             pdf->pages, pdf->pages == 1 ? "" : "s");
    return cs__error_set(error, CS_ERR_DOCUMENT,
                         "the PDF is damaged beyond repair%s: no page can be read%s%s%s", advice(pdf),
                         pdf->complaint[0] ? " (" : "", pdf->complaint, pdf->complaint[0] ? ")" : "");
}

/* Everything that MuPDF may throw in. */
static cs_status read_document(struct pdf *pdf, cs_error *error)
{
    fz_context *context = pdf->context;
    if (pdf_needs_password(context, pdf->document))
        return cs__error_set(error, CS_ERR_DOCUMENT, "the PDF is encrypted and needs a password");
    pdf->pages = pdf_count_pages(context, pdf->document);
    pdf->repaired = pdf_was_repaired(context, pdf->document);
    read_properties(pdf);
    read_pages(pdf);
    warn(pdf);
    return check(pdf, error);
}

static cs_status read_stream(struct pdf *pdf, cs_error *error)
{
    fz_context *context = pdf->context;
    fz_stream *stream = NULL;
    cs_status status = CS_OK;
    fz_var(stream);
    fz_var(status);
    fz_try(context)
    {
        stream = open_stream(context, pdf->input->descriptor);
        pdf->document = pdf_open_document_with_stream(context, stream);
        status = read_document(pdf, error);
    }
    fz_always(context)
    {
        fz_drop_document(context, (fz_document *)pdf->document);
        fz_drop_stream(context, stream);
    }
    fz_catch(context)
    {
        status = fz_caught(context) == FZ_ERROR_MEMORY
                     ? cs__error_nomem(error)
                     : cs__error_set(error, CS_ERR_DOCUMENT, "the PDF is damaged beyond repair%s: %s",
                                     advice(pdf), fz_caught_message(context));
    }
    return status;
}

/* A whole file ends with a mark; readers look for it in the last kilobyte (ISO 32000-1, implementation note
 * 18). */
static int is_cut_off(const struct cs__input *input)
{
    char tail[2048];
    off_t from = input->size > (int64_t)sizeof tail ? (off_t)(input->size - (int64_t)sizeof tail) : 0;
    ssize_t size = pread(input->descriptor, tail, sizeof tail, from);
    return size >= 0 && memmem(tail, (size_t)size, "%%EOF", 5) == NULL;
}

cs_status cs__read_pdf(struct cs__input *input, cs_error *error)
{
    struct pdf pdf = {.input = input, .cut_off = is_cut_off(input)};
    pdf.context = fz_new_context(NULL, NULL, STORE_BYTES);
    if (pdf.context == NULL)
        return cs__error_nomem(error);
    fz_set_warning_callback(pdf.context, keep_complaint, &pdf);
    fz_set_error_callback(pdf.context, keep_complaint, &pdf);
    cs__builder_begin(input->builder, "pdf");
    cs_status status = read_stream(&pdf, error);
    fz_drop_context(pdf.context);
    return status == CS_OK ? cs__reader_send(input, error) : status;
}
