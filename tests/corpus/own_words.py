#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Show every run of words that a digest of corpus/ shares with the documents it digests.

    tests/corpus/own_words.py CORPUS SHARED [N]

Reads the digests in CORPUS and the texts, letters and Herefordshire reports in SHARED (PDF by pdftotext); prints each
run of N (8) or more words that occurs in both, but for titles, headings, labels and names (FIXED). Exit 1 if any is left.
"""
import html, pathlib, re, subprocess, sys

FIXED = [
    # titles, headings and labels of the forms
    "inspection of services for children in need of help and protection children looked after and care leavers",
    "review of the effectiveness of the local safeguarding children board",
    "the effectiveness of the local safeguarding children board lscb",
    "inspection of herefordshire local authority children s services",
    "monitoring visit to herefordshire county council children s services",
    "the impact of leaders on social work practice with children and families",
    "experiences and progress of children who need help and protection",
    "experiences and progress of children in care and care leavers",
    "experiences and progress of children looked after and achieving permanence",
    "children looked after and achieving permanence", "children who need help and protection",
    "this local authority requires improvement and is not yet good because",
    "what does the local authority need to improve", "information about this local authority area",
    "areas covered by the visit", "monitoring visit since the", "judged inadequate in july 2022",
    "inspection of children s social care services", "the experiences and progress of children in care good",
    "experiences and progress of care leavers", "experiences and progress of", "the overall judgement is",
    "section 1 the local authority", "summary of key findings", "the graded judgment for adoption performance is good",
    "requires improvement", "yours sincerely", "rebecca dubbins",
    "the impact of leaders on social work practice with children", "judgement grade",
    # names, places and dates
    "the multi agency safeguarding hub mash", "unaccompanied asylum seeking children",
    "the children in care council your voice matters", "herefordshire county council children s services",
    "herefordshire county council plough lane offices hereford hr4 0le",
    "susan myers lynn radley judith nelson lisa williams ai and steven gauntley",
    "alison smale and tom anthony", "alison smale and nick bennison", "his majesty s inspectors", "his majesty s inspector",
    "29 april 2014 21 may 2014", "report published", "pietro battista", "team inspectors", "shirley bailey brenda mclaughlin",
    "inspection dates", "lead inspector", "20 march 2025", "18th and 19th of february 2025",
    "21 22 february 2024",
]


def words(text):
    return re.findall(r"[a-z0-9]+", text.lower().replace("\u00ad", ""))


def text_of(path):
    if path.suffix == ".pdf":
        return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".html":
        text = html.unescape(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", text, flags=re.S))
    return text


def main():
    corpus, shared = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    n = int(sys.argv[3]) if len(sys.argv) > 3 else 8
    originals = list((shared / "seeds").glob("*.txt")) + list((shared / "letters").glob("*.txt"))
    for line in (shared / "reports/labels.csv").read_text().splitlines():
        if ",Herefordshire," in line:
            originals.append(shared / "reports" / line.split(",")[0])
    fixed = sorted((" " + " ".join(words(f)) + " " for f in FIXED), key=len, reverse=True)
    seen = {}
    for path in originals:
        w = words(text_of(path))
        for i in range(len(w) - n + 1):
            seen.setdefault(tuple(w[i:i + n]), path.name)
    found = 0
    for path in sorted(p for p in corpus.rglob("*") if p.is_file()):
        w, i = words(text_of(path)), 0
        while i + n <= len(w):
            source = seen.get(tuple(w[i:i + n]))
            if not source:
                i += 1
                continue
            end = i + n
            while end < len(w) and tuple(w[end - n + 1:end + 1]) in seen:
                end += 1
            run = " " + " ".join(w[i:end]) + " "
            rest = run
            for f in fixed:
                rest = rest.replace(f, " | ")
            if max(len(part.split()) for part in rest.split("|")) >= n:
                print(f"{path}: {run.strip()}   [{source}]")
                found += 1
            i = end
    print(f"{found} runs of {n} words or more are shared with {len(originals)} documents", file=sys.stderr)
    return 1 if found else 0


sys.exit(main())
