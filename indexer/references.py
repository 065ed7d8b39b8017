"""Who the words in a speaker's place mean: a name, whoever a pronoun or a role goes back to, or somebody unnamed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from indexer.couples import named_together
from indexer.discourse import Discourse
from indexer.document import Document, EntityMention
from indexer.entities import Entities
from indexer.focus import Focus
from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.noun_referents import NounReferents
from indexer.noun_words import OPENERS, PREPOSITIONS, is_verb, plural_noun
from indexer.nouns_before import NounsBefore
from indexer.organisation_nouns import Resolved
from indexer.people_words import W, plural_of_role
from indexer.speaker_phrases import FIRST, IT, THEY, Phrase, PhraseReader
from indexer.word_table import HE, SHE

_SEVERAL = THEY | {"one"}
_OWNERS = frozenset("his her their its".split())


class Reference(NamedTuple):
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


class References:
    """Tells who the words in a speaker's place mean.

    Args:
        document: The article.
        tokens: Its words.
        names: Everyone named in it.
        discourse: Whom its pronouns mean.
        entities: Makes keys and names of what is found.
        reader: Reads speakers' words.
        nouns: Leads nouns to names.
    """

    def __init__(
        self,
        document: Document,
        tokens: Tokens,
        names: LocalNames,
        discourse: Discourse,
        entities: Entities,
        reader: PhraseReader,
        nouns: NounReferents,
    ) -> None:
        self._text = document.text
        self._tokens = tokens
        self._names = names
        self._discourse = discourse
        self._entities = entities
        self._reader = reader
        self._nouns = nouns
        self._nouns_before = NounsBefore(tokens, names.at)
        self._focus = Focus(tokens, names, discourse)
        self._mentions: dict[int, EntityMention] = {}
        self._group: Reference | None = None  # the several people who spoke last, for "they"

    @property
    def mentions(self) -> Mapping[int, EntityMention]:
        """The pronouns and nouns that were led to somebody, by where they begin."""
        return self._mentions

    def refer(self, start: int, end: int) -> Reference | None:
        """Tell who the words from ``start`` to ``end``, in a speaker's place, mean."""
        phrase = self._reader.read(start, end)
        if phrase is None:
            return None
        reference = self._refer(phrase)
        if reference.kind == "unnamed" and (phrase.plural or reference.rule == "two named together"):
            self._group = reference
        if reference.entity is not None:
            self._focus.spoke(phrase, reference.entity, reference.kind)
        if reference.entity is not None and reference.form != "name":
            form = "pronoun" if phrase.form == "pronoun" else "noun"
            self._mentions[reference.start] = EntityMention(reference.start, reference.end, reference.entity, form)
        return reference

    def _refer(self, phrase: Phrase) -> Reference:
        if phrase.form == "name" and phrase.spot is not None:
            return self._by_name(phrase, phrase.spot)
        if phrase.form == "pronoun":
            return self._by_pronoun(phrase)
        if phrase.form == "report" and phrase.spot is not None:
            number = self._names.owner[phrase.spot]
            link = f"“{self._words(phrase)}” is by {self._entities.full_name(self._names.names[number])}"
            return self._named(phrase, number, "report", (link,), 1.0)
        if phrase.form == "report" and phrase.definite and (writer := self._focus.writer(phrase)) is not None:
            link = f"“{self._words(phrase)}” is by {self._entities.name_of(writer.key)}, who brought it in"
            return Reference(writer.key, phrase.start, phrase.end, "report", writer.kind, (link,), "report", 1.0)
        if phrase.form in ("noun", "report"):
            found = self._nouns.find(phrase) or self._issuer(phrase)
            if found is not None:
                name = self._entities.full_name(self._names.names[found.entity])
                return self._named(
                    phrase,
                    found.entity,
                    found.rule,
                    (f"“{self._words(phrase)}” is {name}: {found.why}",),
                    found.sureness,
                )
            if phrase.form == "report" and phrase.definite and (issuer := self._focus.issuer(phrase)) is not None:
                link = f"“{self._words(phrase)}” is by {self._entities.name_of(issuer.key)}, which spoke before"
                return Reference(issuer.key, phrase.start, phrase.end, "report", issuer.kind, (link,), "report", 0.5)
            if (two := named_together(self._tokens, self._names, phrase)) is not None:
                names = " ".join(self._text[slice(*two)].split())
                link = f"“{self._words(phrase)}” is {names}, who were named together"
                key = self._entities.unnamed_key(names)
                rule = "two named together"
                return Reference(key, phrase.start, phrase.end, "noun", "unnamed", (link,), rule, 1.0)
        return self._unnamed_reference(phrase)

    def _issuer(self, phrase: Phrase) -> Resolved | None:
        """Whoever issues what speaks: Quill Foods sold its shops. *The chain's* website said so.  ->  Quill Foods."""
        if phrase.form != "report":
            return None
        tokens = self._tokens
        for owner in range(phrase.first + 1, phrase.stop - 1):
            if tokens.owner[owner]:
                issuer = self._reader.read(tokens.starts[phrase.first], tokens.ends[owner])
                found = self._nouns.find(issuer) if issuer is not None and issuer.form == "noun" else None
                return found._replace(rule="report") if found is not None else None
        return self._by_body(phrase)

    def _by_body(self, phrase: Phrase) -> Resolved | None:
        """Whose a report is by the noun before its own: Orsk Fire Service came. A *fire service* statement said so."""
        tokens = self._tokens
        body = phrase.stop - 2
        if (
            body <= phrase.first
            or phrase.head == "figures"
            or not tokens.bits[body] & W.COLLECTIVE
            or not tokens.words[body].islower()
        ):
            return None
        noun = Phrase(phrase.start, tokens.ends[body], "noun", None, tokens.lower[body], phrase.first, body + 1, True)
        found = self._nouns.find(noun)
        return found._replace(rule="report") if found is not None else None

    def _by_name(self, phrase: Phrase, spot: int) -> Reference:
        """Whom a name means: "full name" as the article gives it (Lena Orsk), "short name" otherwise (Orsk)."""
        number = self._names.owner[spot]
        written, full = (
            self._text[self._names.spots[spot].start : self._names.spots[spot].end],
            self._entities.full_name(self._names.names[number]),
        )
        if written == full or len(self._names.spots[spot].words) >= len(self._names.names[number].full):
            return self._named(phrase, number, "full name", (), 5.0)
        return self._named(phrase, number, "short name", (f"“{written}” is short for {full}",), 4.0)

    def _by_pronoun(self, phrase: Phrase) -> Reference:
        """Whom a pronoun means: a person by the discourse, or by one of these rules.

        "pronoun: unnamed speaker":  A woman said it shook. She said she ran.  ->  a woman
        "pronoun: who":              Lena Orsk, who said that ...  ->  Lena Orsk
        "first person":              I said that ...  ->  whoever writes: nobody is credited
        "pronoun: nobody fits":      She said that ...  ->  nobody, where no woman was named
        """
        if phrase.head in HE or phrase.head in SHE:
            bound = self._discourse.bound.get(phrase.first)
            key = self._focus.unnamed(phrase, bound.entity if bound else None)
            words = self._discourse.words_for(bound.entity) if bound else None
            if key is None and words is not None:
                key = self._refer(words).entity
            if key is not None:
                link = f"“{self._words(phrase)}” is {self._entities.name_of(key)}, who spoke just before"
                return Reference(
                    key, phrase.start, phrase.end, "pronoun", "unnamed", (link,), "pronoun: unnamed speaker", 1.0
                )
            if bound is not None:
                name = self._entities.full_name(self._names.names[bound.entity])
                return self._named(
                    phrase,
                    bound.entity,
                    f"pronoun: {bound.where}",
                    (f"“{self._words(phrase)}” is {name}, {bound.where}",),
                    bound.margin,
                )
        elif (phrase.head in IT or phrase.head in _SEVERAL) and (found := self._by_it_or_they(phrase)) is not None:
            return found
        elif phrase.head == "who":
            spot = self._antecedent_of_who(phrase.first)
            if spot is not None:
                number = self._names.owner[spot]
                return self._named(
                    phrase,
                    number,
                    "pronoun: who",
                    (f"“who” is {self._entities.full_name(self._names.names[number])}",),
                    4.0,
                )
            elif (noun := self._noun_before_who(phrase)) is not None:
                return noun
        elif phrase.head in FIRST:
            return Reference(None, phrase.start, phrase.end, "pronoun", "", (), "first person", 0.0)
        return Reference(None, phrase.start, phrase.end, "pronoun", "", (), "pronoun: nobody fits", 0.0)

    def _by_it_or_they(self, phrase: Phrase) -> Reference | None:
        """Whom "it" or "they" means, by the first of these rules that fits.

        "pronoun: running speaker":  In a post, Senna Lines said it was late. It added that ...  ->  Senna Lines
        "pronoun: several people":   Residents said it shook. They said they ran. One said it was loud.  ->  residents
        "pronoun: noun":             The port authority met. It said that ...  ->  the port authority
        "pronoun: organisation":     The Harbour Union met. It said that ...  ->  Harbour Union
        """
        group, they = self._group, phrase.head in _SEVERAL
        running = self._focus.body(phrase)
        if running is not None and (not they or group is None or group.start < running.start):
            name = self._entities.name_of(running.key)
            link = f"“{self._words(phrase)}” is {name}, which spoke just before"
            rule = "pronoun: running speaker"
            return Reference(running.key, phrase.start, phrase.end, "pronoun", running.kind, (link,), rule, 2.0)
        if they and group is not None and self._paragraphs_between(group.start, phrase.start) < 3:
            return group._replace(
                start=phrase.start, end=phrase.end, form="pronoun", rule="pronoun: several people", sureness=1.0
            )
        if (noun := self._noun_before(phrase)) is not None:
            return noun
        found = self._nouns.roles.organisation_before(phrase)
        if found is None or (they and found.sureness < 1.5):
            return None
        name = self._entities.full_name(self._names.names[found.entity])
        link = f"“{self._words(phrase)}” is {name}: {found.why}"
        return self._named(phrase, found.entity, "pronoun: organisation", (link,), found.sureness)

    def _noun_before(self, phrase: Phrase) -> Reference | None:
        """Rule "pronoun: noun": "it" goes back to the noun of an organisation or of something written that the text has just put.

        The union disputes that. It said ...  ->  the union
        Staff got an e-mail from the head. It said ...  ->  the head
        Residents are angry. They say ...  ->  residents
        """
        tokens = self._tokens
        they = phrase.head in _SEVERAL
        span = self._nouns_before.several(phrase.first) if they else self._nouns_before.find(phrase.first)
        if span is None:
            return None
        words = self._reader.read(tokens.starts[span.start], tokens.ends[span.stop - 1])
        if words is None or words.form not in ("noun", "report", "name"):
            return None
        found = self._refer(words)
        rule = "pronoun: several people" if they else "pronoun: noun"
        return found._replace(start=phrase.start, end=phrase.end, form="pronoun", rule=rule, sureness=1.0)

    def _antecedent_of_who(self, who: int) -> int | None:
        """The name that "who" hangs on: right before it, or before the apposition that a comma closes."""
        tokens = self._tokens
        near = next(
            (s for s in (self._names.at.spot_at(who - 1), self._names.at.spot_at(who - 2)) if s is not None), None
        )
        if near is not None and self._names.names[self._names.owner[near]].is_person:
            return near
        for back in range(who - 2, max(0, who - 24), -1):
            if tokens.words[back] == "," and tokens.sentence[back] == tokens.sentence[who]:
                spot = self._names.at.spot_at(back - 1)
                if spot is not None and self._names.names[self._names.owner[spot]].is_person:
                    return spot
        return near

    def _noun_before_who(self, phrase: Phrase) -> Reference | None:
        """Rule "pronoun: who, unnamed": who hangs on a noun: "*residents* who told the council it rained"."""
        tokens = self._tokens
        last = phrase.first - 1 - (tokens.words[phrase.first - 1] == ",")
        if last < 0 or not (
            tokens.bits[last] & (W.ROLE | W.PLURAL)
            or plural_of_role(tokens.lower[last])
            or plural_noun(tokens.words[last])
        ):
            return None
        first = last
        while first and last - first < 3 and tokens.sentence[first - 1] == tokens.sentence[last]:
            word = tokens.lower[first - 1]
            if not tokens.words[first - 1].islower() or word in PREPOSITIONS or word in OPENERS or is_verb(word):
                break
            first -= 1
        words = " ".join(self._text[tokens.starts[first] : tokens.ends[last]].split())
        noun = self._reader.read(tokens.starts[first], tokens.ends[last])
        if noun is not None and noun.definite and tokens.lower[first] == "the":
            found = self._refer(noun)
            if found.kind == "person":  # "a lecture from the Larian president, who said"
                return found._replace(start=phrase.start, end=phrase.end, form="pronoun", rule="pronoun: who")
        key = self._entities.unnamed_key(words)
        return Reference(
            key, phrase.start, phrase.end, "pronoun", "unnamed", (f"“who” is {words}",), "pronoun: who, unnamed", 2.0
        )

    def _paragraphs_between(self, start: int, end: int) -> int:
        tokens = self._tokens
        first, last = bisect_right(tokens.starts, start) - 1, bisect_right(tokens.starts, end) - 1
        return tokens.paragraph[last] - tokens.paragraph[first]

    def _named(self, phrase: Phrase, number: int, rule: str, links: tuple[str, ...], sureness: float) -> Reference:
        kind = "person" if self._names.names[number].is_person else "organisation"
        return Reference(self._entities.key(number), phrase.start, phrase.end, phrase.form, kind, links, rule, sureness)

    def _unnamed_reference(self, phrase: Phrase) -> Reference:
        """Whoever is not named stands as written.

        "unnamed speaker":      Officials said that ...  ->  officials
        "noun without a name":  The minister said that ...  ->  the minister, where the text seems to name none
        "several speakers":     Lena Orsk and Tom Hale said that ...  ->  both, and neither alone
        """
        key = self._entities.unnamed_key(self._words(phrase))
        owned = self._tokens.lower[phrase.first] in _OWNERS
        rule = "noun without a name" if (phrase.definite or owned) and not phrase.plural else "unnamed speaker"
        rule = "several speakers" if phrase.form == "joint" else rule
        return Reference(key, phrase.start, phrase.end, phrase.form, "unnamed", (), rule, 3.0)

    def _words(self, phrase: Phrase) -> str:
        return " ".join(self._text[phrase.start : phrase.end].split())
