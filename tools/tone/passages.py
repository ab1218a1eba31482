# SPDX-License-Identifier: MIT
"""Passages of the inspection reports, for the making of the tone weights.

Input: a folder of PDF files (read with pdftotext). Output: records (document, section, grade, bullet, text), one a
paragraph or bullet, in the order of the document. This is a maker's rough reading, made for statistics over the whole
collection; what the programs show is read by cs-index, which is exact where this is not.
"""
import re
import subprocess
from pathlib import Path

GRADE = r"(?<!not yet )(outstanding|good|adequate|requires improvement|inadequate)"
# A heading that states its grade: "... in care: good", "... protection requires improvement to be good".
GRADED_HEADING = re.compile(r"^[^.]{10,240}?(?::|\bis\b|\bare\b|\s)\s*" + GRADE + r"(?: to be good)?\s*$", re.I)
# In later SIF reports the grade stands alone below the title, and is followed by "Summary".
SUMMARY = re.compile(r"^(?:.{0,200}\b" + GRADE + r"\b(?: to be good)?\s+)?summary( of key findings| of findings|:)?$", re.I)
JUDGEMENTS = re.compile(r"^(inspection judgements about|the (experiences and progress|graded judgement)|leadership, management|key findings)", re.I)
IMPROVE_HEADING = re.compile(r"^what (?:needs to improve|does the (?:local authority|lscb) need to improve)\??:?$", re.I)
# Sections that describe the inspection and the area, not the services, and what closes a report.
END_HEADING = re.compile(
    r"^(information about (?:this|the) (?:inspection|local|services)|about this inspection|what (?:the )?inspection judge?ments mean|"
    r"the office for standards|ofsted is proud|annex|contents$|the inspection team|inspection team)", re.I)
FURNITURE = re.compile(r"^(\d{1,3}|page \d+.*|ofsted.*)$", re.I)
BULLET = re.compile(r"^[\u2022\u25a0\u25aa\u25fc\uf000-\uf8ff]\s*|^[-\u2013]\s+")
NUMBER = re.compile(r"^(\d{1,3})\.\s*(.*)$")


def lines_of(path):
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=False).stdout
    for line in text.decode("utf-8", "replace").replace("\f", "\n").split("\n"):
        yield line.strip()


def blocks_of(path):
    """Lines joined to paragraphs: a blank line ends one only where the sentence has ended, too."""
    block = []

    def flush():
        nonlocal block
        text = " ".join(block)
        block = []
        return re.sub(r"\s+", " ", text).strip()

    blank = False
    for line in lines_of(path):
        if not line or FURNITURE.match(line) and not block:
            blank = True
            continue
        if re.fullmatch(r"\d{1,3}", line):
            continue
        starts = bool(BULLET.match(line) or NUMBER.match(line))
        ended = not block or re.search(r"[.:?!]['\u2019]?\d?$", block[-1])
        heading = block and len(block) <= 3 and line[:1].isupper() and not ended and blank
        if block and (starts or (blank and (ended or heading))):
            yield flush()
        block.append(line)
        blank = False
    if block:
        yield flush()


def passages_of(path):
    """Records of one report: dicts of document, section, grade ('' where none is stated), bullet, text."""
    section, grade, improve, inside = "", "", False, False
    for text in blocks_of(path):
        bullet = bool(BULLET.match(text))
        body = BULLET.sub("", text)
        number = NUMBER.match(body)
        if number:
            body = number.group(2)
        short = len(body) < 270 and not re.search(r"[.;]$", body)
        if short and IMPROVE_HEADING.match(body):
            improve, inside = True, True
            continue
        graded = GRADED_HEADING.match(body) if short and not bullet else None
        if graded:
            section, grade, improve, inside = body, graded.group(1).lower(), False, True
            continue
        if short and END_HEADING.match(body):
            inside = False
            continue
        summary = SUMMARY.match(body) if short else None
        if short and (summary or JUDGEMENTS.match(body) or re.match(r"^(executive summary|section \d|summary of)", body, re.I)):
            found = re.search(GRADE, body, re.I)
            section, improve, inside = body, False, True
            grade = found.group(1).lower() if found else grade if summary else ""
            continue
        if improve and not bullet and not number and len(body) > 200:
            improve = False
        if len(body.split()) < 3:
            continue
        yield {"document": Path(path).name, "section": section, "grade": grade, "bullet": improve, "inside": inside, "text": body}


def collection(folder):
    for path in sorted(Path(folder).glob("*.pdf")):
        with open(path, "rb") as file:
            if file.read(4) != b"%PDF":
                continue
        yield from passages_of(path)
