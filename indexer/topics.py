"""Topics of an article and of its records, in the newsroom's own vocabulary (IPTC Media Topics).

article:    the best level-1 topic always; a second and third where they are nearly as plain; below them the level-2
            topic whose own words the text has
records:    inherit the article's; a paragraph or quote that is plainly about something else gets that too
publisher:  topics that the input gives come first and are believed
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.article import InputError
from indexer.document import Document, Quotation
from indexer.topic_branches import Branches
from indexer.topic_model import TopicModel, learned_weights
from indexer.topic_vocabulary import vocabulary
from indexer.topic_words import FeatureReader, read_lexicon
from search.records import RecordTopic, TopicTerm

TITLE_COUNTS = 2
MOST_TOPICS = 3
SECOND_SHARE = 0.18
"""Least share of a second or third topic, and ..."""
SECOND_TO_FIRST = 0.45
"""... least part of the first one's share."""
REFINE_SHARE = 0.6
REFINE_WORDS = 14

Topics = tuple[RecordTopic, ...]


@dataclass(frozen=True, slots=True)
class DocumentTopics:
    """Topics of an article, of each paragraph of the document, and of each quote, best first, parents before children."""

    article: Topics
    paragraphs: tuple[Topics, ...]
    quotes: tuple[Topics, ...]


class TopicTagger:
    """Tags articles. Loading takes some tens of milliseconds; tagging is safe from several threads."""

    def __init__(self, own_terms: Path | None = None) -> None:
        """Load the model.

        Args:
            own_terms: A newsroom's own terms, in TOML like the lexicon; by default the file that ``ONRECORD_TOPICS`` names.

        Raises:
            InputError: The file cannot be read.
        """
        named = os.environ.get("ONRECORD_TOPICS")
        own_terms = own_terms or (Path(named) if named else None)
        extra = _own(own_terms) if own_terms else {}
        self._model = TopicModel(learned_weights(), extra)
        self._branches = Branches(extra)
        self._reader = FeatureReader([*self._model.features, *self._branches.features])

    def terms(self) -> tuple[TopicTerm, ...]:
        """The vocabulary."""
        return tuple(vocabulary().values())

    def tag(self, document: Document, quotations: Sequence[Quotation]) -> DocumentTopics:
        """Tag an article and what is in it."""
        parts = self._parts(document)
        counts = self._whole(document, parts)
        article = self._publishers(document.article.topics)
        if counts:
            article = _merged(article, self._chosen(counts))
        seen = {topic.id for topic in article}
        paragraphs = self._refined(parts, article, seen)
        quotes = tuple(paragraphs[q.first_paragraph] or article for q in quotations)
        return DocumentTopics(article, paragraphs, quotes)

    def scores(self, document: Document) -> Topics:
        """Every level-1 topic with its share, best first, and the chosen ones below them."""
        counts = self._counts(document)
        ranked = self._ranked(counts) if counts else []
        below = [topic for topic in self._chosen(counts) if vocabulary()[topic.id].level > 1] if counts else []
        found: list[RecordTopic] = []
        for name, share in ranked:
            found.append(RecordTopic(name, round(share, 4), "article"))
            found += [topic for topic in below if vocabulary()[topic.id].ancestors[0] == name]
        return tuple(found)

    def explain(self, document: Document, most: int = 12) -> Mapping[str, list[tuple[str, float]]]:
        """For each topic of an article, the words that decided: feature and what it added."""
        counts = self._counts(document)
        tops = [topic.id for topic in self._chosen(counts) if vocabulary()[topic.id].level == 1] if counts else []
        return {top: self._model.contributions(counts, top)[:most] for top in tops}

    def _counts(self, document: Document) -> dict[str, int]:
        return self._whole(document, self._parts(document))

    def _parts(self, document: Document) -> list[dict[str, int]]:
        """Features of each paragraph; none of a masked one."""
        text, read = document.text, self._reader.read
        return [{} if p.masked else read(text[p.start : p.end]) for p in document.paragraphs]

    def _whole(self, document: Document, parts: Sequence[Mapping[str, int]]) -> dict[str, int]:
        """Features of the article: its paragraphs', and its headline's."""
        counts: dict[str, int] = {}
        for part in parts:
            for feature, count in part.items():
                counts[feature] = counts.get(feature, 0) + count
        for feature, count in self._reader.read(document.article.title).items():
            counts[feature] = counts.get(feature, 0) + count * TITLE_COUNTS
        return counts

    def _ranked(self, counts: Mapping[str, int]) -> list[tuple[str, float]]:
        shares = zip(self._model.topics, self._model.shares(counts), strict=True)
        return sorted(shares, key=lambda pair: (-pair[1], pair[0]))

    def _chosen(self, counts: Mapping[str, int]) -> Topics:
        ranked = self._ranked(counts)
        first = ranked[0][1]
        chosen = ranked[:1] + [
            pair for pair in ranked[1:MOST_TOPICS] if pair[1] >= SECOND_SHARE and pair[1] >= SECOND_TO_FIRST * first
        ]
        found: list[RecordTopic] = []
        for name, share in chosen:
            found.append(RecordTopic(name, round(share, 4), "article"))
            found += [
                RecordTopic(branch, round(share * part, 4), "article")
                for branch, part in self._branches.below(name, counts)
            ]
        return tuple(found)

    def _refined(self, parts: Sequence[Mapping[str, int]], article: Topics, seen: set[str]) -> tuple[Topics, ...]:
        """For each paragraph the article's topics, and its own where it is plainly about something else."""
        found: list[Topics] = [article if part else () for part in parts]
        long = [number for number, part in enumerate(parts) if len(part) >= REFINE_WORDS]
        for number, shares in zip(long, self._model.shares_of_each([parts[n] for n in long]), strict=True):
            share, name = max(zip(shares, self._model.topics, strict=True), key=lambda pair: pair[0])
            if share >= REFINE_SHARE and name not in seen:
                found[number] = (*article, RecordTopic(name, round(share, 4), "record"))
        return tuple(found)

    def _publishers(self, topics: Iterable[str]) -> Topics:
        known = vocabulary()
        with_parents = (name for topic in topics if topic in known for name in (*known[topic].ancestors, topic))
        return tuple(RecordTopic(name, 1.0, "publisher") for name in dict.fromkeys(with_parents))


def _merged(first: Topics, second: Topics) -> Topics:
    known = {topic.id for topic in first}
    return (*first, *(topic for topic in second if topic.id not in known))


def _own(path: Path) -> Mapping[str, Mapping[str, float]]:
    try:
        return read_lexicon(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"the topic terms in {path} cannot be read ({error})", "see the help on topics") from error
