#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measure the constants of ranking: each with its neighbours, and each collection without itself.

Usage: tune.py BUILD SHARED        (make rank)

Builds cs-search anew for each value of query/rank_constants.h that is tried (by -D), and runs the five judged collections of
SHARED/ir. Output: a table, a constant a line, with the gain of each value in nDCG@10 on the better peer, averaged over the
collections; then the leave-one-out figures: for each collection the values that the four others would choose, each constant for
itself, and what they gain on the one left out. Output is Markdown: tests/rank/README.md holds it.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

PEERS = {"cranfield": 0.3757, "cisi": 0.3423, "med": 0.7088, "cacm": 0.4731, "medquad": 0.5330}
TRIED = {
    "K1": (0.8, 1.0, 1.2, 1.5),
    "B": (0.5, 0.6, 0.7),
    "HEADING": (0.9, 1.1, 1.3),
    "HEADING_K1": (0.8, 1.2, 2.0),
    "HEADING_B": (0.3, 0.5, 0.7),
    "COMPOUND": (0.0001, 0.5, 1.0),
    "FEEDBACK": (0.0001, 0.1, 0.2, 0.3),
    "FEEDBACK_PASSAGES": (3, 5, 8),
    "FEEDBACK_WORDS": (5, 10, 20),
    "DOCUMENT_DECAY": (0.0, 0.05, 0.1),
}
LIBRARIES = "-ljansson -lsqlite3 -lz -lstemmer -lutf8proc -lnettle -lm -lpthread".split()


class Bench:
    def __init__(self, build, shared, work):
        self.build, self.ir, self.work = build, os.path.join(shared, "ir"), work
        self.scorer = os.path.join(shared, "tools", "score_ir.py")
        self.known = {}
        for name in PEERS:
            subprocess.run([f"{build}/cs-index", "-q", "-d", self.index(name), f"{self.ir}/{name}/docs.jsonl"], check=True)

    def index(self, name):
        return os.path.join(self.work, name + ".db")

    def compile(self, values):
        """Return a cs-search with these values of constants."""
        sources = [s for s in sorted(glob.glob("query/*.c")) if "rank_constants.h" in open(s, encoding="utf-8").read()]
        flags = [f"-DCS__RANK_{name}={value}" for name, value in values.items()]
        objects = []
        for source in sources:
            objects.append(os.path.join(self.work, os.path.basename(source)[:-2] + ".o"))
            subprocess.run(["cc", "-std=c11", "-O2", "-I.", "-Iinclude", f"-I{self.build}", "-D_GNU_SOURCE", *flags,
                            "-c", source, "-o", objects[-1]], check=True)
        own = [o for pattern in ("query/main", "query/cli_*", "query/render_*", "cli/*") for o in glob.glob(f"{self.build}/{pattern}.o")]
        program = os.path.join(self.work, "cs-search")
        subprocess.run(["cc", "-o", program, *own, *objects, f"{self.build}/libcsearch.a", *LIBRARIES], check=True)
        return program

    def score(self, program, name):
        run = subprocess.run([program, "-d", self.index(name), "--batch", f"{self.ir}/{name}/queries.tsv", "--format", "trec",
                              "--match", "any", "-n", "1000"], stdout=subprocess.PIPE, check=True)
        said = subprocess.run([self.scorer, f"{self.ir}/{name}/qrels.tsv"], input=run.stdout, stdout=subprocess.PIPE, check=True)
        return float(re.search(r"nDCG@10 ([0-9.]+)", said.stdout.decode()).group(1))

    def gains(self, values):
        """The gain in percent on the better peer, by collection, with these values and all others as they are."""
        key = tuple(sorted(values.items()))
        if key not in self.known:
            program = self.compile(values)
            self.known[key] = {name: 100 * (self.score(program, name) / peer - 1) for name, peer in PEERS.items()}
        return self.known[key]


def mean(gains, without=None):
    kept = [gain for name, gain in gains.items() if name != without]
    return sum(kept) / len(kept)


def constants():
    text = open("query/rank_constants.h", encoding="utf-8").read()
    return {name: float(value) for name, value in re.findall(r"#define CS__RANK_([A-Z_0-9]+) ([0-9.]+)", text)}


def gains_of(bench, chosen, name, value):
    return bench.gains({} if value == chosen[name] else {name: value})


def print_neighbours(bench, chosen):
    print("| constant | value: gain on the better peer in nDCG@10, average of five |\n|---|---|")
    for name, values in TRIED.items():
        cells = []
        for value in values:
            text = f"{value:g}: {mean(gains_of(bench, chosen, name, value)):+.2f} %"
            cells.append(f"**{text}**" if value == chosen[name] else text)
        print(f"| {name} | {', '.join(cells)} |", flush=True)


def print_left_out(bench, chosen):
    print("\n| left out | the four others would choose | gain on the one left out | with the values in use |\n|---|---|---|---|")
    total = 0
    for left_out in PEERS:
        picked = {}
        for name, values in TRIED.items():
            best = max(values, key=lambda value: mean(gains_of(bench, chosen, name, value), left_out))
            if best != chosen[name]:
                picked[name] = best
        gain = bench.gains(picked)[left_out]
        total += gain
        said = ", ".join(f"{name} {value:g}" for name, value in picked.items()) or "the same"
        print(f"| {left_out} | {said} | {gain:+.1f} % | {bench.gains({})[left_out]:+.1f} % |", flush=True)
    print(f"| average | | {total / len(PEERS):+.1f} % | {mean(bench.gains({})):+.1f} % |")


def main():
    build, shared = sys.argv[1:]
    chosen = constants()
    with tempfile.TemporaryDirectory() as work:
        bench = Bench(build, shared, work)
        print_neighbours(bench, chosen)
        print_left_out(bench, chosen)


if __name__ == "__main__":
    main()
