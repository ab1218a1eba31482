# SPDX-License-Identifier: MIT
"""Fitting the weights.

The hand-written lexicon is the prior: each weight is pulled towards the one written there (a Gaussian, so the estimate is
maximum a posteriori), moves where labelled sentences ask for it, and never changes sides. Sentences of sections whose heading
states a grade are labelled softly: what the model thinks of a sentence, times how often sentences of such a section are
concern, mixed, strength or neutral (expectation-maximisation, two rounds, at a low weight).
"""
import numpy as np

from model import BIASES, LABELS, features

PULL = 16.0        # of the prior: one over its variance. Cross-validation is flat from 8 to 32
PULL_BIAS = 1.0
GRADED = 0.03      # what a sentence of a graded section counts beside a labelled one
STEPS, RATE = 200, 0.03  # of Adam (Kingma and Ba 2015), over all sentences at once

# Shares of concern, mixed, strength, neutral in sections of each grade, smoothed from the labelled sentences.
SHARES = {"outstanding": [.03, .04, .87, .06], "good": [.12, .07, .74, .07],
          "requires improvement": [.38, .10, .45, .07], "inadequate": [.58, .10, .25, .07]}
SIGNED, CONTRAST, MIXED, NEUTRAL = range(4)


class Cues:
    """The cues of many sentences, side by side: entry, factor, sentence and clause of each."""

    def __init__(self, lexicon, c, texts, index):
        entry, factor, sentence, clause, self.owner = [], [], [], [], []
        for number, text in enumerate(texts):
            found = features(lexicon, text, c)
            for phrase, value, part in found:
                entry.append(index[phrase])
                factor.append(value)
                sentence.append(number)
                clause.append(len(self.owner) + part)
            self.owner += [number] * (1 + max((part for *_, part in found), default=0))
        self.count = len(texts)
        self.entry, self.sentence, self.clause = (np.array(a, int) for a in (entry, sentence, clause))
        self.factor = np.array(factor, float)

    def per_sentence(self, values):
        return np.bincount(self.sentence, values, self.count)


class Model:
    def __init__(self, lexicon, c):
        self.lexicon, self.c = lexicon, c
        self.phrases = sorted(lexicon.entries)
        self.index = {phrase: i for i, phrase in enumerate(self.phrases)}
        self.weights = np.array([lexicon.entries[p][1] for p in self.phrases], float)
        self.biases = np.array([c[name] for name in BIASES], float)
        role = {"mixed": MIXED, "neutral": NEUTRAL, "contrast": CONTRAST}
        self.roles = np.array([role.get(lexicon.entries[p][0], SIGNED) for p in self.phrases])
        self.prior = self.weights.copy(), self.biases.copy()

    def cues(self, texts):
        return Cues(self.lexicon, self.c, texts, self.index)

    def read(self, cues):
        """-> probabilities, and what the gradient needs: the same sums as model.logits()."""
        value, role = cues.factor * self.weights[cues.entry], self.roles[cues.entry]
        signed = role <= CONTRAST
        plus = cues.per_sentence(np.where(signed, np.maximum(value, 0), 0))
        minus = cues.per_sentence(np.where(signed, np.maximum(-value, 0), 0))
        clauses = np.bincount(cues.clause, np.where(role == SIGNED, value, 0), len(cues.owner))
        best, worst = np.zeros(cues.count), np.zeros(cues.count)
        np.maximum.at(best, cues.owner, clauses)
        np.minimum.at(worst, cues.owner, clauses)
        opposed = np.minimum(np.minimum(best, -worst), self.c["contrast_cap"])
        balance = np.minimum(np.minimum(plus, minus), self.c["balance_cap"])
        evidence = np.minimum(plus + minus, self.c["evidence_cap"])
        strength, mixed, by_balance, by_contrast, neutral, by_evidence = self.biases
        z = np.stack([minus - plus,
                      mixed + by_balance * balance + by_contrast * opposed + cues.per_sentence(np.where(role == MIXED, value, 0)),
                      plus - minus + strength,
                      neutral - by_evidence * evidence + cues.per_sentence(np.where(role == NEUTRAL, value, 0))], 1)
        p = np.exp(z - z.max(1, keepdims=True))
        return p / p.sum(1, keepdims=True), (value, role, plus, minus, balance, opposed, evidence)

    def gradient(self, cues, target, counts):
        p, (value, role, plus, minus, balance, opposed, evidence) = self.read(cues)
        d = (p - target) * counts[:, None]
        by_balance, by_evidence, at = self.biases[2], self.biases[5], cues.sentence
        up = np.where(value > 0, 1, -1)
        lesser = np.where(plus < minus, 1, -1)[at] == up
        signed = (d[:, 2] - d[:, 0])[at]
        signed -= np.where((plus + minus < self.c["evidence_cap"])[at], d[at, 3] * by_evidence * up, 0)
        signed += np.where((balance < self.c["balance_cap"])[at] & lesser, d[at, 1] * by_balance * up, 0)
        each = np.where(role <= CONTRAST, signed, np.where(role == MIXED, d[at, 1], d[at, 3])) * cues.factor
        biases = [d[:, 2].sum(), d[:, 1].sum(), (d[:, 1] * balance).sum(), (d[:, 1] * opposed).sum(), d[:, 3].sum(),
                  -(d[:, 3] * evidence).sum()]
        return (np.bincount(cues.entry, each, len(self.weights)) + PULL * (self.weights - self.prior[0]),
                np.array(biases) + PULL_BIAS * (self.biases - self.prior[1]))

    def fit(self, cues, target, counts):
        state = [(np.zeros_like(a), np.zeros_like(a)) for a in (self.weights, self.biases)]
        for step in range(1, STEPS + 1):
            for parameter, (mean, square), g in zip((self.weights, self.biases), state, self.gradient(cues, target, counts)):
                mean += 0.1 * (g - mean)
                square += 0.001 * (g * g - square)
                parameter -= RATE * mean / (1 - 0.9 ** step) / (np.sqrt(square / (1 - 0.999 ** step)) + 1e-8)
            # a cue never changes sides: a reader sees what was meant by it
            self.weights[(self.weights > 0) != (self.prior[0] > 0)] = 0.0


def train(lexicon, c, labelled, graded, rounds=2):
    """`labelled`: (text, label); `graded`: (text, grade). Changes `lexicon` and `c`."""
    model = Model(lexicon, c)
    texts = [text for text, _ in labelled] + [text for text, _ in graded]
    cues, hard = model.cues(texts), len(labelled)
    target = np.array([[float(x == label) for x in LABELS] for _, label in labelled] + [[0.25] * 4] * len(graded))
    counts = np.array([1.0] * hard + [0.0] * len(graded))
    model.fit(cues, target, counts)
    if graded:
        shares = np.array([SHARES[grade] for _, grade in graded])
        counts[hard:] = GRADED
        for _ in range(rounds):
            soft = model.read(cues)[0][hard:] * shares / shares.mean(0)
            target[hard:] = soft / soft.sum(1, keepdims=True)
            model.fit(cues, target, counts)
    for phrase, weight in zip(model.phrases, model.weights):
        lexicon.entries[phrase][1] = float(weight)
    c.update(zip(BIASES, map(float, model.biases)))
