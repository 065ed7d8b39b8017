"""Full names with one surname: whatever can be one person's names shares a letter by which namesakes are sorted out first."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.name_keys import first_agree, letters_of

_SHORT = (
    "bill",
    "william",
    "bob",
    "robert",
    "dick",
    "richard",
    "peggy",
    "margaret",
    "liz",
    "elizabeth",
    "ted",
    "edward",
)
_SPELT = (
    "yulia",
    "julia",
    "zhanna",
    "janna",
    "khalid",
    "halid",
    "phil",
    "fil",
    "q",
    "k",
    "xenia",
    "ksenia",
    "yusuf",
    "iousef",
    "tchad",
    "chad",
)
_WORDS = st.sampled_from(_SHORT + _SPELT) | st.text("aeioucdghjkpqstwxyz", min_size=1, max_size=5)
_GIVEN = st.lists(_WORDS, min_size=1, max_size=2).map(tuple)


@settings(max_examples=500)
@given(_GIVEN, _GIVEN)
@example(("bill",), ("william",))
@example(("yulia",), ("julia",))
@example(("ann",), ("mary", "ann"))
@example(("peggy",), ("margaret",))
def test_names_that_can_be_one_persons_share_a_letter(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    first, second = (*one, "orsk"), (*other, "orsk")
    if first_agree(first, second):
        assert letters_of(first) & letters_of(second)


def test_most_namesakes_share_none() -> None:
    assert not letters_of(("tom", "hale")) & letters_of(("ann", "hale"))
    assert not letters_of(("bill", "hale")) & letters_of(("robert", "hale", "jr"))
