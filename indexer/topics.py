"""Topics of an article and of its records, in the newsroom's own vocabulary (IPTC Media Topics).

article:    the best level-1 topic always; a second and third where they are nearly as plain; below them the level-2
            topic whose own words the text has
records:    inherit the article's; a paragraph or quote that is plainly about something else gets that too
publisher:  topics that the input gives come first and are believed
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.article import InputError
from indexer.document import Document, Quotation
from indexer.name_tokens import Tokens
from indexer.topic_branches import Branches
from indexer.topic_counting import FeatureCounter, Numbers, counted, flattened
from indexer.topic_model import TopicModel, learned_weights
from indexer.topic_vocabulary import vocabulary
from indexer.topic_words import FeatureReader, read_lexicon
from search.analysis import raw_words
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
    """Topics of an article and of each paragraph of the document, best first, parents before children."""

    article: Topics
    paragraphs: tuple[Topics, ...]

    def of(self, quotation: Quotation) -> Topics:
        """A quote's topics: those of the paragraph where it begins."""
        return self.paragraphs[quotation.first_paragraph] or self.article


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
        self._counter = FeatureCounter([*self._model.features, *self._branches.features])  # the model's first
        of_branches = [feature in self._branches.features for feature in self._counter.known]
        self._of_branches = np.array([*of_branches, False])  # the last stands for all unknown ones

    @cached_property
    def _reader(self) -> FeatureReader:
        """Reads features by name: only who wants scores or reasons waits for it."""
        return FeatureReader([*self._model.features, *self._branches.features])

    def terms(self) -> tuple[TopicTerm, ...]:
        """The vocabulary."""
        return tuple(vocabulary().values())

    def tag(self, document: Document, tokens: Tokens | None = None) -> DocumentTopics:
        """Tag an article and its paragraphs.

        Args:
            document: The article.
            tokens: Its tokens, where they are at hand: the text need not be cut into words again.
        """
        title = len(document.paragraphs)
        features, of = self._counter.features(*self._stems(document, tokens))
        in_each, in_all = counted(features, of, np.where(of == title, TITLE_COUNTS, 1))
        whole, in_whole = features[in_all.places], in_all.times
        body = int(of[in_each.places].searchsorted(title))  # the headline is no paragraph
        places, times = in_each.places[:body], in_each.times[:body]
        paragraph, feature = of[places], features[places]
        various = np.bincount(paragraph, minlength=title)
        long = various >= REFINE_WORDS
        weighed, weighed_of_long = self._weighs(whole), self._weighs(feature) & long[paragraph]
        numbers = np.flatnonzero(long)
        shares = self._model.shares_of_rows(
            np.concatenate((whole[weighed], feature[weighed_of_long])),
            np.concatenate((in_whole[weighed], times[weighed_of_long])),
            np.append(np.count_nonzero(weighed), np.bincount(paragraph[weighed_of_long], minlength=title)[numbers]),
        )
        article = self._publishers(document.article.topics)
        if len(whole):
            branching = self._of_branches[np.minimum(whole, len(self._of_branches) - 1)]
            names = map(self._counter.known.__getitem__, whole[branching].tolist())
            below = dict(zip(names, in_whole[branching].tolist(), strict=True))
            article = _merged(article, self._chosen(self._ranked(shares[0]), below))
        paragraphs = self._refined(various.tolist(), article, dict(zip(numbers.tolist(), shares[1:], strict=True)))
        return DocumentTopics(article, paragraphs)

    def _weighs(self, features: Numbers) -> NDArray[np.bool_]:
        """Which features the model knows: its own have the lowest numbers."""
        return features < len(self._model.features)

    def scores(self, document: Document) -> Topics:
        """Every level-1 topic with its share, best first, and the chosen ones below them."""
        counts = self._counts(document)
        ranked = self._ranked(self._model.shares(counts)) if counts else []
        below = [topic for topic in self._chosen(ranked, counts) if vocabulary()[topic.id].level > 1] if counts else []
        found: list[RecordTopic] = []
        for name, share in ranked:
            found.append(RecordTopic(name, round(share, 4), "article"))
            found += [topic for topic in below if vocabulary()[topic.id].ancestors[0] == name]
        return tuple(found)

    def explain(self, document: Document, most: int = 12) -> Mapping[str, list[tuple[str, float]]]:
        """For each topic of an article, the words that decided: feature and what it added."""
        counts = self._counts(document)
        chosen = self._chosen(self._ranked(self._model.shares(counts)), counts) if counts else ()
        tops = [topic.id for topic in chosen if vocabulary()[topic.id].level == 1]
        return {top: self._model.contributions(counts, top)[:most] for top in tops}

    def _counts(self, document: Document) -> dict[str, int]:
        """Features of the article by name: its paragraphs', and its headline's, which counts twice."""
        read = self._reader.listed
        parts = [read(document.text[p.start : p.end]) for p in document.paragraphs if not p.masked]
        return Counter(chain.from_iterable((*parts, *[read(document.article.title)] * TITLE_COUNTS)))

    def _stems(self, document: Document, tokens: Tokens | None) -> tuple[Numbers, Numbers]:
        """Stems of each paragraph, none of a masked one, and of the headline, as numbers; and of which each is."""
        table = self._counter.table()
        title = list(map(table.__getitem__, raw_words(document.article.title.lower())))
        found = table.read(tokens.plain, tokens.paragraph) if tokens is not None else None
        if found is None:
            text = document.text
            return flattened(
                [*([] if p.masked else table.numbers(text[p.start : p.end]) for p in document.paragraphs), title]
            )
        stems, of = found
        return (
            np.concatenate((stems, np.array(title, np.int64))),
            np.concatenate((of, np.full(len(title), len(document.paragraphs)))),
        )

    def _ranked(self, shares: Sequence[float]) -> list[tuple[str, float]]:
        """Topics with their shares, best first."""
        return sorted(zip(self._model.topics, shares, strict=True), key=lambda pair: (-pair[1], pair[0]))

    def _chosen(self, ranked: Sequence[tuple[str, float]], counts: Mapping[str, int]) -> Topics:
        first = ranked[0][1]
        chosen = [ranked[0]] + [
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

    def _refined(
        self, various: Sequence[int], article: Topics, shares: Mapping[int, Sequence[float]]
    ) -> tuple[Topics, ...]:
        """For each paragraph the article's topics, and its own where it is plainly about something else."""
        seen = {topic.id for topic in article}
        found: list[Topics] = [article if features else () for features in various]
        for number, of_paragraph in shares.items():
            share = max(of_paragraph)
            name = self._model.topics[of_paragraph.index(share)]
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
