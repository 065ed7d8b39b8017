"""One generation in the cluster, open for reading: its index, its tables, and look-ups by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from opensearchpy import OpenSearch

from search.engine import Hit, SpeakerPage, Variants
from search.errors import (
    BadRequestError,
    ConfigurationError,
    EngineUnavailableError,
    IndexMissingError,
    IndexVersionError,
    NotFoundError,
)
from search.opensearch import bulk
from search.opensearch.connection import Address
from search.opensearch.documents import (
    SPEAKER_SHOWN,
    Document,
    document_name,
    read_article,
    read_record,
    read_speaker,
    unpack,
)
from search.opensearch.words import words_of
from search.records import FORMAT_VERSION, Speaker, StoredArticle, TopicTerm

MOST = 10_000
"""Hits that one answer of the cluster may have."""

MOST_KEPT = 20_000
"""Speakers kept in memory."""

RECORD_SHOWN = ["id", "sort", "article_id", "speaker", "mentions", "variant", "blob"]
"""Fields that a page needs of a record."""


class Collection:
    """Reads one index. Nothing in it changes the index.

    Attributes:
        index: The concrete index behind the alias.
        meta: Its ``_meta``: generation, built_at, extractor, format.
    """

    def __init__(self, client: OpenSearch, address: Address, index: str, meta: Mapping[str, Any]) -> None:
        self._client, self._address = client, address
        self.index, self.meta = index, meta
        self._speakers: dict[str, Speaker] = {}
        self._values: dict[str, Mapping[str, int]] = {}

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

    def search(self, body: Mapping[str, Any], preference: str) -> Any:
        """Run a search on this index; parts may be missing, as the answer says.

        Args:
            body: The search.
            preference: Searches with one preference go to the same copies of the shards, whose scores may differ a little
                from those of the others: so that no page repeats or lacks a hit.
        """
        params = {"search_type": "dfs_query_then_fetch", "preference": preference}
        return self._client.search(index=self.index, body=body, params=params)

    def count(self, query: Mapping[str, Any]) -> int:
        """How many documents match."""
        return bulk.count(self._client, self.index, query)

    def _ask(self, body: Mapping[str, Any]) -> Any:
        """Look something up: everything that is there, or an error."""
        answer = self._client.search(index=self.index, body=body, params={"allow_partial_search_results": "false"})
        if answer["timed_out"]:
            raise EngineUnavailableError(self._address.text, "a look-up took too long", "try again later")
        return answer

    def _get(
        self, sort: str, names: Iterable[str], routing: Callable[[str], str], fields: Sequence[str] = ()
    ) -> list[Document]:
        """Documents by name; those that are not there are left out, those that cannot be reached are an error."""
        wanted = ({"_index": self.index, "_id": document_name(sort, name), "routing": routing(name)} for name in names)
        docs = [{**doc, "_source": list(fields)} if fields else doc for doc in wanted]
        found = self._client.mget(body={"docs": docs})["docs"] if docs else []
        for doc in found:
            if "error" in doc:
                raise EngineUnavailableError(self._address.text, f"index {self.index} lacks shards", "start its nodes")
        return [doc["_source"] for doc in found if doc.get("found")]

    # People

    def speakers_by_id(self, ids: Iterable[str]) -> Mapping[str, Speaker]:
        """Speakers by id, without their members; those that are not there are left out."""
        wanted = list(dict.fromkeys(ids))
        missing = [name for name in wanted if name not in self._speakers]
        if len(self._speakers) > MOST_KEPT:
            self._speakers = {}
            missing = wanted
        known = dict(self._speakers)
        for document in self._get("speaker", missing, str, SPEAKER_SHOWN):
            speaker = read_speaker(document)
            known[speaker.id] = self._speakers[speaker.id] = speaker
        return {name: known[name] for name in wanted if name in known}

    def speaker_ids(self, keys: Sequence[str]) -> list[str]:
        """Ids of speakers named by id, slug or old slug; a key that nobody has stays as it is and finds nothing."""
        found: dict[str, Speaker] = {}
        query = {"bool": {"filter": [{"term": {"sort": "speaker"}}, {"terms": {"keys": list(keys)}}]}}
        for document in self._sources(query, min(MOST, 3 * len(keys) + 10), SPEAKER_SHOWN):
            speaker = read_speaker(document)
            for key in (speaker.id, speaker.slug, *speaker.old_slugs):
                if key not in found or (key in (speaker.id, speaker.slug)):
                    found[key] = speaker
        return list(dict.fromkeys(found[key].id if key in found else key for key in keys))

    def speaker(self, key: str) -> Speaker:
        """A speaker by id, slug or old slug.

        Raises:
            NotFoundError: There is none.
        """
        (name,) = self.speaker_ids([key])
        for document in self._get("speaker", [name], str):
            return read_speaker(document)
        raise NotFoundError("speaker", key)

    def speakers(self, query: str, page: int, per_page: int) -> SpeakerPage:
        """Speakers for whom each word of ``query`` begins a word of some alias."""
        prefixes = [{"prefix": {"alias_words": {"value": word}}} for word in words_of(query)]
        if query.strip() and not prefixes:
            return SpeakerPage(0, ())
        start = (max(page, 1) - 1) * per_page
        if start + per_page > MOST:
            raise BadRequestError(f"the list of speakers reaches {MOST:,} deep", "search for a name")
        body = {
            "query": {"bool": {"filter": [{"term": {"sort": "speaker"}}, *prefixes]}},
            "sort": [{"quotes": "desc"}, {"order": "asc"}, {"id": "asc"}],
            "from": start,
            "size": per_page,
            "track_total_hits": True,
            "_source": SPEAKER_SHOWN,
        }
        hits = self._ask(body)["hits"]
        return SpeakerPage(hits["total"]["value"], tuple(read_speaker(hit["_source"]) for hit in hits["hits"]))

    def names(self, field: str, words: Sequence[str], prefix: bool) -> Sequence[str]:
        """Ids of the speakers or topics that a ``field:`` clause names."""
        if field == "topic":
            return self._topics_named(words, prefix)
        folded = [word for part in words for word in words_of(part)]
        if not folded:
            return []
        *whole, last = folded
        clauses: list[dict[str, Any]] = [{"term": {"alias_words": word}} for word in whole]
        clauses.append({"prefix": {"alias_words": {"value": last}}} if prefix else {"term": {"alias_words": last}})
        query = {"bool": {"filter": [{"term": {"sort": "speaker"}}, *clauses]}}
        found = self._sources(query, MOST, ["id", "alias_words"])
        if len(found) == MOST:
            raise BadRequestError(
                f"{MOST:,} speakers and more are called {' '.join(folded)!r}", "write more of the name"
            )
        return [document["id"] for document in found if _in_one_alias(folded, document["alias_words"], prefix)]

    def _topics_named(self, words: Sequence[str], prefix: bool) -> list[str]:
        if len(words) == 1 and words[0] in self.topics:
            return [words[0]]
        folded = [word for part in words for word in words_of(part)]
        return [term.id for term in self.topics.values() if folded and _begin(folded, words_of(term.label), prefix)]

    # Articles and hits

    def articles(self, ids: Iterable[str]) -> Mapping[str, StoredArticle]:
        """Articles by id; those that are not there are left out."""
        docs = [
            {"_index": self.index, "_id": document_name("article", name), "routing": name}
            for name in dict.fromkeys(ids)
        ]
        found = self._client.mget(body={"docs": docs})["docs"] if docs else []
        return {doc["_source"]["id"]: read_article(doc["_source"]) for doc in found if doc.get("found")}

    def article(self, article_id: str) -> StoredArticle:
        """An article by id.

        Raises:
            NotFoundError: There is none.
        """
        if found := self.articles([article_id]).get(article_id):
            return found
        raise NotFoundError("article", article_id)

    def record_documents(
        self, query: Mapping[str, Any], sort: Sequence[Any], fields: Sequence[str] = RECORD_SHOWN
    ) -> list[Document]:
        """Records that match, at most ten thousand."""
        body = {
            "query": {"bool": {"filter": [{"term": {"sort": "record"}}, query]}},
            "sort": list(sort),
            "size": MOST,
            "_source": list(fields),
        }
        return [hit["_source"] for hit in self._ask(body)["hits"]["hits"]]

    def hits(self, documents: Sequence[Document], scores: Sequence[float]) -> Iterator[Hit]:
        """Everything that a page shows of records."""
        articles = self.articles(document["article_id"] for document in documents)
        people = self.speakers_by_id(
            name for document in documents for field in ("speaker", "mentions") for name in document.get(field, ())
        )
        variants = self._variants({document["variant"] for document in documents if document.get("variant")})
        for document, score in zip(documents, scores, strict=True):
            article = articles.get(document["article_id"])
            if article is None:  # deleted between the search and this look-up
                continue
            record, review = read_record(document, article)
            said = [people[name] for name in document.get("speaker", ()) if name in people]
            quote = record.kind == "quote"
            begin, end = min(record.paragraph_start, record.start), max(record.paragraph_end, record.end)
            yield Hit(
                record=record,
                article=article,
                score=score,
                speaker=said[0] if quote and said else None,
                speakers=() if quote else tuple(said),
                mentions=tuple(people[name] for name in document.get("mentions", ()) if name in people),
                topics=tuple(self.topics[topic.id] for topic in record.topics if topic.id in self.topics),
                before=article.text[begin : record.start],
                after=article.text[record.end : end],
                variants=variants.get(document.get("variant", ""), Variants(ids=(record.id,))),
                review=review,
            )

    # The whole

    def values(self, field: str) -> Mapping[str, int]:
        """The most frequent values of a field with the number of records, most first."""
        if field not in self._values:
            body = {"size": 0, "query": {"term": {"sort": "record"}}, "aggs": {"values": _terms(field, 2000)}}
            buckets = self._ask(body)["aggregations"]["values"]["buckets"]
            self._values[field] = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
        return self._values[field]

    def near_words(self, word: str) -> list[tuple[str, int]]:
        """Words as written near a folded word, each with its number of records, by the cluster's own spelling index."""
        term = {"field": "text_words", "suggest_mode": "always", "min_word_length": 3, "size": 20, "sort": "frequency"}
        body = {"size": 0, "suggest": {"near": {"text": word, "term": term}}}
        entries = self._ask(body)["suggest"]["near"]
        found = [(option["text"], int(option["freq"])) for entry in entries for option in entry["options"]]
        own = self.count({"term": {"text_words": word}})
        return [*found, (word, own)] if own else found

    def figures(self) -> dict[str, Any]:
        """Totals for :class:`search.engine.Stats`, by its names."""
        aggregations = {
            "sorts": _terms("sort", 5),
            "kinds": _terms("kind", 5),
            "attributed": {
                "filter": {"bool": {"filter": [{"term": {"kind": "quote"}}, {"exists": {"field": "speaker"}}]}}
            },
            "speaking": {
                "filter": {"bool": {"filter": [{"term": {"sort": "speaker"}}, {"range": {"quotes": {"gt": 0}}}]}}
            },
            "topics": {"cardinality": {"field": "topic"}},
            "outlets": {"cardinality": {"field": "outlet"}},
            "first": {"min": {"field": "published"}},
            "last": {"max": {"field": "published"}},
        }
        found = self._ask({"size": 0, "aggs": aggregations})["aggregations"]
        sorts = {bucket["key"]: bucket["doc_count"] for bucket in found["sorts"]["buckets"]}
        kinds = {bucket["key"]: bucket["doc_count"] for bucket in found["kinds"]["buckets"]}
        return {
            "articles": sorts.get("article", 0),
            "quotes": kinds.get("quote", 0),
            "paragraphs": kinds.get("paragraph", 0),
            "attributed": found["attributed"]["doc_count"],
            "speakers": found["speaking"]["doc_count"],
            "named": sorts.get("speaker", 0),
            "topics": found["topics"]["value"],
            "outlets": found["outlets"]["value"],
            "first_day": found["first"].get("value_as_string", ""),
            "last_day": found["last"].get("value_as_string", ""),
        }

    def problems(self, health: Mapping[str, Any]) -> Iterator[str]:
        """One sentence for each thing that is wrong with the index, given what the cluster says of its health."""
        if health["status"] == "red":
            yield f"index {self.index} is red: {health['unassigned_shards']} shards are on no node"
            return
        if not self.meta.get("complete"):
            yield f"index {self.index} was never completed"
        held, committed = self.count({"match_all": {}}), self.meta.get("documents")
        if committed is not None and held != committed:
            yield f"index {self.index} was committed with {committed} documents and has {held}"
        body = {
            "size": 0,
            "query": {"term": {"sort": "record"}},
            "aggs": {"articles": {"cardinality": {"field": "article_id", "precision_threshold": 40_000}}},
        }
        with_records = self._ask(body)["aggregations"]["articles"]["value"]
        articles = self.count({"term": {"sort": "article"}})
        if with_records > articles * 1.05 + 1:  # the cluster's count of distinct values is approximate
            yield f"index {self.index} has records of {with_records} articles and {articles} articles"

    def _variants(self, groups: set[str]) -> Mapping[str, Variants]:
        if not groups:
            return {}
        documents = self.record_documents(
            {"terms": {"variant": sorted(groups)}},
            [{"published": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
            ["id", "article_id", "outlet", "variant"],
        )
        found: dict[str, list[Document]] = {}
        for document in documents:
            found.setdefault(document["variant"], []).append(document)
        return {
            group: Variants(
                ids=tuple(member["id"] for member in members),
                articles=len({member["article_id"] for member in members}),
                outlets=max(1, len({member["outlet"] for member in members if member.get("outlet")})),
            )
            for group, members in found.items()
        }

    def _sources(self, query: Mapping[str, Any], size: int, fields: Sequence[str]) -> list[Document]:
        hits = self._ask({"query": query, "size": size, "_source": list(fields)})["hits"]["hits"]
        return [hit["_source"] for hit in hits]


def _metas(client: OpenSearch, address: Address, path: str) -> dict[str, Mapping[str, Any]]:
    """Index -> ``_meta`` of what the alias points at, with only what ``path`` lets through."""
    params = {"ignore_unavailable": "true", "filter_path": path}
    answer = client.indices.get_mapping(index=address.name, params=params)
    return {index: body["mappings"]["_meta"] for index, body in answer.items()}


def _terms(field: str, size: int) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size}}


def _in_one_alias(folded: Sequence[str], aliases: Iterable[str], prefix: bool) -> bool:
    return any(_begin(folded, alias.split(), prefix) for alias in aliases)


def _begin(wanted: Sequence[str], words: Sequence[str], prefix: bool) -> bool:
    *whole, last = wanted
    begun = prefix and any(word.startswith(last) for word in words)
    return all(word in words for word in whole) and (last in words or begun)
