"""The people and organisations of one article: where each is named, and who a speaker's words mean.

Names are spotted, tied together, and given what the article says of them (roles, gender); pronouns and role nouns are
led back to them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from indexer.body_introductions import BodyIntroductions
from indexer.body_nouns import BodyNouns
from indexer.clause_roles import ClauseRoles
from indexer.descriptions import EPITHETS, Descriptions
from indexer.discourse import Discourse
from indexer.document import Document, EntityMention, Quotation, Quote
from indexer.entities import Entities
from indexer.introductions import Introductions
from indexer.kinship import Kinship
from indexer.local_names import LocalNames
from indexer.name_linking import link_names
from indexer.name_spotting import spot_names
from indexer.name_tokens import Tokens, read_tokens
from indexer.noun_referents import NounReferents
from indexer.person_nouns import find_person_nouns, is_person
from indexer.references import Reference, References
from indexer.role_nouns import RoleNouns
from indexer.speaker_phrases import Phrase, PhraseReader
from indexer.subjects import Subjects
from indexer.surroundings import Surroundings
from indexer.told_of import ToldOf
from search.records import LocalEntity

_MARKED = re.compile(r"[“\"«„][^“”\"«»„]*[”\"»]?")


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
        tokens: The article's words.
        names: Everyone named, and where.
        sources: For each quotation the span of its own speaker's words, or None.
        discourse: Whom the pronouns outside quotation marks mean.
        around: What stands around each quotation.
        mentions: Places where they are named or meant, in text order.
    """

    def __init__(
        self,
        document: Document,
        quotations: Sequence[Quotation],
        discourse: type[Discourse] = Discourse,
        tokens: Tokens | None = None,
    ) -> None:
        self.tokens: Tokens = tokens or read_tokens(document)
        self.names: LocalNames = link_names(self.tokens, spot_names(self.tokens))
        role_starts = self._find_role_starts()
        quoted = sorted(span for quotation in quotations for span in _in_marks(document.text, quotation))
        reported = sorted((q.start, q.end) for q in quotations if q.type in ("indirect", "mixed"))
        self._subjects = Subjects(self.tokens, self.names.spots, role_starts, quoted, reported)
        self.sources = [self._source(quotation) for quotation in quotations]
        places = self._subjects.places
        reader = PhraseReader(self.tokens, self.names.spots, role_starts)
        persons = self._nouns_of_persons(reader, filter(None, self.sources))
        spans = sorted(
            (*self._naming(reader, *source), q.start, q.end)
            for q, source in zip(quotations, self.sources, strict=True)
            if source is not None
        )
        self.discourse = discourse(self.tokens, self.names, places, quoted, spans, persons, reported)
        kinship = Kinship(self.tokens, self.names, self.discourse.bound, self.discourse.gender_of)
        told = ToldOf(self.tokens, self.names)
        descriptions = Descriptions(
            self.tokens, self.names, told, self.discourse.gender_of, self.discourse.is_spoken_of
        )
        introductions = Introductions(self.tokens, self.names, places, told, self.discourse.gender_of)
        clauses = ClauseRoles(self.tokens, self.names, self.discourse.bound)
        roles = RoleNouns(self.tokens, self.names, places, told, clauses, self.discourse.is_quoted)
        bodies = BodyNouns(self.tokens, self.names, places)
        later = BodyIntroductions(self.tokens, self.names, places)
        nouns = NounReferents(roles, kinship, descriptions, introductions, bodies, later)
        self.discourse.resolve(nouns.entity)
        self._entities = Entities(document, self.tokens, self.names)
        self._references = References(document, self.tokens, self.names, self.discourse, self._entities, reader, nouns)
        self.around = Surroundings(
            document, self.tokens, self.names, self._subjects, self.discourse, self._entities, self._references
        )

    def _nouns_of_persons(self, reader: PhraseReader, speakers: Iterable[tuple[int, int]]) -> list[tuple[Phrase, int]]:
        """Nouns that mean one person, where clauses begin and in a speaker's place, each with its place in its clause."""
        tokens = self.tokens
        spans = {
            tokens.starts[n.first]: (tokens.ends[n.stop - 1], n.level)
            for n in find_person_nouns(tokens, self.names.spots)
        }
        for start, end in speakers:  # "the mother of three", not "the mother": as it is asked for later
            spans[start] = end, spans[start][1] if start in spans else 1
        read = ((reader.read(start, end), level) for start, (end, level) in sorted(spans.items()))
        return [
            (noun, level)
            for noun, level in read
            if noun is not None
            and noun.form == "noun"
            and not noun.plural
            and (is_person(tokens, noun) or noun.head in EPITHETS)
        ]

    def _naming(self, reader: PhraseReader, start: int, end: int) -> tuple[int, int]:
        """What of a speaker's words names the speaker: "Orsk's mother, *Ines*", behind "Orsk's mother" as a subject, too."""
        words = reader.read(start, end)
        if words is not None and words.form == "noun":
            return words.start, self.tokens.ends[words.first]  # "the member for Kesmark" is not Kesmark
        if words is None or words.form != "name" or words.spot is None:
            return start, end
        spot = self.names.spots[words.spot]
        owned = any(self.tokens.owner[words.first : spot.first])
        return spot.start if owned else words.start, spot.end

    def _source(self, quotation: Quotation) -> tuple[int, int] | None:
        """The words in the speaker's place: as found with the quotation, else the subject of its cue."""
        if quotation.source is not None:
            return quotation.source.start, quotation.source.end
        if quotation.cue is None:
            return None
        return self._subjects.of_cue(
            quotation.cue.start, quotation.cue.end, quotation.cue.lemma, (quotation.start, quotation.end)
        )

    @property
    def mentions(self) -> tuple[EntityMention, ...]:
        """Names, and the pronouns and nouns in a speaker's place that were led to somebody."""
        keys = [self._entities.key(number) for number in range(len(self.names.names))]
        found = {
            spot.start: EntityMention(spot.start, spot.end, keys[number], "name")
            for spot, number in zip(self.names.spots, self.names.owner, strict=True)
        }
        for start, mention in self._references.mentions.items():
            found.setdefault(start, mention)
        return tuple(found[start] for start in sorted(found))

    def spot_at(self, token: int) -> int | None:
        """Index of the spot that a token belongs to, or None."""
        return self.names.at.spot_at(token)

    def spot_ending(self, token: int) -> int | None:
        """Index of the spot whose last token this is, or None."""
        return self.names.at.spot_ending(token)

    def key_of(self, number: int) -> str:
        """The entity key of a local name."""
        return self._entities.key(number)

    def key_of_spot(self, spot: int) -> str:
        """The entity key of a spot."""
        return self._entities.key(self.names.owner[spot])

    def refer(self, start: int, end: int) -> Reference | None:
        """Tell who the words from ``start`` to ``end``, in a speaker's place, mean."""
        return self._references.refer(start, end)

    def brings_in(self, reference: Reference | None) -> bool:
        """Whether a speaker's words are the first that name a person."""
        if reference is None or reference.entity is None or reference.form != "name" or reference.kind != "person":
            return False
        first = self.names.names[int(reference.entity.rpartition("#")[2])].spots[0]
        return reference.start <= first.start < reference.end

    def name_of(self, key: str) -> str:
        """The fullest name of an entity, as it stands in the text."""
        return self._entities.name_of(key)

    def kind_of(self, key: str) -> str:
        """``person``, ``organisation`` or ``unnamed``."""
        return self._entities.kind_of(key)

    def role_at(self, key: str, position: int) -> str:
        """The role given to an entity at or nearest before a position; its first one when none came before."""
        return self._entities.role_at(key, position)

    def entities(self, quotes: Iterable[Quote], besides: Container[str] = ()) -> tuple[LocalEntity, ...]:
        """Everyone named besides those with some keys, and the unnamed who speak, with what the article says of them."""
        return self._entities.found(quotes, self.discourse, besides)

    def _find_role_starts(self) -> list[int]:
        starts: list[int] = []
        for spot, role in zip(self.names.spots, self.names.titles, strict=True):
            starts.append(min(role.first, spot.first) if role else spot.title if spot.personal else spot.first)
        return starts
