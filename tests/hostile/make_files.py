#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Make the files that a careless world or an enemy may hand to cs-index.

Usage: make_files.py FOLDER

Beside each file lies what must become of it, in FOLDER/expected: name, tab, regular expression. The outcome of
tests/tools/extract must match it: "text FORMAT", "warning: ...", "failed: ...", joined by " | ".
"""
import os
import random
import subprocess
import sys
import zlib

folder = sys.argv[1]
expected = open(os.path.join(folder, "expected"), "w")
PROSE = "Inspectors found that most assessments are timely, and that children are seen and heard. "


def make(name, content, outcome):
    with open(os.path.join(folder, name), "wb") as out:
        out.write(content if isinstance(content, bytes) else content.encode())
    expected.write(f"{name}\t{outcome}\n")


class Pdf:
    """A PDF written by hand: objects, cross-reference table, trailer."""

    def __init__(self):
        self.objects = []

    def add(self, body):
        self.objects.append(body if isinstance(body, bytes) else body.encode())
        return len(self.objects)

    def stream(self, data, entries=""):
        data = data if isinstance(data, bytes) else data.encode()
        return self.add(b"<< /Length %d %s >>\nstream\n" % (len(data), entries.encode()) + data + b"\nendstream")

    def write(self, root):
        out, offsets = b"%PDF-1.4\n", []
        for number, body in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
        xref = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        return out + b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, root, xref)


def text_pdf(pages, content=None, entries="", count=None):
    pdf = Pdf()
    font = pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    streams = []
    for page in range(pages):
        lines = "".join(f"1 0 0 1 72 {750 - 14 * i} Tm (Page {page + 1}, line {i}. {PROSE}) Tj\n" for i in range(40))
        streams.append(pdf.stream(content if content is not None else f"BT /F1 11 Tf\n{lines}ET", entries))
    tree = len(pdf.objects) + pages + 1
    kids = [pdf.add(f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 595 842] /Contents {stream} 0 R "
                    f"/Resources << /Font << /F1 {font} 0 R >> >> >>") for stream in streams]
    pdf.add(f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {count or pages} >>")
    return pdf.write(pdf.add(f"<< /Type /Catalog /Pages {tree} 0 R >>"))


def picture_pdf(width, height, data, entries=""):
    pdf = Pdf()
    image = pdf.stream(data, f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
                             f"/BitsPerComponent 8 {entries}")
    content = pdf.stream("q 400 0 0 400 72 300 cm /I Do Q")
    page = pdf.add(f"<< /Type /Page /Parent 4 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
                   f"/Resources << /XObject << /I {image} 0 R >> >> >>")
    pages = pdf.add(f"<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>")
    return pdf.write(pdf.add(f"<< /Type /Catalog /Pages {pages} 0 R >>"))


def tree_pdf(depth):
    """A page tree of `depth` nodes, each the only child of the one above; 0: each its own child."""
    pdf = Pdf()
    for i in range(1, max(depth, 1) + 1):
        pdf.add(f"<< /Type /Pages /Kids [{i + 1 if depth else i} 0 R] /Count 1 >>")
    if depth:
        pdf.add(f"<< /Type /Page /Parent {depth} 0 R /MediaBox [0 0 595 842] >>")
    return pdf.write(pdf.add("<< /Type /Catalog /Pages 1 0 R >>"))


def self_drawing_pdf():
    pdf = Pdf()
    form = pdf.stream("/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 1 0 R >> >>")
    content = pdf.stream("/X Do")
    page = pdf.add(f"<< /Type /Page /Parent 4 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
                   f"/Resources << /XObject << /X {form} 0 R >> >> >>")
    pages = pdf.add(f"<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>")
    return pdf.write(pdf.add(f"<< /Type /Catalog /Pages {pages} 0 R >>"))


def texts():
    noise = random.Random(1).randbytes(100_000)
    make("empty.txt", "", "failed: empty file")
    make("blank.txt", "  \n\n\t \n", "failed: the file holds nothing but blanks")
    make("random.bin", noise, "failed: not a PDF, HTML, Markdown, JSON Lines or text file")
    make("random.txt", b"A text at first.\n" + noise, "failed: not a PDF, HTML, Markdown, JSON Lines or text file")
    make("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + noise, "failed: .*a PNG picture")
    make("archive.txt", b"PK\x03\x04\x14\0\0\0" + noise, "failed: .*ZIP archive")
    make("utf16-without-mark.txt", PROSE.encode("utf-16-le"), "failed: .*UTF-16 without a byte order mark")
    make("utf16.txt", ("\ufeff" + PROSE).encode("utf-16-le"), "text text")
    make("utf16-big.txt", ("\ufeff" + PROSE).encode("utf-16-be"), "text text")
    make("letter.txt", "{\\rtf1\\ansi " + PROSE + "}", "failed: .*an RTF file")
    make("feed.txt", "<?xml version='1.0'?><rss><item>" + PROSE + "</item></rss>", "failed: .*an XML file")
    make("late-nul.txt", (PROSE * 2000).encode() + b"\0" + PROSE.encode(), "text text .*1 NUL byte left out")
    make("broken-utf8.txt", "caf\u00e9 na\u00efve \u00a31 ".encode() * 9 + b"\xff and \xe2\x82 end", "text text .*3 broken bytes")
    make("windows-1252.txt", "Children\u2019s services \u2013 \u00a35 each".encode("cp1252"), "text text")
    make("controls.txt", "One\x01 two\x07 three\x1b[31m red\n" + PROSE * 9, "text text")
    make("long-line.txt", PROSE * 120_000, "text text")
    make("many-lines.txt", "a\n" * 3_000_000, "text text .*too long")
    make("carriage-returns.txt", "a line\r" * 1_000_000, "text text")
    with open(os.path.join(folder, "sparse.txt"), "wb") as out:
        out.truncate(2 << 30)
    expected.write("sparse.txt\tfailed: .*nothing but NUL bytes\n")
    with open(os.path.join(folder, "sparse-text.txt"), "wb") as out:
        out.write((PROSE * 1000).encode())
        out.truncate(2 << 30)
    expected.write("sparse-text.txt\tfailed: the file has 2048 MiB, more than the 256 MiB\n")
    make("stars.md", "# Title\n" + "*" * 300_000 + " a *b [c `d <e " * 30_000, "text markdown")
    make("brackets.md", "# Title\n" + "[" * 500_000 + "]" * 500_000, "text markdown")
    make("front.md", "---\n" + "key: value\n" * 500_000 + "---\n" + PROSE, "text (text|markdown)")


def pages():
    deep = 100_000
    make("error-page.pdf", f"<!DOCTYPE html><html><head><title>Not found</title></head><body><h1>Not found</h1><p>{PROSE}",
         "text html")
    make("deep-tables.html", "<html><body>" + "<table><tr><td>" * deep + PROSE, "text html .*nested more than")
    make("deep-divs.html", "<html><body>" + "<div>" * deep + PROSE + "</div>" * deep, "text html .*nested more than")
    make("deep-fonts.html", "<html><body>" + "".join(f"<font id={i}>" for i in range(deep)) + "<p>One<p>two" * 1000,
         "text html .*nested more than")
    make("crossed.html", "<html><body>" + "<b></i>" * deep + PROSE, "text html")
    make("open-quote.html", "<html><body><p>Text<a href=\"" + "<p>" * deep, "(text html|failed)")
    make("comments.html", "<html><p>Text" + "<!--" * deep, "text html")
    make("no-text.html", "<html><body><script>alert(1)</script><img src=x></body></html>", "failed: the HTML page shows no text")
    make("frames.html", "<html><body>" + "<div>" * deep + "<frameset>" * deep, "(text html|failed)")


def records():
    line = '{"id": "%s", "title": "T", "text": "One.\\n\\nTwo."}\n'
    make("bad-line.jsonl", line % 1 + "{\"id\": 2, \"text\": \"cut of\n" + line % 3, "text jsonl .*warning: line 2 is no JSON object.*text jsonl")
    make("deep.jsonl", line % 1 + '{"text": ' + "[" * 1_000_000 + "\n" + line % 3, "text jsonl .*warning: line 2 is nested too deeply.*text jsonl")
    make("long-line.jsonl", line % 1 + '{"text": "' + "x" * (40 << 20) + '"}\n' + line % 3,
         "text jsonl .*warning: line 2 is longer than 32 MiB.*text jsonl")
    make("all-bad.jsonl", '{"text": 1, }\n' * 1000, "warning: line 1 .*warning: 980 more lines.*failed: no line")
    make("broken-utf8.jsonl", b'{"id":"a","text":"bad \xff byte \\ud800 end"}\n', "text jsonl .*1 broken")


def pdfs():
    good = text_pdf(5)
    make("good.pdf", good, "text pdf$")
    make("late-header.pdf", b"\n" * 1000 + good, "text pdf")
    make("cut.pdf", good[: len(good) * 6 // 10], "failed: the PDF is damaged beyond repair .its end is missing: download it again")
    make("cut-trailer.pdf", good[:-200], "text pdf .*damaged .its end is missing.*, and was repaired: all of its 5 pages")
    make("garbage.pdf", b"%PDF-1.7\n" + random.Random(2).randbytes(50_000), "failed: the PDF is damaged beyond repair")
    make("head-only.pdf", b"%PDF-1.7\n", "failed: the PDF is damaged beyond repair")
    make("picture-only.pdf", picture_pdf(10, 10, bytes(100)), "failed: the PDF has no text .1 page of pictures, or blank.: run OCR")
    make("huge-picture.pdf", picture_pdf(100_000, 100_000, zlib.compress(bytes(1 << 20)), "/Filter /FlateDecode"),
         "failed: the PDF has no text")
    make("no-text.pdf", text_pdf(3, "q Q"), "failed: the PDF has no text .3 pages")
    make("huge-count.pdf", text_pdf(1, count=2_000_000_000), "text pdf .*(damaged|only the first)")
    make("negative-count.pdf", text_pdf(1, count=-5), "(text pdf|failed)")
    make("tree-loop.pdf", tree_pdf(0), "failed")
    make("deep-tree.pdf", tree_pdf(20_000), "failed")
    make("self-drawing.pdf", self_drawing_pdf(), "failed")
    bomb = zlib.compress(b"q Q " * (64 << 20), 9)
    make("bomb.pdf", text_pdf(1, bomb, "/Filter /FlateDecode"), "failed: (took longer|needed more|the PDF has no text)")
    bomb = zlib.compress(zlib.compress(bytes(1 << 30), 9), 9)
    make("double-bomb.pdf", text_pdf(1, bomb, "/Filter [/FlateDecode /FlateDecode]"), "failed|text")
    words = zlib.compress(b"BT /F1 1 Tf (word) Tj " + b"1 0 Td (word and more words) Tj " * 2_000_000 + b"ET", 9)
    make("text-bomb.pdf", text_pdf(1, words, "/Filter /FlateDecode"), "text pdf|failed: (took longer|needed more)")
    encrypted = os.path.join(folder, "encrypted.pdf")
    try:
        subprocess.run(["qpdf", "--encrypt", "user", "owner", "256", "--", os.path.join(folder, "good.pdf"), encrypted], check=True)
        expected.write("encrypted.pdf\tfailed: the PDF is encrypted and needs a password\n")
        readable = os.path.join(folder, "owner-password.pdf")
        subprocess.run(["qpdf", "--encrypt", "", "owner", "256", "--", os.path.join(folder, "good.pdf"), readable], check=True)
        expected.write("owner-password.pdf\ttext pdf$\n")
    except FileNotFoundError:
        print("no qpdf: encrypted files are left out", file=sys.stderr)


texts()
pages()
records()
pdfs()
expected.close()
