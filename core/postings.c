/* SPDX-License-Identifier: MIT */
/* Packed arrays, length codes and impacts; see postings.h for the formats. */
#include "core/postings.h"

#include <string.h>

enum { WIDTH_MASK = 0x3F, HAS_WIDER = 0x40, WIDTH_MAX = 32 };

static unsigned width_of(uint32_t value)
{
    return value == 0 ? 0 : 32u - (unsigned)__builtin_clz(value);
}

static size_t packed_bytes(size_t count, unsigned width)
{
    return (count * width + 7) / 8;
}

/* The width that takes the fewest bytes, wider values and all. */
static unsigned best_width(const uint32_t *values, size_t count)
{
    size_t with_width[WIDTH_MAX + 1] = {0};
    unsigned widest = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned width = width_of(values[i]);
        with_width[width]++;
        if (width > widest)
            widest = width;
    }
    unsigned best = widest;
    size_t least = packed_bytes(count, widest);
    size_t wider = 0;
    for (unsigned width = widest; width-- > 0;) {
        wider += with_width[width + 1];
        size_t bytes = packed_bytes(count, width) + 1 + wider * (1 + (widest - width + 6) / 7);
        if (bytes < least) {
            least = bytes;
            best = width;
        }
    }
    return best;
}

/* Eight bytes, low first, wherever they stand. */
static uint64_t load_u64(const unsigned char *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value = __builtin_bswap64(value);
#endif
    return value;
}

static void pack_bits(const uint32_t *values, size_t count, unsigned width, unsigned char *out)
{
    uint64_t pending = 0, mask = ((uint64_t)1 << width) - 1;
    unsigned bits = 0;
    for (size_t i = 0; i < count; i++) {
        pending |= (values[i] & mask) << bits;
        for (bits += width; bits >= 8; bits -= 8) {
            *out++ = (unsigned char)pending;
            pending >>= 8;
        }
    }
    if (bits > 0)
        *out = (unsigned char)pending;
}

void cs__packed_write(const uint32_t *values, size_t count, struct cs__buffer *out)
{
    unsigned width = best_width(values, count);
    size_t wider = 0;
    for (size_t i = 0; i < count; i++)
        wider += width_of(values[i]) > width;
    cs__buffer_char(out, (char)(width | (wider > 0 ? HAS_WIDER : 0)));
    if (wider > 0)
        cs__buffer_char(out, (char)wider);
    size_t bytes = packed_bytes(count, width);
    unsigned char *to = (unsigned char *)cs__buffer_reserve(out, bytes);
    if (to == NULL)
        return;
    pack_bits(values, count, width, to);
    out->size += bytes;
    for (size_t i = 0; i < count && wider > 0; i++) {
        if (width_of(values[i]) <= width)
            continue;
        cs__buffer_char(out, (char)i);
        cs__buffer_varint(out, (uint64_t)values[i] >> width);
    }
}

/* The first bytes of a packed array: its width, its count of wider values, and where its bits begin. */
static int read_head(const unsigned char **at, const unsigned char *end, size_t count, unsigned *width,
                     unsigned *wider)
{
    if (*at >= end)
        return 0;
    unsigned head = *(*at)++;
    *width = head & WIDTH_MASK;
    *wider = 0;
    if (head & HAS_WIDER) {
        if (*at >= end)
            return 0;
        *wider = *(*at)++;
    }
    return *width <= WIDTH_MAX && *wider <= count && packed_bytes(count, *width) <= (size_t)(end - *at);
}

static void unpack_bits(const unsigned char *in, size_t count, unsigned width, uint32_t *out)
{
    uint64_t mask = ((uint64_t)1 << width) - 1;
    for (size_t i = 0, bit = 0; i < count; i++, bit += width)
        out[i] = (uint32_t)((load_u64(in + (bit >> 3)) >> (bit & 7)) & mask);
}

int cs__packed_read(const unsigned char **at, const unsigned char *end, size_t count, uint32_t *out)
{
    unsigned width, wider;
    if (!read_head(at, end, count, &width, &wider))
        return 0;
    if (width == 0)
        memset(out, 0, count * sizeof *out);
    else
        unpack_bits(*at, count, width, out);
    *at += packed_bytes(count, width);
    for (; wider > 0; wider--) {
        uint64_t rest;
        size_t i = *at < end ? *(*at)++ : count;
        if (i >= count || width == WIDTH_MAX || !cs__varint_read(at, end, &rest))
            return 0;
        out[i] |= (uint32_t)(rest << width);
    }
    return 1;
}

int cs__packed_skip(const unsigned char **at, const unsigned char *end, size_t count)
{
    unsigned width, wider;
    if (!read_head(at, end, count, &width, &wider))
        return 0;
    *at += packed_bytes(count, width);
    for (; wider > 0; wider--) {
        uint64_t rest;
        if (*at >= end)
            return 0;
        (*at)++;
        if (!cs__varint_read(at, end, &rest))
            return 0;
    }
    return 1;
}

int cs__u32_read(const unsigned char **at, const unsigned char *end, uint32_t *out)
{
    const unsigned char *start = *at;
    uint64_t value;
    if (!cs__varint_read(at, end, &value))
        return 0;
    if (value > UINT32_MAX) {
        *at = start;
        return 0;
    }
    *out = (uint32_t)value;
    return 1;
}

/* One more than the length is coded as a small float: five bits of mantissa behind a leading one. */
#define MANTISSA 32u
#define EXACT (2 * MANTISSA)

uint8_t cs__length_encode(uint32_t words)
{
    uint64_t value = (uint64_t)words + 1;
    if (value < EXACT)
        return (uint8_t)value;
    unsigned octave = 0;
    for (; value >= EXACT; octave++)
        value >>= 1;
    unsigned code = EXACT + MANTISSA * (octave - 1) + (unsigned)(value - MANTISSA);
    return code > UINT8_MAX ? UINT8_MAX : (uint8_t)code;
}

uint32_t cs__length_decode(uint8_t code)
{
    if (code < EXACT)
        return code > 0 ? code - 1u : 0;
    unsigned octave = (code - EXACT) / MANTISSA + 1;
    return (((code - EXACT) % MANTISSA + MANTISSA) << octave) - 1u;
}

static int beats(struct cs__impact a, struct cs__impact b)
{
    return a.frequency >= b.frequency && a.length <= b.length;
}

/* Replace the two neighbours whose join loses least by the join: the higher frequency at the shorter length.
 */
static void join_closest(struct cs__impacts *impacts)
{
    size_t closest = 0;
    double least = 0;
    for (size_t i = 0; i + 1 < impacts->count; i++) {
        struct cs__impact low = impacts->items[i], high = impacts->items[i + 1];
        double loss = (double)high.frequency / low.frequency *
                      ((cs__length_decode(high.length) + 8.0) / (cs__length_decode(low.length) + 8.0));
        if (i == 0 || loss < least) {
            least = loss;
            closest = i;
        }
    }
    impacts->items[closest].frequency = impacts->items[closest + 1].frequency;
    impacts->count--;
    memmove(&impacts->items[closest + 1], &impacts->items[closest + 2],
            (impacts->count - closest - 1) * sizeof impacts->items[0]);
}

void cs__impacts_add(struct cs__impacts *impacts, struct cs__impact impact)
{
    size_t kept = 0, place = 0;
    for (size_t i = 0; i < impacts->count; i++)
        if (beats(impacts->items[i], impact))
            return;
    for (size_t i = 0; i < impacts->count; i++) {
        if (beats(impact, impacts->items[i]))
            continue;
        impacts->items[kept++] = impacts->items[i];
        if (impacts->items[i].frequency < impact.frequency)
            place = kept;
    }
    memmove(&impacts->items[place + 1], &impacts->items[place], (kept - place) * sizeof impact);
    impacts->items[place] = impact;
    impacts->count = (uint8_t)(kept + 1);
    if (impacts->count > CS__IMPACTS_MAX)
        join_closest(impacts);
}

void cs__impacts_join(struct cs__impacts *impacts, const struct cs__impacts *other)
{
    for (size_t i = 0; i < other->count; i++)
        cs__impacts_add(impacts, other->items[i]);
}

void cs__impacts_write(const struct cs__impacts *impacts, struct cs__buffer *out)
{
    cs__buffer_char(out, (char)impacts->count);
    for (size_t i = 0; i < impacts->count; i++) {
        cs__buffer_varint(out, impacts->items[i].frequency);
        cs__buffer_char(out, (char)impacts->items[i].length);
    }
}

int cs__impacts_read(const unsigned char **at, const unsigned char *end, struct cs__impacts *out)
{
    *out = (struct cs__impacts){0};
    if (*at >= end || **at > CS__IMPACTS_MAX)
        return 0;
    out->count = *(*at)++;
    for (size_t i = 0; i < out->count; i++) {
        uint64_t frequency;
        if (!cs__varint_read(at, end, &frequency) || frequency > UINT32_MAX || *at >= end)
            return 0;
        out->items[i] = (struct cs__impact){(uint32_t)frequency, *(*at)++};
    }
    return 1;
}
