/* SPDX-License-Identifier: MIT */
/* How far a run is, drawn over itself ten times a second at most. */
#include "indexer/cli_progress.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "cli/terminal.h"

/* The first line comes late: a run that is over at once shows none. */
enum { FIRST_MS = 500, EVERY_MS = 100, RATE_FROM_MS = 1000 };

int64_t cs__now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

char *cs__thousands(uint64_t number, char out[32])
{
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%" PRIu64, number);
    size_t to = 0;
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            out[to++] = ',';
        out[to++] = digits[i];
    }
    out[to] = '\0';
    return out;
}

void cs__progress_begin(struct cs__progress *progress, FILE *out)
{
    *progress = (struct cs__progress){.out = out, .began_ms = cs__now_ms()};
}

static int print_time(char *out, size_t size, uint64_t seconds)
{
    if (seconds < 100)
        return snprintf(out, size, ", %" PRIu64 " s left", seconds);
    if (seconds < 5940)
        return snprintf(out, size, ", %" PRIu64 " min left", (seconds + 30) / 60);
    return snprintf(out, size, ", %" PRIu64 " h left", (seconds + 1800) / 3600);
}

/* Rate and time left, once there is something to reckon with. */
static void print_rate(const struct cs__progress *progress, int64_t elapsed_ms, char *out, size_t size)
{
    out[0] = '\0';
    if (elapsed_ms < RATE_FROM_MS || progress->bytes_done == 0)
        return;
    double rate = (double)progress->bytes_done / (double)elapsed_ms; /* bytes a millisecond */
    int used = snprintf(out, size, ", %.1f MB/s", rate / 1000);
    if (used > 0 && (size_t)used < size && progress->bytes_total > progress->bytes_done)
        print_time(out + used, size - (size_t)used,
                   (uint64_t)((double)(progress->bytes_total - progress->bytes_done) / rate / 1000) + 1);
}

static void draw(struct cs__progress *progress, int64_t now)
{
    char done[32], total[32], rate[64], line[256];
    print_rate(progress, now - progress->began_ms, rate, sizeof rate);
    int size =
        snprintf(line, sizeof line, "%s of %s files, %.1f of %.1f MB%s",
                 cs__thousands(progress->files_done, done), cs__thousands(progress->files_total, total),
                 (double)progress->bytes_done / 1e6, (double)progress->bytes_total / 1e6, rate);
    if (size < 0)
        return;
    size_t fit = cs__terminal_fit(line, strlen(line), cs__terminal_width(progress->out) - 1);
    fprintf(progress->out, "\r%.*s\x1B[K", (int)fit, line);
    fflush(progress->out);
    progress->shown = 1;
    progress->last_ms = now;
}

void cs__progress_update(struct cs__progress *progress, const char *stage, uint64_t done, uint64_t total)
{
    int files = strcmp(stage, "files") == 0;
    *(files ? &progress->files_done : &progress->bytes_done) = done;
    *(files ? &progress->files_total : &progress->bytes_total) = total;
    if (progress->out == NULL || files)
        return;
    int64_t now = cs__now_ms();
    if (now - progress->began_ms >= FIRST_MS && now - progress->last_ms >= EVERY_MS)
        draw(progress, now);
}

void cs__progress_clear(struct cs__progress *progress)
{
    if (progress->out == NULL || !progress->shown)
        return;
    fputs("\r\x1B[K", progress->out);
    fflush(progress->out);
    progress->shown = 0;
}
