#!/usr/bin/env python3
"""Learn the topic weights: train_topics.py LABELLED.jsonl ... --out topic_weights.json [--leave-out NAME]

Input: JSON lines with ``title``, ``text`` and ``iptc_top`` (label of a level-1 topic; lines without are passed over). A linear
model (multinomial logistic regression, L2) is fitted on the articles and on made-up word lists drawn from the hand-written
lexicon, so that topics without labelled articles have weights too. Only single words are learned from articles; phrases come
from the lexicon alone. Weights are pruned and rounded. Needs scikit-learn, which the product itself does not.
"""

from __future__ import annotations

import argparse
import collections
import json
import math
import pathlib
import random
import sys

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from indexer.topic_vocabulary import top_level, vocabulary
from indexer.topic_words import FeatureReader, hand_lexicon

LEAST_ARTICLES = 4
MOST_WEIGHTS = 45_000
LEXICON_WEIGHT = 3.0
LEXICON_WEIGHT_UNLABELLED = 6.0
INTERCEPT_UNLABELLED = 1.0
"""Chosen on halves of the labelled sets and on the invented articles in ``data/unseen_topics.jsonl``."""
EVERYDAY_SHARE = 1.0
"""Words in a larger share of articles than this are left out. Leaving any out measured worse: how often an article has its
plain words tells a word list from an article, and so keeps the made-up ones from pulling at short texts."""


def load(paths, reader):
    ids = {vocabulary()[name].label: name for name in top_level()}
    rows = []
    for path in paths:
        name = pathlib.Path(path).name.split(".")[0]
        for line in pathlib.Path(path).read_text("utf-8").splitlines():
            item = json.loads(line)
            if item.get("iptc_top"):
                both = f"{item.get('title', '')}\n{item.get('title', '')}\n{item['text']}"
                rows.append((name, ids[item["iptc_top"]], reader.read(both)))
    return rows


def made_up(lexicon, background, rng, each):
    """Word lists from the lexicon among everyday words, as if they were articles."""
    rows = []
    for topic in top_level():
        terms = list(lexicon[topic].items())
        names, weights = [t for t, _ in terms], [w for _, w in terms]
        for _ in range(each[topic]):
            drawn = rng.choices(names, weights, k=rng.randint(3, 12))
            counts = collections.Counter(drawn + rng.choices(background, k=rng.randint(3, 25)))
            for phrase in drawn:
                counts.update(phrase.split() if " " in phrase else ())
            rows.append(("made-up", topic, counts))
    return rows


def matrix(rows, columns):
    data, indices, indptr = [], [], [0]
    for _, _, counts in rows:
        found = [(columns[f], 1 + math.log(c)) for f, c in counts.items() if f in columns]
        norm = math.sqrt(sum(v * v for _, v in found)) or 1.0
        indices += [i for i, _ in found]
        data += [v / norm for _, v in found]
        indptr.append(len(indices))
    return csr_matrix((data, indices, indptr), shape=(len(rows), len(columns)))


def fit(rows, seed=1, strength=6.0):
    rng = random.Random(seed)
    lexicon = hand_lexicon()
    df = collections.Counter(f for _, _, counts in rows for f in counts)
    everyday = {f for f, c in df.items() if c > len(rows) * EVERYDAY_SHARE}
    pool = [f for f in df if " " not in f and f not in everyday]
    background = rng.choices(pool, [df[f] for f in pool], k=20_000)
    labelled = collections.Counter(topic for _, topic, _ in rows)
    each = {topic: 300 if labelled[topic] > 100 else 1200 for topic in top_level()}
    rows = rows + made_up(lexicon, background, rng, each)
    hand = {f for topic in top_level() for f in lexicon[topic]}
    learned = {f for f, c in df.items() if c >= LEAST_ARTICLES and " " not in f and f not in everyday}
    columns = {f: n for n, f in enumerate(sorted(hand | learned))}
    groups = collections.Counter((name, topic) for name, topic, _ in rows)
    weights = [1 / math.sqrt(groups[name, topic]) for name, topic, _ in rows]
    scale = len(weights) / sum(weights)
    model = LogisticRegression(C=strength, max_iter=300)
    model.fit(matrix(rows, columns), [topic for _, topic, _ in rows], sample_weight=[w * scale for w in weights])
    return model, columns


def scores(model, columns, labelled):
    """Weights and intercepts of all topics: the learned ones and, on top, the lexicon's, more where nothing is labelled."""
    places = {topic: n for n, topic in enumerate(model.classes_)}
    weights = model.coef_ - model.coef_.mean(axis=0)
    intercept = model.intercept_ - np.median(model.intercept_)
    topics_with = collections.Counter(f for topic in top_level() for f in hand_lexicon()[topic])
    for topic, terms in hand_lexicon().items():
        if topic in places:
            weight = LEXICON_WEIGHT if topic in labelled else LEXICON_WEIGHT_UNLABELLED
            for feature, count in terms.items():
                weights[places[topic], columns[feature]] += weight * count / topics_with[feature]
            intercept[places[topic]] += 0 if topic in labelled else INTERCEPT_UNLABELLED
    return weights, intercept


def accuracy(model, columns, labelled, rows, best=1):
    classes = list(model.classes_)
    weights, intercept = scores(model, columns, labelled)
    order = np.argsort(-(matrix(rows, columns) @ weights.T + intercept), axis=1)[:, :best]
    return sum(classes.index(topic) in order[n] for n, (_, topic, _) in enumerate(rows)) / max(len(rows), 1)


def prune(model, columns, labelled):
    """The largest weights, rounded."""
    weights, intercept = scores(model, columns, labelled)
    cut = np.sort(np.abs(weights).ravel())[-min(MOST_WEIGHTS, weights.size)]
    kept = {}
    for feature, column in columns.items():
        row = {str(c): round(float(w), 2) for c, w in enumerate(weights[:, column]) if abs(w) >= cut}
        if row:
            kept[feature] = row
    return {"topics": list(model.classes_), "intercept": [round(float(v), 3) for v in intercept], "weights": kept}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", nargs="+")
    parser.add_argument("--out")
    parser.add_argument("--no-check", action="store_true", help="only fit, do not measure")
    parser.add_argument("--strength", type=float, default=6.0)
    arguments = parser.parse_args()
    reader = FeatureReader(f for topic in top_level() for f in hand_lexicon()[topic])
    rows = load(arguments.labelled, reader)
    labelled = {topic for _, topic, _ in rows}
    for name in () if arguments.no_check else sorted({name for name, _, _ in rows}):
        here = [row for row in rows if row[0] == name]
        rest = [row for row in rows if row[0] != name]
        model, columns = fit(rest, strength=arguments.strength)
        left_out = accuracy(model, columns, labelled, here), accuracy(model, columns, labelled, here, 3)
        half = [row for n, row in enumerate(here) if n % 2]
        model, columns = fit(rest + half, strength=arguments.strength)
        other = [row for n, row in enumerate(here) if n % 2 == 0]
        inside = accuracy(model, columns, labelled, other), accuracy(model, columns, labelled, other, 3)
        print(
            f"{name}: {len(here)} articles; left out {left_out[0]:.3f} (first three {left_out[1]:.3f}); "
            f"half of it seen {inside[0]:.3f} ({inside[1]:.3f})",
            file=sys.stderr,
            flush=True,
        )
    if arguments.out:
        model, columns = fit(rows, strength=arguments.strength)
        card = {
            "provenance": "learned by tests/bench/train_topics.py from labelled English news (BBC, AG News and HuffPost development "
            "halves, used for research only) and the hand-written lexicon; single words and numbers, no text of any article",
            **prune(model, columns, labelled),
        }
        pathlib.Path(arguments.out).write_text(
            json.dumps(card, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
