/* SPDX-License-Identifier: MIT */
/* Dates in prose: the forms that letters, reports, minutes and articles use, and numbers that only look so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/date_phrase.h"

#define DASH "\xE2\x80\x93"

static void print_part(char *out, size_t size, const struct cs__date_part *part)
{
    size_t used = strlen(out);
    snprintf(out + used, size - used, "%d-%d-%d", part->year, part->month, part->day);
}

/* All phrases as "Y-M-D/Y-M-D" a window, ";" between windows, " | " between phrases; 0 for unknown parts. */
static char *phrases(const char *text)
{
    static char out[2048];
    struct cs__date_phrase phrase;
    size_t at = 0, size = strlen(text);
    out[0] = '\0';
    while (cs__date_phrase_next(text, size, at, &phrase)) {
        assert_true(phrase.start >= at && phrase.end > phrase.start && phrase.end <= size);
        if (at > 0)
            strcat(out, " | ");
        for (size_t i = 0; i < phrase.window_count; i++) {
            strcat(out, i > 0 ? ";" : "");
            print_part(out, sizeof out, &phrase.windows[i].first);
            if (memcmp(&phrase.windows[i].first, &phrase.windows[i].last, sizeof(struct cs__date_part)) !=
                0) {
                strcat(out, "/");
                print_part(out, sizeof out, &phrase.windows[i].last);
            }
        }
        at = phrase.end;
    }
    return out;
}

static void check(const char *text, const char *expected)
{
    const char *got = phrases(text);
    if (strcmp(got, expected) != 0)
        fail_msg("%s\n  expected %s\n  got      %s", text, expected, got);
}

static void days_with_a_year(void **state)
{
    (void)state;
    check("on 20 August 2020.", "2020-8-20");
    check("were there on 4 and 5 October 2022, for", "2022-10-4/2022-10-5");
    check("22 - 23 October 2024", "2024-10-22/2024-10-23");
    check("26 & 27 May 2021", "2021-5-26/2021-5-27");
    check("held on 18th and 19th of February 2025.", "2025-2-18/2025-2-19");
    check("March 29-30 2023", "2023-3-29/2023-3-30");
    check("between 10-11 January 2018", "2018-1-10/2018-1-11");
    check("between 10 and 21 January 2018", "2018-1-10/2018-1-21");
    check("20/21st June 2023", "2023-6-20/2023-6-21");
    check("31 July and 1 August 2018", "2018-7-31/2018-8-1");
    check("29 April " DASH " 21 May 2014", "2014-4-29/2014-5-21");
    check("29 April 2014 " DASH " 21 May 2014", "2014-4-29/2014-5-21");
    check("26 February 2018" DASH "22 March 2018", "2018-2-26/2018-3-22");
    check("29 November to 3 January 2023", "2022-11-29/2023-1-3");
    check("the first on 28 February and 1 March 2023", "2023-2-28/2023-3-1");
    check("6th to 30th March 2017 and the outcome", "2017-3-6/2017-3-30");
    check("Tuesday 13 and Wednesday 14 May 2025", "2025-5-13/2025-5-14");
    check("Wednesday, March 25, 2020", "2020-3-25");
    check("08 July 2019 to 19 July 2019", "2019-7-8/2019-7-19");
    check("1 Sept 2021 and 14 Dec. 2021", "2021-9-1;2021-12-14");
    check("28 AUGUST 2020", "2020-8-28");
}

static void several_windows(void **state)
{
    (void)state;
    check("2 to 6 December 2024 and 13 to 15 January 2025", "2024-12-2/2024-12-6;2025-1-13/2025-1-15");
    check("8 July 2019 to 12 July 2019 and 7 August 2019 to 8 August 2019",
          "2019-7-8/2019-7-12;2019-8-7/2019-8-8");
    check("7 to 11 and 21 to 25 March 2022", "2022-3-7/2022-3-11;2022-3-21/2022-3-25");
    check("13 to 17 November, and 27 November to 1 December 2023",
          "2023-11-13/2023-11-17;2023-11-27/2023-12-1");
    check("on 4, 5 and 6 March 2020", "2020-3-4/2020-3-6");
    check("on 4 and 18 March 2020", "2020-3-4;2020-3-18");
    check("The visits of 28 February 2023, 25 July 2023 and 22 November 2023",
          "2023-2-28;2023-7-25;2023-11-22");
}

static void numeric_days(void **state)
{
    (void)state;
    check("12/09/2016 to 06/10/2016", "2016-9-12/2016-10-6");
    check("Published (12.03.2020)", "2020-3-12");
    check("Today (19/7/19) it", "2019-7-19");
    check("Meeting: 26/01/2021 - Overview", "2021-1-26");
    check("2023-06-28", "2023-6-28");
    check("45/13/2020, 1.2.3, 2.1.14 and 24/7", "");
}

static void days_without_a_year(void **state)
{
    (void)state;
    check("on June 7 and June 8 and kept", "0-6-7/0-6-8");
    check("14-16 June", "0-6-14/0-6-16");
    check("from February 28 to March 1 this year", "0-2-28/0-3-1");
    check("on September 11 and 12, for the first time", "0-9-11/0-9-12");
    check("a week today (June 22)", "0-6-22");
    check("on June 7, 12 people came", "0-6-7");
    check("the second on 25 and 26 July, and the latest on 22 and 23 November",
          "0-7-25/0-7-26 | 0-11-22/0-11-23");
}

static void months_seasons_and_years(void **state)
{
    (void)state;
    check("in late March, the first", "0-3-0");
    check("at the end of June, inspectors", "0-6-0");
    check("in mid-May they", "0-5-0");
    check("judged inadequate in July 2022.", "2022-7-0");
    check("since May\xE2\x80\x99s rating", "0-5-0");
    check("It may be that March on the town was May Smith's", "");
    check("in autumn 2023 and in the summer of 2024", "2023-0-0 | 2024-0-0");
    check("inadequate since 2016, and good by 2019", "2016-0-0 | 2019-0-0");
    check("late January or early February", "0-1-0 | 0-2-0");
    check("The January visit was", "0-1-0");
}

static void what_only_looks_like_a_date(void **state)
{
    (void)state;
    check("section 17 and section 47, ages 16 and 17, item 127", "");
    check("16- and 17-year-olds in 2016/17 or 2016-17", "");
    check("\xC2\xA3"
          "2016 was paid; 20160; A2016; 12 may follow, 3 march on",
          "");
    check("31 Mayfair, 5 Junes, 14 Augustus Road", "");
    check("photo 20230105.jpg, phone 0300 123 1231", "");
}

static void vague_weekday_and_relative(void **state)
{
    (void)state;
    struct cs__date_phrase p;
    const char *text = "at the end of June";
    assert_true(cs__date_phrase_next(text, strlen(text), 0, &p));
    assert_int_equal(p.vague, CS__DATE_LATE);
    assert_int_equal(p.start, 7);
    text = "released today (Friday, August 2)";
    assert_true(cs__date_phrase_next(text, strlen(text), 0, &p));
    assert_int_equal(p.weekday, 4);
    assert_int_equal(cs__date_phrase_weekday_year(&p, 2017, 2020), 2019);
    assert_int_equal(cs__date_phrase_weekday_year(&p, 2020, 2020), 0);
    text = "from February 28 to March 1 this year.";
    assert_true(cs__date_phrase_next(text, strlen(text), 0, &p));
    assert_true(p.has_year_offset && p.year_offset == 0);
    text = "September last year";
    assert_true(cs__date_phrase_next(text, strlen(text), 0, &p));
    assert_true(p.has_year_offset && p.year_offset == -1);
}

static void windows_become_spans(void **state)
{
    (void)state;
    char printed[CS_DATE_SIZE];
    struct cs__date_phrase p;
    const char *text = "from 28 December to 2 January";
    assert_true(cs__date_phrase_next(text, strlen(text), 0, &p));
    assert_int_equal(cs__date_window_span(&p.windows[0], 0).precision, CS_PRECISION_UNKNOWN);
    assert_string_equal(cs_date_print(cs__date_window_span(&p.windows[0], 2019), printed),
                        "2019-12-28/2020-01-02");
    text = "30 February 2020";
    assert_true(cs__date_phrase_next(text, strlen(text), 0, &p));
    assert_int_equal(cs__date_window_span(&p.windows[0], 0).precision, CS_PRECISION_UNKNOWN);
}

static void any_bytes_are_safe(void **state)
{
    (void)state;
    char text[257];
    unsigned seed = 1;
    static const char pieces[] = "0123456789 /.-,&JunMay andto\xE2\x80\x93\xC2\xA0\xFF";
    for (int round = 0; round < 20000; round++) {
        size_t size = 1 + (seed >> 8) % 64;
        for (size_t i = 0; i < size; i++) {
            seed = seed * 1103515245u + 12345u;
            text[i] = pieces[(seed >> 16) % (sizeof pieces - 1)];
        }
        struct cs__date_phrase p;
        for (size_t at = 0; cs__date_phrase_next(text, size, at, &p); at = p.end)
            assert_true(p.end > at && p.end <= size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_with_a_year),
        cmocka_unit_test(several_windows),
        cmocka_unit_test(numeric_days),
        cmocka_unit_test(days_without_a_year),
        cmocka_unit_test(months_seasons_and_years),
        cmocka_unit_test(what_only_looks_like_a_date),
        cmocka_unit_test(vague_weekday_and_relative),
        cmocka_unit_test(windows_become_spans),
        cmocka_unit_test(any_bytes_are_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
