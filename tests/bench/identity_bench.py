#!/usr/bin/env python3
"""Are the right names one person? identity_bench.py PAIRS.jsonl ARTICLES... [--json OUT]

Each line of PAIRS: ``{"a": {"article": ID, "name": NAME}, "b": {...}, "same": true | false | null}``, labelled by somebody
who has not seen what was decided; null is passed over. The articles are indexed and each name is looked for among the
people and organisations of its article (its name there, else an alias, else a name that differs by its titles). Prints
pairwise precision (of the pairs taken for one, how many are) and recall (of the pairs that are one, how many were taken
so), every error, and apart from these the pairs of which a name was not found at all.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.collection import Settings, reindex
from indexer.identity.names import fold, person_name
from search.engine import Engine, EntityInArticle, open_engine

Pair = dict[str, Any]


@dataclass(slots=True)
class Scores:
    """Pairs by what was decided; ``missing`` are those with a name that its article's entities do not have."""

    right_same: list[Pair] = field(default_factory=list)
    wrong_same: list[Pair] = field(default_factory=list)
    right_apart: list[Pair] = field(default_factory=list)
    wrong_apart: list[Pair] = field(default_factory=list)
    missing: list[Pair] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the pairs taken for one, the share that are."""
        taken = len(self.right_same) + len(self.wrong_same)
        return len(self.right_same) / taken if taken else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that are one, the share taken so."""
        are = len(self.right_same) + len(self.wrong_apart)
        return len(self.right_same) / are if are else 1.0


class Identities:
    """Who a name of an article belongs to."""

    def __init__(self, engine: Engine) -> None:
        self._of_article: dict[str, list[EntityInArticle]] = {}
        self._speaker_of: dict[str, str] = {}
        with engine.update() as writer:
            for item in writer.entities():
                self._of_article.setdefault(item.article_id, []).append(item)
            tables = writer.previous()
        for speaker in tables.speakers if tables else ():
            self._speaker_of.update(dict.fromkeys(speaker.members, speaker.id))

    def find(self, article: str, name: str) -> str | None:
        """The speaker's id, or None."""
        wanted = fold(name)
        entities = [item.entity for item in self._of_article.get(article, ())]
        for entity in entities:
            if fold(entity.name) == wanted:
                return self._speaker_of[entity.key]
        for entity in entities:
            if wanted in map(fold, entity.aliases):
                return self._speaker_of[entity.key]
        for entity in entities:
            if entity.kind == "person" and person_name(entity.name) == person_name(name):
                return self._speaker_of[entity.key]
        return None


def score(pairs: Sequence[Pair], identities: Identities) -> Scores:
    """Compare the labels with what was decided."""
    scores = Scores()
    for pair in pairs:
        if pair["same"] is None:
            continue
        one, other = (identities.find(pair[side]["article"], pair[side]["name"]) for side in ("a", "b"))
        if one is None or other is None:
            scores.missing.append(pair)
        elif one == other:
            (scores.right_same if pair["same"] else scores.wrong_same).append(pair)
        else:
            (scores.wrong_apart if pair["same"] else scores.right_apart).append(pair)
    return scores


def read_pairs(path: Path) -> list[Pair]:
    """The labelled pairs of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _shown(pair: Pair) -> str:
    a, b = pair["a"], pair["b"]
    return f"{a['name']} ({a['article']})  |  {b['name']} ({b['article']})  {pair.get('note', '')}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("articles", nargs="+", help="files or folders, as 'onrecord reindex' takes them")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    given = parser.parse_args()
    pairs = read_pairs(given.pairs)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(str(Path(folder) / "index"))
        reindex(engine, given.articles, Settings())
        scores = score(pairs, Identities(engine))
        engine.close()
    for title, some in (
        ("taken for one, but two", scores.wrong_same),
        ("taken for two, but one", scores.wrong_apart),
        ("a name was not found", scores.missing),
    ):
        for pair in some:
            print(f"{title}: {_shown(pair)}")
    found = {
        "pairs": len(pairs),
        "right": len(scores.right_same) + len(scores.right_apart),
        "wrongly_one": len(scores.wrong_same),
        "wrongly_two": len(scores.wrong_apart),
        "not_found": len(scores.missing),
        "precision": round(scores.precision, 4),
        "recall": round(scores.recall, 4),
    }
    print(json.dumps(found))
    if given.json:
        given.json.write_text(json.dumps(found, indent=1), "utf-8")


if __name__ == "__main__":
    main()
