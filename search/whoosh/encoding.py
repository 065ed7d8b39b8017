"""Articles and records as compact JSON: lists by position, nothing said twice, no code in the data.

A record's words are cut from its article when they are read; entity keys ``{article id}#{n}`` are kept as ``n``.
"""

from __future__ import annotations

import json
from typing import Any

from search.records import Attribution, LocalEntity, Record, RecordTopic, StoredArticle

_DUMP = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def dump(value: Any) -> bytes:
    """JSON as bytes; lone surrogates, which broken input can hold, come back as they were."""
    return _DUMP(value).encode("utf-8", "surrogatepass")


def parse(content: bytes) -> Any:
    """The value that :func:`dump` was given, tuples as lists."""
    return json.loads(content.decode("utf-8", "surrogatepass"))


def dump_article(article: StoredArticle) -> bytes:
    """An article for the article store."""
    a = article
    entities = [[_short(e.key, a.id), e.name, e.kind, e.aliases, e.roles, e.pronouns, e.quotes] for e in a.entities]
    head = [a.id, a.url, a.title, a.outlet, a.author, a.published, a.language, a.genre, a.content_hash]
    return dump([*head, _topics(a.topics), entities, a.text])


def parse_article(content: bytes) -> StoredArticle:
    """An article as it was stored."""
    article_id, url, title, outlet, author, published, language, genre, content_hash, topics, entities, text = parse(
        content
    )
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
    """A record for the record store, without what its article tells."""
    r, said = record, record.attribution
    row: list[Any] = [
        r.id, r.kind[:1], r.part, r.ordinal, r.start, r.end, r.paragraph_start, r.paragraph_end,
        [_short(key, r.article_id) for key in r.speakers], [_short(key, r.article_id) for key in r.mentions],
        _topics(r.topics), r.quote_type, r.cue, r.cue_lemma, r.cue_start, r.cue_end, int(r.interviewer),
    ]  # fmt: skip
    if said is not None:
        who, addressee, relay = (
            None if key is None else _short(key, r.article_id) for key in (said.entity, said.addressee, said.relayed_by)
        )
        row.append([who, said.as_written, said.start, said.end, said.role, said.links, said.rule, said.confidence])
        if addressee is not None or relay is not None:
            row[-1] += [addressee, relay]
    else:
        row.append(None)
    if r.text != article.text[r.start : r.end]:
        row.append(r.text)
    while row[-1] in (None, "", 0, []) and len(row) > 8:
        row.pop()
    return dump(row)


def parse_record(content: bytes, article: StoredArticle) -> Record:
    """A record as it was stored; ``article`` is the one that it stands in."""
    row = parse(content)
    row += _DEFAULTS[len(row) :]
    (record_id, kind, part, ordinal, start, end, paragraph_start, paragraph_end, speakers, mentions, topics,
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


_DEFAULTS: list[Any] = [None] * 8 + [[], [], [], "", "", "", None, None, 0, None, None]


def record_id(content: bytes) -> str:
    """Only the id of a stored record."""
    return str(parse(content)[0])


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
    return [[_short_topic(t.id), t.score, _ORIGIN_LETTERS.get(t.origin, t.origin)] for t in topics]


def _read_topics(topics: list[list[Any]]) -> tuple[RecordTopic, ...]:
    return tuple(
        RecordTopic(f"medtop:{code:08d}" if isinstance(code, int) else code, score, _ORIGINS.get(origin, origin))
        for code, score, origin in topics
    )


_ORIGINS = {"p": "publisher", "a": "article", "r": "record"}
_ORIGIN_LETTERS = {word: letter for letter, word in _ORIGINS.items()}


def _short_topic(topic_id: str) -> int | str:
    code = topic_id[7:]
    short = topic_id.startswith("medtop:") and len(code) == 8 and code.isascii() and code.isdigit()
    return int(code) if short else topic_id


def _short(key: str, article_id: str) -> int | str:
    head, _, number = key.rpartition("#")
    short = head == article_id and number.isascii() and number.isdigit() and str(int(number)) == number
    return int(number) if short else key


def _long(key: int | str, article_id: str) -> str:
    return f"{article_id}#{key}" if isinstance(key, int) else key
