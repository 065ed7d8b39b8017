"""The people of a generation: by id, by the keys of addresses, and by the words of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search.engine import SpeakerPage
from search.errors import BadRequestError, NotFoundError
from search.opensearch.documents import SPEAKER_SHOWN, read_speaker
from search.opensearch.index_reader import MOST, IndexReader
from search.opensearch.words import words_of
from search.records import Speaker

MOST_KEPT = 20_000
"""Speakers kept in memory."""


class People:
    """Reads the speakers of one index; those that were read by id are kept."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._known: dict[str, Speaker] = {}

    def by_id(self, ids: Iterable[str]) -> Mapping[str, Speaker]:
        """Speakers by id, without their members; those that are not there are left out."""
        wanted = list(dict.fromkeys(ids))
        missing = [name for name in wanted if name not in self._known]
        if len(self._known) > MOST_KEPT:
            self._known = {}
            missing = wanted
        known = dict(self._known)
        for document in self._reader.named("speaker", missing, str, SPEAKER_SHOWN):
            speaker = read_speaker(document)
            known[speaker.id] = self._known[speaker.id] = speaker
        return {name: known[name] for name in wanted if name in known}

    def ids(self, keys: Sequence[str]) -> list[str]:
        """Ids of speakers named by id, slug or old slug; a key that nobody has stays as it is and finds nothing."""
        found: dict[str, Speaker] = {}
        query = {"bool": {"filter": [{"term": {"sort": "speaker"}}, {"terms": {"keys": list(keys)}}]}}
        for document in self._reader.sources(query, min(MOST, 3 * len(keys) + 10), SPEAKER_SHOWN):
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
        (name,) = self.ids([key])
        for document in self._reader.named("speaker", [name], str):
            return read_speaker(document)
        raise NotFoundError("speaker", key)

    def listed(self, query: str, page: int, per_page: int) -> SpeakerPage:
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
        hits = self._reader.ask(body)["hits"]
        return SpeakerPage(hits["total"]["value"], tuple(read_speaker(hit["_source"]) for hit in hits["hits"]))

    def called(self, words: Sequence[str], prefix: bool) -> list[str]:
        """Ids of those with one alias that has all words; the last may begin one, when ``prefix``."""
        folded = [word for part in words for word in words_of(part)]
        if not folded:
            return []
        *whole, last = folded
        clauses: list[dict[str, Any]] = [{"term": {"alias_words": word}} for word in whole]
        clauses.append({"prefix": {"alias_words": {"value": last}}} if prefix else {"term": {"alias_words": last}})
        query = {"bool": {"filter": [{"term": {"sort": "speaker"}}, *clauses]}}
        found = self._reader.sources(query, MOST, ["id", "alias_words"])
        if len(found) == MOST:
            raise BadRequestError(
                f"{MOST:,} speakers and more are called {' '.join(folded)!r}", "write more of the name"
            )
        return [
            document["id"]
            for document in found
            if any(has_words(folded, alias.split(), prefix) for alias in document["alias_words"])
        ]


def has_words(wanted: Sequence[str], words: Sequence[str], prefix: bool) -> bool:
    """Whether all wanted words are among the words; the last may begin one, when ``prefix``."""
    *whole, last = wanted
    begun = prefix and any(word.startswith(last) for word in words)
    return all(word in words for word in whole) and (last in words or begun)
