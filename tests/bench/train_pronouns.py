"""Fit the weights of pronoun resolution: ``python tests/bench/train_pronouns.py GOLD.jsonl... [--write]``.

The texts need no annotation of who is meant. A pronoun is a training case when the article itself makes the gender of
every recent person plain (two votes or more, a clear majority) and only one of them agrees; the weights learn to pick that
one without being shown gender, from recency and grammar alone. The weights of gender stay as set by hand, since
such cases cannot teach it, and so does that of the running speaker, whom they favour too much (0.98): with a man and a woman in turn
a text can do with "he" and "she" where it must name one of two men. Multinomial logistic regression, Newton-free gradient descent with an L2 penalty towards weights set by hand; figures
are cross-validated with whole outlets held out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from indexer.article import Article
from indexer.attribution_weights import attribution_weights
from indexer.discourse import Discourse
from indexer.document import Quotation
from indexer.mentions import People
from indexer.paragraphs import split
from indexer.pronoun_features import Case, Seen, pronoun_features
from indexer.quotations import find_quotations
from indexer.word_table import HE

WEIGHTS = Path("indexer/data/attribution_weights.json")
BY_HAND = ("gender", "gender likely", "gender unlikely", "running speaker")
PRIOR = {
    "sentences": -0.5, "paragraphs": -0.6, "same sentence": 0.3, "same sentence object": -1.0, "subject": 1.2, "clause subject": 0.6,
    "owner": -0.6, "behind a preposition": -0.8, "speaker": 0.2, "speaker to speaker": 0.8, "quoted": -1.2, "latest": 0.4, "count": 0.8, "other sentences": -0.6, "other same sentence": 0.5,
    "other subject": 0.6, "other clause subject": 0.4, "other owner": -0.2, "other quoted": -1.0, "other latest": 0.3,
    "weak person": -1.0, "named in what is said": -2.5, "unnamed": -0.5, "owned": -0.3, "spoken of": -0.8, "dead": -1.0, "reported": -0.5,
}  # fmt: skip
"""Set by hand before any training; the penalty pulls towards these, not towards nothing."""
Choice = tuple[str, int, list[dict[str, float]]]  # outlet, index of the right candidate, features of each


class Recorder(Discourse):
    """Notes the training cases while pronouns are bound."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.cases: list[tuple[int, list[dict[str, float]]]] = []
        super().__init__(*args, **kwargs)

    def candidates(self, recent: dict[int, Seen], pronoun: int) -> list[tuple[int, Case]]:
        """See the base; also note a case when everybody's gender is plain and one person agrees."""
        kept = super().candidates(recent, pronoun)
        letter = "m" if self.word(pronoun) in HE else "f"
        here = self.paragraph_of(pronoun)
        near = [number for number in list(recent)[-10:] if here - recent[number].paragraph < 2]
        plain = [number for number in near if sum(self.gender[number].values()) >= 2 and self.gender_of(number)]
        agreeing = [number for number in plain if self.gender_of(number) == letter]
        if len(plain) == len(near) > 1 and len(agreeing) == 1:
            features = [
                dict(pronoun_features(*self.case(recent[n], n, pronoun, self.span_of(pronoun), False, n == near[-1])))
                for n in near
            ]
            self.cases.append((near.index(agreeing[0]), features))
        return kept


def read_cases(paths: list[str]) -> Iterator[Choice]:
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            document = split(Article(id=row["id"], text=row["text"], title=row.get("title") or ""))
            quotations: list[Quotation] = list(find_quotations(document))
            people = People(document, quotations, discourse=Recorder)
            for right, features in people.discourse.cases:  # type: ignore[attr-defined]
                yield row.get("publisher") or row.get("source") or "", right, features


def fit(cases: list[Choice], names: list[str], penalty: float = 10.0, steps: int = 400) -> np.ndarray:
    """Return the weights that give the right candidates the highest likelihood."""
    at = {name: index for index, name in enumerate(names)}
    tables, rights = [], []
    for _, right, candidates in cases:
        table = np.zeros((len(candidates), len(names)))
        for row, features in enumerate(candidates):
            for name, value in features.items():
                if name in at:
                    table[row, at[name]] = value
        tables.append(table)
        rights.append(right)
    rows = np.concatenate(tables)
    starts = np.cumsum([0] + [len(t) for t in tables[:-1]])
    group = np.repeat(np.arange(len(tables)), [len(t) for t in tables])
    target = np.zeros(len(rows))
    target[starts + np.array(rights)] = 1
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    weights = prior.copy()
    moment = np.zeros(len(names))
    for _ in range(steps):
        scores = rows @ weights
        scores -= np.maximum.reduceat(scores, starts)[group]
        share = np.exp(scores)
        share /= np.add.reduceat(share, starts)[group]
        gradient = (rows.T @ (target - share) - penalty * (weights - prior)) / len(tables)
        moment = 0.9 * moment + gradient
        weights += 0.3 * moment
    return weights


def accuracy(cases: list[Choice], weights: Mapping[str, float]) -> float:
    right = 0
    for _, answer, candidates in cases:
        scores = [sum(weights.get(n, 0.0) * v for n, v in f.items()) for f in candidates]
        right += scores.index(max(scores)) == answer
    return right / max(len(cases), 1)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args(argv)
    cases = list(read_cases(args.files))
    names = sorted(
        set(PRIOR) | {name for _, _, candidates in cases for features in candidates for name in features} - set(BY_HAND)
    )
    outlets = defaultdict(list)
    for case in cases:
        outlets[case[0]].append(case)
    print(
        f"{len(cases)} cases of {len(outlets)} outlets; weights in use {accuracy(cases, attribution_weights()['pronoun']):.3f}"
    )
    right = 0.0
    for held, tests in outlets.items():
        weights = fit([case for case in cases if case[0] != held], names)
        share = accuracy(tests, dict(zip(names, weights, strict=True)))
        right += share * len(tests)
        print(f"  {held or '-':24} {len(tests):5} {share:.3f}")
    print(f"set by hand: {accuracy(cases, PRIOR):.3f}")
    print(f"held-out outlets: {right / len(cases):.3f}")
    learned = {name: round(float(w), 2) for name, w in zip(names, fit(cases, names), strict=True)}
    print(json.dumps(learned, indent=1))
    if args.write:
        data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        data["pronoun"] = {**learned, **{name: data["pronoun"][name] for name in BY_HAND}}
        WEIGHTS.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
