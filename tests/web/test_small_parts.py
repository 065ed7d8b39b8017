"""The parts that pages are made of, each by its own promise."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from search.titles import shortened_after
from web.address import Address
from web.article_page import differing
from web.charts import Bar, histogram, periods
from web.dates import last_day, readable
from web.marked_text import Mark, marked, shortened_before
from web.text_fragment import original


@given(
    st.text(),
    st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60)), max_size=6),
    st.integers(0, 20),
    st.integers(0, 60),
)
def test_marked_text_is_the_text_escaped(text: str, spans: list[tuple[int, int]], start: int, length: int) -> None:
    end = min(start + length, len(text))
    start = min(start, end)
    shown = marked(text, start, end, [Mark(max(a, 0), b, "mark") for a, b in spans])
    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert Markup(bare).unescape() == Markup.escape(text[start:end]).unescape()
    assert shown.count("<mark>") == shown.count("</mark>")


@given(st.text(), st.text())
def test_differences_hold_every_word_of_the_other_wording(one: str, other: str) -> None:
    shown = str(differing(one, other))
    kept = Markup(shown.replace("<ins>", "").replace("</ins>", "").split("<del>")[0])
    assert "<script" not in shown.lower().replace("&lt;script", "")
    if one.casefold().split() == other.casefold().split():
        assert kept.unescape().split() == Markup.escape(" ".join(other.split())).unescape().split()


def test_shortening_cuts_at_words() -> None:
    assert shortened_before("one two three four", 10) == "… four"
    assert shortened_after("one two three four", 10) == "one two …"
    assert shortened_before("one\n two", 10) == "one two"


def test_an_address_steps_without_losing_anything() -> None:
    address = Address.of(
        [("q", "a b"), ("speaker", "x"), ("speaker", "x"), ("from", ""), ("page", "3"), ("not.topic", "t")]
    )
    assert address.pairs == (("q", "a b"), ("speaker", "x"), ("page", "3"), ("not.topic", "t"))
    assert address.having("speaker", "y").all("speaker") == ("x", "y")
    assert address.having("speaker", "y").get("page") == ""
    assert address.lacking("speaker", "x").query() == "q=a+b&not.topic=t"
    assert address.setting("kind", "quote").lacking("kind").pairs == address.top().pairs
    assert address.at_page(1).get("page") == ""
    assert Address().href("/") == "/"


def test_dates_are_read_at_their_own_precision() -> None:
    assert readable("2024-03-05") == "5 March 2024"
    assert readable("2024-03") == "March 2024"
    assert readable("2024") == "2024"
    assert readable("2024-03-05T14:30+01:00") == "5 March 2024, 14:30 (+01:00)"
    assert readable("2024-03-05T14:30:20.5Z") == "5 March 2024, 14:30 (UTC)"
    assert readable("2024-03-05T14:30") == "5 March 2024, 14:30"
    assert readable("") == ""
    assert readable("soon") == "soon"
    assert readable("2024-19-05") == "2024-19-05"
    assert last_day("2024-02") == "2024-02-29"
    assert last_day("2023") == "2023-12-31"


def test_periods_have_no_gaps_and_become_years_when_there_are_many() -> None:
    months = periods([("2020-01", 2), ("2021-03", 1)])
    assert [period for period, _ in months][:2] == ["2020-01", "2020-02"]
    assert sum(count for _, count in months) == 3
    assert len(months) == 15
    assert periods([("2019-01", 1), ("2025-01", 5)]) == [
        ("2019", 1), ("2020", 0), ("2021", 0), ("2022", 0), ("2023", 0), ("2024", 0), ("2025", 5),
    ]  # fmt: skip
    assert [month for month, _ in periods([("2024-06", 9), ("2024-08", 1)])][::11] == ["2024-01", "2024-12"]
    assert [month for month, _ in periods([("2023-12", 9), ("2024-02", 1)])][::11] == ["2023-03", "2024-02"]
    assert periods([]) == []


def test_a_chart_is_escaped_and_has_one_stop_of_the_tab_key() -> None:
    drawn = histogram([Bar("2024", 3, '/?q="><script>'), Bar("2025", 0), Bar("2026", 1, "/x")], "a <chart>")
    assert "<script>" not in drawn
    assert drawn.count('tabindex="0"') == 1
    assert "2024: 3 records" in drawn
    assert "2026: 1 record<" in drawn
    assert "style" not in drawn
    assert histogram([], "none") == ""


def test_text_fragments_name_the_words() -> None:
    text = "He said: well-known, “words & marks” stand here. " + "long " * 20
    assert original("https://a.example/x", text, 9, 36) == (
        "https://a.example/x#:~:text=well%2Dknown%2C%20%E2%80%9Cwords%20%26%20marks%E2%80%9D"
    )
    assert original("https://a.example/x#part", text, 49, 140).startswith("https://a.example/x#part:~:text=long%20long")
    assert "," in original("https://a.example/x", text, 49, 140)
    assert original("javascript:alert(1)", text, 0, 5) == ""
    assert original("", text, 0, 5) == ""
