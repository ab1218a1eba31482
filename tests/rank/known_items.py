#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Score known items: does the passage that answers come first, or among the first five?

Usage: known_items.py JUDGMENTS CS-SEARCH INDEX SHARED [NEEDED@1 NEEDED@5]

Input: judgments (their form is told at the head of the file), an index of the documents below SHARED. Output: the queries that
did not bring an answer first, with what came instead; success@1 and success@5. Exit 1 when either is below what is needed, or
when a judged passage is not in the index.
"""
import collections
import json
import os
import subprocess
import sys

DEPTH = 5
EVERYTHING = " ".join("kind:" + k for k in ("inspection-report", "monitoring-letter", "focused-visit-letter", "article", "minutes", "other"))


def read_judgments(path):
    """Return (query, [(document, place), ...]) pairs in the order of the file."""
    queries = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        if not line.startswith("\t"):
            queries.append((line, []))
        else:
            document, place = line.lstrip("\t").split("\t")
            queries[-1][1].append((document, place))
    return queries


def straight(text):
    return " ".join((text or "").replace("\u2019", "'").replace("\u2018", "'").split())


class Searcher:
    def __init__(self, program, index, shared):
        self.command = [program, "-d", index, "--format", "jsonl"]
        self.shared = os.path.realpath(shared) + os.sep

    def run(self, query, *options):
        done = subprocess.run(self.command + [*options, "--", query], stdout=subprocess.PIPE, check=False)
        if done.returncode not in (0, 1):
            sys.exit(f"'{query}' ended with status {done.returncode}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def document(self, hit):
        return hit["document"]["path"].removeprefix(self.shared)


def is_at(hit, path, document, place):
    """Whether a hit of the document at `path` is the judged passage."""
    if not path.startswith(document):
        return False
    if place.isdigit():
        return hit["paragraph"] == place
    heading, arrow, words = place.rpartition(">")
    if arrow and not straight(hit["section"]).startswith(heading.strip()):
        return False
    return straight(hit["text"]).startswith(words.strip())


def missing(queries, searcher):
    """The judged passages that no document of the index has."""
    passages = collections.defaultdict(list)
    for hit in searcher.run(EVERYTHING, "--no-fold", "--limit", "1000000"):
        passages[searcher.document(hit)].append(hit)
    for query, places in queries:
        for document, place in places:
            if not any(is_at(h, path, document, place) for path in passages if path.startswith(document) for h in passages[path]):
                yield f"{query}: no passage {document} {place}"


def first_answer(hits, places, searcher):
    """The rank of the first hit that answers, or None."""
    for rank, hit in enumerate(hits, 1):
        if any(is_at(hit, searcher.document(hit), *place) for place in places):
            return rank
    return None


def show(rank, query, hits, searcher):
    print(f"{'none' if rank is None else rank:>4}  {query}")
    for hit in hits[: DEPTH if rank is None else rank]:
        where = hit["paragraph"] or straight(hit["section"])[:20]
        print(f"        {searcher.document(hit)[:18]} [{where}] {straight(hit['text'])[:70]}")


def main():
    judgments, program, index, shared, *needed = sys.argv[1:]
    needed_first, needed_five = map(float, needed or ("0", "0"))
    queries = read_judgments(judgments)
    searcher = Searcher(program, index, shared)
    absent = list(missing(queries, searcher))
    print(*absent, sep="\n", end="\n" if absent else "")
    ranks = []
    for query, places in queries:
        hits = searcher.run(query, "--limit", str(DEPTH))
        ranks.append(first_answer(hits, places, searcher))
        if ranks[-1] != 1:
            show(ranks[-1], query, hits, searcher)
    first = sum(r == 1 for r in ranks) / len(ranks)
    five = sum(r is not None for r in ranks) / len(ranks)
    print(f"figure: known items: {len(ranks)} queries, success@1 {first:.3f}, success@5 {five:.3f}")
    sys.exit(bool(absent) or first < needed_first or five < needed_five)


if __name__ == "__main__":
    main()
