#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_page.py PAGE: whether an HTML page is whole and can be used without eyes or mouse.

Elements are closed in their order; ids are there once; each link within the page leads to an id; table heads have a
scope; each link in a picture has a <title>, and the picture a label, or it is hidden from those who can't see it; bars of a
chart don't cover each other; headings don't skip a level; a language, a title, a main and a policy are there; nothing is
loaded (no src, no outside href, no script, no style but the page's own)."""
import html.parser
import sys

VOID = {"meta", "link", "br", "img", "hr", "input"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.faults = [], {}, [], []
        self.seen, self.level, self.svg_links, self.bars, self.policy = set(), 0, [], [], ""

    def fault(self, what):
        self.faults.append(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        self.seen.add(tag)
        if "id" in attributes:
            if attributes["id"] in self.ids:
                self.fault(f"id {attributes['id']} twice")
            self.ids[attributes["id"]] = tag
        href = attributes.get("href")
        if href is not None:
            if not href.startswith("#"):
                self.fault(f"leads outside: {href}")
            self.links.append(href[1:])
        for name in ("src", "srcset", "data", "action", "onclick", "onload"):
            if name in attributes:
                self.fault(f"{tag} has {name}")
        if tag in ("script", "iframe", "object", "embed", "link", "img", "base", "form"):
            self.fault(f"<{tag}>")
        if tag == "html" and attributes.get("lang") != "en":
            self.fault("no language")
        if tag == "th" and "scope" not in attributes:
            self.fault("a table head without scope")
        if tag == "rect" and attributes.get("class", "").startswith("bar "):
            self.bars.append((float(attributes["x"]), float(attributes["x"]) + float(attributes["width"])))
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes.get("content", "")
        if tag == "svg" and not attributes.get("aria-label") and attributes.get("aria-hidden") != "true":
            self.fault("a picture without a label")
        if tag in ("h1", "h2", "h3", "h4"):
            if int(tag[1]) > self.level + 1:
                self.fault(f"{tag} after h{self.level}")
            self.level = int(tag[1])
        if tag == "a" and "svg" in self.open:
            self.svg_links.append(False)
        if tag == "title" and "a" in self.open and self.svg_links:
            self.svg_links[-1] = True
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, pairs):
        self.handle_starttag(tag, pairs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.fault(f"</{tag}> closes nothing")


def main():
    page = Page()
    page.feed(open(sys.argv[1], encoding="utf-8").read())
    page.close()
    for link in page.links:
        if link not in page.ids:
            page.faults.append(f"#{link} leads nowhere")
    if "default-src 'none'" not in page.policy:
        page.faults.append("no policy that keeps everything else out")
    bars = sorted(page.bars)
    for one, other in zip(bars, bars[1:]):
        if one[1] > other[0]:
            page.faults.append(f"bars at {one[0]} and {other[0]} cover each other")
    if "content" not in page.ids:
        page.faults.append("nothing to skip to")
    for tag in ("title", "main", "h1", "style"):
        if tag not in page.seen:
            page.faults.append(f"no <{tag}>")
    if page.open:
        page.faults.append("not closed: " + " ".join(page.open))
    if not all(page.svg_links):
        page.faults.append("a link in a picture without a title")
    for fault in page.faults[:20]:
        print(f"{sys.argv[1]}: {fault}")
    sys.exit(1 if page.faults else 0)


main()
