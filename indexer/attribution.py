"""Who said each quotation: its own speaker's words first, then the quote it goes on with, then the place it stands in.

Every rule has a name; the name, the words it read and the chain that led to a person stay with the quote.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.confidence import confidence
from indexer.document import Document, Quotation, Quote
from indexer.mentions import People
from indexer.references import Reference
from indexer.third_parties import find_addressee, find_relay
from search.records import Attribution


class Decision(NamedTuple):
    """A quotation's speaker with the rule that found the words.

    Attributes:
        reference: Who, or None when nobody is named.
        rule: ``own speaker``, ``subject of the cue``, or that of one of the rules below; empty for nobody.
        steps: How many quotes away the words were found; 0 for its own.
    """

    reference: Reference | None
    rule: str
    steps: int = 0


NOBODY = Decision(None, "")
_FAR_ANSWER = 7
"""Within how many quotes and paragraphs before a question somebody must have spoken who answers it."""


def attribute(document: Document, quotations: Sequence[Quotation], people: People) -> tuple[Quote, ...]:
    """Credit every quotation.

    Args:
        document: The article.
        quotations: As found, in text order.
        people: Everyone of the article.

    Returns:
        One quote for each quotation, in the same order.
    """
    return tuple(
        Quote(quotation, _attribution(quotation, decision, document, people))
        for quotation, decision in zip(quotations, decide(quotations, people), strict=True)
    )


def decide(quotations: Sequence[Quotation], people: People) -> list[Decision]:
    """Decide who is credited with each quotation, and by which rule."""
    decisions = _own_words(quotations, people)
    for index, quotation in enumerate(quotations):
        if decisions[index].reference is None and quotation.source is None:
            decisions[index] = _from_context(index, quotations, decisions, people)
    return decisions


def _own_words(quotations: Sequence[Quotation], people: People) -> list[Decision]:
    """Quotations that have a speaker's words of their own: found with them, or the subject of their cue."""
    decisions: list[Decision] = []
    for quotation, source in zip(quotations, people.sources, strict=True):
        if source is None:
            decisions.append(NOBODY)
        else:
            rule = "own speaker" if quotation.source is not None else "subject of the cue"
            decisions.append(Decision(people.refer(*source), rule))
    return decisions


def _from_context(
    index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People
) -> Decision:
    """Rules for a quotation without words of its own; the first that fits decides."""
    own_cue = quotations[index].cue is not None and quotations[index].type != "direct"
    if own_cue and people.around.is_impersonal(quotations[index]):
        return NOBODY
    for rule in _WITH_CUE if own_cue else _WITHOUT_CUE:
        decision = rule(index, quotations, decisions, people)
        if decision.reference is not None:
            return decision
    return NOBODY


def _led_in(index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People) -> Decision:
    """Rule "led in": a colon leads from somebody to the quote, in its paragraph or from the one before.

    Orsk went further: “It has to.” Orsk on the dam: / “It has to.”
    """
    if quotations[index].type == "turn":
        return NOBODY
    return Decision(people.around.before_colon(quotations[index]), "led in")


def _tagged(index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People) -> Decision:
    """Rule "tagged": who is named right behind a quote that does not end there, with a verb that is no known cue, says it.

    Orsk said it was late. “How late?” Hale *pressed*. / “It holds,” an angry Hale *retorted*.
    """
    if quotations[index].type != "direct" or quotations[index].cue is not None:
        return NOBODY
    return Decision(people.around.tag(quotations[index]), "tagged")


def _asked(index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People) -> Decision:
    """Rule "asked": a quote behind a sentence in which somebody was asked, or first named, is theirs.

    Orsk was asked if the dam would hold. “It has to.” “We won,” said Orsk. Coach Max Hale praised the crew. “They were great.”
    """
    if quotations[index].type != "direct":
        return NOBODY
    return Decision(people.around.asked(quotations[index]), "asked", 1)


def _goes_on(index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People) -> Decision:
    """Rule "goes on": the quotation is a further part of another one.

    “We won,” said Orsk. “It was late.” - the second goes on with the first. “We won,” said Orsk. Coach Max Hale, who is new,
    said it was late. “It was dark.” - Hale, whom the text has just brought in.
    """
    other = quotations[index].continues
    if other is None or not 0 <= other < len(decisions) or other == index:
        return NOBODY
    indirect = quotations[other].type == "indirect" and quotations[index].type == "direct"
    if indirect and not people.brings_in(decisions[other].reference):
        other = _marked_before(other, quotations, decisions)
    return Decision(decisions[other].reference, "goes on", decisions[other].steps + 1)


def _marked_before(index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision]) -> int:
    """The quotation in marks just before reported speech in one paragraph, where one has a speaker; else the given one."""
    for other in range(index - 1, max(-1, index - 3), -1):
        if quotations[other].last_paragraph != quotations[index].first_paragraph:
            break
        if quotations[other].type == "direct" and decisions[other].reference is not None:
            return other
    return index


def _same_sentence(
    index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People
) -> Decision:
    """Rule "same sentence": a cue without a subject of its own shares that of the quote before it in its sentence.

    “It was dark,” said Orsk, *adding* that the lamp was out. The inquiry said the crew was “asleep”, and *found* it was dark.
    """
    if index == 0 or not people.around.share_sentence(quotations[index - 1], quotations[index]):
        return NOBODY
    return Decision(decisions[index - 1].reference, "same sentence", decisions[index - 1].steps + 1)


def _beside(index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People) -> Decision:
    """Rule "beside": somebody is named in the quote's own sentence, though with no cue that is known.

    “It holds,” chirped Orsk. Orsk on the dam: “It holds.”
    """
    if quotations[index].type == "turn":
        return NOBODY
    return Decision(people.around.beside(quotations[index]), "beside")


def _same_paragraph(
    index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People
) -> Decision:
    """Rule "same paragraph": a quote without a cue is by the speaker of the quote before it in the paragraph.

    Orsk said the dam would hold. “It has to.”
    """
    if index == 0 or quotations[index - 1].last_paragraph != quotations[index].first_paragraph:
        return NOBODY
    return Decision(decisions[index - 1].reference, "same paragraph", decisions[index - 1].steps + 1)


def _next_quote(index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People) -> Decision:
    """Rule "next quote": the paragraph names the speaker only with its later quote.

    “The dam will hold.” The hall was silent. “It has to,” said Orsk.
    """
    following = index + 1
    if following >= len(quotations) or quotations[following].first_paragraph != quotations[index].last_paragraph:
        return NOBODY
    return Decision(decisions[following].reference, "next quote", 1)


def _dialogue(index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People) -> Decision:
    """Rule "dialogue": bare quotes in paragraphs of their own alternate between the two before.

    “Was it your goat?” asked Orsk. / “It was,” said Hale. / “And the fence?” - Orsk again.
    Hale was heard. / “Was it your goat?” asked Orsk. / “No.” - Hale, where Orsk is a lawyer or the answer is a yes or no.
    """
    if quotations[index].type != "direct" or index < 1:
        return NOBODY
    if (answerer := _answerer(index, quotations, decisions, people)) is not None:
        return Decision(answerer, "dialogue", 2)
    if index < 2:
        return NOBODY
    place = quotations[index].first_paragraph
    last, earlier = decisions[index - 1], decisions[index - 2]
    adjacent = quotations[index - 1].last_paragraph == place - 1 and quotations[index - 2].last_paragraph == place - 2
    if not adjacent or last.reference is None or earlier.reference is None:
        return NOBODY
    if (
        last.reference.entity == earlier.reference.entity
        or not people.around.is_bare(quotations[index])
        or not people.around.asks(quotations[index - 1])
    ):
        return NOBODY
    return Decision(earlier.reference, "dialogue", 2)


def _answerer(
    index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People
) -> Reference | None:
    """Who answers the question just before: whoever else spoke last or, failing that, was named last."""
    asked, asker = quotations[index - 1], decisions[index - 1].reference
    around = people.around
    if asker is None or asker.kind != "person" or decisions[index - 1].steps:
        return None
    if asked.last_paragraph != quotations[index].first_paragraph - 1 or not around.is_bare(quotations[index]):
        return None
    if not around.is_question(asked):
        return None
    if (whom := around.put_to(asked)) is not None and whom.entity != asker.entity:
        return whom
    if not (around.examines(asker) or around.says_yes_or_no(quotations[index])):
        return None
    for earlier in range(index - 2, max(-1, index - _FAR_ANSWER), -1):
        other = decisions[earlier].reference
        near = asked.first_paragraph - quotations[earlier].last_paragraph < _FAR_ANSWER
        if near and other is not None and other.entity is not None and other.entity != asker.entity:
            return other if other.kind == "person" else None
    return around.person_before(asked, besides=asker.entity)


def _previous_paragraph(
    index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People
) -> Decision:
    """Rule "previous paragraph": a quote alone in its paragraph follows the speaker of the paragraph before.

    Orsk said the dam would hold. / “It has to.”
    Orsk said the dam would hold. / The river was high. / “It has to.” - where the paragraph between names nobody else.
    """
    if index == 0 or quotations[index].type == "turn" or not people.around.opens_paragraph(quotations[index]):
        return NOBODY
    gap = quotations[index].first_paragraph - quotations[index - 1].last_paragraph
    if gap == 2 and (speaker := decisions[index - 1].reference) is not None and speaker.kind == "person":
        bare = quotations[index].type == "direct" and people.around.is_bare(quotations[index])
        told = speaker.entity is not None and people.around.none_between(
            quotations[index - 1], quotations[index], speaker.entity
        )
        return Decision(speaker, "previous paragraph", decisions[index - 1].steps + 1) if bare and told else NOBODY
    if gap != 1:
        return NOBODY
    return Decision(decisions[index - 1].reference, "previous paragraph", decisions[index - 1].steps + 1)


def _named_before(
    index: int, quotations: Sequence[Quotation], decisions: Sequence[Decision], people: People
) -> Decision:
    """Rule "named before": the last person whom the sentence, the paragraph or the one before names ahead of the quote.

    Orsk put it bluntly: “It has to.”
    """
    if quotations[index].type == "turn":
        return NOBODY
    reference = people.around.person_before(quotations[index])
    return Decision(reference, "named before", 1)


_WITH_CUE = (_led_in, _goes_on, _same_sentence, _beside)
_WITHOUT_CUE = (
    _tagged,
    _led_in,
    _asked,
    _goes_on,
    _beside,
    _same_paragraph,
    _next_quote,
    _dialogue,
    _previous_paragraph,
    _named_before,
)


def _attribution(quotation: Quotation, decision: Decision, document: Document, people: People) -> Attribution:
    reference = decision.reference
    addressee = find_addressee(quotation, people)
    relayed_by = find_relay(quotation, people)
    if reference is None:
        return Attribution(
            entity=None,
            rule="nobody named",
            confidence=confidence(quotation, None, "", 0),
            addressee=addressee,
            relayed_by=relayed_by,
        )
    links = reference.links
    if decision.steps:
        links = (f"{decision.rule}: the words for the speaker stand with another quote", *links)
    return Attribution(
        entity=reference.entity,
        as_written=document.text[reference.start : reference.end],
        start=reference.start,
        end=reference.end,
        role=people.role_at(reference.entity, reference.end) if reference.entity else "",
        links=links,
        rule=f"{decision.rule}; {reference.rule}",
        confidence=confidence(quotation, reference, decision.rule, decision.steps),
        addressee=addressee if addressee != reference.entity else None,
        relayed_by=relayed_by if relayed_by != reference.entity else None,
    )
