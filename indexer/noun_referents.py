"""Which name a noun means: kin first, then roles and organisations, then somebody's role that one person alone bears."""

from __future__ import annotations

from indexer.body_introductions import BodyIntroductions
from indexer.body_nouns import BodyNouns
from indexer.descriptions import Descriptions
from indexer.introductions import Introductions
from indexer.kinship import Kinship
from indexer.organisation_nouns import Resolved
from indexer.pronoun_features import Seen
from indexer.role_nouns import RoleNouns
from indexer.speaker_phrases import Phrase


class NounReferents:
    """Leads nouns to names.

    Args:
        roles: Knows the roles that the article gives.
        kinship: Knows its families.
        descriptions: Knows whom it describes how.
        introductions: Knows who is named later.
        bodies: Knows organisations by their kinds.
        body_introductions: Knows which of them is named later.
    """

    def __init__(
        self,
        roles: RoleNouns,
        kinship: Kinship,
        descriptions: Descriptions,
        introductions: Introductions,
        bodies: BodyNouns,
        body_introductions: BodyIntroductions,
    ) -> None:
        self.roles = roles
        self._kinship = kinship
        self._descriptions = descriptions
        self._introductions = introductions
        self._bodies = bodies
        self._body_introductions = body_introductions
        self._found: dict[tuple[int, int], Resolved | None] = {}

    def find(self, phrase: Phrase) -> Resolved | None:
        """Whom a noun in a speaker's place means, or None."""
        place = phrase.first, phrase.stop
        if place not in self._found:
            self._found[place] = self._find(phrase, {})
        return self._found[place]

    def entity(self, phrase: Phrase, seen: dict[int, Seen]) -> int | None:
        """The number of the name that a noun means where these people were mentioned before, the latest last; or None."""
        found = self._found[phrase.first, phrase.stop] = self._find(phrase, seen)
        return found.entity if found is not None else None

    def _find(self, phrase: Phrase, seen: dict[int, Seen]) -> Resolved | None:
        if phrase.form == "noun" and (kin := self._kinship.resolve(phrase)) is not None:
            return kin
        found = self.roles.resolve(phrase)
        if found is None and phrase.form == "noun" and not phrase.plural and not phrase.definite:
            found = self.roles.owned(phrase)
            if found is not None and found.entity == self._kinship.whose(phrase):
                found = None  # nobody is his own publicist
        if found is None and phrase.form == "noun" and phrase.definite:
            found = self._bodies.find(phrase)
        if found is None and phrase.form == "noun" and phrase.definite:
            found = self._descriptions.resolve(phrase, seen)
        if found is None and phrase.form == "noun":
            found = self._introductions.find(phrase) or self._body_introductions.find(phrase)
        return found
