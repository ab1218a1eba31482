/* SPDX-License-Identifier: MIT */
/* Hit: a passage -> the values of its columns. */
#include "sqlite/hit.h"

SQLITE_EXTENSION_INIT3

static void give_place(sqlite3_context *out, const cs_hit *hit, enum cs__hit_column column)
{
    const cs_visit *visit = hit->visit;
    if (column == CS__HIT_AUTHORITY)
        cs__give_text(out, visit != NULL ? visit->authority : hit->document->authority);
    else if (visit == NULL)
        return;
    else if (column == CS__HIT_VISIT)
        cs__give_text(out, visit->id);
    else if (column == CS__HIT_VISIT_KIND)
        cs__give_text(out, cs_visit_kind_name(visit->kind));
    else if (column == CS__HIT_ORDINAL)
        cs__give_number(out, visit->ordinal);
    else if (column == CS__HIT_PRECISION)
        cs__give_text(out, cs_precision_name(visit->date.precision));
    else
        cs__give_day(out, visit->date, column == CS__HIT_VISIT_END);
}

static void give_document(sqlite3_context *out, const cs_document *document, enum cs__hit_column column)
{
    switch (column) {
    case CS__HIT_KIND:
        cs__give_text(out, cs_kind_name(document->kind));
        break;
    case CS__HIT_TITLE:
        cs__give_text(out, document->title);
        break;
    case CS__HIT_PUBLISHED:
        cs__give_date(out, document->published);
        break;
    case CS__HIT_PATH:
        cs__give_text(out, document->path);
        break;
    case CS__HIT_RECORD:
        cs__give_text(out, document->record);
        break;
    case CS__HIT_URL:
        cs__give_text(out, document->url);
        break;
    case CS__HIT_SHA256:
        cs__give_text(out, document->sha256);
        break;
    default:
        sqlite3_result_int64(out, document->id);
    }
}

static void give_text(sqlite3_context *out, const cs_hit *hit, enum cs__hit_column column)
{
    cs_range excerpt = hit->excerpt;
    switch (column) {
    case CS__HIT_TEXT:
        cs__give_bytes(out, hit->text, hit->text_size);
        break;
    case CS__HIT_MARKS:
        cs__give_marks(out, hit->marks, hit->mark_count, (cs_range){0, (uint32_t)hit->text_size});
        break;
    case CS__HIT_EXCERPT:
        cs__give_bytes(out, hit->text + excerpt.start, excerpt.end - excerpt.start);
        break;
    case CS__HIT_EXCERPT_MARKS:
        cs__give_marks(out, hit->marks, hit->mark_count, excerpt);
        break;
    case CS__HIT_SECTION:
        cs__give_text(out, hit->section);
        break;
    case CS__HIT_PARAGRAPH:
        cs__give_text(out, hit->number);
        break;
    case CS__HIT_LEAD_IN:
        cs__give_text(out, hit->lead_in);
        break;
    case CS__HIT_CITATION:
        cs__give_text(out, hit->citation);
        break;
    default:
        cs__give_text(out, hit->explanation);
    }
}

void cs__give_hit(sqlite3_context *out, const cs_hit *hit, enum cs__hit_column column)
{
    switch (column) {
    case CS__HIT_RANK:
        sqlite3_result_int64(out, hit->rank);
        break;
    case CS__HIT_SCORE:
        sqlite3_result_double(out, hit->score);
        break;
    case CS__HIT_JUDGEMENT:
        cs__give_text(out, cs_judgement_name(hit->judgement.value));
        break;
    case CS__HIT_JUDGEMENT_STATE:
        cs__give_text(out, cs_state_name(hit->judgement.state));
        break;
    case CS__HIT_JUDGEMENT_AREA:
        cs__give_text(out, cs_area_name(hit->judgement_area));
        break;
    case CS__HIT_PAGE:
        cs__give_number(out, hit->page);
        break;
    case CS__HIT_PASSAGE:
        sqlite3_result_int64(out, hit->passage);
        break;
    case CS__HIT_ECHO:
        sqlite3_result_int(out, hit->is_echo);
        break;
    case CS__HIT_FOLDED:
        sqlite3_result_int64(out, hit->folded);
        break;
    case CS__HIT_AUTHORITY:
    case CS__HIT_VISIT:
    case CS__HIT_VISIT_KIND:
    case CS__HIT_ORDINAL:
    case CS__HIT_VISIT_START:
    case CS__HIT_VISIT_END:
    case CS__HIT_PRECISION:
        give_place(out, hit, column);
        break;
    case CS__HIT_TEXT:
    case CS__HIT_MARKS:
    case CS__HIT_EXCERPT:
    case CS__HIT_EXCERPT_MARKS:
    case CS__HIT_SECTION:
    case CS__HIT_PARAGRAPH:
    case CS__HIT_LEAD_IN:
    case CS__HIT_CITATION:
    case CS__HIT_EXPLANATION:
        give_text(out, hit, column);
        break;
    default:
        give_document(out, hit->document, column);
    }
}
