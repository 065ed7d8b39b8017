"""Learn which proposed clauses are reported speech: logistic weights of closed-class words, cues and shapes.

    python tests/bench/train_clauses.py GOLD.jsonl[*WEIGHT] [GOLD.jsonl[*WEIGHT] ...] [--out OUT.json]

A proposed clause is right when it overlaps an annotated indirect or mixed quote by at least .8 (Jaccard, characters). Prints
precision and share kept over thresholds in cross-validation by article; writes weights and threshold.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
from annotated_sets import arguments, gathered, told
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from indexer.clause_choice import features as features_of
from indexer.clauses import find_cues
from indexer.feature_groups import feature_names
from indexer.marks import find_quoted
from indexer.name_tokens import read_tokens
from indexer.paragraphs import split
from indexer.readers.dispatch import read
from indexer.reported import find_clauses
from indexer.reporting_sentences import reporting_sentences

_FEWEST = 6
_THRESHOLD = -0.32
_EDGE = " \t\n“”\"'‘’«»,.;:!?…—–-"


def cases(gold: Path) -> tuple[list[list[str]], list[int], list[int]]:
    """Features, whether it is reported speech, and the article of every proposed clause."""
    truth = {item["id"]: item for item in map(json.loads, gold.read_text("utf-8").splitlines())}
    features: list[list[str]] = []
    labels: list[int] = []
    articles: list[int] = []
    for number, article in enumerate(read(gold)):
        document = split(article)
        text = document.text
        sure, unsure = [], []
        for quote in truth[article.id]["quotes"]:
            span = _trim(text, quote["start"], quote["end"])
            (unsure if quote.get("optional") else sure).append(span)
        marks = find_quoted(text, document.paragraphs)
        for _, words, _, places in reporting_sentences(document, read_tokens(document), marks):
            for clause in find_clauses(words, find_cues(words, places)):
                span = _trim(text, words[clause.first].start, words[clause.last].end)
                if any(_share(span, other) >= 0.8 for other in unsure):
                    continue
                features.append(feature_names(features_of(words, clause)))
                labels.append(int(any(_share(span, other) >= 0.8 for other in sure)))
                articles.append(number)
    return features, labels, articles


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if text[start : start + 5] == "that ":
        start += 5
    return start, end


def _share(one: tuple[int, int], two: tuple[int, int]) -> float:
    both = min(one[1], two[1]) - max(one[0], two[0])
    return both / (max(one[1], two[1]) - min(one[0], two[0])) if both > 0 else 0.0


def main() -> None:
    """Train, tell how well, and write."""
    sets, out = arguments(__doc__)
    features, y, groups, counts = gathered(sets, cases)
    often = Counter(feature for found in features for feature in found)
    rows = [{feature: 1.0 for feature in found if often[feature] >= _FEWEST} for found in features]
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform(rows)
    scores = np.zeros(len(y))
    for fold in range(5):
        test = groups % 5 == fold
        model = LogisticRegression(C=0.1, max_iter=500, fit_intercept=False).fit(x[~test], y[~test], counts[~test])
        scores[test] = model.decision_function(x[test])
    print(f"{len(y)} clauses, {y.mean():.3f} right before choosing; cross-validated by article:")
    for threshold in (-1.5, -1.2, -0.9, -0.6, -0.3, 0.0, 0.3):
        kept = scores >= threshold
        print(
            f"  threshold {threshold:5.1f}: precision {y[kept].mean():.3f}, right ones kept {y[kept].sum() / y.sum():.3f}"
        )
    model = LogisticRegression(C=0.1, max_iter=500, fit_intercept=False).fit(x, y, counts)
    weights = {
        name: round(float(weight), 2)
        for name, weight in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(weight) >= 0.04
    }
    if out:
        card = {
            "provenance": f"Logistic regression by tests/bench/train_clauses.py on {len(y)} proposed clauses of {told(sets)} "
            "(news articles with annotated attributions); features are closed-class words, cues, marks and word shapes.",
            "weights": {"threshold": _THRESHOLD, **dict(sorted(weights.items()))},
        }
        out.write_text(json.dumps(card, indent=0, ensure_ascii=False) + "\n", "utf-8")
        print(f"{len(weights)} weights in {out}")


if __name__ == "__main__":
    main()
