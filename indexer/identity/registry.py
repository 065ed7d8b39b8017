"""The registry of a collection: every article-local entity belongs to one speaker, in the same way in any order.

group entities -> apply what the user ruled -> name and describe each group -> permanent ids and slugs
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.identity.grouping import group_entities, kinds_of
from indexer.identity.names import fold, person_name
from indexer.identity.organisations import is_shared_name
from indexer.identity.permanence import Nameless, assign
from search.engine import EntityInArticle
from search.records import CollectionTables, Role, Speaker


@dataclass(slots=True)
class Given:
    """What the user says about somebody; empty where they say nothing."""

    name: str = ""
    wikidata: str = ""
    aliases: list[str] = field(default_factory=list)


MAX_ROLES = 12
MAX_ALIASES = 40


def identify(
    entities: Iterable[EntityInArticle],
    previous: CollectionTables | None = None,
    quotes: Mapping[str, int] | None = None,
) -> tuple[Speaker, ...]:
    """Tell who is who.

    Args:
        entities: Every entity of every article of the collection, in any order.
        previous: The tables of the generation before, for ids and slugs; the grouping does not depend on them.
        quotes: Quotes by entity key, counted from the records; None = as the entities say.

    Returns:
        Speakers, most quoted first, then by name, then by id.
    """
    return describe(group(entities), previous, quotes)


def group(entities: Iterable[EntityInArticle]) -> list[list[EntityInArticle]]:
    """Group entities that are the same, whatever order they come in."""
    return group_entities(sorted(entities, key=lambda item: (item.article_id, item.entity.key)))


def describe(
    groups: Sequence[Sequence[EntityInArticle]],
    previous: CollectionTables | None = None,
    quotes: Mapping[str, int] | None = None,
    given: Sequence[Given] | None = None,
) -> tuple[Speaker, ...]:
    """Name and describe groups of entities, each one speaker; ``given`` is what the user says of each."""
    given = given or [_NOTHING] * len(groups)
    kinds = iter(kinds_of([member for group in groups for member in group]))
    nameless = [
        _nameless(group, [next(kinds) for _ in group], said.name) for group, said in zip(groups, given, strict=True)
    ]
    addresses = assign(nameless, previous)
    speakers = [
        Speaker(
            id=address.id,
            slug=address.slug,
            name=known.name,
            kind=known.kind,
            aliases=aliases_of(known.name, members, said.aliases),
            roles=roles_of(members),
            members=known.members,
            quotes=sum(
                member.entity.quotes if quotes is None else quotes.get(member.entity.key, 0) for member in members
            ),
            old_slugs=address.old_slugs,
            wikidata=said.wikidata,
        )
        for known, address, members, said in zip(nameless, addresses, groups, given, strict=True)
    ]
    return tuple(sorted(speakers, key=lambda speaker: (-speaker.quotes, speaker.name, speaker.id)))


_NOTHING = Given()


def _nameless(members: Sequence[EntityInArticle], found: Sequence[str], name: str) -> Nameless:
    """Describe a group; ``found`` are the kinds its members were grouped by, which may differ where the user merged."""
    kinds = Counter(found)
    if len(kinds) > 1:
        del kinds["unnamed"]
    return Nameless(
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        name=name or canonical_name(members),
        words=frozenset(word for member in members for word in fold(member.entity.name).split()),
        members=tuple(sorted(member.entity.key for member in members)),
        weight=len(members),
    )


def canonical_name(members: Sequence[EntityInArticle]) -> str:
    """The name most articles give in full; of equals the longest, then the first in the alphabet.

    What is known as "US Supreme Court" too is not called "Supreme Court".
    """
    names = Counter(member.entity.name for member in members)
    person = any(member.entity.kind == "person" for member in members)

    def rank(name: str) -> tuple[bool, bool, int, int, str]:
        if not person:
            return (_is_acronym(name), is_shared_name(name), -names[name], -len(name), name)
        parts = person_name(name)
        shortened = not parts.given or len(parts.given[0]) == 1
        titled = len(fold(name).split()) > len([*parts.given, *parts.surname.split(), *parts.suffix.split()])
        return (shortened, titled, -names[name], -len(name), name)

    return min(names, key=rank)


def aliases_of(name: str, members: Iterable[EntityInArticle], given: Iterable[str] = ()) -> tuple[str, ...]:
    """Every way the members are written, the name first, then what the user gave, then the most frequent."""
    written: Counter[str] = Counter()
    for member in members:
        written.update({member.entity.name, *member.entity.aliases})
    found = sorted(written, key=lambda alias: (-written[alias], alias))
    return tuple(dict.fromkeys(alias for alias in (name, *given, *found) if alias))[:MAX_ALIASES]


def roles_of(members: Iterable[EntityInArticle]) -> tuple[Role, ...]:
    """Roles with the first and last day they were read, most articles first."""
    seen: dict[str, dict[str, str]] = defaultdict(dict)
    wording: dict[str, Counter[str]] = defaultdict(Counter)
    for member in members:
        for role in member.entity.roles:
            seen[fold(role)][member.article_id] = member.published[:10]
            wording[fold(role)][role] += 1
    roles = []
    for key, articles in seen.items():
        if not key:
            continue
        days = sorted(day for day in articles.values() if day)
        text = min(wording[key], key=lambda role: (-wording[key][role], role))
        first = min(articles, key=lambda article: (articles[article] or "9", article))
        roles.append(Role(text, days[0] if days else "", days[-1] if days else "", len(articles), first))
    return tuple(sorted(roles, key=lambda role: (-role.articles, role.first_day or "9", role.text)))[:MAX_ROLES]


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isupper() and len(letters) <= 6 and " " not in letters
