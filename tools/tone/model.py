# SPDX-License-Identifier: MIT
"""The tone model as the maker sees it: the same tokens, cues and sums as core/tone.c, which `make tone` checks against it."""
import itertools
import math
import re

LABELS = ["concern", "mixed", "strength", "neutral"]
TURNABLE = {"strength", "concern", "progress", "relief", "history", "small"}
LONGEST = 6  # words of a phrase
STOPS = {"because", "which"}
CARRIES = {"to", "or", "nor", "including"}  # after a comma, these go on with what was negated
WORDS_MAX, WORD_BYTES = 256, 23

# Constants; those of BIASES are fitted with the weights.
CONSTANTS = {
    "strength_bias": 0.3, "mixed_bias": -1.5, "mixed_balance": 0.5, "mixed_contrast": 1.0,
    "neutral_bias": 0.3, "neutral_evidence": 0.5,
    "negated_strength": -0.6, "negated_concern": -0.7, "relieved_concern": -0.2, "past_concern": 0.5, "conceded": 0.2,
    "balance_cap": 3.0, "contrast_cap": 1.0, "evidence_cap": 6.0,
    "negation_reach": 30, "absence_reach": 8, "not_reach": 2, "relief_reach": 4,
}
# A concern with one of these words in it turns what follows: "do not have the benefit of timely help".
# Weights of phrases that stand in a group without one.
UNWEIGHTED = {"negation": -3.0, "absence": -1.0, "order": -3.0}
NEGATORS = {"not", "no", "never", "cannot", "unable", "without", "lack", "lacks", "lacked", "lacking", "insufficient", "insufficiently",
            "should", "must", "needs", "need"}
BIASES = ["strength_bias", "mixed_bias", "mixed_balance", "mixed_contrast", "neutral_bias", "neutral_evidence"]


TOKEN = re.compile(r"\d(?:[^\W_]|[.,](?=\d))*|[^\W\d_](?:[^\W_]|'(?=[^\W_]))*|[,;:.()!?\u2013\u2014]")


def tokens_of(text):
    """Words in lower case, "," for marks that part clauses, "0" for numbers, "^" before the first."""
    out = ["^"]
    for word in TOKEN.findall(text.replace("\u2019", "'").replace("\u2018", "'")):
        out.append("0" if word[0].isdigit() else word.lower()[:WORD_BYTES] if word[0].isalpha() else ",")
    return out[:WORDS_MAX]


def expand(phrase):
    """'too (many|few)' -> its phrases; '(a|)' is optional."""
    parts = re.split(r"(\([^)]*\))", phrase)
    options = [p[1:-1].split("|") if p.startswith("(") else [p] for p in parts]
    return sorted({" ".join("".join(c).split()) for c in itertools.product(*options)})


class Lexicon:
    def __init__(self):
        self.entries = {}  # phrase -> [kind, weight]

    def read_hand(self, path, scale=0.5):
        kind, weight = None, None
        for line in open(path, encoding="utf-8"):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            m = re.match(r"\[(\w+)(?: (-?[\d.]+))?\]$", line)
            if m:
                kind, weight = m.group(1), float(m.group(2)) * scale if m.group(2) else None
                continue
            for part in re.split(r",\s*", line):
                for phrase in expand(part):
                    turning = kind == "concern" and NEGATORS & set(phrase.split())
                    if len(phrase.split()) > LONGEST or tokens_of(phrase.removeprefix("^ "))[1:] != phrase.removeprefix("^ ").split():
                        raise SystemExit(f"{path}: '{phrase}' has more than {LONGEST} words, or is not of plain words")
                    old = self.entries.get(phrase)
                    if weight is None:
                        self.entries[phrase] = [kind, old[1] if old else UNWEIGHTED.get(kind, 0.0) * scale]
                    elif old is None:
                        self.entries[phrase] = ["negation" if turning else kind, weight]
        return self

    def read_table(self, path, constants):
        for line in open(path, encoding="utf-8"):
            if line.startswith("= "):
                _, name, value = line.split()
                if name in constants:
                    constants[name] = type(constants[name])(float(value))
            elif line.strip() and not line.startswith("#"):
                phrase, weight, kind = line.rstrip("\n").split("\t")
                self.entries[phrase] = [kind, float(weight)]
        return self


def match(lexicon, tokens):
    """Longest phrases first, left to right, not overlapping: (phrase, first token, last token + 1)."""
    out, i, words = [], 0, tokens
    while i < len(words):
        for n in range(min(LONGEST, len(words) - i), 0, -1):
            phrase = " ".join(words[i:i + n]) if n > 1 else words[i]
            if phrase in lexicon.entries:
                out.append((phrase, i, i + n))
                i += n
                break
        else:
            i += 1
    return out


def features(lexicon, text, c=CONSTANTS):
    """The cues of a sentence, as [phrase, factor, clause]."""
    words = tokens_of(text)
    found = {first: (phrase, end) for phrase, first, end in match(lexicon, words)}
    past = any(lexicon.entries[p][0] == "history" for p, _ in found.values())
    out, turns, turns_concern, absent, relieves, negator = [], 0, 0, 0, 0, 0
    clause, conceding, leading, ordered = 0, 0, False, 0
    i = 0
    while i < len(words):
        if i not in found:
            if words[i] == "," and leading:
                clause, leading = clause + 1, False
            on = ordered or words[i] == "," and i + 1 < len(words) and words[i + 1] in CARRIES
            if (words[i] == "," and not on) or words[i] in STOPS:
                turns, turns_concern, absent, relieves = ordered, 0, 0, 0
            i += 1
            continue
        phrase, end = found[i]
        kind, weight = lexicon.entries[phrase]
        if kind in ("contrast", "concede"):
            clause += 1
            turns, turns_concern, absent, relieves = ordered, 0, 0, 0
            leading = kind == "concede" or i == 1 or (i <= 3 and words[i - 1] == ",")
            if kind == "concede":
                conceding = clause
        factor = 1.0
        if kind in TURNABLE:
            if weight >= 0:
                factor = c["negated_strength"] if i < turns else 1.0
            elif i < turns_concern:
                factor = c["negated_concern"]
                out[negator][1] = 0.0
            elif i < relieves:
                factor = c["relieved_concern"]
            elif past:
                factor = c["past_concern"]
        relieved = kind == "negation" and i < relieves
        if relieved:
            factor = c["relieved_concern"]
        elif kind == "negation" and i < absent:
            relieved, factor = True, c["negated_concern"]
            out[negator][1] = 0.0
        if conceding and clause == conceding:
            factor *= c["conceded"]
        if kind == "relief":
            relieves, turns_concern = (0 if i < turns else end + c["relief_reach"]), 0
        elif kind == "order":
            turns = ordered = WORDS_MAX
        elif kind in ("negation", "absence") and not relieved:
            negator, turns = len(out), end + c["negation_reach"]
            absent = end + c["absence_reach"] if kind == "absence" else 0
            turns_concern = end + (c["absence_reach"] if kind == "absence" else c["not_reach"])
        if kind != "plain":
            out.append([phrase, factor, clause])
        i = end
    return out


def sums(lexicon, f, c):
    """-> strength, concern, opposition of the clauses, mixed, neutral."""
    plus = minus = mixed = neutral = 0.0
    clauses = {}
    for phrase, factor, clause in f:
        kind, weight = lexicon.entries[phrase]
        v = factor * weight
        if kind == "mixed":
            mixed += v
        elif kind == "neutral":
            neutral += v
        else:
            if v > 0:
                plus += v
            else:
                minus -= v
            if kind != "contrast":
                clauses[clause] = clauses.get(clause, 0.0) + v
    best, worst = max(0.0, *clauses.values(), 0.0), min(0.0, *clauses.values(), 0.0)
    return plus, minus, min(best, -worst, c["contrast_cap"]), mixed, neutral


def logits(lexicon, c, f):
    plus, minus, opposed, mixed, neutral = sums(lexicon, f, c)
    return [minus - plus,
            c["mixed_bias"] + c["mixed_balance"] * min(plus, minus, c["balance_cap"]) + c["mixed_contrast"] * opposed + mixed,
            plus - minus + c["strength_bias"],
            c["neutral_bias"] + neutral - c["neutral_evidence"] * min(plus + minus, c["evidence_cap"])]


def softmax(z):
    top = max(z)
    e = [math.exp(x - top) for x in z]
    t = sum(e)
    return [x / t for x in e]


def report(pairs):
    """pairs of (gold, got) -> text: accuracy, macro-F1 over concern and strength, the confusion matrix."""
    n = len(pairs)
    acc = sum(g == p for g, p in pairs) / max(1, n)
    f1 = []
    for label in ("concern", "strength"):
        tp = sum(g == p == label for g, p in pairs)
        fp = sum(p == label != g for g, p in pairs)
        fn = sum(g == label != p for g, p in pairs)
        f1.append(2 * tp / max(1, 2 * tp + fp + fn))
    rows = [f"n {n}  accuracy {acc:.3f}  macro-F1(concern, strength) {sum(f1) / 2:.3f}  F1 {f1[0]:.3f} {f1[1]:.3f}"]
    rows.append("gold\\got   " + "".join(f"{l:>9}" for l in LABELS))
    for g in LABELS:
        rows.append(f"{g:<11}" + "".join(f"{sum(a == g and b == p for a, b in pairs):>9}" for p in LABELS))
    return "\n".join(rows)
