#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Follow a theme from visit to visit and draw it, by ctypes and nothing else.

Usage: timeline.py INDEX QUERY [AUTHORITY [FILE.svg]]

Prints a line a visit; with FILE.svg it draws a bar a visit, too: as high as the theme's passages for each 1,000 words, in
the colour of their tone. A visit that did not look at the theme has a hatched foot instead of a bar: that is not a zero.
"""
import ctypes, ctypes.util, datetime, html, os, sys
from ctypes import POINTER, Structure, byref, c_char, c_char_p, c_double, c_int, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p

# The beginnings of the structs of <csearch.h>; what is not needed behind them is left out, and fields are only ever added there.


class Error(Structure):
    _fields_ = [("status", c_int), ("message", c_char * 1024)]


class Date(Structure):
    _fields_ = [("first", c_int32), ("last", c_int32), ("precision", c_int)]


class Judged(Structure):
    _fields_ = [("value", c_int), ("state", c_int), ("source", c_char_p)]


class Visit(Structure):
    _fields_ = [("id", c_char_p), ("authority", c_char_p), ("kind", c_int), ("ordinal", c_int), ("date", Date)]


class Range(Structure):
    _fields_ = [("start", c_uint32), ("end", c_uint32)]


class Hit(Structure):
    _fields_ = [("rank", c_uint32), ("score", c_double), ("passage", c_int64), ("text", c_void_p)]


class Row(Structure):
    _fields_ = [("kind", c_int), ("label", c_char_p), ("visit", POINTER(Visit)), ("judgement", Judged), ("scope", c_int),
                ("passages", c_uint32), ("words", c_uint64), ("rate_per_1000", c_double), ("reports", c_uint32),
                ("reports_with", c_uint32), ("at_second_hand", c_int), ("tone", c_int), ("tone_score", c_double),
                ("tone_passages", c_uint32), ("cues", c_void_p), ("cue_count", c_size_t), ("best", POINTER(Hit)), ("sentence", Range)]


class SearchOptions(Structure):
    """cs_search_options up to `authority`: the library reads no further than struct_size says."""
    _fields_ = [("struct_size", c_size_t), ("limit", c_uint32), ("offset", c_uint32), ("match", c_int), ("sort", c_int)] + [
        (name, c_char_p) for name in ("since", "until", "published_since", "published_until", "judgement", "overall", "authority")]


class TimelineOptions(Structure):
    _fields_ = [("struct_size", c_size_t), ("search", POINTER(SearchOptions)), ("by", c_int), ("themes_file", c_char_p)]


library = ctypes.CDLL(os.environ.get("CSEARCH_LIBRARY") or ctypes.util.find_library("csearch") or "libcsearch.so.0")
library.cs_reader_open.argtypes = [c_char_p, c_void_p, POINTER(c_void_p), POINTER(Error)]
library.cs_reader_close.argtypes = [c_void_p]
library.cs_timeline_build.argtypes = [c_void_p, c_char_p, c_size_t, POINTER(TimelineOptions), POINTER(c_void_p), POINTER(Error)]
library.cs_timeline_count.argtypes, library.cs_timeline_count.restype = [c_void_p], c_size_t
library.cs_timeline_get.argtypes, library.cs_timeline_get.restype = [c_void_p, c_size_t], POINTER(Row)
library.cs_timeline_life.argtypes, library.cs_timeline_life.restype = [c_void_p], c_char_p
library.cs_timeline_free.argtypes = [c_void_p]
for name in ("cs_tone_name", "cs_scope_name", "cs_judgement_name", "cs_visit_kind_name"):
    getattr(library, name).argtypes, getattr(library, name).restype = [c_int], c_char_p


def timeline(index, query, authority=None):
    """The life of the theme in a line, and a dictionary a row."""
    error, reader, built = Error(), c_void_p(), c_void_p()
    search = SearchOptions(struct_size=ctypes.sizeof(SearchOptions), authority=authority.encode() if authority else None)
    options = TimelineOptions(ctypes.sizeof(TimelineOptions), ctypes.pointer(search), 0, None)
    text = query.encode()
    try:
        if library.cs_reader_open(index.encode(), None, byref(reader), byref(error)) or \
                library.cs_timeline_build(reader, text, len(text), byref(options), byref(built), byref(error)):
            raise RuntimeError(error.message.decode())
        rows = [row_of(library.cs_timeline_get(built, i).contents) for i in range(library.cs_timeline_count(built))]
        return library.cs_timeline_life(built).decode(), rows
    finally:
        library.cs_timeline_free(built)
        library.cs_reader_close(reader)


def row_of(row):
    visit = row.visit.contents if row.visit else None
    sentence = ctypes.string_at(row.best.contents.text + row.sentence.start, row.sentence.end - row.sentence.start) if row.best else b""
    return {
        "label": row.label.decode(),
        "kind": library.cs_visit_kind_name(visit.kind).decode() if visit else "",
        "day": visit.date.first if visit and visit.date.precision else None,
        "judgement": library.cs_judgement_name(row.judgement.value).decode(),
        "scope": library.cs_scope_name(row.scope).decode(),
        "passages": row.passages,
        "rate": row.rate_per_1000,
        "tone": library.cs_tone_name(row.tone).decode(),
        "sentence": sentence.decode(),
    }


def said(row):
    if row["passages"]:
        return f"{row['rate']:.2f} for 1,000 words, {row['tone']}"
    return {"out-of-scope": "not looked at", "in-scope": "in scope, not mentioned"}.get(row["scope"], "not mentioned")


COLOURS = {"concern": "#b3412f", "mixed": "#b08a2e", "progress": "#4a86b8", "strength": "#3d7f4f", "neutral": "#777777"}


def draw(query, life, rows):
    """An SVG: time from left to right."""
    rows = [row for row in rows if row["day"] is not None]
    days = [row["day"] for row in rows] or [0]
    highest, span = max([row["rate"] for row in rows] + [0.001]), max(days[-1] - days[0], 1)
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 300" font-family="sans-serif" font-size="12">',
           '<defs><pattern id="unseen" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6 6 0" stroke="#999"/></pattern></defs>',
           f'<text x="20" y="24" font-size="16">{html.escape(query)}</text><text x="20" y="44">{html.escape(life)}</text>',
           '<path d="M20 250H780" stroke="#555"/>']
    for row in rows:
        x, height = 40 + 700 * (row["day"] - days[0]) / span, 170 * row["rate"] / highest
        day = datetime.date(1970, 1, 1) + datetime.timedelta(days=row["day"])
        title = html.escape(f"{row['label']}: {said(row)}. {row['sentence']}")
        fill = COLOURS.get(row["tone"], "url(#unseen)") if row["passages"] or row["scope"] == "out-of-scope" else "none"
        out.append(f'<rect x="{x - 8:.1f}" y="{250 - max(height, 10):.1f}" width="16" height="{max(height, 10):.1f}" fill="{fill}" '
                   f'stroke="#555"><title>{title}</title></rect><text x="{x:.1f}" y="266" text-anchor="middle">{day:%m/%y}</text>')
    return "\n".join(out + ["</svg>", ""])


def main(arguments):
    if not 2 <= len(arguments) <= 4:
        sys.exit("usage: timeline.py INDEX QUERY [AUTHORITY [FILE.svg]]")
    index, query, authority, picture = (arguments + [None, None])[:4]
    try:
        life, rows = timeline(index, query, authority)
    except RuntimeError as error:
        sys.exit(str(error))
    for row in rows:
        print(f"{row['label']:32} {row['kind']:10} {row['judgement']:20} {said(row)}")
    print(life)
    if picture:
        with open(picture, "w", encoding="utf-8") as file:
            file.write(draw(query, life, rows))


if __name__ == "__main__":
    main(sys.argv[1:])
