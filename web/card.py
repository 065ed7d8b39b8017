"""A found record as a page shows it: the words, who said them and how we know, where, and what can be done with it.

The rule that everything here serves: words somebody is only *reported* to have said never stand in quotation marks, and
never without the words that report them ("denied that ..."). The sentence that holds the words is kept whole, so that a
result reads as the article does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from search.confidence import band
from search.engine import Hit
from search.passage import has_cue, own_sentences, passage, sentences
from search.records import Attribution, Record, Speaker, TopicTerm
from search.titles import shortened_after, title_of
from web.address import segment
from web.dates import readable
from web.marked_text import Mark, marked, shortened_before
from web.text_fragment import original

_AROUND = 160  # characters of neighbouring sentences on either side
_SENTENCE = 260  # characters of the same sentence on either side
_BRIEF = 560  # characters of a long quote that a list shows
_LEAD_IN = 140  # of them before the first word that was looked for
_OPENING = "\"'“‘«‹„‚「『"
_CLOSING = "\"'”’»›“‘」』"
_PRONOUNS = frozenset("he she they it we i you who him her them us one this that these those".split())

TYPE_LABELS = {"direct": "direct quote", "indirect": "reported speech", "mixed": "partly quoted", "turn": "turn"}


@dataclass(frozen=True, slots=True)
class Around:
    """What stands about the words in their paragraph.

    Attributes:
        before: Whole sentences before, shortened.
        head: The beginning of the sentence that the words stand in.
        tail: The rest of that sentence.
        after: Whole sentences after, shortened.
    """

    before: str = ""
    head: str = ""
    tail: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What the templates need of one hit.

    Attributes:
        words: The quote; of reported speech the whole clause, cue included; of a paragraph its text.
        cut: Whether ``words`` are only a part, with an ellipsis where something is missing.
        in_marks: Whether ``words`` are the speaker's own and stand in quotation marks.
        lead: Said before ``words`` when the article's own cue is too far away to show with them.
        around: The words around in the paragraph.
        speaker: Whose page can be linked; None where nobody is named.
        name: Who is credited, as one reads it; of an unnamed speaker the words of the article ("a rebel commander").
        evidence: The chain from the words in the text to the name, step by step.
        band: ``high``, ``check`` or ``weak``.
        title: Of the article; its opening words when it has none.
        headline: The same with what was looked for marked.
        original: Address of the original, at the words, or empty.
    """

    hit: Hit
    record: Record
    words: Markup
    cut: bool
    in_marks: bool
    lead: str
    around: Around
    speaker: Speaker | None
    name: str
    role: str
    cue: str
    evidence: tuple[str, ...]
    band: str
    confidence: float
    date: str
    title: str
    headline: Markup
    url: str
    article_url: str
    original: str
    topics: tuple[TopicTerm, ...]
    type_label: str


def card_of(hit: Hit) -> Card:
    """Arrange a hit for the page, with all its words."""
    record, article = hit.record, hit.article
    said = record.attribution
    span = passage(record, article.text)
    in_marks = record.quote_type in ("direct", "turn")
    is_quote = record.kind == "quote"
    return Card(
        hit=hit,
        record=record,
        words=marked(article.text, *span, _marks(hit)),
        cut=False,
        in_marks=in_marks,
        lead="" if in_marks or not is_quote or has_cue(record, span) else _lead(hit),
        around=_around(article.text, record, span, in_marks) if is_quote and record.quote_type != "turn" else Around(),
        speaker=hit.speaker if hit.speaker and hit.speaker.kind != "unnamed" else None,
        name=name_of(hit),
        role=said.role if said else "",
        cue=record.cue,
        evidence=_evidence(hit, said) if said else (),
        band=band(said.confidence) if said and (said.entity or hit.speaker) else "",
        confidence=said.confidence if said else 0.0,
        date=readable(article.published),
        title=title_of(article),
        headline=marked(article.title, 0, len(article.title), [Mark(*span, "mark") for span in hit.title_highlights])
        if article.title
        else escape(title_of(article)),
        url=f"/quotes/{segment(record.id)}",
        article_url=f"/articles/{segment(article.id)}#{record.id}",
        original=original(article.url, article.text, record.start, record.end),
        topics=hit.topics,
        type_label=TYPE_LABELS.get(record.quote_type, record.kind),
    )


def brief(hit: Hit) -> Card:
    """The same for a list: a long quote is cut to the part that was looked for. Reported speech is never cut from its cue."""
    card = card_of(hit)
    text, low, high = hit.article.text, *passage(hit.record, hit.article.text)
    if high - low <= _BRIEF * 1.25 or hit.record.quote_type in ("indirect", "mixed"):
        return card
    start, end = _window(text, low, high, hit.record.start + hit.highlights[0][0] if hit.highlights else low)
    words = marked(text, start, end, _marks(hit))
    around = Around(
        before=card.around.before if start == low else "",
        head=card.around.head if start == low else "",
        tail=card.around.tail if end == high else "",
        after=card.around.after if end == high else "",
    )
    words = ("… " if start > low else "") + words + (" …" if end < high else "")
    return replace(card, words=words, cut=True, around=around)


def _window(text: str, low: int, high: int, first: int) -> tuple[int, int]:
    """Some hundred characters of a long passage, from word to word, with ``first`` among them."""
    start, end = low, min(low + _BRIEF, high)
    if first - low > _BRIEF - _LEAD_IN:
        start = text.find(" ", first - _LEAD_IN, first) + 1 or first
        end = min(start + _BRIEF, high)
    if end < high:
        end = max(text.rfind(" ", first + 1, end), first + 1) if " " in text[first + 1 : end] else end
    return start, end


def name_of(hit: Hit) -> str:
    """Who is credited, as one reads it."""
    said = hit.record.attribution
    written = " ".join(said.as_written.split()) if said else ""
    if hit.speaker is None:
        return written or "Nobody named"
    if hit.speaker.kind == "unnamed" and written and written.casefold() not in _PRONOUNS:
        return written
    return hit.speaker.name


def _around(text: str, record: Record, span: tuple[int, int], in_marks: bool) -> Around:
    paragraph = (min(record.paragraph_start, span[0]), max(record.paragraph_end, span[1]))
    low, high = own_sentences(text, span, paragraph)
    head, tail = text[low : span[0]], text[span[1] : high]
    if in_marks:
        head, tail = head.rstrip(_OPENING), tail.lstrip(_CLOSING)
    return Around(
        before=_sentences_before(text, paragraph[0], low),
        head=_worth_showing(shortened_before(head, _SENTENCE)) + (" " if head[-1:].isspace() else ""),
        tail=(" " if tail[:1].isspace() else "") + shortened_after(tail, _SENTENCE),
        after=_sentences_after(text, high, paragraph[1]),
    )


def _sentences_before(text: str, start: int, end: int) -> str:
    """The last whole sentences that fit; of a longer one its end."""
    begins = [at for at in sentences(text, start, end) if end - at <= _AROUND]
    found = text[begins[0] : end] if begins else text[start:end]
    return _worth_showing(shortened_before(found, _AROUND))


def _sentences_after(text: str, start: int, end: int) -> str:
    """The first whole sentences that fit; of a longer one its beginning."""
    stops = [at for at in (*sentences(text, start, end)[1:], end) if at - start <= _AROUND]
    found = text[start : stops[-1]] if stops else text[start:end]
    return _worth_showing(shortened_after(found, _AROUND))


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


def _lead(hit: Hit) -> str:
    cue = hit.record.cue or "is reported to have said"
    return f"{name_of(hit)} {cue}:"


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
