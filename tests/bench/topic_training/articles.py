"""Articles to learn topics from, whole and in pieces."""

from __future__ import annotations

import gzip
import json
import pathlib
import random
import re
from collections import Counter
from typing import NamedTuple

from indexer.topic_vocabulary import top_level, vocabulary
from indexer.topic_words import FeatureReader, hand_lexicon
from indexer.topics import TITLE_COUNTS
from search.analysis import words

TOPICS = list(top_level())
PLACES = {vocabulary()[name].label: place for place, name in enumerate(TOPICS)}
SECTIONS = {
    "World": "politics conflict crime disaster economy society environment health religion weather",
    "WORLD NEWS": "politics conflict crime disaster society environment health religion economy human weather",
    "U.S. NEWS": "crime disaster politics society weather health economy environment education conflict human",
    "COMEDY": "arts politics human",
    "STYLE & BEAUTY": "lifestyle arts",
    "BLACK VOICES": "society crime arts politics",
    "WOMEN": "society health lifestyle politics crime labour",
    "PARENTING": "lifestyle society human health education",
    "QUEER VOICES": "society arts politics crime",
    "IMPACT": "society environment disaster health",
    "LATINO VOICES": "society arts politics",
    "WEDDINGS": "lifestyle society",
}
"""What a section without a topic of its own may be about, by the first words of the topics' labels."""


class Item(NamedTuple):
    """An article: its topic, or those it may have; the whole of it, and all pieces with their weights."""

    source: str
    topic: int | None
    possible: frozenset[int]
    whole: Counter[str]
    pieces: list[tuple[Counter[str], float]]


class Texts:
    """Reads the files, and cuts articles in pieces."""

    def __init__(self, seed: int) -> None:
        self._reader = FeatureReader(f for topic in TOPICS for f in hand_lexicon()[topic])
        self._rng = random.Random(seed)
        self.counts: dict[str, int] = {}

    def load(self, path: str) -> list[Item]:
        source = pathlib.Path(path).name.split(".")[0]
        raw = pathlib.Path(path).read_bytes()
        lines = (gzip.decompress(raw) if path.endswith(".gz") else raw).decode().split("\n")
        items = [self._item(source, json.loads(line)) for line in lines if line.strip()]
        self.counts[pathlib.Path(path).name] = len(items)
        return items

    def _item(self, source: str, row: dict) -> Item:
        label = row.get("iptc_top")
        names = SECTIONS.get(row.get("label") or "", "").split()
        possible = frozenset(place for name, place in PLACES.items() if not names or re.split(r"\W", name)[0] in names)
        title, text = row.get("title") or "", row["text"]
        pieces = self._pieces(title, text)
        return Item(source, PLACES[label] if label else None, possible, pieces[0][0], pieces)

    def _pieces(self, title: str, text: str) -> list[tuple[Counter[str], float]]:
        tokens, read = list(words(text)), self._reader.read

        def both(title: str, text: str) -> Counter[str]:
            counts = Counter(read(text))
            for feature, count in read(title).items():
                counts[feature] += TITLE_COUNTS * count
            return counts

        found = [(both(title, text), 1.0)]
        if len(tokens) > 80:
            found.append((both(title, " ".join(tokens[:60])), 0.5))
            for _ in range(2):
                at = self._rng.randrange(len(tokens) - 25)
                found.append((Counter(read(" ".join(tokens[at : at + self._rng.randint(15, 40)]))), 0.4))
        else:
            found += [(both(title, ""), 0.4)] if title else []
            found += [(both("", text), 0.4)] if title and len(tokens) > 8 else []
        return found
