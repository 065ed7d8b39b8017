#!/usr/bin/env python3
"""Learn the topic weights: train_topics.py LABELLED.jsonl ... --unlabelled FILE ... [--out topic_weights.json]

LABELLED: JSON lines with ``title``, ``text`` and ``iptc_top`` (label of a level-1 topic). Lines without one are used too, as
unlabelled; where their ``label`` is a section of ``SECTIONS``, only those topics are thought possible.
UNLABELLED: JSON lines with ``text`` and perhaps ``title``, also gzipped.

The model is multinomial logistic regression whose weights start from the hand-written lexicon's and are drawn back to them (a
Gaussian prior whose mean is the lexicon), so that what no article contradicts stays as a person wrote it. No intercepts are
learned, and every labelled set weighs the same: how common a topic is in one collection says nothing of another. Topics with
few labelled articles lean on the lexicon more firmly. Each article is learned from whole and in pieces (lead, headline, a
passage as long as a sentence), so that short texts work.

It is fitted twice. The first model and the lexicon together then read the unlabelled texts; what they agree on is added, each
topic with about the same weight, and the second model is learned from everything. So a word beside a topic's known words
becomes a word of that topic, also where nobody labelled an article. Only single words are learned, phrases come from the
lexicon alone; days, months and news agencies are left out.

What ships is the mean of two such models. In the tight one a word that the lexicon does not know may tell the well-labelled
topics apart, but may not raise all of them together, and unlabelled texts weigh more: it is the better one for other outlets,
single sentences and topics that nobody labelled. The loose one may move every word: it is the better one for more articles of
the labelled kinds, but has everyday words ("the", "said") speak against topics without labelled articles. So these are damped.

Prints, with ``--check``, how a set fares that was left out altogether, and half of one when the other half was learned from.
Needs SciPy, which the product itself does not. The same input, versions and one thread (OPENBLAS_NUM_THREADS=1) give the same
file.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import math
import pathlib
import sys
from collections import Counter
from typing import NamedTuple

import numpy as np
import scipy
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack
from topic_training.articles import TOPICS, Texts

from indexer.topic_words import hand_lexicon, lexicon_digest
from search.analysis import stem

SETTINGS = {
    "least_articles": 5,
    "most_weights": 100_000,
    "few": 50,
    "some": 200,
    "lexicon_weight": {"few": 8.0, "some": 5.0, "many": 4.0},
    "strong_to_plain": 1.5,
    "pull": {"few": 1e-3, "some": 1e-4, "many": 2e-5},
    "rounds": 50,
    "picked_of_each_topic": 1000,
    "sure_enough": 0.5,
    "unlabelled_to_labelled": {"tight": 0.3, "loose": 0.1},
    "share_of_tight": 0.5,
    "everyday": 0.03,
    "damped": {"few": 1.0, "some": 0.25, "many": 0.5},
    "seed": 1,
}
"""Chosen on the figures for halves of the sets, on articles of an outlet never learned from, on invented articles and sentences
on all topics, and on the sample corpus.

A topic has ``few`` or ``some`` labelled articles below that many; ``pull`` is the prior's strength. A word in a larger share of
articles than ``everyday`` that the lexicon does not know loses that part of its weights in the loose model: of each weight for
topics with few or some, of what it has for all alike for topics with many.
"""
_DAYS = (
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august september october"
)
MARKS = frozenset(map(stem, f"{_DAYS} november december ap reuters afp upi bbc huffpost com".split()))
"""Days, months, agencies: they mark an outlet or a day."""


class Model(NamedTuple):
    columns: dict[str, int]
    weights: np.ndarray


def learnable(feature: str) -> bool:
    """Whether a word may be learned: no phrase, number or mark of an outlet."""
    return " " not in feature and len(feature) > 2 and not feature[0].isdigit() and feature not in MARKS


def matrix(counts, columns):
    data, indices, indptr = [], [], [0]
    for one in counts:
        found = [(columns[f], 1 + math.log(c)) for f, c in one.items() if f in columns]
        norm = math.sqrt(sum(v * v for _, v in found)) or 1.0
        indices += [i for i, _ in found]
        data += [v / norm for _, v in found]
        indptr.append(len(indices))
    return csr_matrix((np.array(data, np.float32), indices, indptr), shape=(len(indptr) - 1, len(columns)))


def lexicon_weights(columns):
    """The lexicon as weights; a term that several topics claim counts less for each."""
    shared = Counter(f for topic in TOPICS for f in hand_lexicon()[topic])
    weights = np.zeros((len(columns), len(TOPICS)), np.float32)
    for place, topic in enumerate(TOPICS):
        for feature, grade in hand_lexicon()[topic].items():
            grade = SETTINGS["strong_to_plain"] if grade > 1 else grade
            weights[columns[feature], place] = grade / math.sqrt(shared[feature])
    return weights


def picked(items, columns):
    """Of a large heap of texts, those which the lexicon finds plainest for each topic."""
    z = matrix([item.whole for item in items], columns) @ lexicon_weights(columns) * 10
    sure = softmax(z) * np.array([[sum(f in columns for f in item.whole) >= 4] for item in items])
    best, found = sure.argmax(axis=1), []
    for place in range(len(TOPICS)):
        mine = np.flatnonzero(best == place)
        mine = mine[np.argsort(-sure[mine, place], kind="stable")]
        found += [items[n] for n in mine[: SETTINGS["picked_of_each_topic"]]]
    return found


def softmax(z):
    z = np.exp(z - z.max(axis=1, keepdims=True))
    return z / z.sum(axis=1, keepdims=True)


def minimise(x, y, s, prior, pull, centred, begin=None):
    """Moves away from the prior that fit soft labels ``y`` with sample weights ``s``.

    ``centred``, of the tight model, names columns and topics: a word that the lexicon doesn't know may tell the well-labelled topics apart, but may not
    raise all of them together, which would only say that the labelled sets have no others.
    """
    s = (s / s.sum()).astype(np.float32)
    start, xt = x @ prior, x.T.tocsr()

    def loss(flat):
        moved = flat.reshape(prior.shape).astype(np.float32)
        p = softmax(start + x @ moved)
        value = -(s[:, None] * y * np.log(p + 1e-9)).sum() + 0.5 * (pull * moved * moved).sum()
        slope = xt @ ((p - y) * s[:, None]) + pull * moved
        if centred is not None:
            slope[centred] -= slope[centred].mean(axis=1, keepdims=True)
        return float(value), slope.ravel().astype(np.float64)

    begin = np.zeros(prior.size) if begin is None else begin.ravel()
    options = {"maxiter": SETTINGS["rounds"], "maxcor": 6}
    moved = minimize(loss, begin, jac=True, method="L-BFGS-B", options=options).x
    return moved.reshape(prior.shape).astype(np.float32)


class Lessons(NamedTuple):
    """All that both models are learned from, as numbers."""

    columns: dict[str, int]
    kind: list[str]
    hand: set[str]
    everyday: list[int]
    x: csr_matrix
    y: np.ndarray
    weights: np.ndarray
    unlabelled: csr_matrix
    possible: np.ndarray
    pieces: csr_matrix
    piece_of: np.ndarray
    piece_weights: np.ndarray


def lessons(labelled, unlabelled):
    seen = Counter(f for item in (*labelled, *unlabelled) for f in item.whole)
    hand = {f for topic in TOPICS for f in hand_lexicon()[topic]}
    learned = {f for f, c in seen.items() if c >= SETTINGS["least_articles"] and learnable(f)}
    columns = {f: n for n, f in enumerate(sorted(hand | learned))}
    number = Counter(item.topic for item in labelled)
    kind = ["few" if number[p] < SETTINGS["few"] else "some" if number[p] < SETTINGS["some"] else "many" for p in range(len(TOPICS))]  # fmt: skip
    often = SETTINGS["everyday"] * (len(labelled) + len(unlabelled))
    everyday = [n for f, n in columns.items() if f not in hand and seen[f] > often]
    groups = Counter((item.source, item.topic) for item in labelled)
    y = np.array([[place == item.topic for place in range(len(TOPICS))] for item in labelled for _ in item.pieces], np.float32)  # fmt: skip
    s = np.array([w / math.sqrt(groups[item.source, item.topic]) for item in labelled for _, w in item.pieces])
    sources = np.array([item.source for item in labelled for _ in item.pieces])
    for source in set(sources):
        s[sources == source] /= s[sources == source].sum()
    possible = np.zeros((len(unlabelled), len(TOPICS)))
    for n, item in enumerate(unlabelled):
        possible[n, list(item.possible)] = 1
    return Lessons(
        columns, kind, hand, everyday,
        matrix([counts for item in labelled for counts, _ in item.pieces], columns), y, s,
        matrix([item.whole for item in unlabelled], columns), possible,
        matrix([counts for item in unlabelled for counts, _ in item.pieces], columns),
        np.array([n for n, item in enumerate(unlabelled) for _ in item.pieces], int),
        np.array([w for item in unlabelled for _, w in item.pieces]),
    )  # fmt: skip


def learn(given, tight):
    """Weights of the tight or of the loose model, fitted twice."""
    pull = np.array([SETTINGS["pull"][name] for name in given.kind], np.float32)
    lexicon = lexicon_weights(given.columns)
    prior = lexicon * np.array([SETTINGS["lexicon_weight"][name] for name in given.kind], np.float32)
    unknown = [n for f, n in given.columns.items() if f not in given.hand]
    centred = np.ix_(unknown, [p for p, name in enumerate(given.kind) if name != "few"]) if tight else None
    moved = minimise(given.x, given.y, given.weights, prior, pull, centred)
    guess = softmax(given.unlabelled @ (prior + moved)) + softmax(given.unlabelled @ (lexicon * 8))
    guess *= given.possible
    guess /= guess.sum(axis=1, keepdims=True) + 1e-9
    sure, best = guess.max(axis=1), guess.argmax(axis=1)
    sure[sure < SETTINGS["sure_enough"]] = 0
    sure /= np.sqrt((np.bincount(best, sure, len(TOPICS)) + 1)[best])
    guess = guess**2 / (guess**2).sum(axis=1, keepdims=True)
    use = sure[given.piece_of] > 0
    t = (given.piece_weights * sure[given.piece_of])[use]
    t *= SETTINGS["unlabelled_to_labelled"]["tight" if tight else "loose"] * given.weights.sum() / t.sum()
    x = vstack([given.x, given.pieces[use]]).tocsr()
    y = np.vstack([given.y, guess[given.piece_of][use].astype(np.float32)])
    return prior + minimise(x, y, np.concatenate([given.weights, t]), prior, pull, centred, moved)


def damped(weights, given):
    """Everyday words, with less of what they say for or against a topic only because of how well it is labelled."""
    part = {name: SETTINGS["damped"][name] for name in ("few", "some", "many")}
    many = np.array([name == "many" for name in given.kind])
    everyday = weights[given.everyday]
    less = everyday * np.array([0 if name == "many" else part[name] for name in given.kind], np.float32)
    less += part["many"] * everyday[:, many].mean(axis=1, keepdims=True) * many
    weights = weights.copy()
    weights[given.everyday] = everyday - less
    return weights


def fit(labelled, unlabelled):
    """The mean of the tight model and the damped loose one."""
    given, share = lessons(labelled, unlabelled), SETTINGS["share_of_tight"]
    return Model(given.columns, share * learn(given, True) + (1 - share) * damped(learn(given, False), given))


def accuracy(model, items, best, piece=0):
    items = [item for item in items if len(item.pieces) > piece]
    z = matrix([item.pieces[piece][0] for item in items], model.columns) @ model.weights
    order = np.argsort(-z, axis=1)[:, :best]
    return sum(item.topic in order[n] for n, item in enumerate(items)) / max(len(items), 1)


def check(labelled, unlabelled):
    for name in sorted({item.source for item in labelled}):
        here, rest = ([i for i in labelled if (i.source == name) is mine] for mine in (True, False))
        strangers = [item for item in unlabelled if item.source != name]
        for what, learned, other, asked in (
            ("left out", rest, strangers, here),
            ("half learned from", rest + here[1::2], unlabelled, here[::2]),
        ):
            model = fit(learned, other)
            print(
                f"{name}, {what}: first {accuracy(model, asked, 1):.3f}, among three {accuracy(model, asked, 3):.3f}, "
                f"last piece alone {accuracy(model, asked, 1, 2):.3f}",
                file=sys.stderr,
                flush=True,
            )


def prune(model):
    """The largest weights, rounded."""
    size = np.abs(model.weights)
    cut = np.sort(size.ravel())[-min(SETTINGS["most_weights"], size.size)]
    kept = {}
    for feature, column in model.columns.items():
        row = {str(c): round(float(w), 1) for c, w in enumerate(model.weights[column]) if abs(w) >= cut and round(w, 1)}
        if row:
            kept[feature] = row
    return {"topics": TOPICS, "intercept": [0.0] * len(TOPICS), "weights": kept}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", nargs="+")
    parser.add_argument("--unlabelled", nargs="*", default=[])
    parser.add_argument("--out")
    parser.add_argument("--check", action="store_true", help="measure on halves and on sets left out")
    parser.add_argument("--date", default=datetime.date.today().isoformat(), help="day that the card names")
    arguments = parser.parse_args()
    texts = Texts(SETTINGS["seed"])
    items = [item for path in arguments.labelled for item in texts.load(path)]
    labelled = [item for item in items if item.topic is not None]
    hand = {f: n for n, f in enumerate(sorted({f for topic in TOPICS for f in hand_lexicon()[topic]}))}
    unlabelled = [item for item in items if item.topic is None]
    for path in arguments.unlabelled:
        unlabelled += picked(texts.load(path), hand) if path.endswith(".gz") else texts.load(path)
    if arguments.check:
        check(labelled, unlabelled)
    if arguments.out:
        card = {
            "made_by": "tests/bench/train_topics.py, around the hand-written lexicon",
            "contains": "stems and numbers; no text of any article",
            "learned_from": {name: {"articles": count} for name, count in texts.counts.items()},
            "use": "the articles served for research and measurement only and are no part of this project",
            "settings": SETTINGS,
            "lexicon": lexicon_digest(),
            "versions": {"numpy": np.__version__, "scipy": scipy.__version__},
            "date": arguments.date,
        }
        content = {"card": card, **prune(fit(labelled, unlabelled))}
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        pathlib.Path(arguments.out).write_text(text, encoding="utf-8")
        print(f"{len(text):,} characters, SHA-256 {hashlib.sha256(text.encode()).hexdigest()[:16]}", file=sys.stderr)


if __name__ == "__main__":
    main()
