"""Every quote of an article, before anybody is credited: marks -> turns -> reported clauses -> direct quotes -> in order.

Direct quotes stand between marks; a reported clause that holds quoted words is mixed, one without is indirect; a labelled
turn of an interview is a turn. What stands between marks and is no speech (titles of works, names, scare quotes) is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from indexer.clause_choice import reported_by
from indexer.clauses import Clause, FoundCue, FoundCues, Word, find_cues
from indexer.document import Cue, Document, Paragraph, Quotation
from indexer.headlines import headline_quote
from indexer.marks import Quoted, find_quoted
from indexer.name_tokens import Tokens, read_tokens
from indexer.reported import find_clauses
from indexer.reporting_sentences import reporting_sentences
from indexer.speech import is_speech
from indexer.turns import find_labels, find_turns
from indexer.verbs import is_finite

_LEADING_ON = re.compile(r"(?:[,”\"]\s+(?:and )?\w+ing)?[\s,:;—–]*$")
"""What leads from a reported clause to a quote of its own: ", adding:"."""
_DIRECT_SHARE = 0.9
_FEWEST_WORDS = 6
_START = attrgetter("start")
_NESTED_WITHIN = 14
_TELLERS = frozenset(("he", "she", "i", "they", "we"))
"""Who passes on what they were told as their own report: "The doctor told her it would heal, she said"."""
_CLAUSES = ("that clause", "clause without that", "told, clause without that")
_RELAYS = ("according to, clause after", "according to, clause before", "clause before")


def find_quotations(document: Document, tokens: Tokens | None = None) -> tuple[Quotation, ...]:
    """Find the quotes of an article.

    Args:
        document: The article in paragraphs.
        tokens: Its tokens, where they are at hand.

    Returns:
        Quotations in text order, without overlap; ``text[start:end]`` is trimmed and never empty.
    """
    text, paragraphs = document.text, document.paragraphs
    turns = (
        find_turns(text, paragraphs, find_labels(text, paragraphs))
        if document.genre in ("interview", "transcript")
        else []
    )
    taken = {number for turn in turns for number in range(turn.first_paragraph, turn.last_paragraph + 1)}
    quoted = [q for q in find_quoted(text, paragraphs) if q.paragraph not in taken]
    found = list(turns)
    tokens = tokens or read_tokens(document)
    for number, paragraph in enumerate(paragraphs):
        if paragraph.part == "headline" and number not in taken:
            marked = [q for q in quoted if q.paragraph == number]
            if (headline := headline_quote(text, paragraph, number, tokens, marked)) is not None:
                found.append(headline)
                taken.add(number)
    for number, words, here, places in reporting_sentences(document, tokens, quoted):
        if number not in taken:
            found.extend(_in_sentence(text, words, find_cues(words, places), here, number, paragraphs[number]))
    return _linked(text, _without_overlap(text, found), quoted)


def _in_sentence(
    text: str,
    words: Sequence[Word],
    cues: FoundCues,
    quoted: Sequence[Quoted],
    number: int,
    paragraph: Paragraph,
) -> Iterator[Quotation]:
    used: set[int] = set()
    claimed: list[tuple[int, int]] = []
    for clause in _chosen(words, reported_by(words, find_clauses(words, cues))):
        start, end = words[clause.first].start, words[clause.last].end
        inside = [n for n in range(len(quoted)) if quoted[n].outer_start < end and quoted[n].outer_end > start]
        if any(_stands_alone(text, words, quoted[n], clause) for n in inside):
            alone = min(quoted[n].outer_start for n in inside if _stands_alone(text, words, quoted[n], clause))
            end = min(end, alone)
            end = start + len(_LEADING_ON.sub("", text[start:end]))
            inside = [n for n in inside if quoted[n].outer_start < end]
        start, end = _trim(text, start, end)
        if end - start < 3 or any(a < end and start < b for a, b in claimed):
            continue
        if inside:
            start = min(start, quoted[inside[0]].outer_start)
            end = max(end, quoted[inside[-1]].outer_end)
        kind = _kind(start, end, [quoted[n] for n in inside])
        several = len(inside) > 1 and clause.rule == "quoted part"  # saying “It holds” and “It will hold”: two quotes
        if kind == "direct" and (several or not _is_whole(words, clause)):
            continue
        if kind == "direct":  # said “the dam holds because we built it well”: all of the clause, though in mid-sentence
            start, end = _trim(text, quoted[inside[0]].start, quoted[inside[-1]].end)
        used.update(inside)
        claimed.append((start, end))
        yield Quotation(start, end, kind, _cue(text, words, clause.cue), None, number, number, rule=clause.rule)
    for place, q in enumerate(quoted):
        if place in used:
            continue
        cue = _adjacent(text, words, cues, q, place)
        if not is_speech(text, q, words, cue is not None, paragraph):
            continue
        start, end = _trim(text, q.start, q.end)
        if start < end:
            yield Quotation(
                start, end, "direct", _cue(text, words, cue) if cue else None, None, number, number,
                rule="between marks",
            )  # fmt: skip


def _chosen(words: Sequence[Word], scored: Sequence[tuple[float, Clause]]) -> list[Clause]:
    """Clauses in text order; of two that overlap the likelier one, but not a report that only holds another one.

    According to the Herald, a clerk said the dam would hold.  ->  the dam would hold (the Herald relays it)
    A clerk said that the dam would hold, the Herald reported.  ->  the dam would hold
    The dam would hold, a clerk said, as reported by the Herald.  ->  The dam would hold
    It is late, a clerk said, adding that the dam would hold.  ->  both
    """
    if len(scored) == 1:
        return [scored[0][1]]
    kept: list[Clause] = []
    relayed = [
        outer
        for _, outer in scored
        if outer.rule in _RELAYS
        and any(
            (
                outer.first < inner.first <= outer.first + _NESTED_WITHIN
                and not (inner.cue.first > outer.last and words[inner.cue.first].lower.endswith("ing"))
                and inner.last >= outer.last - 1
                and inner.cue.cue.frame not in ("judge", "object")
                and words[outer.cue.begin - 1].lower not in _TELLERS
            )
            or (inner.last < inner.cue.first <= outer.last <= inner.cue.last + 1)
            for _, inner in scored
        )
    ]
    inner = [
        clause
        for _, clause in scored
        if any(outer.first < clause.cue.first <= outer.last and outer not in relayed for _, outer in scored)
    ]
    for _, clause in sorted(scored, key=lambda pair: (pair[1] in inner, -pair[0], pair[1].first)):
        if clause in relayed:
            continue
        if not any(clause.first <= other.last and other.first <= clause.last for other in kept):
            kept.append(clause)
    return sorted(kept, key=lambda clause: clause.first)


def _is_whole(words: Sequence[Word], clause: Clause) -> bool:
    """Whether quoted words are long enough for a quote, or a clause, or all that is said.

    Orsk shot back that “seals can't read.” They chanted “Save the dam!” Not: a plan she called “Harbour First”.
    """
    if clause.last - clause.first >= _FEWEST_WORDS or (clause.rule == "judgement" and words[clause.first].quoted >= 0):
        return True
    if clause.rule in _CLAUSES:
        return any(is_finite(words, number) for number in range(clause.first + 1, clause.last + 1))
    names = clause.cue.cue.frame == "judge" and words[min(clause.first + 1, clause.last)].text[0].isupper()
    return clause.rule == "quoted part" and clause.first == clause.cue.last + 1 and not names


def _stands_alone(text: str, words: Sequence[Word], q: Quoted, clause: Clause) -> bool:
    """Whether a quoted span is a quote of its own and no part of the clause: set off by a colon or comma, or a sentence."""
    before = text[max(q.outer_start - 2, 0) : q.outer_start].rstrip()[-1:]
    whole = text[q.start : q.start + 1].isupper() and text[q.end - 1 : q.end] in ".?!,"
    if before == ":" and text[q.start : q.start + 1].isupper() and q.end - q.start > 3 * _FEWEST_WORDS:
        return True
    if before in ("—", "–") and text[q.end - 1 : q.end] == ",":
        return True  # it was late — “we had to go,” she said
    return (before in (",", ":") and whole and q.end - q.start > 12) or (before in (".", "!", "?", "") and whole)


def _kind(start: int, end: int, inside: Sequence[Quoted]) -> str:
    between = sum(q.end - q.start for q in inside)
    share = between / max(end - start - 2 * len(inside), 1)
    return "direct" if share >= _DIRECT_SHARE else "mixed" if inside else "indirect"


def _adjacent(text: str, words: Sequence[Word], cues: FoundCues, q: Quoted, place: int) -> FoundCue | None:
    """The cue that a quote belongs to: the nearest after it, else the nearest before it with only its adjuncts between."""
    after = [cue for cue in cues if words[cue.first].start >= q.outer_end]
    before = [cue for cue in cues if words[cue.last].end <= q.outer_start]
    if after and not _barrier(words, bisect_left(words, q.outer_end, key=_START), after[0].begin, 18):
        return after[0]
    if before and not _barrier(words, before[-1].last + 1, _first_of(words, place), 25):
        return before[-1]
    return None


def _first_of(words: Sequence[Word], place: int) -> int:
    return next((n for n, word in enumerate(words) if word.quoted == place), len(words))


def _barrier(words: Sequence[Word], begin: int, end: int, reach: int) -> bool:
    """Whether something parts two places: another quote, a stop, or too many words."""
    if end - begin > reach:
        return True
    return any(word.quoted >= 0 or word.text in ".;?!" for word in words[begin:end])


def _cue(text: str, words: Sequence[Word], found: FoundCue) -> Cue:
    start, end = words[found.begin].start, words[found.last].end
    return Cue(start, end, text[start:end], found.cue.lemma)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _without_overlap(text: str, found: Sequence[Quotation]) -> list[Quotation]:
    kept: list[Quotation] = []
    for quotation in sorted(found, key=lambda q: (q.start, -q.end)):
        if not kept or quotation.start >= kept[-1].end:
            kept.append(quotation)
    return kept


def _linked(text: str, found: list[Quotation], quoted: Sequence[Quoted]) -> tuple[Quotation, ...]:
    """Tell which quotes go on with the one before: the rest of a paragraph's quote, or of one over several paragraphs.

    "goes on in its paragraph":          “We won,” said Orsk. “It was late.”  ->  the second
    "goes on from the paragraph before": “We won. / “It was late,” said Orsk. ->  the second, whose marks the first left open
    """
    going_on = {q.start for q in quoted if q.goes_on}
    linked: list[Quotation] = []
    for number, quotation in enumerate(found):
        previous = linked[-1] if linked else None
        if previous and quotation.type == "direct" and previous.type != "turn":
            if quotation.cue is None and previous.last_paragraph == quotation.first_paragraph:
                quotation = quotation._replace(continues=number - 1, rule="goes on in its paragraph")
            elif quotation.start in going_on and previous.last_paragraph < quotation.first_paragraph:
                quotation = quotation._replace(continues=number - 1, rule="goes on from the paragraph before")
        linked.append(quotation)
    return tuple(linked)
