"""The words that stand in a speaker's place: the subject of a cue, found without a parser.

What touches the cue decides first ("Orsk said", "said Orsk", "Orsk, the mayor, said"); behind "and" or a comma the cue
shares its subject with the clause before ("Orsk shook her head, saying").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from indexer.clause_places import ClausePlaces
from indexer.clause_subjects import ClauseSubjects
from indexer.inclusions import whole_group
from indexer.name_tokens import Tokens
from indexer.noun_phrases import NounPhrases, marked
from indexer.noun_words import BE, NOUN, OPENERS, PREPOSITIONS, SKIPPED, is_adverb
from indexer.outer_heads import outer_head
from indexer.passives import is_impersonal, was_asked
from indexer.people_words import W, plural_of_role
from indexer.premodifiers import tells_by_participle
from indexer.quote_tags import tag_behind
from indexer.relatives import before_comma, before_which
from indexer.spots import Spot
from indexer.when_before import past_when

_OBJECTS = frozenset("him her them us me".split())
_MARKS_AFTER = frozenset(("”", '"', "»", "“"))
_NEVER_INVERTED = frozenset("tell inform remind assure warn urge accuse".split())
_TAKES_OBJECT = frozenset(("according to", "in the words of", "per"))
_QUOTED_AS = frozenset("quoted quotes quoting cited citing quote".split())
_INNER = frozenset("of for by with from about against on in at near under over into to across".split())
_JOINED = frozenset(("and", "but", "then"))
_MEANS = frozenset("email e-mail phone telephone text letter video fax mail message".split())
"""What "said by" leads to besides a speaker."""
_NOMINATIVES = frozenset(("he", "she", "they"))
_LONGEST_PARTNER = 5
_OTHERS = frozenset("his her their its other others several some many".split())
_PARTNER_BEGINS = frozenset("the a an both its their his her".split())


class Subjects:
    """Finds the words in a speaker's place.

    Attributes:
        places: In which place of its clause each name stands.

    Args:
        tokens: Of the article.
        spots: Names, in text order.
        role_starts: For each spot the token where its title begins.
        quoted: Spans inside quotation marks; nobody's words are looked for there.
        reported: Spans of reported speech; who is named there is no subject of a cue behind them.
    """

    def __init__(
        self,
        tokens: Tokens,
        spots: Sequence[Spot],
        role_starts: Sequence[int],
        quoted: Sequence[tuple[int, int]],
        reported: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.places = ClausePlaces(tokens, spots, role_starts)
        self._quoted = marked(tokens, quoted)
        self._tokens = tokens
        self._phrases = NounPhrases(tokens, spots, role_starts, self.places, self._quoted)
        self._clauses = ClauseSubjects(tokens, spots, role_starts, self._phrases, self.places, marked(tokens, reported))

    def of_cue(self, start: int, end: int, lemma: str, said: tuple[int, int]) -> tuple[int, int] | None:
        """Return the span of the words that do the saying, or None.

        Args:
            start: Where the cue begins.
            end: Where it ends.
            lemma: Its dictionary form.
            said: Span of what is said.
        """
        tokens = self._tokens
        first, stop = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
        if first >= stop or first >= len(tokens.starts):
            return None
        if lemma in _TAKES_OBJECT:
            if stop < len(tokens.starts) and tokens.lower[stop] in _OBJECTS:
                return self._chars((stop, stop + 1))  # "according to her,"
            return self._chars(self._phrases.starting(stop, said) or self._phrases.plain(stop, said))
        stop += stop + 2 < len(tokens.starts) and tokens.lower[stop + 1] == "by" and is_adverb(tokens.lower[stop])
        by = stop + 1 < len(tokens.starts) and tokens.lower[stop] == "by"
        if by and tokens.lower[stop + 1] not in _MEANS and not tokens.words[stop + 1][0].isdigit():
            return self._chars(
                self._phrases.starting(stop, said)
            )  # "claims by the union that", "as reported by Harbour News"
        if was_asked(tokens, first) or is_impersonal(tokens, stop, self._quoted):
            return self._agent_behind(said)
        behind_quote = first > 0 and (bool(self._quoted[first - 1]) or tokens.words[first - 1] in _MARKS_AFTER)
        inverted = lemma not in _NEVER_INVERTED and (0 <= start - said[1] < 4 or behind_quote)
        return self._chars(
            self._participle(first, said)
            or (self._phrases.starting(stop, said) if inverted else None)
            or before_which(tokens, self._phrases, first, said)
            or self._with_partner(self._not_inside(self._whole(self._before(first, said), said), first, said), said)
            or (self._phrases.starting(stop, said) if said[1] <= start and lemma not in _NEVER_INVERTED else None)
            or self._whole(self._clauses.last_before(first, said), said)
            or self._clauses.of_clause(first, said)
        )

    def _whole(self, found: tuple[int, int] | None, said: tuple[int, int]) -> tuple[int, int] | None:
        """Whoever speaks where a noun phrase before a cue is only a part of theirs."""
        return outer_head(self._tokens, self._phrases, whole_group(self._tokens, self._phrases, found, said), said)

    def _agent_behind(self, said: tuple[int, int]) -> tuple[int, int] | None:
        """Who is named by "by" behind what is said: Hale was described as “boat-mad” *by the police*."""
        tokens = self._tokens
        at = bisect_left(tokens.starts, said[1])
        while at < len(tokens.starts) and tokens.words[at] in _MARKS_AFTER:
            at += 1
        named = at < len(tokens.starts) and tokens.lower[at] == "by"
        return self._chars(self._phrases.starting(at, said)) if named else None

    def impersonal(self, start: int, end: int) -> bool:
        """Whether a cue is a passive that names nobody: "was said to be ill", "it was reported that", "Asked whether"."""
        starts = self._tokens.starts
        first, stop = bisect_left(starts, start), bisect_left(starts, end)
        return (first < stop and was_asked(self._tokens, first)) or is_impersonal(self._tokens, stop, self._quoted)

    def _not_inside(self, found: tuple[int, int] | None, cue: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """Rule "head of the phrase": a noun behind a preposition belongs to the noun before it, which speaks.

        *The family of a man* who died in a cell says it was told nothing; *a letter* seen by Harbour News says so;
        *officials in Oakland and Senna* say so.
        """
        if found is None or not found[0]:
            return found
        tokens, before = self._tokens, found[0] - 1
        joined = tokens.lower[before] in ("and", "or") and self._phrases.place_at(found[1] - 1) is not None
        if joined and (places := self._past_places(before)) != before:
            head = self._phrases.ending(places - 1, said) if tokens.lower[places] in _INNER else None
            return (head[0], found[1]) if head else found
        if tokens.lower[before] == "on" and tokens.lower[before - 1] in _JOINED and self._is_name(found):
            return None  # "Orsk shook her head, and on Facebook said"
        if tokens.lower[before] in _INNER or tells_by_participle(tokens, before):
            return self._clauses.of_clause(cue, said, through=True) or found
        return found

    def _is_name(self, found: tuple[int, int]) -> bool:
        """Whether a noun phrase is a name and nothing else."""
        spot = self._phrases.spot_at(found[0])
        return spot is not None and spot == self._phrases.spot_at(found[1] - 1)

    def _past_places(self, before: int) -> int:
        """From the "and" between two places to the word before the first: "officials *in* Oakland and Senna"."""
        tokens = self._tokens
        while before > 1 and tokens.lower[before] in ("and", ",", "or"):
            place = self._phrases.place_at(before - 1)
            if place is None or place < 2:
                break
            before = place - 1 - (tokens.lower[place - 1] == "the")
        return before

    def _with_partner(self, found: tuple[int, int] | None, said: tuple[int, int]) -> tuple[int, int] | None:
        """Rule "joint subject": two nouns that speak together are both the subject, so that neither is credited alone.

        The union *and the company* said talks would resume.  ->  the union and the company
        """
        if found is None or found[0] < 2:
            return found
        tokens = self._tokens
        joint = found[0] - 1
        sentence = tokens.sentence[found[0]]
        if tokens.lower[joint] != "and" or tokens.sentence[joint] != sentence or tokens.words[found[0]][0].isupper():
            return found
        if tokens.lower[found[0]] in _OTHERS and (named := self._phrases.lists.opening_name(joint)) is not None:
            return named, found[1]  # "Orsk and his lawyers said"
        first = joint
        while first and joint - first < _LONGEST_PARTNER and tokens.sentence[first - 1] == sentence:
            word = tokens.words[first - 1]
            if not word[0].isalnum() or said[0] <= tokens.starts[first - 1] < said[1]:
                break
            first -= 1
        alone = joint - first == 1 and (
            tokens.lower[first].endswith(("s", "police")) or tokens.lower[first] in ("he", "she")
        )
        return (first, found[1]) if alone or tokens.lower[first] in _PARTNER_BEGINS else found

    def _participle(self, cue: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The subject of "saying": of the clause it hangs on, or of what is "quoted as", "accused of" saying.

        Orsk shook her head, saying. The paper quoted Orsk as saying. Hale accused Orsk of once saying. The council met, with
        Orsk calling. Insisting that it held, Orsk left.
        """
        tokens = self._tokens
        if not tokens.lower[cue].endswith("ing") or cue == 0:
            return None
        if tokens.sentence[cue - 1] != tokens.sentence[cue]:
            return self._after_clause(cue, said)
        at = cue - 1
        while at > 0 and tokens.lower[at].endswith("ly"):
            at -= 1
        small = tokens.lower[at]
        if small in ("of", "for"):
            return self._phrases.ending(at - 1, said)
        if (partner := self._behind_with(at)) is not None:
            return partner, at + 1
        if tokens.bits[at] & W.REPORT and small not in ("letter", "statement"):
            return self._phrases.ending(at, said)
        if small == "as":
            for back in range(at - 1, max(-1, at - 24), -1):
                if tokens.lower[back] in _QUOTED_AS:
                    passive = tokens.lower[back - 1] in BE  # "Orsk has been quoted as telling"
                    return self._before(back, said) if passive else self._phrases.starting(back + 1, said)
        if tokens.bits[at] & W.FUNCTION and small in BE:
            return None
        return self._whole(self._clauses.last_before(cue, said), said)

    def _behind_with(self, at: int) -> int | None:
        """The first word of a noun phrase between "with" and a participle: the council met, with *some critics* saying.

        Despite *Orsk* claiming; with *the Harbour Union* accusing; with *Rovers coach Hale* claiming.
        """
        tokens = self._tokens
        if (spot := self._phrases.spot_at(at)) is not None:
            at = self._phrases.first_of(spot)
        elif not (tokens.bits[at] & (W.PLURAL | W.ROLE | W.COLLECTIVE) or plural_of_role(tokens.lower[at])):
            return None
        for back in range(at, max(0, at - 7), -1):
            if tokens.lower[back - 1] in ("with", "despite"):
                return back
            known = tokens.words[back - 1].isalpha() or self._phrases.spot_at(back - 1) is not None  # "Sailors' Union"
            if not known or self._phrases.is_verb(back - 1):
                return None
        return None

    def _after_clause(self, cue: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The subject behind a clause that opens its sentence: "Noting that the dam would hold, Orsk left"."""
        tokens = self._tokens
        at = bisect_left(tokens.starts, said[1])
        if at + 1 >= len(tokens.starts) or tokens.words[at] != "," or tokens.sentence[at] != tokens.sentence[cue]:
            return None
        if tokens.lower[at + 1] in _NOMINATIVES:
            return at + 1, at + 2
        for end in range(at + 1, min(at + 7, len(tokens.starts))):
            spot = self._phrases.spot_at(end)
            if spot is not None and self._phrases.first_of(spot) == at + 1 and self._phrases.spot_at(end + 1) != spot:
                return at + 1, end + 1
        return None

    def tag(self, said: tuple[int, int]) -> tuple[int, int] | None:
        """Return who is named right behind a quote with a verb: “It holds,” *Lena Orsk* retorted."""
        return self._chars(tag_behind(self._tokens, self._phrases, said))

    def beside(self, said: tuple[int, int]) -> tuple[int, int] | None:
        """Return the words beside a quote that has no known cue: in its sentence, or in the line that leads to it.

        "Orsk, on the dam: “It holds.”", "“It holds,” chirped Orsk."
        """
        tokens = self._tokens
        first, stop = bisect_left(tokens.starts, said[0]), bisect_left(tokens.starts, said[1])
        after = stop
        while after < len(tokens.starts) and after - stop < 2 and not tokens.words[after][0].isalnum():
            after += 1
        if (
            after < len(tokens.starts)
            and after > 0
            and self._tag(after, tokens.sentence[min(stop, len(tokens.starts)) - 1])
        ):
            if tokens.lower[after].endswith(("ed", "s")) and tokens.words[after].islower():
                found = self._phrases.starting(after + 1, said)  # “It holds,” chirped Orsk
                if found and self._phrases.firm(found[0]):
                    return self._chars(found)
            if self._phrases.firm(after):
                return self._chars(self._phrases.starting(after, said))  # “It holds,” Orsk chirped
        return self._chars(self._clauses.last_before(first, said)) if first < len(tokens.starts) else None

    def shared(self, token: int) -> tuple[int, int] | None:
        """Return the span of the last subject before a token, in its sentence."""
        return self._chars(self._clauses.last_before(token, (0, 0)))

    def _tag(self, token: int, sentence: int) -> bool:
        """Whether the words from a token on belong to the quote before: same sentence, or a short one behind "?”"."""
        tokens = self._tokens
        if tokens.sentence[token] == sentence:
            return True
        end = token
        while end < len(tokens.starts) and end - token < 9 and tokens.sentence[end] == tokens.sentence[token]:
            end += 1
        return (
            tokens.sentence[token] == sentence + 1
            and end - token < 9
            and tokens.paragraph[token] == tokens.paragraph[token - 1]
        )

    def _chars(self, found: tuple[int, int] | None) -> tuple[int, int] | None:
        return (self._tokens.starts[found[0]], self._tokens.ends[found[1] - 1]) if found else None

    def _before(self, cue: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The noun phrase that ends where the cue begins, past adverbs, auxiliaries and an apposition."""
        tokens = self._tokens
        sentence = tokens.sentence[cue]
        at = past_when(tokens, cue - 1)
        if owner := self._possessor(at, sentence):
            return owner
        while (
            at >= 0
            and tokens.sentence[at] == sentence
            and (tokens.lower[at] in SKIPPED or (is_adverb(tokens.lower[at]) and tokens.words[at].islower()))
        ):
            if tokens.lower[at] == "who":
                return at, at + 1
            if tokens.lower[at] == "which" and at and tokens.words[at - 1] == ",":
                return before_comma(tokens, self._phrases, at - 1, said)  # "the board, which ruled that"
            at -= 1
        if at < 0 or tokens.sentence[at] != sentence or self._phrases.said(at, said):
            return None
        at -= tokens.words[at] == "-" and tokens.words[at - 1] == "-"  # "--"
        if tokens.words[at] in (",", "—", "–", "-", ")"):
            inner = self._phrases.past_aside(at, said)
            return self._phrases.ending(inner, said) if inner is not None else None
        return self._phrases.ending(at, said)

    def _possessor(self, at: int, sentence: int) -> tuple[int, int] | None:
        """Whose the cue is, where it is a noun: "his stern warning that", "Orsk's claim that"."""
        tokens = self._tokens
        for back in range(at, max(-1, at - 3), -1):
            if tokens.sentence[back] != sentence:
                return None
            if tokens.lower[back] in ("his", "her", "their", "its"):
                return back, back + 1
            if tokens.owner[back]:
                spot = self._phrases.spot_at(back)
                first = self._phrases.first_of(spot) if spot is not None else back
                if first > 0 and tokens.lower[first - 1] == "the":
                    first -= 1
                return first, back + 1
            small = tokens.lower[back]
            if small in OPENERS or small in PREPOSITIONS or small in _NOMINATIVES or self._phrases.is_verb(back):
                return None  # "on Orsk's coat he claimed"
            if (
                not tokens.words[back].islower()
                or tokens.bits[back] & NOUN
                or plural_of_role(small)
                or small in SKIPPED
            ):
                return None
        return None
