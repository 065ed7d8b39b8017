"""Fit the confidence of attributions: ``python tests/bench/train_confidence.py GOLD.jsonl... [--write]``.

Gold files are annotated articles, one a line: ``id``, ``text``, ``quotes`` with ``start end speaker_start speaker_end
speaker_canonical``. The first model (the right words) learns from every predicted quote that overlaps a gold one by 0.8
and whose gold speaker has a place in the text; the second (the right name) from those of them with the right words
whose gold speaker has a full name. Logistic regression with an L2 penalty towards weights set by hand. An article that
comes again in a later file is passed over, so give files with full names first. The reliability table is made of quotes
whose whole outlet (or article, where a file has one outlet) was held out.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from indexer.article import Article
from indexer.attribution import decide
from indexer.confidence import name_case, name_features, word_case, word_features
from indexer.mentions import find_people
from indexer.paragraphs import split
from indexer.quotations import find_quotations

WEIGHTS = Path("indexer/data/attribution_weights.json")
BY_HAND = {
    "led by: full name": 1.5, "led by: short name": 1.0, "led by: role": 0.0, "led by: owned role": -0.5, "led by: kin": 0.0,
    "led by: described": -0.5, "led by: description": -1.0, "led by: named later": -0.5, "led by: body": -0.5, "led by: the company": -0.5,
    "led by: organisation noun": 0.0, "led by: the force": 0.5, "led by: report": -0.5, "led by: unnamed speaker": 1.0,
    "led by: noun without a name": -1.5, "led by: nearest person": -0.5, "led by: pronoun: organisation": -0.5,
    "led by: pronoun: running speaker": 0.0, "led by: pronoun: noun": -0.5, "led by: pronoun: several people": -0.5,
    "led by: pronoun: unnamed speaker": -1.0, "led by: pronoun: who": 0.5, "led by: pronoun: nobody fits": -2.0,
}  # fmt: skip
"""How sure each way to a name is beside the others, set by hand before any fitting: some ways are too seldom taken to be learned."""
_WORD = re.compile(r"[^\W_]+")


@dataclass
class Example:
    """One predicted quote with what is known of it."""

    file: str
    group: str
    full: bool
    words: list[tuple[str, float]]
    words_right: bool
    name: list[tuple[str, float]]
    name_right: bool | None

    @property
    def right(self) -> bool:
        return self.words_right and self.name_right is not False


def read_examples(paths: Sequence[str]) -> list[Example]:
    found: list[Example] = []
    known: set[str] = set()
    for path in paths:
        rows = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
        one_outlet = len({row.get("publisher") for row in rows}) == 1
        for row in rows:
            if row["id"] in known:
                continue
            known.add(row["id"])
            found.extend(_examples(Path(path).name, row, row["id"] if one_outlet else row["publisher"]))
    return found


def _examples(file: str, row: dict[str, Any], group: str) -> list[Example]:
    document = split(Article(id=row["id"], text=row["text"], title=row.get("title") or ""))
    quotations = find_quotations(document)
    people = find_people(document, quotations)
    found: list[Example] = []
    for quotation, decision in zip(quotations, decide(quotations, people), strict=True):
        gold = max(row["quotes"], key=lambda quote: _overlap(quote, quotation), default=None)
        if gold is None or _overlap(gold, quotation) < 0.8 or gold.get("optional"):
            continue
        reference = decision.reference
        named = reference is not None and reference.entity is not None
        touching = (
            reference is not None
            and gold["speaker_start"] is not None
            and max(reference.start, gold["speaker_start"]) < min(reference.end, gold["speaker_end"])
        )
        full, name_right = gold["speaker_canonical"], None
        if full:
            name_right = named and _same(full, people.name_of(reference.entity))
        words_right = bool(touching or name_right) if gold["speaker"] else not named
        found.append(
            Example(
                file,
                group,
                bool(full),
                word_features(*word_case(quotation, reference, decision.rule, decision.steps)),
                words_right,
                name_features(*name_case(reference)),
                bool(name_right) if full and words_right else None,
            )
        )
    return found


def _overlap(gold: dict[str, Any], quotation: Any) -> float:
    shared = min(gold["end"], quotation.end) - max(gold["start"], quotation.start)
    total = gold["end"] - gold["start"] + quotation.end - quotation.start - shared
    return shared / total if shared > 0 else 0.0


def _same(gold: str, name: str) -> bool:
    a, b = set(_WORD.findall(gold.casefold())), set(_WORD.findall(name.casefold()))
    return bool(a and b) and (a <= b or b <= a)


def fit(
    rows: list[list[tuple[str, float]]],
    right: list[bool],
    before: Mapping[str, float],
    penalty: float = 2.0,
    steps: int = 600,
) -> dict[str, float]:
    """Return logistic weights, pulled towards those set before; the bias is not penalised."""
    names = sorted({name for row in rows for name, _ in row} | set(before))
    at = {name: index for index, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        for name, value in row:
            table[number, at[name]] = value
    target = np.array(right, dtype=float)
    cost = np.full(len(names), penalty)
    cost[at["bias"]] = 0
    prior = np.array([before.get(name, 0.0) for name in names])
    weights = prior.copy()
    for _ in range(steps // 20):  # Newton steps
        share = 1 / (1 + np.exp(-(table @ weights)))
        gradient = table.T @ (target - share) - cost * (weights - prior)
        hessian = (table * (share * (1 - share))[:, None]).T @ table + np.diag(cost + 1e-6)
        weights = weights + np.linalg.solve(hessian, gradient)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def fit_both(examples: list[Example]) -> tuple[dict[str, float], dict[str, float]]:
    named = [e for e in examples if e.name_right is not None]
    return (
        fit([e.words for e in examples], [e.words_right for e in examples], {}),
        fit([e.name for e in named], [bool(e.name_right) for e in named], BY_HAND),
    )


def probability(row: list[tuple[str, float]], weights: dict[str, float]) -> float:
    return float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) * value for name, value in row))))


def print_table(file: str, pairs: list[tuple[float, bool]]) -> None:
    """Print how many of the quotes of each held-out confidence are right."""
    print(f"{file}: {len(pairs)} quotes, {sum(right for _, right in pairs) / len(pairs):.3f} right; held-out groups:")
    print("  given       quotes  mean given  right")
    edges = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
    for low, high in itertools.pairwise(edges):
        inside = [(given, right) for given, right in pairs if low <= given < high]
        if inside:
            mean = sum(given for given, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            print(f"  {low:.2f}-{high:.2f}  {len(inside):6}      {mean:.3f}  {share:.3f}")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--look", action="append", default=[], help="a file to look at with the weights, not to fit on")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args(argv)
    examples = read_examples(args.files)
    given: list[float] = [0.0] * len(examples)
    for group in sorted({e.group for e in examples}):
        words, name = fit_both([e for e in examples if e.group != group])
        for index, e in enumerate(examples):
            if e.group == group:  # where gold has no full names only the words can be judged
                given[index] = probability(e.words, words) * (probability(e.name, name) if e.full else 1.0)
    for file in sorted({e.file for e in examples}):
        print_table(file, [(share, e.right) for share, e in zip(given, examples, strict=True) if e.file == file])
    words, name = fit_both(examples)
    for file in args.look:
        seen = read_examples([file])
        shares = [probability(e.words, words) * (probability(e.name, name) if e.full else 1.0) for e in seen]
        print_table(f"{file} (not learned from)", [(s, e.right) for s, e in zip(shares, seen, strict=True)])
    if args.write:
        data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        data.pop("confidence", None)
        data["confidence: words"], data["confidence: name"] = words, name
        WEIGHTS.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
