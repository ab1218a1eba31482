# SPDX-License-Identifier: MIT
"""Check that core/tone.c reads sentences as the maker's model does: same label, same cues.

    check.py SHARED TONE_LINES TABLE      (`make tone` calls it after the table was made and compiled in)
"""
import subprocess
import sys

from make import predict, sentences
from model import CONSTANTS, Lexicon


def main():
    shared, tone_lines, table = sys.argv[1:]
    lexicon, c = Lexicon().read_table(table, constants := dict(CONSTANTS)), constants
    texts = [s["text"] for s in sentences(shared, tone_lines)]
    out = subprocess.run([tone_lines, "tone"], input="".join(t + "\n" for t in texts).encode(), capture_output=True, check=True)
    wrong = 0
    for text, line in zip(texts, out.stdout.decode().split("\n")):
        if line.split("\t")[0] != predict(lexicon, c, text):
            wrong += 1
            print("differs:", line.split("\t")[:2], predict(lexicon, c, text), text, sep="\n  ")
    print(f"{len(texts)} sentences, {wrong} read otherwise")
    sys.exit(wrong > len(texts) // 1000)


if __name__ == "__main__":
    main()
