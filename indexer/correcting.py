"""The user's rulings about speakers carried out: people merged, split and renamed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.corrections import Alias, Corrections, Erratum
from indexer.identity.names import fold
from indexer.identity.registry import Given
from search.engine import EntityInArticle
from search.records import Speaker


@dataclass(slots=True)
class _Person:
    """A speaker while rulings are carried out, under the name found.

    ``became``: whom they were merged into; ``joined``: the row that merged somebody into them; ``named``: the one that
    gave them a name.
    """

    name: str
    members: list[EntityInArticle]
    given: Given = field(default_factory=Given)
    became: _Person | None = None
    joined: str = ""
    named: str = ""


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
            for address in speaker.old_slugs:
                self._address.setdefault(address, person)
            self._address |= dict.fromkeys((speaker.slug, speaker.id), person)
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
        if row.wikidata and person.given.wikidata not in ("", row.wikidata):
            return f"{row.name!r} has the Wikidata id {person.given.wikidata} already"
        if called and known:
            self._merge(person, known[0], row.where)
        person.given.name = person.given.name or self._plain(row.name)
        person.given.aliases += [alias for alias in (row.alias,) if alias]
        person.given.wikidata = row.wikidata or person.given.wikidata
        self._know(person, row.name)
        return ""

    def _merge_row(self, row: Erratum) -> str:
        found = self._both(row)
        if isinstance(found, str):
            return found
        gone, keep = found
        if gone is keep and keep.joined:
            return f"{row.speaker!r} and {row.to!r} are one already, by {keep.joined}"
        if gone is keep and fold(row.speaker) == fold(row.to):
            return "speaker and to are the same"
        self._merge(keep, gone, row.where)
        return ""

    def _split_row(self, row: Erratum) -> str:
        person = self._one(row.speaker)
        if isinstance(person, str):
            return person
        theirs = [member for member in person.members if member.article_id == row.article]
        if not theirs:
            return f"{row.speaker!r} is not in article {row.article!r}"
        existing = [other for other in self._find(row.to) if other is not person] if row.to else []
        if len(existing) == 1:
            other = existing[0]
            if not other.members:  # all that was theirs is somebody else's by now; the name is left
                other.given.name = other.given.name or other.name
        else:
            other = _Person(row.to or person.name, [], Given(name=row.to))
            self._people.append(other)
        other.members += theirs
        person.members = [member for member in person.members if member.article_id != row.article]
        self._know(other, row.to or person.name)
        return ""

    def _rename_row(self, row: Erratum) -> str:
        person = self._one(row.speaker)
        if isinstance(person, str):
            return person
        if person.named and person.given.name != row.to:
            self.problems.append(f"{person.named}: {row.where} gives another name; that one counts")
            self.done -= 1
        person.given.name, person.named = row.to, row.where
        self._know(person, row.to)
        return ""

    def _merge(self, keep: _Person, gone: _Person, where: str) -> None:
        if keep is gone:
            return
        keep.joined = keep.joined or where
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
        """The name to give to somebody called ``reference``: none when it is a slug or an id and no name."""
        known = self._address.get(reference)
        return "" if known is not None and known.name != reference else reference

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
