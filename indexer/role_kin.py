"""Which roles a role noun can go back to: "the detective" to "Det. Sgt. Ann Lee", "the lawmaker" to an MP."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache
from importlib.resources import files

_BELOW = {
    "minister": frozenset(("deputy", "shadow")),
    "secretary": frozenset(("deputy", "shadow")),
    "chancellor": frozenset(("vice", "shadow")),
    "president": frozenset(("vice",)),
    "governor": frozenset(("lieutenant", "deputy")),
    "mayor": frozenset(("deputy",)),
    "premier": frozenset(("deputy", "vice")),
}


def is_below(head: str, told: Set[str], wanted: Set[str]) -> bool:
    """Whether somebody of whom these words are told holds a lower office than is wanted.

    >>> is_below("minister", {"deputy", "prime", "minister"}, {"prime"}), is_below("minister", {"prime", "minister"}, {"prime"})
    (True, False)
    """
    return head in told and bool(_BELOW.get(head, frozenset()) & (told - wanted))


@cache
def role_kin() -> Mapping[str, frozenset[str]]:
    """Return for each noun the nouns and titles that it can stand for besides itself, all in lower case.

    >>> "dr" in role_kin()["physician"], "physician" in role_kin().get("nurse", ())
    (True, False)
    """
    kin: dict[str, frozenset[str]] = {}
    for line in files("indexer").joinpath("data/role_kin.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            noun, _, others = line.partition("\t")
            kin[noun] = frozenset(others.split())
    return kin


@cache
def titles_that_stand() -> frozenset[str]:
    """Return every title that a noun can stand for, among them honorifics that are no roles ("dr")."""
    return frozenset(word for others in role_kin().values() for word in others)
