"""Learn where reported clauses end: logistic weights of closed-class words and word shapes, from annotated articles.

    python tests/bench/train_clause_ends.py GOLD.jsonl[*WEIGHT] [GOLD.jsonl[*WEIGHT] ...] [--out OUT.json]

For each clause whose beginning the rules find where the annotators have it, each break before its true end is a case of
"goes on" and a break at its end a case of "ends". Prints cross-validated accuracy by article; writes the weights.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from annotated_sets import arguments, gathered, told
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from indexer.clause_ends import breaks
from indexer.clause_limits import limit
from indexer.clauses import find_cues
from indexer.feature_groups import feature_names
from indexer.marks import find_quoted
from indexer.name_tokens import read_tokens
from indexer.paragraphs import split
from indexer.readers.dispatch import read
from indexer.reported import find_clauses
from indexer.reporting_sentences import reporting_sentences

_FEWEST = 6


def cases(gold: Path) -> tuple[list[list[str]], list[int], list[int]]:
    """Features, whether the clause ends there, and the article of every break."""
    truth = {item["id"]: item for item in map(json.loads, gold.read_text("utf-8").splitlines())}
    features: list[list[str]] = []
    labels: list[int] = []
    articles: list[int] = []
    for number, article in enumerate(read(gold)):
        document = split(article)
        text = document.text
        spans = [(q["start"], q["end"]) for q in truth[article.id]["quotes"] if q["type"] != "direct"]
        marks = find_quoted(text, document.paragraphs)
        for _, words, _, places in reporting_sentences(document, read_tokens(document), marks):
            cues = find_cues(words, places)
            for clause in find_clauses(words, cues):
                if clause.open_end is False:
                    continue
                start = words[clause.first].start
                known = next((e for s, e in spans if abs(s - start) <= 5), None)
                if known is None:
                    continue
                inside = words[: limit(words, clause.first, clause.rule, cues)]
                for at, found in breaks(inside, clause.first, clause.rule, cues):
                    final = words[at - 1].end
                    if final > known + 2:
                        break
                    features.append(feature_names(found))
                    labels.append(int(abs(final - known) <= 2))
                    articles.append(number)
    return features, labels, articles


def main() -> None:
    """Train, tell how well, and write."""
    sets, out = arguments(__doc__)
    features, y, groups, counts = gathered(sets, cases)
    often = Counter(feature for found in features for feature in found)
    rows = [{feature: 1.0 for feature in found if often[feature] >= _FEWEST} for found in features]
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform(rows)
    right = 0
    for fold in range(5):
        test = groups % 5 == fold
        model = LogisticRegression(C=0.3, max_iter=400, fit_intercept=False).fit(x[~test], y[~test], counts[~test])
        right += int((model.predict(x[test]) == y[test]).sum())
    print(f"{len(y)} breaks, {y.mean():.3f} end a clause; right in cross-validation by article: {right / len(y):.3f}")
    model = LogisticRegression(C=0.3, max_iter=400, fit_intercept=False).fit(x, y, counts)
    weights = {
        name: round(float(weight), 2)
        for name, weight in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
        if abs(weight) >= 0.05
    }
    if out:
        card = {
            "provenance": f"Logistic regression by tests/bench/train_clause_ends.py on {len(y)} breaks of {told(sets)} "
            "(news articles with annotated attributions); features are closed-class words, marks and word shapes.",
            "weights": dict(sorted(weights.items())),
        }
        out.write_text(json.dumps(card, indent=0, ensure_ascii=False) + "\n", "utf-8")
        print(f"{len(weights)} weights in {out}")


if __name__ == "__main__":
    main()
