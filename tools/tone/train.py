# SPDX-License-Identifier: MIT
"""Fitting the weights.

The hand-written lexicon is the prior: each weight is pulled towards the one written there (a Gaussian, so the estimate is
maximum a posteriori), and moves where labelled sentences ask for it. Sentences of sections whose heading states a grade are
labelled softly: what the model thinks of a sentence, times how often sentences of such a section are concern, mixed,
strength or neutral (expectation-maximisation, a few rounds, at a low weight).
"""
import math
import random
from collections import defaultdict

from model import BIASES, LABELS, features, logits, softmax, sums

# Shares of concern, mixed, strength, neutral in sections of each grade, smoothed from the labelled sentences.
SHARES = {"outstanding": [.03, .04, .87, .06], "good": [.12, .07, .74, .07],
          "requires improvement": [.38, .10, .45, .07], "inadequate": [.58, .10, .25, .07]}


def add_gradient(lexicon, c, cues, target, weight, weights, biases):
    """Add the gradient of the cross-entropy of one sentence."""
    plus, minus, opposed, _, _ = sums(lexicon, cues, c)
    p = softmax(logits(lexicon, c, cues))
    d = [(p[i] - target[i]) * weight for i in range(4)]
    balance, evidence = min(plus, minus), plus + minus
    for name, g in zip(BIASES, (d[2], d[1], d[1] * min(balance, c["balance_cap"]), d[1] * opposed, d[3],
                                -d[3] * min(evidence, c["evidence_cap"]))):
        biases[name] += g
    for phrase, factor, _ in cues:
        kind, w = lexicon.entries[phrase]
        if kind in ("mixed", "neutral"):
            weights[phrase] += d[LABELS.index(kind)] * factor
            continue
        value = factor * w
        g = (d[2] - d[0]) * factor
        up = factor if value > 0 else -factor
        if evidence < c["evidence_cap"]:
            g -= d[3] * c["neutral_evidence"] * up
        if balance < c["balance_cap"] and (value > 0) == (plus < minus):
            g += d[1] * c["mixed_balance"] * up
        weights[phrase] += g


def fit(lexicon, c, data, prior, epochs, rate, spread):
    """AdaGrad over minibatches. `data`: (cues, target, weight); `prior`: (weights, constants) to be pulled to."""
    data, n, batch = list(data), len(data), 64
    shuffle = random.Random(1)
    past, past_biases = defaultdict(float), defaultdict(float)
    for _ in range(epochs):
        shuffle.shuffle(data)
        for i in range(0, n, batch):
            part = data[i:i + batch]
            weights, biases = defaultdict(float), defaultdict(float)
            for cues, target, weight in part:
                add_gradient(lexicon, c, cues, target, weight, weights, biases)
            for phrase, g in weights.items():
                g += (lexicon.entries[phrase][1] - prior[0][phrase]) / spread ** 2 * len(part) / n
                past[phrase] += g * g
                weight = lexicon.entries[phrase][1] - rate * g / (math.sqrt(past[phrase]) + 1e-6)
                # a cue never changes sides: a reader sees what was meant by it
                lexicon.entries[phrase][1] = max(0.0, weight) if prior[0][phrase] > 0 else min(0.0, weight)
            for name, g in biases.items():
                g += (c[name] - prior[1][name]) * len(part) / n
                past_biases[name] += g * g
                c[name] -= rate * g / (math.sqrt(past_biases[name]) + 1e-6)


def train(lexicon, c, labelled, graded, rounds=2, spread=0.25, graded_weight=0.05):
    """`labelled`: (text, label); `graded`: (text, grade). Changes `lexicon` and `c`."""
    prior = ({p: e[1] for p, e in lexicon.entries.items()}, dict(c))
    hard = [(features(lexicon, t, c), [float(x == label) for x in LABELS], 1.0) for t, label in labelled]
    soft = [(features(lexicon, t, c), g) for t, g in graded]
    fit(lexicon, c, hard, prior, 60, 0.1, spread)
    if not soft:
        return
    mean = [sum(SHARES[g][i] for _, g in soft) / len(soft) for i in range(4)]
    for _ in range(rounds):
        data = list(hard)
        for cues, grade in soft:
            p = softmax(logits(lexicon, c, cues))
            p = [p[i] * SHARES[grade][i] / mean[i] for i in range(4)]
            data.append((cues, [x / sum(p) for x in p], graded_weight))
        fit(lexicon, c, data, prior, 12, 0.05, spread)
