"""The people and organisations of one article: where each is named, and who a speaker's words mean.

Names are spotted, tied together, and given what the article says of them (roles, gender); pronouns and role nouns are
led back to them.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from indexer.discourse import Discourse
from indexer.document import Document, EntityMention, Quotation, Quote
from indexer.local_names import LocalName, LocalNames, link_names
from indexer.name_spotting import spot_names
from indexer.name_tokens import Tokens, read_tokens
from indexer.role_nouns import RoleNouns
from indexer.roles import Role
from indexer.speaker_phrases import FIRST, HE, IT, SHE, THEY, Phrase, PhraseReader
from indexer.subjects import Subjects
from search.records import LocalEntity

_QUANTITY = re.compile(
    r"(?:(?:a|an|the|this|that|these|those|some|several|many|most|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands"
    r"|a few|a number|\d[\d,.]*) (?:of (?:the |its |his |her |their |those |these )?)?(?=\w))+",
    re.IGNORECASE,
)
_OPENING_MARKS = frozenset("\"“„«‘'")
_MARKED = re.compile(r"[“\"«„][^“”\"«»„]*[”\"»]?")


@dataclass(frozen=True, slots=True)
class Reference:
    """Who the words in a speaker's place mean.

    Attributes:
        entity: Entity key, or None when nobody can be told.
        start: First character of the words to show.
        end: One past the last.
        form: ``name``, ``pronoun``, ``noun``, ``joint`` or ``report``.
        kind: ``person``, ``organisation`` or ``unnamed``; empty without an entity.
        links: What led from the words to the name, readable.
        rule: Name of the rule.
        sureness: Difference in weight to the next best candidate; 5 where there was no choice.
    """

    entity: str | None
    start: int
    end: int
    form: str
    kind: str
    links: tuple[str, ...]
    rule: str
    sureness: float


@cache
def attribution_weights() -> Mapping[str, Mapping[str, float]]:
    """Return the learned weights: groups of feature -> weight."""
    loaded: dict[str, dict[str, float]] = json.loads(
        files("indexer").joinpath("data/attribution_weights.json").read_text(encoding="utf-8")
    )
    return {name: group for name, group in loaded.items() if not name.startswith("_")}


def find_people(document: Document, quotations: Sequence[Quotation], tokens: Tokens | None = None) -> People:
    """Find everyone named in an article and tie names, pronouns and roles together."""
    return People(document, quotations, tokens=tokens)


def _in_marks(text: str, quotation: Quotation) -> Iterable[tuple[int, int]]:
    """What of a quotation stands in quotation marks: all of a direct one, the marked parts of a mixed one."""
    if quotation.type in ("direct", "turn"):
        return [(quotation.start, quotation.end)]
    if quotation.type == "mixed":
        return [found.span() for found in _MARKED.finditer(text, quotation.start, quotation.end)]
    return []


class People:
    """Everyone of one article.

    Attributes:
        mentions: Places where they are named or meant, in text order.
    """

    def __init__(
        self,
        document: Document,
        quotations: Sequence[Quotation],
        discourse: type[Discourse] = Discourse,
        tokens: Tokens | None = None,
    ) -> None:
        self._document = document
        self._text = document.text
        self.tokens: Tokens = tokens or read_tokens(document)
        self.names: LocalNames = link_names(self.tokens, spot_names(self.tokens))
        self._role_starts = self._find_role_starts()
        self._reader = PhraseReader(self.tokens, self.names.spots, self._role_starts)
        quoted = sorted(span for quotation in quotations for span in _in_marks(document.text, quotation))
        reported = [(q.start, q.end) for q in quotations if q.type in ("indirect", "mixed")]
        self.subjects = Subjects(self.tokens, self.names.spots, self._role_starts, quoted, reported)
        self.sources = [self._source(quotation) for quotation in quotations]
        spans = sorted(
            (*source, q.start, q.end) for q, source in zip(quotations, self.sources, strict=True) if source is not None
        )
        self.discourse = discourse(
            self.tokens, self.names, self.subjects, quoted, spans, attribution_weights()["pronoun"]
        )
        self.discourse.resolve()
        self._roles = RoleNouns(self.tokens, self.names)
        self._full_names: dict[int, str] = {}
        self._unnamed: dict[str, int] = {}
        self._unnamed_names: list[str] = []
        self._spot_starts = [spot.start for spot in self.names.spots]
        self._spot_firsts = [spot.first for spot in self.names.spots]
        self._extra: dict[int, EntityMention] = {}
        self._group: Reference | None = None  # the several people who spoke last, for "they"

    def _source(self, quotation: Quotation) -> tuple[int, int] | None:
        """The words in the speaker's place: as found with the quotation, else the subject of its cue."""
        if quotation.source is not None:
            return quotation.source.start, quotation.source.end
        if quotation.cue is None:
            return None
        return self.subjects.of_cue(
            quotation.cue.start, quotation.cue.end, quotation.cue.lemma, (quotation.start, quotation.end)
        )

    @property
    def mentions(self) -> tuple[EntityMention, ...]:
        """Names, and the pronouns and nouns in a speaker's place that were led to somebody."""
        found = {
            spot.start: EntityMention(spot.start, spot.end, self.key(number), "name")
            for spot, number in zip(self.names.spots, self.names.owner, strict=True)
        }
        for start, mention in self._extra.items():
            found.setdefault(start, mention)
        return tuple(found[start] for start in sorted(found))

    def key(self, number: int) -> str:
        """The entity key of a local name."""
        return f"{self._document.article.id}#{number}"

    def refer(self, start: int, end: int) -> Reference | None:
        """Tell who the words from ``start`` to ``end``, in a speaker's place, mean."""
        phrase = self._reader.read(start, end)
        if phrase is None:
            return None
        reference = self._refer(phrase)
        if reference.kind == "unnamed" and phrase.plural:
            self._group = reference
        if reference.entity is not None and reference.form != "name":
            form = "pronoun" if phrase.form == "pronoun" else "noun"
            self._extra[reference.start] = EntityMention(reference.start, reference.end, reference.entity, form)
        return reference

    def name_of(self, key: str) -> str:
        """The fullest name of an entity, as it stands in the text."""
        number = int(key.rpartition("#")[2])
        total = len(self.names.names)
        return self._unnamed_names[number - total] if number >= total else self._full_name(self.names.names[number])

    def kind_of(self, key: str) -> str:
        """``person``, ``organisation`` or ``unnamed``."""
        number = int(key.rpartition("#")[2])
        if number >= len(self.names.names):
            return "unnamed"
        return "person" if self.names.names[number].is_person else "organisation"

    def role_at(self, key: str, position: int) -> str:
        """The role given to an entity at or nearest before a position; its first one when none came before."""
        number = int(key.rpartition("#")[2])
        if number >= len(self.names.names) or not self.names.names[number].roles:
            return ""
        roles = self.names.names[number].roles
        at = bisect_right(roles, position, key=lambda role: role.start) - 1
        return self._role_text(roles[max(at, 0)])

    def named_in(self, start: int, end: int) -> list[int]:
        """Indexes of the spots within a span."""
        low = bisect_right(self._spot_starts, start - 1)
        high = bisect_right(self._spot_starts, end - 1)
        return list(range(low, high))

    def spot_at(self, token: int) -> int | None:
        """Index of the spot that a token belongs to, or None."""
        at = bisect_right(self._spot_firsts, token) - 1
        return at if at >= 0 and token <= self.names.spots[at].last else None

    def spot_ending(self, token: int) -> int | None:
        """Index of the spot whose last token this is, or None."""
        at = self.spot_at(token)
        return at if at is not None and self.names.spots[at].last == token else None

    def key_of_spot(self, spot: int) -> str:
        """The entity key of a spot."""
        return self.key(self.names.owner[spot])

    def is_impersonal(self, quotation: Quotation) -> bool:
        """Whether the quote's cue is a passive that names nobody."""
        cue = quotation.cue
        return cue is not None and self.subjects.impersonal(cue.start, cue.end)

    def is_bare(self, quotation: Quotation) -> bool:
        """Whether a quote fills its paragraph: hardly a word stands beside it."""
        paragraph = self._document.paragraphs[quotation.first_paragraph]
        return quotation.start - paragraph.start < 4 and paragraph.end - quotation.end < 4

    def opens_paragraph(self, quotation: Quotation) -> bool:
        """Whether a quote begins its paragraph, bar its mark."""
        return quotation.start - self._document.paragraphs[quotation.first_paragraph].start < 4

    def asks(self, quotation: Quotation) -> bool:
        """Whether a quote ends in a question mark, or answers in a paragraph that holds little else."""
        paragraph = self._document.paragraphs[quotation.first_paragraph]
        beside = (paragraph.end - paragraph.start) - (quotation.end - quotation.start)
        return "?" in self._text[max(quotation.start, quotation.end - 2) : quotation.end + 1] or beside < 60

    def beside(self, quotation: Quotation) -> Reference | None:
        """Who stands beside a quote without a known cue, in its sentence."""
        span = self.subjects.beside((quotation.start, quotation.end))
        reference = self.refer(*span) if span is not None else None
        if reference is None or reference.entity is None or reference.kind == "unnamed":
            return None
        number = int(reference.entity.rpartition("#")[2])
        known = reference.kind == "person" or len(self.names.names[number].spots) > 1
        return reference if known else None

    def before_colon(self, quotation: Quotation) -> Reference | None:
        """The subject of the sentence whose colon leads to a quote."""
        at = bisect_right(self.tokens.starts, quotation.start - 1) - 1
        while at >= 0 and self.tokens.words[at] in _OPENING_MARKS:
            at -= 1
        if at < 1 or self.tokens.words[at] != ":" or quotation.first_paragraph - self.tokens.paragraph[at] > 1:
            return None
        span = self.subjects.shared(at)
        reference = self.refer(*span) if span is not None else None
        return reference if reference is not None and reference.entity is not None else None

    def person_before(self, quotation: Quotation) -> Reference | None:
        """The person named or meant last before a quote: in its sentence, its paragraph, or the paragraph before."""
        at = bisect_right(self._spot_starts, quotation.start) - 1
        tokens = self.tokens
        place = quotation.first_paragraph
        for index in range(at, max(-1, at - 12), -1):
            spot, number = self.names.spots[index], self.names.owner[index]
            if place - tokens.paragraph[spot.first] > 1:
                break
            if self.names.names[number].is_person and not spot.owner and not self.discourse.is_quoted(spot.start):
                link = f"{self._full_name(self.names.names[number])} is the last person named before the quote"
                return Reference(
                    self.key(number), spot.start, spot.end, "name", "person", (link,), "nearest person", 1.0
                )
        return None

    def entities(self, quotes: Iterable[Quote]) -> tuple[LocalEntity, ...]:
        """Everyone named, and the unnamed who speak, with what the article says of them."""
        counts: dict[str, int] = {}
        for quote in quotes:
            if quote.attribution.entity is not None:
                counts[quote.attribution.entity] = counts.get(quote.attribution.entity, 0) + 1
        found: list[LocalEntity] = []
        for name in self.names.names:
            key = self.key(name.number)
            full = self._full_name(name)
            written = dict.fromkeys(self._text[spot.start : spot.end] for spot in name.spots)
            written.pop(full, None)
            gender = self.discourse.gender_of(name.number) if name.is_person else ""
            found.append(
                LocalEntity(
                    key=key,
                    name=full,
                    kind="person" if name.is_person else "organisation",
                    aliases=tuple(written),
                    roles=tuple(dict.fromkeys(self._role_text(role) for role in name.roles)),
                    pronouns={"m": "he", "f": "she"}.get(gender, ""),
                    quotes=counts.get(key, 0),
                )
            )
        for index, words in enumerate(self._unnamed_names):
            key = self.key(len(self.names.names) + index)
            found.append(LocalEntity(key=key, name=words, kind="unnamed", quotes=counts.get(key, 0)))
        return tuple(found)

    def _find_role_starts(self) -> list[int]:
        starts: list[int] = []
        for spot, role in zip(self.names.spots, self.names.titles, strict=True):
            starts.append(min(role.first, spot.first) if role else spot.title if spot.personal else spot.first)
        return starts

    def _role_text(self, role: Role) -> str:
        return " ".join(self._text[role.start : role.end].split())

    def _full_name(self, name: LocalName) -> str:
        """The written form with the most words, the first of equals."""
        known = self._full_names.get(name.number)
        if known is not None:
            return known
        best = max(
            name.spots,
            key=lambda spot: (
                self.tokens.paragraph[spot.first] not in self.tokens.headline,
                len(spot.words),
                -spot.start,
            ),
        )
        full = self._full_names[name.number] = " ".join(self._text[best.start : best.end].split())
        return full

    def _refer(self, phrase: Phrase) -> Reference:
        if phrase.form == "name" and phrase.spot is not None:
            return self._by_name(phrase, phrase.spot)
        if phrase.form == "pronoun":
            return self._by_pronoun(phrase)
        if phrase.form == "report" and phrase.spot is not None:
            number = self.names.owner[phrase.spot]
            link = f"“{self._words(phrase)}” is by {self._full_name(self.names.names[number])}"
            return self._named(phrase, number, "report", (link,), 1.0)
        if phrase.form in ("noun", "report") and phrase.definite:
            found = self._roles.resolve(phrase)
            if found is not None:
                name = self._full_name(self.names.names[found.entity])
                return self._named(
                    phrase,
                    found.entity,
                    found.rule,
                    (f"“{self._words(phrase)}” is {name}: {found.why}",),
                    found.sureness,
                )
        return self._unnamed_reference(phrase)

    def _by_name(self, phrase: Phrase, spot: int) -> Reference:
        number = self.names.owner[spot]
        written, full = (
            self._text[self.names.spots[spot].start : self.names.spots[spot].end],
            self._full_name(self.names.names[number]),
        )
        if written == full or len(self.names.spots[spot].words) >= len(self.names.names[number].full):
            return self._named(phrase, number, "full name", (), 5.0)
        return self._named(phrase, number, "short name", (f"“{written}” is short for {full}",), 4.0)

    def _by_pronoun(self, phrase: Phrase) -> Reference:
        if phrase.head in HE or phrase.head in SHE:
            bound = self.discourse.bound.get(phrase.first)
            if bound is not None:
                name = self._full_name(self.names.names[bound.entity])
                return self._named(
                    phrase,
                    bound.entity,
                    f"pronoun: {bound.where}",
                    (f"“{self._words(phrase)}” is {name}, {bound.where}",),
                    bound.margin,
                )
        elif phrase.head in IT or phrase.head in THEY:
            group = self._group
            if phrase.head in THEY and group is not None and self._paragraphs_between(group.start, phrase.start) < 3:
                return replace(
                    group,
                    start=phrase.start,
                    end=phrase.end,
                    form="pronoun",
                    rule="pronoun: several people",
                    sureness=1.0,
                )
            found = self._roles.organisation_before(phrase)
            if found is not None and phrase.head in IT:
                name = self._full_name(self.names.names[found.entity])
                return self._named(
                    phrase,
                    found.entity,
                    "pronoun: organisation",
                    (f"“{self._words(phrase)}” is {name}: {found.why}",),
                    found.sureness,
                )
        elif phrase.head == "who":
            spot = self._antecedent_of_who(phrase.first)
            if spot is not None:
                number = self.names.owner[spot]
                return self._named(
                    phrase, number, "pronoun: who", (f"“who” is {self._full_name(self.names.names[number])}",), 4.0
                )
        elif phrase.head in FIRST:
            return Reference(None, phrase.start, phrase.end, "pronoun", "", (), "first person", 0.0)
        return Reference(None, phrase.start, phrase.end, "pronoun", "", (), "pronoun: nobody fits", 0.0)

    def _antecedent_of_who(self, who: int) -> int | None:
        """The name that "who" hangs on: right before it, or before the apposition that a comma closes."""
        tokens = self.tokens
        near = next((s for s in (self.spot_at(who - 1), self.spot_at(who - 2)) if s is not None), None)
        if near is not None and self.names.names[self.names.owner[near]].is_person:
            return near
        for back in range(who - 2, max(0, who - 24), -1):
            if tokens.words[back] == "," and tokens.sentence[back] == tokens.sentence[who]:
                spot = self.spot_at(back - 1)
                if spot is not None and self.names.names[self.names.owner[spot]].is_person:
                    return spot
        return near

    def _paragraphs_between(self, start: int, end: int) -> int:
        tokens = self.tokens
        first, last = bisect_right(tokens.starts, start) - 1, bisect_right(tokens.starts, end) - 1
        return tokens.paragraph[last] - tokens.paragraph[first]

    def _named(self, phrase: Phrase, number: int, rule: str, links: tuple[str, ...], sureness: float) -> Reference:
        kind = "person" if self.names.names[number].is_person else "organisation"
        return Reference(self.key(number), phrase.start, phrase.end, phrase.form, kind, links, rule, sureness)

    def _unnamed_reference(self, phrase: Phrase) -> Reference:
        """Whoever is not named stands as written ("officials")."""
        words = self._words(phrase)
        if (quantity := _QUANTITY.match(words)) is not None:
            words = words[quantity.end() :]
        known = words.casefold()
        if known not in self._unnamed:
            self._unnamed[known] = len(self._unnamed_names)
            self._unnamed_names.append(words)
        key = self.key(len(self.names.names) + self._unnamed[known])
        rule = "several speakers" if phrase.form == "joint" else "unnamed speaker"
        return Reference(key, phrase.start, phrase.end, phrase.form, "unnamed", (), rule, 3.0)

    def _words(self, phrase: Phrase) -> str:
        return " ".join(self._text[phrase.start : phrase.end].split())
