"""Small invented collections and random requests, and one generation written by any execution, for tests of execution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from search import query as q
from search.engine import Filter, SearchRequest, Sort
from search.records import TopicTerm
from search.whoosh.ids import keys_of
from search.whoosh.rowmap import RowMap
from search.whoosh.rows import IndexRow
from search.whoosh.snapshot import Overlay, Snapshot

TOPICS = {
    "medtop:01": TopicTerm("medtop:01", "arts and culture", 1),
    "medtop:02": TopicTerm("medtop:02", "festival", 2, ("medtop:01",)),
    "medtop:03": TopicTerm("medtop:03", "weather", 1),
}
SPEAKERS = ("Ada Quill", "Bo Tarn", "Célia Montferrand")
WORDS = (
    "river",
    "rivers",
    "rise",
    "rising",
    "the",
    "of",
    "bridge",
    "bridges",
    "Élan",
    "isn't",
    "plan",
    "planned",
    "on",
    "no",
)


class Entities:
    """Key ``p{n}`` is speaker n; there are no others."""

    def __init__(self) -> None:
        keys = [f"p{n}".encode() for n in range(len(SPEAKERS))]
        hashes = keys_of(np.frombuffer(b"".join(keys), np.uint8), np.cumsum([len(key) for key in keys]))
        order = np.argsort(hashes)
        self.ids = type("Ids", (), {"keys": hashes[order], "numbers": order.astype(np.uint32)})()

    def speaker_number(self, key: str) -> int | None:
        return int(key[1:]) if key[1:].isdigit() and int(key[1:]) < len(SPEAKERS) else None


class People:
    """The tables of a generation."""

    def speaker_count(self) -> int:
        return len(SPEAKERS)

    def speaker_number(self, key: str) -> int | None:
        return int(key) if key.isdigit() and int(key) < len(SPEAKERS) else None

    def speakers_named(self, words: Sequence[str], prefix: bool = False) -> list[int]:
        def named(name: str) -> bool:
            have = name.lower().replace("é", "e").split()
            return all(w in have for w in words[:-1]) and any(
                word == words[-1] or (prefix and word.startswith(words[-1])) for word in have
            )

        return [number for number, name in enumerate(SPEAKERS) if named(name)]

    def topic_terms(self) -> Mapping[str, TopicTerm]:
        return TOPICS


texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@st.composite
def row_lists(draw: Any, most: int = 12) -> list[IndexRow]:
    """Rows of some articles in reading order."""
    rows: list[IndexRow] = []
    for article in range(draw(st.integers(0, 4))):
        title, day = draw(texts), draw(st.sampled_from(["", "2020-01-05", "2020-01-06", "2021-03-01"]))
        outlet, author = draw(st.sampled_from(["", "Post", "Echo"])), draw(st.sampled_from(["", "Per Writer"]))
        for _ in range(draw(st.integers(1, most // 4))):
            quote = draw(st.booleans())
            speakers = draw(st.lists(st.sampled_from(["p0", "p1", "p2", "p9"]), max_size=1 if quote else 3))
            rows.append(
                IndexRow(
                    id=f"{draw(st.sampled_from('zyxw'))}ecord-{len(rows)}", article_id=f"a{article}",
                    kind="quote" if quote else "paragraph", text=draw(texts), title=title, day=day, outlet=outlet,
                    author=author, lang="en", genre="news", part=draw(st.sampled_from(["body", "body", "headline"])),
                    quote_type=draw(st.sampled_from(["direct", "indirect"])) if quote else "",
                    cue=draw(st.sampled_from(["say", "tell"])) if quote else "", speakers=tuple(speakers),
                    mentions=tuple(draw(st.lists(st.sampled_from(["p0", "p1", "p7"]), max_size=3))),
                    topics=tuple(draw(st.lists(st.sampled_from([*TOPICS, "medtop:99"]), max_size=2, unique=True))),
                    confidence=draw(st.sampled_from([0.25, 0.5, 0.9])) if quote else 1.0,
                    interviewer=quote and draw(st.integers(0, 5)) == 0,
                    role=draw(st.sampled_from(["", "", "mayor", "mayor of quill", "bookkeeper"])),
                )
            )  # fmt: skip
    return rows


def a_row(name: str, text: str, day: str, outlet: str, title: str, speakers: tuple[str, ...]) -> IndexRow:
    """A quote in an article of its own."""
    return IndexRow(
        id=name, article_id=name, kind="quote", text=text, title=title, day=day, outlet=outlet, author="", lang="en",
        genre="news", part="body", quote_type="direct", cue="say", speakers=speakers, mentions=(), topics=("medtop:02",),
        confidence=0.9, interviewer=False,
    )  # fmt: skip


word_texts = st.sampled_from([*WORDS, "missing", "élan", "rised"])
leaves = st.one_of(
    st.builds(q.Word, word_texts, st.booleans()),
    st.builds(q.Phrase, st.lists(word_texts, min_size=1, max_size=3).map(tuple), st.sampled_from([0, 0, 1, 3])),
    st.builds(q.Prefix, st.sampled_from(["r", "ri", "riv", "b", "e", "zz"])),
    st.builds(q.Wildcard, st.sampled_from(["r*e", "*s", "?ian", "b?idge*", "*", "p?an"])),
    st.builds(q.Fuzzy, st.sampled_from(["rivet", "bidge", "plna", "o", "risse", "élan", "th"]), st.sampled_from([1, 1, 2])),
    st.just(q.MatchAll()),
    st.just(q.MatchNone()),
    st.builds(
        q.FieldMatch, st.sampled_from(["speaker", "mentions", "topic", "outlet", "author", "kind", "cue", "lang", "title", "role"]),
        st.sampled_from([("bo",), ("mayor",), ("mayor", "quill"), ("quill",), ("medtop:01",), ("festival",), ("po",), ("post",), ("quote",), ("",), ("en",)]),
        st.booleans(),
    ),
)  # fmt: skip
nodes = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(q.And, st.lists(inner | st.builds(q.Not, inner), min_size=1, max_size=3).map(tuple)),
        st.builds(q.Or, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(q.Not, inner),
        st.builds(q.Unscored, inner),
    ),
    max_leaves=5,
)
filters = st.one_of(
    st.builds(Filter, st.just("speaker"), st.sampled_from([("0",), ("1", "2"), ("7",)]), st.booleans()),
    st.builds(Filter, st.just("mentions"), st.sampled_from([("0",), ("1",)]), st.booleans()),
    st.builds(Filter, st.just("topic"), st.sampled_from([("medtop:01",), ("medtop:99", "medtop:03")]), st.booleans()),
    st.builds(Filter, st.just("outlet"), st.sampled_from([("Post",), ("Echo", "None such")]), st.booleans()),
    st.builds(Filter, st.just("kind"), st.sampled_from([("quote",), ("paragraph",)]), st.booleans()),
    st.builds(Filter, st.just("quote_type"), st.just(("direct",)), st.booleans()),
    st.builds(Filter, st.just("review"), st.just(("confirmed",)), st.booleans()),
)
requests = st.builds(
    SearchRequest, query=nodes, filters=st.lists(filters, max_size=2).map(tuple),
    first_day=st.sampled_from(["", "", "2020-01-06"]), last_day=st.sampled_from(["", "", "2020-12-31"]),
    min_confidence=st.sampled_from([0.0, 0.0, 0.5]), interviewer=st.booleans(), sort=st.sampled_from(list(Sort)),
    per_page=st.sampled_from([1, 2, 200]), facet_size=st.sampled_from([1, 2, 30]), fold=st.booleans(),
    refined=st.booleans(),
)  # fmt: skip

everything = st.builds(
    SearchRequest, filters=st.sampled_from([(), (Filter("kind", ("quote",)),), (Filter("kind", ("quote",), True),)]),
    interviewer=st.booleans(), sort=st.sampled_from(list(Sort)), per_page=st.sampled_from([1, 2, 200]),
    facet_size=st.sampled_from([2, 30]), fold=st.booleans(), refined=st.booleans(), distinct=st.booleans(),
)  # fmt: skip
"""Searches whose counts are kept from one to the next."""


def generation(
    execution: Any, folder: Path, segments: Sequence[Sequence[IndexRow]], deleted: Sequence[Sequence[int]]
) -> tuple[list[str], list[Overlay]]:
    """Write segments and columns; some rows are corrected, grouped and reviewed."""
    names, overlays = [], []
    for number, (rows, gone) in enumerate(zip(segments, deleted, strict=True)):
        names.append(f"s{number}")
        execution.write_segment(folder, names[-1], rows)
        overlays.append(overlay_of(rows, gone))
    execution.write_columns(folder, names, overlays, Entities(), People())
    return names, overlays


def overlay_of(rows: Sequence[IndexRow], gone: Sequence[int]) -> Overlay:
    """What is said of rows depends on what they are, wherever they lie."""
    quotes = [number for number, row in enumerate(rows) if row.kind == "quote"]
    return Overlay(
        deleted=np.array(sorted(gone), np.uint32),
        corrected=RowMap.of({n: len(rows[n].text) % 4 - 1 for n in quotes if rows[n].text.startswith("the")}),
        groups=RowMap.of({n: len(rows[n].text) % 2 for n in quotes if rows[n].text.startswith("r")}),
        reviews=RowMap.of({n: 1 for n in quotes if rows[n].text.startswith("plan")}),
    )


def opened(execution: Any, folder: Path, names: Sequence[str], overlays: Sequence[Overlay]) -> Snapshot:
    """Open what :func:`generation` wrote."""
    snapshot: Snapshot = execution.open_snapshot(folder, names, overlays, People())
    return snapshot
