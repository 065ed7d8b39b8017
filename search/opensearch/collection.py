"""One generation in the cluster, open for reading: which index it is, its tables, its people and its articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from opensearchpy import OpenSearch

from search.errors import ConfigurationError, IndexMissingError, IndexVersionError, NotFoundError
from search.opensearch.connection import Address
from search.opensearch.documents import read_article, unpack
from search.opensearch.index_reader import IndexReader
from search.opensearch.people import People, has_words
from search.opensearch.words import words_of
from search.records import FORMAT_VERSION, Speaker, StoredArticle, TopicTerm

MOST_VALUES = 2000


class Collection:
    """Reads one generation. Nothing in it changes the index.

    Attributes:
        reader: The concrete index behind the alias.
        meta: Its ``_meta``: generation, built_at, extractor, format.
        people: Its speakers.
    """

    def __init__(self, client: OpenSearch, address: Address, index: str, meta: Mapping[str, Any]) -> None:
        self.reader, self.meta = IndexReader(client, address, index), meta
        self.people = People(self.reader)
        self._values: dict[str, Mapping[str, int]] = {}

    @property
    def index(self) -> str:
        """Name of the concrete index."""
        return self.reader.index

    @classmethod
    def current(cls, client: OpenSearch, address: Address, known: Collection | None = None) -> Collection:
        """The generation that the alias points at now.

        Args:
            client: The connection.
            address: The collection.
            known: The one seen last: kept with all it has read, when it is still the same.

        Raises:
            IndexMissingError: There is none.
            IndexVersionError: It has another format.
            ConfigurationError: The alias points at several.
        """
        if known is not None:
            brief = _metas(client, address, "*.mappings._meta.generation")
            if [(index, meta.get("generation")) for index, meta in brief.items()] == [(known.index, known.generation)]:
                return known
        found = _metas(client, address, "*.mappings._meta")
        if not found:
            if client.indices.exists(index=address.name):  # somebody else's
                raise IndexVersionError(address.text, None, FORMAT_VERSION)
            raise IndexMissingError(address.text)
        if len(found) > 1:
            raise ConfigurationError(
                f"{address.name} is an alias of {len(found)} indices", "give the name of one collection"
            )
        ((index, meta),) = found.items()
        if meta.get("format") != FORMAT_VERSION:
            raise IndexVersionError(address.text, meta.get("format"), FORMAT_VERSION)
        return cls(client, address, index, meta)

    @property
    def generation(self) -> str:
        """Its name."""
        return str(self.meta["generation"])

    @cached_property
    def topics(self) -> Mapping[str, TopicTerm]:
        """The vocabulary, by id."""
        rows = unpack(self.meta["topics"]) if self.meta.get("topics") else []
        terms = (TopicTerm(name, label, level, tuple(above)) for name, label, level, above in rows)
        return {term.id: term for term in terms}

    def topic_terms(self) -> Mapping[str, TopicTerm]:
        """The vocabulary, by id."""
        return self.topics

    def speakers_by_id(self, ids: Iterable[str]) -> Mapping[str, Speaker]:
        """Speakers by id, without their members; those that are not there are left out."""
        return self.people.by_id(ids)

    def names(self, field: str, words: Sequence[str], prefix: bool) -> Sequence[str]:
        """Ids of the speakers or topics that a ``field:`` clause names."""
        if field != "topic":
            return self.people.called(words, prefix)
        if len(words) == 1 and words[0] in self.topics:
            return [words[0]]
        folded = [word for part in words for word in words_of(part)]
        return [term.id for term in self.topics.values() if folded and has_words(folded, words_of(term.label), prefix)]

    def articles(self, ids: Iterable[str]) -> Mapping[str, StoredArticle]:
        """Articles by id; those that are not there are left out."""
        found = map(read_article, self.reader.named("article", dict.fromkeys(ids), str))
        return {article.id: article for article in found}

    def article(self, article_id: str) -> StoredArticle:
        """An article by id.

        Raises:
            NotFoundError: There is none.
        """
        if found := self.articles([article_id]).get(article_id):
            return found
        raise NotFoundError("article", article_id)

    def values(self, field: str) -> Mapping[str, int]:
        """The most frequent values of a field with the number of records, most first; read once."""
        if field not in self._values:
            self._values[field] = self.reader.found_terms(field, MOST_VALUES)
        return self._values[field]

    def near_words(self, word: str) -> list[tuple[str, int]]:
        """Words as written near a folded word, each with its number of records, by the cluster's own spelling index."""
        term = {"field": "text_words", "suggest_mode": "always", "min_word_length": 3, "size": 20, "sort": "frequency"}
        body = {"size": 0, "suggest": {"near": {"text": word, "term": term}}}
        entries = self.reader.ask(body)["suggest"]["near"]
        found = [(option["text"], int(option["freq"])) for entry in entries for option in entry["options"]]
        own = self.reader.count({"term": {"text_words": word}})
        return [*found, (word, own)] if own else found


def _metas(client: OpenSearch, address: Address, path: str) -> dict[str, Mapping[str, Any]]:
    """Index -> ``_meta`` of what the alias points at, with only what ``path`` lets through."""
    params = {"ignore_unavailable": "true", "filter_path": path}
    answer = client.indices.get_mapping(index=address.name, params=params)
    return {index: body["mappings"]["_meta"] for index, body in answer.items()}
