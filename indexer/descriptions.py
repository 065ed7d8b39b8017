"""Definite descriptions: whom the text speaks of when it says "the Vermont senator", "the 42-year-old", "the singer".

Bert Orsk (I-Vt.) voted against it. *The Vermont senator* said ...      Orsk, by what is told of him anywhere in the text
Lily Orsk released an album. *The singer* said ...                      Orsk, of whom the text speaks just then
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from indexer.agent_nouns import AGENTS
from indexer.brought_in import brought_in_at
from indexer.kinship import KIN
from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.noun_words import tells_age
from indexer.organisation_nouns import Resolved
from indexer.people_words import W
from indexer.person_nouns import tells_origin
from indexer.pronoun_features import Seen
from indexer.role_kin import is_below, role_kin
from indexer.speaker_phrases import Phrase
from indexer.told_of import ToldOf, parties_in, places_in, plain_word
from indexer.walks_of_life import walks_of_words

EPITHETS = frozenset(
    "native resident mother father grandmother grandfather mom mum dad veteran rookie star singer actor actress author novelist musician "
    "retiree pensioner farmer rancher entrepreneur billionaire businessman businesswoman survivor pontiff monarch tycoon mogul champion "
    "forward winger blueliner netminder goalie goaltender defenceman defenseman striker midfielder goalkeeper quarterback pitcher skater swimmer sprinter "
    "teenager teen elder politician lawmaker democrat republican liberal conservative woman man "
    "olympian medallist medalist newcomer hopeful contender nominee candidate frontrunner front-runner incumbent challenger investor philanthropist filmmaker "
    "director comedian rapper songwriter guitarist artist painter sculptor poet playwright academic scholar researcher scientist professor "
    "economist historian diplomat statesman senator congressman congresswoman governor minister premier president leader "
    "boxer golfer cyclist runner skier playmaker slugger captain backstop magnate executive boss founder chef designer architect inventor activist entertainer "
    "chancellor mayor reeve warden secretary chief coach manager ceo archbishop bishop pope superintendent commissioner ombudsman defender keeper lineman linebacker receiver outfielder shortstop right-hander left-hander skip jockey wrestler fighter rower curler mp mla mpp mna mep msp councillor pick draftee prospect recruit chart-topper headliner breadwinner "
    "texan californian quebecer albertan ontarian torontonian vancouverite montrealer newfoundlander".split()
)
"""Nouns that often mean whoever the text speaks of, where the article gives them to nobody; a judge or a driver may be anybody."""

_ORDINARY = frozenset("the this that former of old late a an 's".split()) | frozenset(
    ("first-term", "longtime", "veteran", "outspoken")
)
_HELD_BY_ONE = frozenset("mayor premier president chancellor governor reeve pope".split())
_OFFICES = _HELD_BY_ONE | frozenset("minister secretary senator councillor coun mp mla mpp speaker".split())
_OTHERS = frozenset("other second third first latter same".split())
_DECISIVE = 2.0
_CONTRARY = -0.9
_CLEAR = 0.25
_ALONE = 0.4
"""How much the text must speak of somebody just then where it speaks of nobody else."""

_LOOK_BACK = 8
_FAR = 3
_MANY = 40


class _Said(NamedTuple):
    """What a description says of whom it means: the genders that it rules out, the walks of life of its head, and the like."""

    head: str
    wanted: frozenset[str]
    age: int
    ruled_out: tuple[str, ...]
    parties: frozenset[str]
    places: frozenset[str]
    kin: frozenset[str]
    walks: frozenset[str]


def _said_by(head: str, wanted: frozenset[str], age: int, bits: int) -> _Said:
    """Read a description once, for everybody whom it may mean."""
    return _Said(
        head,
        wanted,
        age,
        ("m",) * bool(bits & W.FEMALE) + ("f",) * bool(bits & W.MALE),
        parties_in(wanted | {plain_word(head)}),
        places_in(wanted),
        role_kin().get(head, frozenset()),
        frozenset(walk for walk in walks_of_words().get(head, ()) if walk != "generic"),
    )


class Descriptions:
    """Finds the people whom definite descriptions mean.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
        told: What it tells of them.
        gender_of: The gender that the article gives somebody.
        is_spoken_of: Whether what is said by whoever stands at a token names somebody.
    """

    def __init__(
        self,
        tokens: Tokens,
        names: LocalNames,
        told: ToldOf,
        gender_of: Callable[[int], str],
        is_spoken_of: Callable[[int, int], bool],
    ) -> None:
        self._tokens = tokens
        self._names = names
        self._gender_of = gender_of
        self._told = told
        self._is_spoken_of = is_spoken_of

    def resolve(self, phrase: Phrase, seen: dict[int, Seen]) -> Resolved | None:
        """Tell whom a description means.

        Rule "described":   by party, place, age or role that the text tells of one person alone, wherever.
        Rule "description": by nothing but that the text speaks of somebody there whom it may be.

        Args:
            phrase: The description.
            seen: Everybody mentioned so far, the latest last.
        """
        tokens, head = self._tokens, phrase.head
        at = next((i for i in range(phrase.stop - 1, phrase.first - 1, -1) if tokens.lower[i] == head), phrase.first)
        ages = [word for word in tokens.lower[phrase.first : at + 1] if tells_age(word)]
        epithet = head in EPITHETS or bool(ages) or tells_origin(tokens, at)
        if not (tokens.bits[at] & W.ROLE or epithet) or any(tokens.owner[phrase.first : at]):
            return None
        if tokens.bits[at] & (W.COLLECTIVE | W.REPORT | W.PLURAL) and not epithet:
            return None
        if (
            head in KIN
            and tokens.lower[at + 1 : at + 2] != ["of"]
            and not (at - 1 > phrase.first and tokens.words[at - 1][0].isupper())
        ):
            epithet = False  # "the father" is somebody's; "the father of two", "the Dunmore father" whoever the text speaks of
        words = [
            plain_word(word)
            for word in tokens.lower[phrase.first : at + (plain_word(head) != head)]
            if word[0].isalpha()
        ]
        if _OTHERS.intersection(words):
            return None
        age = int(ages[0].split("-")[0]) if ages and ages[0][0].isdigit() else 0
        wanted = frozenset(word for word in words if not tells_age(word)) - _ORDINARY
        told_elsewhere = bool(wanted or age or head in role_kin() or head in AGENTS)
        if not (epithet or told_elsewhere):
            return None
        focus = self._focus(phrase, seen)
        said = _said_by(head, wanted, age, tokens.bits[at])
        ranked: list[tuple[float, float, int]] = []
        for number in self._candidates(focus) if told_elsewhere else focus:
            score = self._evidence(number, said)
            if score is not None:
                score -= self._is_spoken_of(number, phrase.first)  # nobody names himself in his own words
                ranked.append((score + focus.get(number, 0.0), score, number))
        if not ranked:
            return None
        ranked.sort(reverse=True)
        margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 2.0
        _, evidence, number = ranked[0]
        decisive = evidence >= _DECISIVE and margin > 0
        vague = (
            epithet
            and margin >= _CLEAR
            and not self._narrowed(phrase)
            and evidence >= _CONTRARY
            and focus.get(number, 0.0) >= (1.0 if len(focus) > 1 else _ALONE)
        )
        if not (decisive or vague) or self._brought_in(phrase) or self._is_in_a_name(head):
            return None
        if decisive:
            return Resolved(number, "described", "the text tells this of nobody else", min(3.0, margin))
        return Resolved(number, "description", "the text speaks of no other there", min(2.0, margin))

    def _candidates(self, focus: dict[int, float]) -> Iterable[int]:
        return self._people if len(self._people) <= _MANY else focus

    @cached_property
    def _people(self) -> list[int]:
        return [name.number for name in self._names.names if name.is_person]

    def _is_in_a_name(self, head: str) -> bool:
        """Whether an organisation is called by the noun: "the centre" of an article on a Harbour Centre."""
        return any(head in name.full for name in self._names.names if not name.is_person)

    def _evidence(self, number: int, said: _Said) -> float | None:
        """What the article tells for or against somebody; None where they cannot be meant."""
        wanted, parties = said.wanted, said.parties
        if said.ruled_out and self._gender_of(number) in said.ruled_out:
            return None
        told = self._told.of(number)
        if said.age and told.age:
            return 4.0 if said.age == told.age else None
        if is_below(said.head, told.words, wanted):
            return None  # "the minister" is not her deputy
        if parties and told.parties and not parties & told.parties:
            return None
        if said.places and not said.places & told.words and places_in(told.words):
            return None  # "the Utah senator" is not the one from Virginia
        score = 1.5 * len(wanted & told.words)
        score -= 0.25 * len(wanted - told.words)
        if parties & told.parties and not parties <= wanted:
            score += 1.5
        if said.head in told.words or not said.kin.isdisjoint(told.words):
            score += 2.0
        if (said.head in _HELD_BY_ONE or "prime" in wanted) and said.head not in told.words:
            score -= 2.0 * (not _OFFICES.isdisjoint(told.words - said.kin))  # "the mayor" is no councillor
        if said.walks and told.walks:
            score += 0.75 if said.walks & told.walks else -1.0
        return score

    def _focus(self, phrase: Phrase, seen: dict[int, Seen]) -> dict[int, float]:
        """How much the text speaks of each person just before a phrase: above 1 for whoever it may well mean."""
        tokens, names = self._tokens, self._names.names
        sentence, paragraph = tokens.sentence[phrase.first], tokens.paragraph[phrase.first]
        found: dict[int, float] = {}
        for number, last in islice(reversed(seen.items()), _LOOK_BACK):
            paragraphs = paragraph - last.paragraph
            if paragraphs > _FAR or number >= len(names) or not names[number].is_person or last.quoted:
                continue
            score = 2.0 - 0.5 * len(found) - 0.5 * paragraphs - 0.1 * min(sentence - last.sentence, 5)
            score += 0.75 if last.subject == 2 else -0.75 if last.subject < 0 else 0.0
            found[number] = score + 0.5 * last.speaker + min(1.0, 2 * self._share(number))
        return found

    def _share(self, number: int) -> float:
        return len(self._names.names[number].spots) / self._mentions

    @cached_property
    def _mentions(self) -> int:
        return max(1, sum(len(name.spots) for name in self._names.names if name.is_person))

    def _narrowed(self, phrase: Phrase) -> bool:
        """Whether what follows brings in somebody by it: "the man accused of theft", "the singer who won"."""
        lower, at = self._tokens.lower, phrase.stop
        if at >= len(lower):
            return False
        return lower[at] in ("who", "whose", "accused", "charged", "behind", "in", "with", "killed", "named")

    def _brought_in(self, phrase: Phrase) -> bool:
        """Whether the text brought in somebody without a name by this noun: "a singer"; "the singer" is that one."""
        at = brought_in_at(self._tokens, phrase.head, phrase.first, 0)
        return at >= 0 and not self._is_told(at)

    def _is_told(self, at: int) -> bool:
        """Whether the noun at a token is told of somebody named: "Orsk, a singer"."""
        return at in self._told_tokens

    @cached_property
    def _told_tokens(self) -> frozenset[int]:
        roles = (role for name in self._names.names for role in name.roles)
        return frozenset(at for role in roles for at in range(role.first, role.stop))
