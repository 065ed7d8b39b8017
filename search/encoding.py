"""Articles and records as compact JSON: lists by position, nothing said twice, no code in the data.

A record's words are cut from its article when they are read; entity keys ``{article id}#{n}`` are kept as ``n``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from search.records import Attribution, LocalEntity, Record, RecordTopic, StoredArticle

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def _chunk_maker() -> Callable[[Any, int], Iterable[str]]:
    """What :class:`json.JSONEncoder` makes anew for each value: made once, small values take a third less time."""
    maker = getattr(json.encoder, "c_make_encoder", None)
    if maker is None:
        return lambda value, _: (_encoder.encode(value),)
    text = json.encoder.encode_basestring
    made: Callable[[Any, int], Iterable[str]] = maker(None, _encoder.default, text, None, ":", ",", False, False, True)
    return made


_chunks = _chunk_maker()


def dump(value: Any) -> bytes:
    """JSON as bytes; lone surrogates, which broken input can hold, come back as they were."""
    return dump_lines((value,))


def dump_lines(values: Iterable[Any]) -> bytes:
    """Several values, each as JSON on a line of its own; no line break stands inside one."""
    return "\n".join(["".join(_chunks(value, 0)) for value in values]).encode("utf-8", "surrogatepass")


def parse(content: bytes) -> Any:
    """The value that :func:`dump` was given, tuples as lists."""
    return json.loads(content.decode("utf-8", "surrogatepass"))


def dump_article(article: StoredArticle) -> bytes:
    """An article as JSON."""
    return dump(pack_article(article))


def pack_article(article: StoredArticle) -> tuple[Any, ...]:
    """An article as a list by position, for :func:`dump`."""
    a = article
    own = a.id + "#"
    entities = [(_short(e.key, own), e.name, e.kind, e.aliases, e.roles, e.pronouns, e.quotes) for e in a.entities]
    head = (a.id, a.url, a.title, a.outlet, a.author, a.published, a.language, a.genre, a.content_hash)
    return (*head, _topics(a.topics), entities, a.text)


def parse_article(content: bytes) -> StoredArticle:
    """An article as it was dumped."""
    return _unpack_article(parse(content))


def _unpack_article(values: list[Any]) -> StoredArticle:
    """An article as it was packed."""
    article_id, url, title, outlet, author, published, language, genre, content_hash, topics, entities, text = values
    return StoredArticle(
        id=article_id,
        url=url,
        title=title,
        outlet=outlet,
        author=author,
        published=published,
        language=language,
        genre=genre,
        text=text,
        content_hash=content_hash,
        topics=_read_topics(topics),
        entities=tuple(
            LocalEntity(_long(key, article_id), name, kind, tuple(aliases), tuple(roles), pronouns, quotes)
            for key, name, kind, aliases, roles, pronouns, quotes in entities
        ),
    )


def dump_record(record: Record, article: StoredArticle) -> bytes:
    """A record as JSON, without its id and what its article tells."""
    return dump(pack_record(record, article))


def pack_record(record: Record, article: StoredArticle) -> list[Any]:
    """A record as a list by position, without its id and what its article tells."""
    r, said, own = record, record.attribution, record.article_id + "#"
    same = r.text == article.text[r.start : r.end]
    row: list[Any] = [
        r.kind[:1], r.part, r.ordinal, r.start, r.end, r.paragraph_start, r.paragraph_end,
        [_short(key, own) for key in r.speakers] if r.speakers else [],
        [_short(key, own) for key in r.mentions] if r.mentions else [], _topics(r.topics),
    ]  # fmt: skip
    rest = (r.quote_type, r.cue, r.cue_lemma, r.cue_start, r.cue_end, int(r.interviewer))
    if said is not None or not same or rest != _PLAIN:
        row += rest
        row.append(None if said is None else _pack_attribution(said, own))
        if not same:
            row.append(r.text)
    while len(row) > _REQUIRED and row[-1] == _DEFAULTS[len(row) - 1]:
        row.pop()
    return row


def _pack_attribution(said: Attribution, own: str) -> list[Any]:
    who = None if said.entity is None else _short(said.entity, own)
    packed = [who, said.as_written, said.start, said.end, said.role, said.links, said.rule, said.confidence]
    if said.addressee is not None or said.relayed_by is not None:
        packed += [None if key is None else _short(key, own) for key in (said.addressee, said.relayed_by)]
    return packed


def parse_record(content: bytes, record_id: str, article: StoredArticle) -> Record:
    """A record as it was dumped; ``article`` is the one that it stands in."""
    return _unpack_record(parse(content), record_id, article)


def _unpack_record(values: list[Any], record_id: str, article: StoredArticle) -> Record:
    """A record as it was packed; ``article`` is the one that it stands in."""
    row = values + _DEFAULTS[len(values) :]
    (kind, part, ordinal, start, end, paragraph_start, paragraph_end, speakers, mentions, topics,
     quote_type, cue, cue_lemma, cue_start, cue_end, interviewer, said, text) = row  # fmt: skip
    return Record(
        id=record_id,
        kind="quote" if kind == "q" else "paragraph",
        article_id=article.id,
        part=part,
        ordinal=ordinal,
        start=start,
        end=end,
        text=article.text[start:end] if text is None else text,
        paragraph_start=paragraph_start,
        paragraph_end=paragraph_end,
        quote_type=quote_type,
        cue=cue,
        cue_lemma=cue_lemma,
        cue_start=cue_start,
        cue_end=cue_end,
        attribution=None if said is None else _read_attribution(said, article.id),
        speakers=tuple(_long(key, article.id) for key in speakers),
        mentions=tuple(_long(key, article.id) for key in mentions),
        topics=_read_topics(topics),
        interviewer=bool(interviewer),
    )


_PLAIN = ("", "", "", None, None, 0)
_REQUIRED = 7
_DEFAULTS: list[Any] = [None] * _REQUIRED + [[], [], [], "", "", "", None, None, 0, None, None]


def _read_attribution(said: list[Any], article_id: str) -> Attribution:
    who, as_written, start, end, role, links, rule, confidence, *others = said
    addressee, relay = others or (None, None)
    return Attribution(
        entity=None if who is None else _long(who, article_id),
        as_written=as_written,
        start=start,
        end=end,
        role=role,
        links=tuple(links),
        rule=rule,
        confidence=confidence,
        addressee=None if addressee is None else _long(addressee, article_id),
        relayed_by=None if relay is None else _long(relay, article_id),
    )


def _topics(topics: tuple[RecordTopic, ...]) -> list[list[Any]]:
    if not topics:
        return []
    return [[_short_topic(t.id), t.score, _ORIGIN_LETTERS.get(t.origin, t.origin)] for t in topics]


def _read_topics(topics: list[list[Any]]) -> tuple[RecordTopic, ...]:
    return tuple(
        RecordTopic(f"medtop:{code:08d}" if isinstance(code, int) else code, score, _ORIGINS.get(origin, origin))
        for code, score, origin in topics
    )


_ORIGINS = {"p": "publisher", "a": "article", "r": "record"}
_ORIGIN_LETTERS = {word: letter for letter, word in _ORIGINS.items()}


@lru_cache(1 << 12)
def _short_topic(topic_id: str) -> int | str:
    short = len(topic_id) == 15 and topic_id.startswith("medtop:") and topic_id.isascii() and topic_id[7:].isdecimal()
    return int(topic_id[7:]) if short else topic_id


def _short(key: str, own: str) -> int | str:
    """The number in ``key``, where it is ``own`` and a number as usually written."""
    if key.startswith(own):
        number = key[len(own) :]
        if number.isdecimal() and number.isascii() and (number[0] != "0" or number == "0"):
            return int(number)
    return key


def _long(key: int | str, article_id: str) -> str:
    return f"{article_id}#{key}" if isinstance(key, int) else key
