"""The stretch of an article that stands for a record, and the sentences around it.

Words that somebody is only *reported* to have said are never shown without the words that report them ("denied that ..."):
whoever prints a record, be it a page, a feed or a table, prints its passage.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from search.records import Record

_APART = 320  # characters; a cue further off than this is no part of the passage
_SUBJECT = 120  # characters that the subject of the cue may add
_STOPS = ".!?…\"'”’»"

_END = re.compile(r"[.!?…؟。！？]+[\"'”’»›)\]]*(?=\s)|\n\s*\n|\n")
_WORD_BEFORE = re.compile(r"[^\s\"'“‘«(\[]+$")
_OPENING = "\"'“‘«‹„‚(["
_OPENED = re.compile(r"(?<=[\s:(])[\"“](?=\w)")
_CLOSED = re.compile(r"[\"”]")
_SHORT = frozenset(
    "adm ave brig capt cf cllr cmdr co col corp cpl dept dr e.g est fr ft gen gov hon i.e inc insp jr lt ltd maj mr mrs ms mt no nos "
    "pres prof pte rep reps rev rt sen sens sgt sr st supt vs".split()
)  # fmt: skip


def passage(record: Record, text: str) -> tuple[int, int]:
    """Where the passage of a record begins and ends: of reported speech the clause with its cue, subject and full stop.

    Args:
        record: Any record.
        text: The text of its article.

    Returns:
        Character offsets into ``text``; the record's own span when it is no reported speech or its cue is too far away.
    """
    start, end = record.start, record.end
    if record.quote_type not in ("indirect", "mixed"):
        return start, end
    if record.cue_start is not None and record.cue_end is not None:
        low, high = min(start, record.cue_start), max(end, record.cue_end)
        if high - low <= (end - start) + _APART:
            start, end = _with_subject(record, low, high)
    while end < record.paragraph_end and text[end] in _STOPS:
        end += 1
    return start, end


def _with_subject(record: Record, low: int, high: int) -> tuple[int, int]:
    said = record.attribution
    if said is None or said.start is None or said.end is None:
        return low, high
    wide_low, wide_high = min(low, said.start), max(high, said.end)
    if wide_high - wide_low <= (high - low) + _SUBJECT and record.paragraph_start <= wide_low:
        return wide_low, wide_high
    return low, high


def has_cue(record: Record, span: tuple[int, int]) -> bool:
    """Whether the words that report stand inside a passage."""
    return record.cue_start is not None and record.cue_end is not None and span[0] <= record.cue_start < span[1]


def sentences(text: str, start: int, end: int) -> list[int]:
    """Where sentences begin between two offsets, the first of them included.

    A full stop ends a sentence unless it closes an abbreviation ("Mr.", "U.S.") or no capital, digit or opening mark
    follows. A line break always does.
    """
    begins = [start]
    for match in _END.finditer(text, start, end):
        after = match.end()
        while after < end and text[after].isspace():
            after += 1
        if begins[-1] < after < end and ("\n" in text[match.start() : after] or _ends(text, match, after)):
            begins.append(after)
    return begins


def _ends(text: str, match: re.Match[str], after: int) -> bool:
    first = text[after : after + 3].lstrip(_OPENING)[:1] or text[after]
    if first.islower():
        return False
    if match.group() != ".":
        return True
    word = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
    before = word.group() if word else ""
    return not (
        before.casefold() in _SHORT or (len(before) == 1 and before.isupper()) or re.fullmatch(r"(\w\.)+\w", before)
    )


def own_sentences(text: str, span: tuple[int, int], paragraph: tuple[int, int]) -> tuple[int, int]:
    """The whole sentences that a span stands in; what goes on in marks beyond them is left out from its opening mark.

    Of ``He wrote that he was late: "Sorry! The ferry waited."`` the sentence of what he wrote ends at the colon.

    Args:
        text: The text of an article.
        span: Where the words begin and end.
        paragraph: Where their paragraph begins and ends.
    """
    low, high = min(paragraph[0], span[0]), max(paragraph[1], span[1])
    begins = sentences(text, low, high)
    first = begins[max(0, bisect_right(begins, span[0]) - 1)]
    last_character = max(span[1] - 1, span[0])
    place = bisect_right(begins, last_character)
    stop = begins[place] if place < len(begins) else high
    *_, opened = (None, *_OPENED.finditer(text, span[1], stop))
    if opened and not _CLOSED.search(text, opened.end(), stop):
        stop = opened.start()
    return min(first, span[0]), max(stop, span[1])
