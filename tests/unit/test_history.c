/* SPDX-License-Identifier: MIT */
/* Histories: whatever was added, replaced and removed before, in however many commits and runs, an index
 * answers as one that was given its documents at once: same hits, order, scores, visits, echoes. */
#include "tests/unit/writer_fixture.h"

#include "indexer/postings_write.h"
#include "indexer/writer_internal.h"

enum { SLOTS = 30, WORDS = 40, HISTORIES = 12, CHANGES = 60 };

static uint64_t seed = 88172645463325252u;

static uint32_t any(uint32_t below)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * 0x2545F4914F6CDD1Dull) >> 33) % below;
}

struct slot {
    char name[16];
    struct cs__buffer text;
    int written; /* when it was written last; 0: it is not in the index */
};

static struct fixture f;
static struct slot slots[SLOTS];

static const char *const words[WORDS] = {
    "children", "plans",   "workers", "visits",   "leaders",  "placements", "carers",     "panels",
    "reviews",  "schools", "health",  "risks",    "homes",    "courts",     "adoption",   "fostering",
    "records",  "calls",   "teams",   "partners", "audits",   "targets",    "delays",     "gaps",
    "meetings", "letters", "needs",   "views",    "families", "siblings",   "budgets",    "posts",
    "agency",   "duty",    "front",   "door",     "missing",  "safety",     "thresholds", "pathways"};

/* Frequent words first. */
static const char *word(void)
{
    return words[any(any(WORDS) + 1)];
}

static void add_sentence(struct cs__buffer *out)
{
    static const char *const shared[] = {
        "Nobody had asked the eleven children in the two homes what they made of their plans.",
        "Since the spring a second manager looks at each new contact on the day on which it comes.",
        "Too few of the visits that were due in the last quarter had been written up by its end."};
    if (any(3) == 0) {
        cs__buffer_printf(out, "%s ", shared[any(3)]);
        return;
    }
    for (uint32_t left = 4 + any(9); left > 0; left--)
        cs__buffer_printf(out, "%s%s", word(), left == 1 ? ". " : " ");
}

static void make_text(struct cs__buffer *out)
{
    static const char *const authorities[] = {"Kent", "Norfolk", "Stockport"};
    static const char *const kinds[] = {"monitoring-letter", "article", "inspection-report", "minutes"};
    static const char *const visits[] = {"2023-03-29", "2023-06", "2024"};
    cs__buffer_clear(out);
    cs__buffer_string(out, "---\n");
    if (any(5) > 0)
        cs__buffer_printf(out, "authority: %s\n", authorities[any(3)]);
    cs__buffer_printf(out, "kind: %s\n", kinds[any(4)]);
    if (any(4) > 0)
        cs__buffer_printf(out, "visit: %s\n", visits[any(3)]);
    cs__buffer_string(out, "---\n");
    for (uint32_t sections = 1 + any(3); sections > 0; sections--) {
        cs__buffer_printf(out, "\n# The %s of %s\n", word(), word());
        for (uint32_t passages = 1 + any(5); passages > 0; passages--) {
            cs__buffer_string(out, "\n");
            for (uint32_t sentences = 1 + any(3); sentences > 0; sentences--)
                add_sentence(out);
            cs__buffer_string(out, "\n");
        }
    }
}

static cs_writer *open_writer(int is_small)
{
    cs_writer *writer = fixture_open(&f);
    if (is_small) /* large merges, each spread over many commits */
        cs__postings_sink_set_pace(writer->postings, &(struct cs__postings_pace){200, 0, 10});
    return writer;
}

static void write_slot(cs_writer *writer, struct slot *slot)
{
    cs_error error = {0};
    if (cs_writer_add_buffer(writer, slot->name, slot->text.data, slot->text.size, NULL, 0, &error) != CS_OK)
        fail_msg("%s: %s", slot->name, error.message);
}

static void change_one(cs_writer *writer, int change)
{
    cs_error error = {0};
    struct slot *slot = &slots[any(SLOTS)];
    if (slot->written > 0 && any(3) == 0) {
        if (cs_writer_remove(writer, slot->name, &error) != CS_OK)
            fail_msg("%s", error.message);
        slot->written = 0;
        return;
    }
    make_text(&slot->text);
    slot->written = change + 1;
    write_slot(writer, slot);
}

static void commit(cs_writer *writer)
{
    cs_error error = {0};
    if (cs_writer_commit(writer, &error) != CS_OK)
        fail_msg("%s", error.message);
}

static void run_history(void)
{
    int is_small = any(3) > 0;
    for (int i = 0; i < SLOTS; i++) {
        sprintf(slots[i].name, "paper-%d.md", i);
        slots[i].written = 0;
    }
    cs_writer *writer = open_writer(is_small);
    for (int change = 0; change < CHANGES; change++) {
        change_one(writer, change);
        if (any(3) == 0)
            commit(writer);
        if (any(12) == 0) { /* without linking; the next run makes up for it */
            cs_writer_close(writer);
            writer = open_writer(is_small);
        }
    }
    commit(writer);
    cs_writer_close(writer);
}

/* The same documents, in the order in which they were written last. */
static void run_at_once(void)
{
    cs_writer *writer = open_writer(0);
    for (int change = 1; change <= CHANGES; change++)
        for (int i = 0; i < SLOTS; i++)
            if (slots[i].written == change)
                write_slot(writer, &slots[i]);
    commit(writer);
    cs_writer_close(writer);
}

/* --- What an index answers, as text. */
static void tell_hits(cs_reader *reader, const char *query, cs_match_mode match, struct cs__buffer *out)
{
    cs_search_options options = CS_SEARCH_OPTIONS_INIT;
    cs_hits *hits;
    cs_error error = {0};
    options.limit = 25;
    options.no_fold = 1;
    options.match = match;
    if (cs_search(reader, query, strlen(query), &options, &hits, &error) != CS_OK)
        fail_msg("%s: %s", query, error.message);
    cs__buffer_printf(out, "\n%s: %llu\n", query, (unsigned long long)cs_hits_total(hits));
    for (size_t i = 0; i < cs_hits_count(hits); i++) {
        const cs_hit *hit = cs_hits_get(hits, i);
        cs__buffer_printf(out, "%.17g %s %s %d %d %s\n", hit->score, hit->document->path,
                          hit->visit != NULL ? hit->visit->id : "-", hit->is_echo, (int)hit->judgement.value,
                          hit->text);
    }
    cs_hits_free(hits);
}

static void tell_visits(cs_reader *reader, struct cs__buffer *out)
{
    cs_visits *visits;
    cs_error error = {0};
    assert_int_equal(cs_visits_list(reader, NULL, &visits, &error), CS_OK);
    for (size_t i = 0; i < cs_visits_count(visits); i++) {
        const cs_visit *visit = cs_visits_get(visits, i);
        cs__buffer_printf(out, "%s:", visit->id);
        for (size_t d = 0; d < visit->document_count; d++)
            cs__buffer_printf(out, " %s", visit->documents[d]);
        cs__buffer_string(out, "\n");
    }
    cs_visits_free(visits);
}

static void make_query(struct cs__buffer *out)
{
    const char *a = word(), *b = word(), *c = word();
    cs__buffer_clear(out);
    switch (any(8)) {
    case 0:
        cs__buffer_string(out, a);
        break;
    case 1:
        cs__buffer_printf(out, "\"%s %s\"", a, b);
        break;
    case 2:
        cs__buffer_printf(out, "%s NEAR/3 %s", a, b);
        break;
    case 3:
        cs__buffer_printf(out, "%s -%s", a, b);
        break;
    case 4:
        cs__buffer_printf(out, "%s AND (%s OR %s)", a, b, c);
        break;
    case 5:
        cs__buffer_printf(out, "%.3s*", a);
        break;
    case 6:
        cs__buffer_printf(out, "authority:Kent %s", a);
        break;
    default:
        cs__buffer_printf(out, "%s %s %s", a, b, c);
    }
}

static char *tell(uint64_t query_seed)
{
    struct cs__buffer out = {0}, query = {0};
    cs_reader *reader;
    cs_error error = {0};
    if (cs_reader_open(f.index, NULL, &reader, &error) != CS_OK)
        fail_msg("%s", error.message);
    tell_visits(reader, &out);
    seed = query_seed;
    for (int i = 0; i < 40; i++) {
        make_query(&query);
        tell_hits(reader, query.data, any(2) == 0 ? CS_MATCH_ANY : CS_MATCH_AUTO, &out);
    }
    cs_reader_close(reader);
    cs__buffer_free(&query);
    return out.data;
}

static void test_histories(void **state)
{
    (void)state;
    int echoes = 0;
    for (int history = 0; history < HISTORIES; history++) {
        assert_int_equal(fixture_begin(&f), 0);
        run_history();
        fixture_verify(&f);
        echoes += (int)fixture_number(&f, "SELECT count(*) FROM echo");
        uint64_t query_seed = seed;
        char *after_history = tell(query_seed);
        unlink(f.index);
        run_at_once();
        char *at_once = tell(query_seed);
        assert_string_equal(after_history, at_once);
        free(after_history);
        free(at_once);
        assert_int_equal(fixture_end(&f), 0);
    }
    assert_true(echoes > 30);
    for (int i = 0; i < SLOTS; i++)
        cs__buffer_free(&slots[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_histories)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
