"""The words that stand in a speaker's place: the subject of a cue, found without a parser.

What touches the cue decides first ("Orsk said", "said Orsk", "Orsk, the mayor, said"); behind "and" or a comma the cue
shares its subject with the clause before ("Orsk shook her head, saying").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from indexer.name_spotting import Spot
from indexer.name_tokens import Tokens
from indexer.people_words import W, plural_of_role

_SKIP = frozenset(
    "has have had also then later often again once would could will may might must did does do is was were are be been being to not never "
    "only just always repeatedly recently previously publicly reportedly simply even still further himself herself themselves itself "
    "first since now soon instead thus long too nonetheless nevertheless however both all who that which".split()
)
_PRONOUNS = frozenset("he she they it i we who others some many several both one".split())
_OBJECTS = frozenset("him her them us me".split())
_DETERMINERS = frozenset(
    "the a an his her their its our this that these those another some many several most other both all no one two three".split()
)
_STOPS = frozenset(', ; : . ? ! " “ ” ( ) — – « » „'.split())
_LINKS = frozenset("of for at from with in to".split())
_OPENERS = frozenset(
    "and but that when as while because if although though after before since until where , ; : — – \" “ ” ' ’".split()
)
_PREPOSITIONS = frozenset(
    "of to for with by from about against on in at like than between into over near under including told asked".split()
)
_VERBS = frozenset(
    "said says told tells was is has had have will would did does made went took put got came gave spoke wrote thinks thought knew led left "
    "met ran won lost held kept began became sought fell stood saw heard brought built felt found could can may might must should are were".split()
)
_NOUN = W.ROLE | W.COLLECTIVE | W.PLURAL | W.REPORT
_MARKS_AFTER = frozenset(("”", '"', "»", "“"))
_PASSIVE = frozenset("asked told pressed questioned quizzed informed".split())
_BE = frozenset("is was are were been be am".split())
_ADVERBS = frozenset("also first later now then not once widely since often".split())
_NEVER_INVERTED = frozenset("tell inform remind assure warn urge accuse".split())
_TAKES_OBJECT = frozenset(("according to", "in the words of", "per"))
_LONGEST = 16


def tells_age(word: str) -> bool:
    """Whether a word tells a person by age.

    >>> tells_age("46-year-old")
    True
    """
    return word.endswith("-year-old") or word.endswith("-year-olds")


def _plural_noun(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous"))


_LONGEST_PARTNER = 5
_PARTNER_BEGINS = frozenset("the a an both its their his her".split())


def _marked(tokens: Tokens, spans: Sequence[tuple[int, int]]) -> bytearray:
    """One byte a token: whether it stands in one of the spans."""
    found = bytearray(len(tokens.starts))
    for start, end in spans:
        first, stop = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
        found[first:stop] = b"\1" * (stop - first)
    return found


class Subjects:
    """Finds the words in a speaker's place.

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
        self._quoted = _marked(tokens, quoted)
        self._reported = _marked(tokens, reported)
        self._tokens = tokens
        self._spots = spots
        self._role_starts = role_starts
        self._firsts = [spot.first for spot in spots]

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
            return self._chars(self._starting(stop, said))
        if stop < len(tokens.starts) and tokens.lower[stop] == "by":
            return self._chars(self._starting(stop, said))  # "claims by the union that", "as reported by Harbour News"
        if self._asked(first) or self._impersonal(first, stop):
            return None
        behind_quote = first > 0 and (bool(self._quoted[first - 1]) or tokens.words[first - 1] in _MARKS_AFTER)
        inverted = lemma not in _NEVER_INVERTED and (0 <= start - said[1] < 4 or behind_quote)
        return self._chars(
            self._participle(first, said)
            or (self._starting(stop, said) if inverted else None)
            or self._with_partner(self._before(first, said), said)
            or (self._starting(stop, said) if said[1] <= start and lemma not in _NEVER_INVERTED else None)
            or self._shared(first, said)
            or self._clause(first, said)
        )

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
        first = joint
        while first and joint - first < _LONGEST_PARTNER and tokens.sentence[first - 1] == sentence:
            word = tokens.words[first - 1]
            if not word[0].isalnum() or said[0] <= tokens.starts[first - 1] < said[1]:
                break
            first -= 1
        alone = joint - first == 1 and tokens.lower[first].endswith(("s", "police"))
        return (first, found[1]) if alone or tokens.lower[first] in _PARTNER_BEGINS else found

    def _asked(self, cue: int) -> bool:
        """Whether "asked" or "told" is passive: whoever asks is not named ("Asked whether", "when she was told")."""
        tokens = self._tokens
        if tokens.lower[cue] not in _PASSIVE:
            return False
        at = cue - 1
        while at >= 0 and tokens.sentence[at] == tokens.sentence[cue] and tokens.lower[at] in _SKIP:
            if tokens.lower[at] in _BE:
                return True
            at -= 1
        return tokens.fresh[cue] or (at >= 0 and tokens.lower[at] in ("when", "if", "while"))

    def impersonal(self, start: int, end: int) -> bool:
        """Whether a cue is a passive that names nobody: "was said to be ill", "it was reported that"."""
        tokens = self._tokens
        return self._impersonal(bisect_left(tokens.starts, start), bisect_left(tokens.starts, end))

    def _impersonal(self, first: int, stop: int) -> bool:
        """Rule "impersonal": a form of "be" and a past participle, and no "by" behind it."""
        tokens = self._tokens
        verb = stop - 1
        if verb < 1 or not tokens.lower[verb].endswith(("ed", "said", "told", "found", "shown", "known", "written")):
            return False
        if stop < len(tokens.starts) and tokens.lower[stop] == "by":
            return False
        at = verb - 1
        while (
            at > 0
            and tokens.sentence[at] == tokens.sentence[verb]
            and (tokens.lower[at].endswith("ly") or tokens.lower[at] in _ADVERBS)
        ):
            at -= 1
        return tokens.lower[at] in _BE and tokens.sentence[at] == tokens.sentence[verb] and not self._quoted[at]

    def _participle(self, cue: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The subject of "saying": of the clause it hangs on, or of what is "quoted as", "accused of" saying.

        Orsk shook her head, saying. The paper quoted Orsk as saying. Hale accused Orsk of once saying.
        """
        tokens = self._tokens
        if not tokens.lower[cue].endswith("ing") or cue == 0:
            return None
        at = cue - 1
        while at > 0 and tokens.lower[at].endswith("ly"):
            at -= 1
        small = tokens.lower[at]
        if small in ("of", "for"):
            return self._ending(at - 1, said)
        if tokens.bits[at] & W.REPORT and small not in ("letter", "statement"):
            return self._ending(at, said)
        if small == "as":
            for back in range(at - 1, max(-1, at - 24), -1):
                if tokens.lower[back] in ("quoted", "quotes", "quoting", "cited", "citing", "quote"):
                    return self._starting(back + 1, said)
        if tokens.bits[at] & W.FUNCTION and small in _BE:
            return None
        return self._shared(cue, said)

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
                found = self._starting(after + 1, said)  # “It holds,” chirped Orsk
                if found and self._firm(found[0]):
                    return self._chars(found)
            if self._firm(after):
                return self._chars(self._starting(after, said))  # “It holds,” Orsk chirped
        return self._chars(self._shared(first, said)) if first < len(tokens.starts) else None

    def shared(self, token: int) -> tuple[int, int] | None:
        """Return the span of the last subject before a token, in its sentence."""
        return self._chars(self._shared(token, (0, 0)))

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

    def level(self, index: int) -> int:
        """2 when a name opens its sentence, 1 when it opens a clause, 0 elsewhere, -1 as a possessive, -2 behind a preposition."""
        tokens, spots = self._tokens, self._spots
        spot = spots[index]
        if spot.owner:
            return -1
        first = min(self._role_starts[index], spot.title)
        before = first - 1
        while before >= 0 and (tokens.lower[before] in _DETERMINERS or tokens.owner[before]):
            before -= 1
            if (
                index and tokens.owner[before + 1] and spots[index - 1].last == before + 1
            ):  # "Orsk's former partner Hale"
                before = min(self._role_starts[index - 1], spots[index - 1].title) - 1
        if before < 0 or tokens.sentence[before] != tokens.sentence[first]:
            return 2
        if (
            tokens.words[before] == ","
            and before
            and tokens.bits[before - 1] & W.ROLE
            and tokens.words[before - 1].islower()
        ):
            return int(self._verb(spot.last + 1))  # an apposition: "her chief, Tom Hale"
        if tokens.lower[before] in _OPENERS:
            return 1
        if tokens.lower[before] in _PREPOSITIONS:
            return -2
        return int(self._verb(spot.last + 1))

    def _verb(self, token: int) -> bool:
        follows = self._tokens.lower[token] if token < len(self._tokens.lower) else ""
        return follows in _VERBS or (follows.endswith("ed") and follows.isalpha())

    def _chars(self, found: tuple[int, int] | None) -> tuple[int, int] | None:
        return (self._tokens.starts[found[0]], self._tokens.ends[found[1] - 1]) if found else None

    def _spot_at(self, token: int) -> int | None:
        at = bisect_right(self._firsts, token) - 1
        return at if at >= 0 and token <= self._spots[at].last else None

    def _firm(self, token: int) -> bool:
        """Whether a speaker's words can begin at a token."""
        tokens = self._tokens
        small = tokens.lower[token]
        if tokens.bits[token] & (W.HONORIFIC | W.TITLE) and tokens.words[token][0].isupper():
            return True
        if small in _PRONOUNS - {"who"} or self._spot_at(token) is not None:
            return True
        for index in range(token, min(token + 6, len(tokens.words))):
            if (
                tokens.bits[index] & _NOUN
                or tells_age(tokens.lower[index])
                or plural_of_role(tokens.lower[index])
                or self._spot_at(index) is not None
            ):
                return True
            if not tokens.words[index][0].isalnum() or (index > token and tokens.lower[index] in _LINKS):
                return False
        return False

    def _before(self, cue: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The noun phrase that ends where the cue begins, past adverbs, auxiliaries and an apposition."""
        tokens = self._tokens
        sentence = tokens.sentence[cue]
        at = cue - 1
        if owner := self._possessor(at, sentence):
            return owner
        while (
            at >= 0
            and tokens.sentence[at] == sentence
            and (tokens.lower[at] in _SKIP or (tokens.lower[at].endswith("ly") and tokens.words[at].islower()))
        ):
            if tokens.lower[at] == "who":
                return at, at + 1
            at -= 1
        if at < 0 or tokens.sentence[at] != sentence or self._said(at, said):
            return None
        if tokens.words[at] in (",", "—", "–", ")"):
            inner = self._past_aside(at, said)
            return self._ending(inner, said) if inner is not None else None
        return self._ending(at, said)

    def _possessor(self, at: int, sentence: int) -> tuple[int, int] | None:
        """Whose the cue is, where it is a noun: "his stern warning that", "Orsk's claim that"."""
        tokens = self._tokens
        for back in range(at, max(-1, at - 3), -1):
            if tokens.sentence[back] != sentence:
                return None
            if tokens.lower[back] in ("his", "her", "their", "its"):
                return back, back + 1
            if tokens.owner[back]:
                spot = self._spot_at(back)
                first = min(self._role_starts[spot], self._spots[spot].title) if spot is not None else back
                if first > 0 and tokens.lower[first - 1] == "the":
                    first -= 1
                return first, back + 1
            small = tokens.lower[back]
            if small in _OPENERS or small in _PREPOSITIONS or self._verb(back):
                return None
            if not tokens.words[back].islower() or tokens.bits[back] & _NOUN or plural_of_role(small) or small in _SKIP:
                return None
        return None

    def _past_aside(self, at: int, said: tuple[int, int]) -> int | None:
        """From the mark that closes an aside to the token before the mark that opens it."""
        tokens = self._tokens
        close = tokens.words[at]
        opens = "(" if close == ")" else close
        sentence = tokens.sentence[at]
        back = at - 1
        while back > 0 and at - back < 28 and tokens.sentence[back] == sentence and not self._said(back, said):
            if tokens.words[back] == opens:
                before = back - 1
                capital = tokens.words[before][0].isupper() and not tokens.fresh[before]
                if (
                    tokens.words[before].isdigit()
                    or capital
                    or self._spot_at(before) is not None
                    or self._firm_end(before)
                ):
                    if tokens.words[before].isdigit() and before > 1 and tokens.words[before - 1] == ",":
                        before -= 2  # "Orsk, 49, a nurse, said"
                    return before
            back -= 1
        return None

    def _firm_end(self, token: int) -> bool:
        tokens = self._tokens
        return (
            bool(tokens.bits[token] & _NOUN)
            or tells_age(tokens.lower[token])
            or plural_of_role(tokens.lower[token])
            or tokens.words[token] == ")"
        )

    def _said(self, token: int, said: tuple[int, int]) -> bool:
        return bool(self._quoted[token]) or said[0] <= self._tokens.starts[token] < said[1]

    def _ending(self, at: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The noun phrase that ends with a token, or None where none does."""
        tokens = self._tokens
        if at < 0:
            return None
        if tokens.words[at] == ")":
            inner = self._past_aside(at, said)
            return self._ending(inner, said) if inner is not None else None
        spot = self._spot_at(at)
        if spot is None and tokens.lower[at] in _PRONOUNS:
            return at, at + 1
        if spot is None and (tokens.lower[at] in _OPENERS or tokens.lower[at] in _PREPOSITIONS):
            return None
        if spot is not None:
            first = min(self._role_starts[spot], self._spots[spot].title)
        elif self._firm_end(at) or (tokens.words[at][0].isalpha() and self._determined(at)):
            first = at
        elif _plural_noun(tokens.lower[at]) and tokens.words[at].islower():
            first = at
            while (
                first > 0
                and tokens.sentence[first - 1] == tokens.sentence[at]
                and at - first < 5
                and self._modifies(first - 1)
            ):
                first -= 1
            return (first, at + 1) if self._opens_clause(first) else None
        elif tokens.words[at][0].isupper() and not tokens.fresh[at]:
            return at, at + 1  # a capital that is no known name still can be one before a cue
        else:
            return None
        sentence = tokens.sentence[at]
        low = max(0, at - _LONGEST)
        while first - 1 >= low and tokens.sentence[first - 1] == sentence and not self._said(first - 1, said):
            before = first - 1
            small = tokens.lower[before]
            inner = self._spot_at(before)
            if inner is not None and (self._spots[inner].owner or tokens.words[first][0].islower()):
                first = min(self._role_starts[inner], self._spots[inner].title)
            elif (
                small in _DETERMINERS
                or tokens.owner[before]
                or (
                    tokens.bits[before] & (W.ROLE | W.MODIFIER | W.DEMONYM | W.COLLECTIVE | W.PORTFOLIO)
                    and small not in _OPENERS
                )
            ):
                first = before
            elif small in _LINKS and before > low and self._firm_end(before - 1):
                first = before - 1
            elif (
                small in _LINKS and small != "to" and before > low and (person := self._spot_at(before - 1)) is not None
            ):
                first = min(self._role_starts[person], self._spots[person].title)  # "Orsk of the Harbour Union said"
            elif small == "and" and self._joined(before, first):
                other = self._ending(before - 1, said)
                return (other[0], at + 1) if other else (first, at + 1)
            elif (
                tokens.words[before].islower()
                and small not in _OPENERS
                and small not in _PREPOSITIONS
                and not self._verb(before)
                and self._determined(before)
            ):
                first = before
            else:
                break
        return first, at + 1

    def _modifies(self, token: int) -> bool:
        """Whether a word can stand before a noun within its phrase: no mark, verb, preposition or conjunction."""
        tokens = self._tokens
        small = tokens.lower[token]
        return (
            tokens.words[token][0].isalnum()
            and small not in _OPENERS
            and small not in _PREPOSITIONS
            and not self._verb(token)
        )

    def _clause(self, cue: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The words from the beginning of the cue's clause to its verb: "The new poll of voters in all states shows"."""
        tokens = self._tokens
        sentence = tokens.sentence[cue]
        first = cue
        while (
            first > 0
            and tokens.sentence[first - 1] == sentence
            and cue - first < 26
            and not self._said(first - 1, said)
        ):
            if tokens.words[first - 1] in _STOPS or tokens.lower[first - 1] in (
                "that",
                "while",
                "but",
                "because",
                "if",
                "as",
            ):
                break
            first -= 1
        if first == cue and first > 0 and tokens.words[first - 1] == ",":  # ", saying": the clause before
            first -= 1
            while (
                first > 0
                and tokens.sentence[first - 1] == sentence
                and cue - first < 26
                and tokens.words[first - 1] not in _STOPS
            ):
                first -= 1
        end = first
        while end < cue and not self._verb(end) and not tokens.lower[end].endswith("ly"):
            end += 1
        while end > first and tokens.lower[end - 1] in _SKIP:
            end -= 1
        opens = end > first and (
            tokens.lower[first] in _DETERMINERS
            or tokens.words[first][0].isupper()
            or _plural_noun(tokens.lower[end - 1])
        )
        return (first, end) if opens and tokens.lower[first] not in _PREPOSITIONS and end - first < 14 else None

    def _joined(self, conjunction: int, first: int) -> bool:
        """Whether "and" joins two names ("Orsk and Hale said") and not two clauses."""
        left = self._spot_at(conjunction - 1)
        right = self._spot_at(first)
        return left is not None and right is not None and self.level(left) != -2

    def _determined(self, at: int) -> bool:
        """Whether a determiner opens the phrase that a plain word stands in, at most four words before."""
        tokens = self._tokens
        for index in range(at - 1, max(-1, at - 5), -1):
            if tokens.lower[index] in _DETERMINERS or tokens.owner[index]:
                return True
            if not tokens.words[index][0].isalpha() or tokens.lower[index] in _PREPOSITIONS or self._verb(index):
                return False
        return False

    def _starting(self, at: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The noun phrase that begins at a token: to the next mark, or to where the quote goes on."""
        tokens = self._tokens
        total = len(tokens.starts)
        while at < total and tokens.lower[at] in ("by", "to", "also", "then", "later"):
            at += 1
        if at >= total or not self._firm(at) or self._said(at, said):
            return None
        sentence = tokens.sentence[at]
        reported = any(tokens.bits[i] & W.REPORT for i in range(at, min(at + 4, total)))
        end = at
        while end < total and end - at < _LONGEST and tokens.sentence[end] == sentence and not self._said(end, said):
            if tokens.words[end] in _STOPS and not self._inner_dot(end):
                break
            if (
                end > at
                and not reported
                and tokens.lower[end] in ("in", "on", "during", "after", "when", "while", "as", "before", "who", "but")
                and self._spot_at(end) is None
            ):
                break
            end += 1
        if tokens.lower[at] in _PRONOUNS and self._spot_at(at) is None:
            end = at + 1
        return (at, end) if end > at else None

    def _inner_dot(self, at: int) -> bool:
        spot = self._spot_at(at)
        if self._tokens.words[at] != ".":
            return False
        return (spot is not None and at < self._spots[spot].last) or (
            at + 1 < len(self._tokens.words) and self._spot_at(at + 1) is not None
        )

    def _opens_clause(self, first: int) -> bool:
        tokens = self._tokens
        return first == 0 or tokens.sentence[first - 1] != tokens.sentence[first] or tokens.lower[first - 1] in _OPENERS

    def _shared(self, cue: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The last subject before a token in its sentence: of the clause that the cue goes on with."""
        tokens = self._tokens
        if cue >= len(tokens.starts):
            return None
        sentence = tokens.sentence[cue]
        at = cue - 1
        best: tuple[int, int] | None = None
        inside = bool(self._reported[cue])  # a cue within reported speech may have its subject there
        while at >= 0 and tokens.sentence[at] == sentence and cue - at < 60:
            spot = self._spot_at(at)
            if self._said(at, said) or (self._reported[at] and not inside):
                at -= 1
            elif spot is not None:
                if self.level(spot) >= 1 and (
                    self._spots[spot].kind != "place" or self._verb(self._spots[spot].last + 1)
                ):
                    found = self._ending(self._spots[spot].last, said)
                    if found is not None:
                        if self.level(spot) == 2 or best is None:
                            best = found
                        if self.level(spot) == 2 or self._verb(self._spots[spot].last + 1):
                            return best
                at = min(self._spots[spot].first, self._role_starts[spot]) - 1
            elif tokens.lower[at] in ("he", "she", "they", "we", "i"):
                return at, at + 1
            elif self._firm_end(at) and self._verb(at + 1) and tokens.words[at] != ")":
                found = self._ending(at, said)
                if found is not None and self._opens_clause(found[0]):
                    return found
                at -= 1
            else:
                at -= 1
        return best
