#!/usr/bin/env python3
"""Learn the topic weights: train_topics.py LABELLED.jsonl ... [--out topic_weights.json]

Input: JSON lines with ``title``, ``text`` and ``iptc_top`` (label of a level-1 topic; lines without are passed over). The model is multinomial logistic regression whose
weights start from the hand-written lexicon's and are drawn back to them (a Gaussian prior whose mean is the lexicon): what no
article contradicts stays as a person wrote it, so that a kind of news which was not seen falls back on the lexicon. No
intercepts are learned: how common a topic is in one collection says nothing of another. Topics with few labelled articles hold
on to the lexicon more firmly. Each article is learned from whole and in pieces (lead, headline, a passage of a sentence's
length), so that short texts work. Only single words are learned from articles; phrases come from the lexicon alone.

Prints, before anything is written, how a set fares that was left out altogether, and half of a set when the other half was
learned from. Needs SciPy, which the product itself does not. Takes about one minute.
"""

from __future__ import annotations

import argparse
import json
import math
import pathlib
import random
import sys
from collections import Counter
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from indexer.topic_vocabulary import top_level, vocabulary
from indexer.topic_words import FeatureReader, hand_lexicon
from search.analysis import words

TOPICS = list(top_level())
LEAST_ARTICLES = 4
MOST_WEIGHTS = 45_000
FEW = 50
"""A topic with fewer labelled articles than this leans on the lexicon: its words weigh more and are moved less."""
LEXICON_WEIGHT = {"many": 4.0, "few": 8.0}
PULL = {"many": 5e-5, "few": 5e-4}
ROUNDS = 60
"""Chosen on the figures for sets left out, and on the invented articles in ``data/unseen_topics.jsonl``."""


class Item(NamedTuple):
    source: str
    topic: int
    views: list[tuple[Counter[str], float]]


class Model(NamedTuple):
    columns: dict[str, int]
    weights: np.ndarray


def load(paths, reader, rng):
    ids = {vocabulary()[name].label: number for number, name in enumerate(TOPICS)}
    items = []
    for path in paths:
        source = pathlib.Path(path).name.split(".")[0]
        for line in pathlib.Path(path).read_text("utf-8").splitlines():
            row = json.loads(line)
            if row.get("iptc_top"):
                made = views(row.get("title") or "", row["text"], reader, rng)
                items.append(Item(source, ids[row["iptc_top"]], made))
    return items


def views(title, text, reader, rng):
    """The article, the whole of it first, and pieces of it: features and weight."""
    tokens = list(words(text))

    def read(title, tokens):
        counts = Counter(reader.read(" ".join(tokens)))
        for feature, count in reader.read(title).items():
            counts[feature] += 2 * count
        return counts

    found = [(read(title, tokens), 1.0)]
    if len(tokens) > 80:
        found.append((read(title, tokens[:60]), 0.5))
        for _ in range(2):
            at = rng.randrange(len(tokens) - 25)
            found.append((read("", tokens[at : at + rng.randint(15, 40)]), 0.4))
    else:
        found += [(read(title, []), 0.4)] if title else []
        found += [(read("", tokens), 0.4)] if len(tokens) > 8 else []
    return found


def matrix(counts, columns):
    data, indices, indptr = [], [], [0]
    for one in counts:
        found = [(columns[f], 1 + math.log(c)) for f, c in one.items() if f in columns]
        norm = math.sqrt(sum(v * v for _, v in found)) or 1.0
        indices += [i for i, _ in found]
        data += [v / norm for _, v in found]
        indptr.append(len(indices))
    return csr_matrix((data, indices, indptr), shape=(len(indptr) - 1, len(columns)))


def lexicon_weights(columns, strength):
    shared = Counter(f for topic in TOPICS for f in hand_lexicon()[topic])
    weights = np.zeros((len(columns), len(TOPICS)))
    for place, topic in enumerate(TOPICS):
        for feature, weight in hand_lexicon()[topic].items():
            weights[columns[feature], place] = LEXICON_WEIGHT[strength[place]] * (1 + weight) / 2 / shared[feature]
    return weights


def fit(items):
    groups = Counter((item.source, item.topic) for item in items)
    labelled = Counter(item.topic for item in items)
    strength = ["few" if labelled[place] < FEW else "many" for place in range(len(TOPICS))]
    known, truth, weight = [], [], []
    for item in items:
        for counts, share in item.views:
            known.append(counts)
            truth.append(item.topic)
            weight.append(share / math.sqrt(groups[item.source, item.topic]))
    seen = Counter(f for item in items for f in item.views[0][0] if " " not in f)
    hand = {f for topic in TOPICS for f in hand_lexicon()[topic]}
    columns = {f: n for n, f in enumerate(sorted(hand | {f for f, c in seen.items() if c >= LEAST_ARTICLES}))}
    x, y, s = matrix(known, columns), np.array(truth), np.array(weight)
    s /= s.sum()
    prior = lexicon_weights(columns, strength)
    start, xt, each = x @ prior, x.T.tocsr(), np.arange(len(y))
    pull = np.array([PULL[name] for name in strength])

    def loss(flat):
        moved = flat.reshape(prior.shape)
        z = start + x @ moved
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(axis=1, keepdims=True)
        value = -(s * np.log(p[each, y] + 1e-12)).sum() + 0.5 * (pull * moved * moved).sum()
        p[each, y] -= 1
        return value, (xt @ (p * s[:, None]) + pull * moved).ravel()

    options = {"maxiter": ROUNDS, "maxcor": 6}
    moved = minimize(loss, np.zeros(prior.size), jac=True, method="L-BFGS-B", options=options).x
    return Model(columns, prior + moved.reshape(prior.shape))


def shares(model, counts):
    z = matrix(counts, model.columns) @ model.weights
    z = np.exp(z - z.max(axis=1, keepdims=True))
    return z / z.sum(axis=1, keepdims=True)


def accuracy(model, items, best, view=0):
    items = [item for item in items if len(item.views) > view]
    order = np.argsort(-shares(model, [item.views[view][0] for item in items]), axis=1)[:, :best]
    return sum(item.topic in order[n] for n, item in enumerate(items)) / max(len(items), 1)


def check(labelled):
    for name in sorted({item.source for item in labelled}):
        here = [item for item in labelled if item.source == name]
        rest = [item for item in labelled if item.source != name]
        for what, learned, asked in (
            ("left out", rest, here),
            ("half learned from", rest + here[1::2], here[::2]),
        ):
            model = fit(learned)
            print(
                f"{name}, {what}: first {accuracy(model, asked, 1):.3f}, among three {accuracy(model, asked, 3):.3f}, "
                f"last piece alone {accuracy(model, asked, 1, 2):.3f}",
                file=sys.stderr,
                flush=True,
            )


def prune(model):
    """The largest weights, rounded."""
    size = np.abs(model.weights)
    cut = np.sort(size.ravel())[-min(MOST_WEIGHTS, size.size)]
    kept = {}
    for feature, column in model.columns.items():
        row = {str(c): round(float(w), 2) for c, w in enumerate(model.weights[column]) if abs(w) >= cut and w}
        if row:
            kept[feature] = row
    return {"topics": TOPICS, "intercept": [0.0] * len(TOPICS), "weights": kept}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", nargs="+")
    parser.add_argument("--out")
    parser.add_argument("--no-check", action="store_true", help="only fit, do not measure")
    arguments = parser.parse_args()
    rng = random.Random(1)
    reader = FeatureReader(f for topic in TOPICS for f in hand_lexicon()[topic])
    labelled = load(arguments.labelled, reader, rng)
    if not arguments.no_check:
        check(labelled)
    if arguments.out:
        card = {
            "provenance": "learned by tests/bench/train_topics.py from labelled English news (BBC, AG News and HuffPost development "
            "halves, used for research only) around the hand-written lexicon; single words and numbers, no text of any article",
            **prune(fit(labelled)),
        }
        pathlib.Path(arguments.out).write_text(
            json.dumps(card, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
