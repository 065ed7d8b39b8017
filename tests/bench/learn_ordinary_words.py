"""Learn which words news writes small: ``python tests/bench/learn_ordinary_words.py TEXTS.jsonl... [--write]``.

A word is ordinary when enough articles write it in small letters in the middle of a sentence, and few with a capital there
(which names do). Only words that the lexicon of people and organisations does not have are kept. The list tells names from
the capitals of headlines, titles and first words of sentences; it holds single words and nothing else of the texts.
"""

from __future__ import annotations

import argparse
import json
import re
import textwrap
from collections import Counter
from pathlib import Path

from indexer.people_words import lexicon

_INSIDE = re.compile(r"(?<=[a-z,] )[A-Za-z][A-Za-z]+(?=[ ,.;:?!\"”’'])")
_CALLED = frozenset(
    "art rich hope rose faith drew guy skip chip buck crystal summer autumn miles sue norm clay destiny patience merit dot".split()
)
"""Ordinary words that people are called by."""

_FEWEST_ARTICLES = 5
_LEAST_SHARE = 0.6
_DATA = Path(__file__).parents[2] / "indexer" / "data" / "ordinary_words.txt"
_HEAD = """\
# Words that news writes in small letters, beyond those of people_words.tsv: no names of their own at the head of a sentence or in a headline.
# Provenance: learned by tests/bench/learn_ordinary_words.py from {texts} news texts: words that at least {articles} of them write small within
# a sentence, and at least {share:.0%} of the times so. Single words only.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="replace the list that ships")
    options = parser.parse_args()
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    texts = 0
    for path in options.texts:
        for line in path.read_text(encoding="utf-8").splitlines():
            found = _INSIDE.findall(json.loads(line).get("text") or "")
            texts += bool(found)
            lower = [word for word in found if word.islower()]
            small.update(lower)
            articles.update(set(lower))
            capital.update(word.lower() for word in found if word.istitle())
    kept = sorted(
        word
        for word, number in articles.items()
        if number >= _FEWEST_ARTICLES
        and small[word] >= _LEAST_SHARE * (small[word] + capital[word])
        and not lexicon().get(word, 0)
        and word not in _CALLED
    )
    print(f"{len(kept)} words from {texts} texts")
    if options.write:
        head = _HEAD.format(texts=texts, articles=_FEWEST_ARTICLES, share=_LEAST_SHARE)
        _DATA.write_text(head + textwrap.fill(" ".join(kept), 150) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
