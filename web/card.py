"""A found record as a page shows it: the words, who said them and how we know, where, and what can be done with it.

The rule that everything here serves: words somebody is only *reported* to have said never stand in quotation marks, and
never without the words that report them ("denied that ...").
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from search.confidence import band
from search.engine import Hit
from search.records import Attribution, Record, Speaker, TopicTerm
from search.titles import shortened_after, title_of
from web.address import segment
from web.dates import readable
from web.marked_text import Mark, marked, shortened_before
from web.text_fragment import original

_AROUND = 150  # characters of context on either side
_APART = 320  # a cue further off than this stands beside the words instead of in one stretch with them
_OPENING = "\"'“‘«‹„‚「『"
_STOPS = ".!?…\"'”’»"
_CLOSING = "\"'”’»›“‘」』"

TYPE_LABELS = {"direct": "direct quote", "indirect": "reported speech", "mixed": "partly quoted", "turn": "turn"}


@dataclass(frozen=True, slots=True)
class Card:
    """What the templates need of one hit.

    Attributes:
        words: The quote; of reported speech the whole clause, cue included; of a paragraph its text.
        in_marks: Whether ``words`` are the speaker's own and stand in quotation marks.
        lead: Said before ``words`` when the article's own cue is too far away to show with them.
        before: Words before it in its paragraph.
        after: Words after it.
        name: Who is credited, as one reads it.
        evidence: The chain from the words in the text to the name, step by step.
        band: ``high``, ``check`` or ``weak``.
        title: Of the article; its opening words when it has none.
        original: Address of the original, at the words, or empty.
    """

    hit: Hit
    record: Record
    words: Markup
    in_marks: bool
    lead: str
    before: str
    after: str
    speaker: Speaker | None
    name: str
    role: str
    cue: str
    evidence: tuple[str, ...]
    band: str
    confidence: float
    date: str
    title: str
    url: str
    article_url: str
    original: str
    topics: tuple[TopicTerm, ...]
    type_label: str


def card_of(hit: Hit) -> Card:
    """Arrange a hit for the page."""
    record, article = hit.record, hit.article
    said = record.attribution
    start, end = _shown(record)
    end = _with_stop(article.text, end, record) if record.quote_type in ("indirect", "mixed") else end
    in_marks = record.quote_type in ("direct", "turn")
    begin = min(record.paragraph_start, start)
    stop = max(record.paragraph_end, end)
    before, after = article.text[begin:start], article.text[end:stop]
    if in_marks:
        before, after = before.rstrip().rstrip(_OPENING), after.lstrip().lstrip(_CLOSING + ",.;:").lstrip()
    is_quote = record.kind == "quote"
    cue_inside = record.cue_start is not None and record.cue_end is not None and start <= record.cue_start < end
    return Card(
        hit=hit,
        record=record,
        words=marked(article.text, start, end, _marks(hit)),
        in_marks=in_marks,
        lead="" if in_marks or not is_quote or cue_inside else _lead(hit),
        before=_worth_showing(shortened_before(before, _AROUND)) if is_quote else "",
        after=_worth_showing(shortened_after(after, _AROUND)) if is_quote else "",
        speaker=hit.speaker,
        name=_name(hit),
        role=said.role if said else "",
        cue=record.cue,
        evidence=_evidence(hit, said) if said else (),
        band=band(said.confidence) if said and (said.entity or hit.speaker) else "",
        confidence=said.confidence if said else 0.0,
        date=readable(article.published),
        title=title_of(article),
        url=f"/quotes/{segment(record.id)}",
        article_url=f"/articles/{segment(article.id)}#{record.id}",
        original=original(article.url, article.text, record.start, record.end),
        topics=hit.topics,
        type_label=TYPE_LABELS.get(record.quote_type, record.kind),
    )


def _shown(record: Record) -> tuple[int, int]:
    """The stretch of the article that stands for the record: of reported speech, with its cue and its subject."""
    start, end = record.start, record.end
    if record.quote_type not in ("indirect", "mixed") or record.cue_start is None or record.cue_end is None:
        return start, end
    low, high = min(start, record.cue_start), max(end, record.cue_end)
    if high - low > (end - start) + _APART:
        return start, end
    said = record.attribution
    if said and said.start is not None and said.end is not None:
        wide_low, wide_high = min(low, said.start), max(high, said.end)
        if wide_high - wide_low <= (high - low) + 120 and record.paragraph_start <= wide_low:
            low, high = wide_low, wide_high
    return low, high


def _with_stop(text: str, end: int, record: Record) -> int:
    """Past the closing mark and full stop that belong to a clause."""
    while end < record.paragraph_end and text[end] in _STOPS:
        end += 1
    return end


def _worth_showing(around: str) -> str:
    """Context with at least one letter or digit in it, else nothing."""
    return around if any(character.isalnum() for character in around) else ""


def _marks(hit: Hit) -> list[Mark]:
    record = hit.record
    marks = []
    if record.quote_type in ("indirect", "mixed"):
        marks.append(Mark(record.start, record.end, "span", "reported"))
        if record.cue_start is not None and record.cue_end is not None:
            marks.append(Mark(record.cue_start, record.cue_end, "span", "cue"))
    marks.extend(Mark(record.start + low, record.start + high, "mark") for low, high in hit.highlights)
    return marks


def _name(hit: Hit) -> str:
    if hit.speaker:
        return hit.speaker.name
    said = hit.record.attribution
    return said.as_written if said and said.as_written else "Nobody named"


def _lead(hit: Hit) -> str:
    cue = hit.record.cue or "is reported to have said"
    return f"{_name(hit)} {cue}:"


def _evidence(hit: Hit, said: Attribution) -> tuple[str, ...]:
    """The readable chain, from the words in the text to the person."""
    steps = []
    if said.as_written:
        steps.append(f"The text credits “{said.as_written}”" + (f" with “{hit.record.cue}”" if hit.record.cue else ""))
    elif hit.record.cue:
        steps.append(f"The reporting words are “{hit.record.cue}”")
    steps.extend(said.links)
    if said.rule:
        steps.append(f"Rule: {said.rule}")
    if (
        hit.speaker
        and hit.speaker.name.casefold() not in said.as_written.casefold()
        and said.as_written
        and not said.links
    ):
        steps.append(f"That is {hit.speaker.name} in this collection")
    if hit.review:
        who = f" by {hit.review.by}" if hit.review.by else ""
        day = f" on {readable(hit.review.day)}" if hit.review.day else ""
        note = f": {hit.review.note}" if hit.review.note else ""
        steps.append(f"A reader marked it {hit.review.status}{who}{day}{note}")
    return tuple(steps)
