#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Hold passages against an independent reading of the same files.

Usage: passages.py DUMP_BLOCKS FILE...     exit 0 = all bars are met, 1 = not

For PDFs the other reading is pdftotext's. Checked for each passage:
  verbatim    squeezed of blanks and hyphens it stands in the text of its page, or from the end of its page's body
              (only footnotes may follow) to the beginning of the next one's
  cut         it doesn't begin or end in mid-sentence at a page break
  furniture   it holds no line that runs through the pages, and is no page number
Prints what is left, and figures.
"""
import collections
import re
import subprocess
import sys
import unicodedata

CUT_BAR = 1 / 1000
PASSAGES = {"paragraph", "bullet", "row", "footnote"}


def squeeze(text):
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\u00ad\u2010\u2011-]+", "", text)


def without_links(text):
    """Markdown's links but for their words."""
    return re.sub(r"<(https?://[^>]*)>", r"\1", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))


def dump(program, path):
    """Passages of a file as dicts; those that are not searchable too."""
    out = subprocess.run([program, "-p", path], capture_output=True, check=False).stdout.decode("utf-8")
    passages = []
    for line in out.splitlines():
        if line.startswith("# "):
            continue
        index, kind, level, page, last, start, end, number, lead, flags, text = line.split("\t", 10)
        passages.append(dict(kind=kind, page=int(page), last=int(last), start=int(start), number=number,
                             searchable=int(flags) & 1, continued=int(flags) & 8, text=text.replace("\\t", "\t")))
    return passages


def pages_of(path, option):
    """The pages of a PDF as lists of lines, as pdftotext gives them."""
    out = subprocess.run(["pdftotext", "-q", *option, path, "-"], capture_output=True, check=True).stdout
    pages = out.decode("utf-8").split("\f")
    return [[line.strip() for line in page.split("\n") if line.strip()] for page in pages[:-1]]


def shape(line):
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", line)).lower().strip()


def edges(page):
    return page[:4] + page[4:][-4:]


def running_lines(pages):
    """Shapes of lines that stand at the edges of pages near each other, and nowhere else."""
    at, elsewhere = collections.defaultdict(list), collections.Counter()
    for number, page in enumerate(pages):
        edge = set(map(shape, edges(page)))
        elsewhere.update(shape(line) for line in page if shape(line) not in edge)
        for line in edge:
            at[line].append(number)
    enough = 3 if len(pages) > 4 else 2
    return {line for line, on in at.items() if not elsewhere[line] and
            any(b - a < 6 for a, b in zip(on, on[enough - 1:]))}


def page_numbers(pages):
    """What is printed on each page: they count up, but may not begin at 1."""
    offsets = collections.Counter(int(line) - number for number, page in enumerate(pages)
                                  for line in edges(page) if re.fullmatch(r"\d{1,3}", line))
    offset = offsets.most_common(1)[0][0] if offsets else 1
    return [str(number + offset) for number in range(len(pages))]


def strip_page(page, running, number):
    """A page without its running lines and its number; a footer's lines may be given in any order."""
    edge = set(edges(page))
    kept = [l for l in page if l not in edge or shape(l) not in running or re.fullmatch(r"\d+", l)]
    if number in kept[-1:]:
        kept.pop()
    elif number in kept[:1]:
        kept.pop(0)
    return kept


class Pdf:
    """A PDF as pdftotext reads it, in up to three orders, each made when the one before doesn't do."""

    def __init__(self, path):
        self.path, self.options, self.made = path, [["-raw"], [], ["-layout"]], []

    def views(self):
        yield from self.made
        while self.options:
            pages = pages_of(self.path, self.options.pop(0))
            running = running_lines(pages)
            stripped = [strip_page(*page) for page in
                        zip(pages, [running] * len(pages), page_numbers(pages))]
            self.made.append([(squeeze("".join(p)), [squeeze(l) for l in p], squeeze("".join(whole)))
                              for p, whole in zip(stripped, pages)])
            yield self.made[-1]

    def holds(self, text, page, last):
        """"body", "furniture" where it stands on the page with its running lines only, else None."""
        wanted = squeeze(text)
        for view in self.views():
            if wanted in view[page - 1][0] if page == last else self.spans(view, wanted, page - 1, last - 1):
                return "body"
        whole = any(wanted in view[page - 1][2] for view in self.views())
        return "furniture" if whole else None

    def spans(self, view, wanted, page, last):
        """A head that ends the body of `page`, whole pages between, a tail that begins `last`."""
        body, lines, _ = view[page]
        for cut in self.body_ends(lines, body):
            for size in self.head_sizes(body[:cut], wanted):
                if self.begins(view, wanted[size:], page + 1, last):
                    return True
        return False

    @staticmethod
    def head_sizes(body, wanted):
        """How many characters of `wanted` may end `body`, longest first."""
        known = wanted[:12]
        at = body.find(known)
        while at >= 0:
            if wanted.startswith(body[at:]):
                yield len(body) - at
            at = body.find(known, at + 1)
        for size in range(min(len(known), len(body)), 0, -1):
            if body.endswith(known[:size]):
                yield size

    @staticmethod
    def body_ends(lines, body):
        """Where the body of a page may end: at its end, or before a footnote or the rule above it."""
        ends, at = [len(body)], 0
        for line in lines:
            if re.match(r"\d|_{5,}", line) and at > 0:
                ends.append(at)
            at += len(line)
        return ends

    def begins(self, view, rest, page, last):
        if page == last:
            return view[page][0].startswith(rest)
        body = view[page][0]
        return rest.startswith(body) and self.begins(view, rest[len(body):], page + 1, last)


def ends_sentence(text):
    text = re.sub(r"\s*\([^()]{0,60}\)$", "", text)
    return re.search(r"[.!?:;\u2026][\"'\u2019\u201d)\]\u00b9\u00b2\u00b3\u2070-\u2079\d]*$", text) is not None


def begins_small(text):
    stripped = text.lstrip("\"'\u2018\u201c([")
    return stripped[:1].islower()


def cuts(passages):
    """Passages that begin or end in mid-sentence at a page break."""
    found = []
    flow = [p for p in passages if p["kind"] in PASSAGES | {"heading", "title"} and p["kind"] != "footnote"]
    for a, b in zip(flow, flow[1:]):
        if a["last"] + 1 != b["page"] or not (a["searchable"] or b["searchable"]):
            continue
        is_item = b["kind"] == "bullet" or b["number"] != "-"
        if b["searchable"] and b["kind"] == "paragraph" and begins_small(b["text"]) and not is_item:
            found.append(("begins", b))
        ended = ends_sentence(a["text"]) or a["kind"] == "row" or not a["searchable"]
        if not ended and not (a["kind"] == "bullet" and is_item) and b["kind"] not in ("heading", "title"):
            found.append(("ends", a))
    return found


def main():
    program, *paths = sys.argv[1:]
    counts = collections.Counter()
    left = []
    for path in paths:
        passages = dump(program, path)
        shown = [p for p in passages if p["searchable"]]
        counts["documents"] += 1
        counts["passages"] += len(shown)
        is_pdf = open(path, "rb").read(5) == b"%PDF-"
        whole = None if is_pdf else squeeze(without_links(open(path, encoding="utf-8").read()))
        pdf = Pdf(path) if is_pdf else None
        for p in shown:
            where = [pdf.holds(cell, p["page"], p["last"]) if pdf else
                     "body" if squeeze(cell) in whole else None for cell in p["text"].split("\t")]
            if None in where:
                left.append(("not verbatim", path, p))
            elif "furniture" in where or re.fullmatch(r"(page)?\d{1,3}", squeeze(p["text"]).lower()):
                left.append(("furniture", path, p))
        if pdf:
            left += [("cut, " + how, path, p) for how, p in cuts(passages)]
    for why, path, p in left:
        counts[why.split(",")[0]] += 1
        text = p["text"] if len(p["text"]) < 140 else p["text"][:70] + " ... " + p["text"][-65:]
        print(f"{why}: {path} page {p['page']}-{p['last']} {p['kind']} {p['number']}: {text!r}")
    print(f"figure: {counts['documents']} documents, {counts['passages']} passages: "
          f"{counts['not verbatim']} not verbatim, {counts['cut']} cut at a page break, "
          f"{counts['furniture']} with furniture")
    ok = counts["not verbatim"] == 0 and counts["furniture"] == 0 and counts["cut"] <= CUT_BAR * counts["passages"]
    return 0 if ok and counts["passages"] > 0 else 1


sys.exit(main())
