"""The user's rulings carried out: people merged, split and renamed; quotes given to others, confirmed, disputed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.corrections import Alias, Corrections, Erratum
from indexer.identity.names import fold
from indexer.identity.registry import Given
from search.engine import EntityInArticle, QuoteText
from search.records import Review, Speaker


@dataclass(slots=True)
class _Person:
    """A speaker while rulings are carried out, under the name found. ``became``: whom they were merged into."""

    name: str
    members: list[EntityInArticle]
    given: Given = field(default_factory=Given)
    became: _Person | None = None


class SpeakerRulings:
    """Carries out what is ruled about speakers.

    Attributes:
        problems: Rulings that could not be carried out, a sentence each.
        done: How many could.
    """

    def __init__(self, groups: Sequence[Sequence[EntityInArticle]], speakers: Sequence[Speaker]) -> None:
        """Begin with what was found: ``speakers`` describe ``groups``, in any order."""
        self._people = [_Person("", list(group)) for group in groups]
        by_key = {member.entity.key: person for person in self._people for member in person.members}
        self._address: dict[str, _Person] = {}
        self._name: dict[str, list[_Person]] = defaultdict(list)
        self._alias: dict[str, list[_Person]] = defaultdict(list)
        for speaker in speakers:
            person = by_key[speaker.members[0]]
            person.name = speaker.name
            for address in (*speaker.old_slugs, speaker.slug, speaker.id):
                self._address[address] = person
            self._name[fold(speaker.name)].append(person)
            for alias in speaker.aliases:
                self._alias[fold(alias)].append(person)
        self.problems: list[str] = []
        self.done = 0

    def carry_out(self, corrections: Corrections) -> tuple[list[list[EntityInArticle]], list[Given]]:
        """Carry out everything, aliases first, in the order of the files. Returns groups, with what is given of each."""
        for alias in corrections.aliases:
            self._note(alias.where, self._join(alias))
        for erratum in corrections.errata:
            if erratum.action in _ON_SPEAKERS:
                self._note(erratum.where, _ON_SPEAKERS[erratum.action](self, erratum))
        left = [person for person in self._people if person.became is None and person.members]
        return [person.members for person in left], [person.given for person in left]

    def _note(self, where: str, problem: str) -> None:
        if problem:
            self.problems.append(f"{where}: {problem}")
        else:
            self.done += 1

    def _join(self, row: Alias) -> str:
        called, known = self._find(row.name), self._find(row.alias) if row.alias else []
        if len(called) > 1 or len(known) > 1:
            return self._ambiguous(row.name if len(called) > 1 else row.alias)
        if not called and not known:
            return f"nobody is called {row.name!r}" + (f" or {row.alias!r}" if row.alias else "")
        person = (called or known)[0]
        if called and known:
            self._merge(person, known[0])
        person.given.name = person.given.name or self._plain(row.name)
        person.given.aliases += [alias for alias in (row.alias,) if alias]
        person.given.wikidata = row.wikidata or person.given.wikidata
        self._know(person, row.name)
        return ""

    def _merge_row(self, row: Erratum) -> str:
        found = self._both(row)
        if isinstance(found, str):
            return found
        self._merge(found[1], found[0])
        return ""

    def _split_row(self, row: Erratum) -> str:
        person = self._one(row.speaker)
        if isinstance(person, str):
            return person
        theirs = [member for member in person.members if member.article_id == row.article]
        if not theirs:
            return f"{row.speaker!r} is not in article {row.article!r}"
        existing = [other for other in self._find(row.to) if other is not person] if row.to else []
        other = existing[0] if len(existing) == 1 else _Person(row.to or person.name, [], Given(name=row.to))
        if not other.members:
            self._people.append(other)
        other.members += theirs
        person.members = [member for member in person.members if member.article_id != row.article]
        self._know(other, row.to or person.name)
        return ""

    def _rename_row(self, row: Erratum) -> str:
        person = self._one(row.speaker)
        if isinstance(person, str):
            return person
        person.given.name = row.to
        self._know(person, row.to)
        return ""

    def _merge(self, keep: _Person, gone: _Person) -> None:
        if keep is gone:
            return
        keep.members += gone.members
        keep.given.aliases += gone.given.aliases
        keep.given.wikidata = keep.given.wikidata or gone.given.wikidata
        gone.members, gone.became = [], keep

    def _know(self, person: _Person, name: str) -> None:
        """Let later rows call somebody as this one did."""
        self._name[fold(name)] = [*(other for other in self._find_named(name) if other is not person), person]

    def _both(self, row: Erratum) -> tuple[_Person, _Person] | str:
        one, other = self._one(row.speaker), self._one(row.to)
        if isinstance(one, str):
            return one
        return other if isinstance(other, str) else (one, other)

    def _one(self, reference: str) -> _Person | str:
        found = self._find(reference)
        if not found:
            return f"nobody is called {reference!r}"
        return found[0] if len(found) == 1 else self._ambiguous(reference)

    def _find(self, reference: str) -> list[_Person]:
        """Whom a slug, an id or a name means; a canonical name goes before an alias."""
        address = self._address.get(reference)
        if address is not None:
            return [_now(address)]
        return self._find_named(reference)

    def _find_named(self, reference: str) -> list[_Person]:
        name = fold(reference)
        for known in (self._name, self._alias):
            found = {id(now): now for person in known.get(name, ()) if (now := _now(person)).members}
            if found:
                return list(found.values())
        return []

    def _plain(self, reference: str) -> str:
        """The name to give to somebody called ``reference``: none when it is an address."""
        return "" if reference in self._address and "-" in reference else reference

    def _ambiguous(self, reference: str) -> str:
        count = len(self._find(reference))
        return f"{reference!r} is the name of {count} speakers; give the slug of the one you mean"


_ON_SPEAKERS = {
    "merge": SpeakerRulings._merge_row,
    "split": SpeakerRulings._split_row,
    "rename": SpeakerRulings._rename_row,
}


def _now(person: _Person) -> _Person:
    while person.became is not None:
        person = person.became
    return person


@dataclass(slots=True)
class QuoteRulings:
    """What is ruled about quotes: reviews, and speakers by quote id ("" = nobody)."""

    reviews: dict[str, Review] = field(default_factory=dict)
    attributions: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    done: int = 0


_STATUS = {"attribute": "corrected", "confirm": "confirmed", "dispute": "disputed"}


def rule_on_quotes(
    errata: Iterable[Erratum], quotes: Sequence[QuoteText], speakers: Sequence[Speaker], speaker_of: Mapping[str, str]
) -> QuoteRulings:
    """Find the quotes that rulings are about; of several rulings on one quote the last counts.

    Args:
        errata: All rows, in order.
        quotes: All quotes of the collection.
        speakers: Everyone, after the rulings about speakers.
        speaker_of: Speaker id by entity key.
    """
    rulings = QuoteRulings()
    wanted = [erratum for erratum in errata if erratum.action in _STATUS]
    if not wanted:
        return rulings
    by_id = {quote.id: quote for quote in quotes}
    by_article: dict[str, list[QuoteText]] = defaultdict(list)
    for quote in quotes:
        by_article[quote.article_id].append(quote)
    book = _AddressBook(speakers)
    for row in wanted:
        problem = _rule(row, by_id, by_article, book, speaker_of, rulings)
        if problem:
            rulings.problems.append(f"{row.where}: {problem}")
        else:
            rulings.done += 1
    return rulings


def _rule(
    row: Erratum,
    by_id: Mapping[str, QuoteText],
    by_article: Mapping[str, Sequence[QuoteText]],
    book: _AddressBook,
    speaker_of: Mapping[str, str],
    rulings: QuoteRulings,
) -> str:
    """Carry out one row. Returns what is wrong with it, or an empty string."""
    if row.quote:
        found = [by_id[row.quote]] if row.quote in by_id else []
        if found and row.words and fold(row.words) not in fold(found[0].text):
            return f"quote {row.quote} has other words now; it counts as not reviewed"
    else:
        found = [quote for quote in by_article.get(row.article, ()) if fold(row.words) in fold(quote.text)]
    if len(found) != 1:
        which = row.quote or f"of article {row.article!r} with these words"
        return f"{len(found)} quotes {which}" if found else f"there is no quote {which} (any more)"
    quote = found[0]
    if row.action == "attribute":
        speaker = book.find(row.to) if row.to else ""
        if speaker is None:
            return f"not one speaker is called {row.to!r}"
        rulings.attributions[quote.id] = speaker
    elif row.speaker:
        now = rulings.attributions.get(quote.id, speaker_of.get(quote.entity or "", ""))
        if book.find(row.speaker) != now:
            return f"quote {quote.id} is not attributed to {row.speaker!r} now; it counts as not reviewed"
    rulings.reviews[quote.id] = Review(_STATUS[row.action], row.by, row.day, row.note)
    return ""


def recount(
    speakers: Sequence[Speaker], quotes: Iterable[QuoteText], attributions: Mapping[str, str]
) -> tuple[Speaker, ...]:
    """Move quotes that were given to others between the counts of speakers, and put these in order again."""
    if not attributions:
        return tuple(speakers)
    speaker_of = {key: speaker.id for speaker in speakers for key in speaker.members}
    change: Counter[str] = Counter()
    for quote in quotes:
        if quote.id in attributions:
            change[speaker_of.get(quote.entity or "", "")] -= 1
            change[attributions[quote.id]] += 1
    counted = (
        replace(speaker, quotes=speaker.quotes + change[speaker.id]) if change[speaker.id] else speaker
        for speaker in speakers
    )
    return tuple(sorted(counted, key=lambda speaker: (-speaker.quotes, speaker.name, speaker.id)))


class _AddressBook:
    """Speakers by slug, id or name, after all rulings."""

    def __init__(self, speakers: Iterable[Speaker]) -> None:
        self._address: dict[str, str] = {}
        self._names: dict[str, set[str]] = defaultdict(set)
        self._aliases: dict[str, set[str]] = defaultdict(set)
        for speaker in speakers:
            for address in (*speaker.old_slugs, speaker.slug, speaker.id):
                self._address[address] = speaker.id
            self._names[fold(speaker.name)].add(speaker.id)
            for alias in speaker.aliases:
                self._aliases[fold(alias)].add(speaker.id)

    def find(self, reference: str) -> str | None:
        """The id of the one speaker meant, or None."""
        if reference in self._address:
            return self._address[reference]
        found = self._names.get(fold(reference)) or self._aliases.get(fold(reference)) or set()
        return next(iter(found)) if len(found) == 1 else None
