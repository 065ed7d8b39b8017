"""Quotes that are one event: near-copies found, other words left alone, in any order."""

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.article import Article
from indexer.pipeline import extract
from indexer.topics import TopicTagger
from indexer.variants import find_variants
from search.engine import QuoteText


def quote(id: str, text: str, article: str = "", day: str = "2024-01-01", entity: str | None = "ann") -> QuoteText:
    return QuoteText(id, article or f"article of {id}", "Gull", day, "direct", entity, text)


WHO = {"ann": "s1", "bob": "s2"}
WHOLE = "We have asked for working life jackets since spring, and nobody on that board has answered a single letter."


def groups(*quotes: QuoteText) -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for quote_id, group in find_variants(quotes, WHO).items():
        found.setdefault(group, set()).add(quote_id)
    return sorted(found.values(), key=sorted)


def test_marks_case_and_a_changed_word_make_no_other_quote() -> None:
    assert groups(
        quote("a", WHOLE),
        quote(
            "b",
            "we've asked for working life-jackets since SPRING — and nobody on that board has answered a single letter",
        ),
        quote("c", WHOLE.replace("nobody", "no one")),
    ) == [{"a", "b", "c"}]


def test_contractions_make_no_other_quote() -> None:
    for short, full in (
        ("We’re not asking for gold. We’re asking for cork.", "We are not asking for gold. We are asking for cork."),
        ("I can't say that they'll come, I won't.", "I cannot say that they will come, I will not."),
    ):
        assert groups(quote("a", short), quote("b", full)) == [{"a", "b"}]


def test_a_few_words_with_others_between_are_no_event() -> None:
    one, other = (
        "We are going to win so much.",
        "We are going to replace the harbour board with something so much better.",
    )
    assert groups(quote("a", one), quote("b", other)) == []


def test_a_part_of_a_quote_is_a_copy_of_it() -> None:
    assert groups(quote("a", WHOLE), quote("b", "nobody on that board has answered a single letter")) == [{"a", "b"}]


def test_words_inserted_in_brackets_do_not_count() -> None:
    assert groups(quote("a", WHOLE), quote("b", WHOLE.replace("that board", "that [harbour] board"))) == [{"a", "b"}]


def test_two_halves_of_a_quote_are_not_copies_of_each_other() -> None:
    first, second = (
        "We have asked for working life jackets since spring",
        "nobody on that board has answered a single letter",
    )
    assert len(groups(quote("a", WHOLE), quote("b", first), quote("c", second))[0]) == 2
    assert groups(quote("b", first), quote("c", second)) == []


def test_other_words_of_the_same_kind_are_left_alone() -> None:
    assert (
        groups(
            quote("a", "We will rebuild the northern bridge before the end of the year."),
            quote("b", "We will close the southern school before the start of the term."),
            quote("c", "We will not rebuild the harbour."),
        )
        == []
    )


def test_one_article_has_no_variants_of_its_own() -> None:
    assert groups(quote("a", WHOLE, "x"), quote("b", WHOLE, "x")) == []


def test_few_words_count_only_by_one_speaker() -> None:
    short = "luck is not a safety plan"
    assert groups(quote("a", short), quote("b", short)) == [{"a", "b"}]
    assert groups(quote("a", short), quote("b", short, entity="bob")) == []
    assert groups(quote("a", "no comment"), quote("b", "no comment")) == []


def test_a_group_is_named_after_its_earliest_quote_and_not_after_the_order() -> None:
    quotes = [quote("b", WHOLE, day="2024-02-01"), quote("a", WHOLE, day=""), quote("c", WHOLE, day="2023-12-31")]
    named = find_variants(quotes, WHO)
    assert find_variants(quotes[::-1], WHO) == named
    alone = find_variants([quotes[2], quotes[0]], WHO)
    assert set(alone.values()) == set(named.values())


WORDS = st.sampled_from("the sea is high and boats wait in harbour while wind blows over cold stones".split())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=25).map(" ".join), max_size=12), st.randoms())
def test_order_never_matters_and_every_group_spans_articles(texts: list[str], chance: random.Random) -> None:
    quotes = [quote(f"q{n}", text, article=f"a{n % 5}") for n, text in enumerate(texts)]
    found = find_variants(quotes, WHO)
    shuffled = quotes[:]
    chance.shuffle(shuffled)
    assert find_variants(shuffled, WHO) == found
    for group in set(found.values()):
        assert len({q.article_id for q in quotes if found.get(q.id) == group}) > 1


def test_many_quotes_take_near_linear_time() -> None:
    chance = random.Random(5)
    words = [f"w{n}" for n in range(3000)]

    def seconds(count: int) -> float:
        texts = [" ".join(chance.choices(words, k=20)) for _ in range(count)]
        quotes = [quote(f"q{n}", texts[n // 2]) for n in range(count)]
        begun = time.perf_counter()
        found = find_variants(quotes, WHO)
        assert len(found) == count
        return time.perf_counter() - begun

    seconds(1000)
    assert seconds(16000) < 40 * max(seconds(2000), 0.02)


def test_what_interviewers_ask_again_is_no_event() -> None:
    asked = "Could you briefly explain to us what this study found and why it matters?"
    turns = [QuoteText(f"q{n}", f"a{n}", "Gull", "", "turn", "ann", asked, interviewer=True) for n in range(3)]
    assert groups(*turns) == []


def test_a_formula_of_two_speakers_is_no_event() -> None:
    formula = "some questions about her campaign in the harbour from Gull reporter Olaf Quill"
    assert groups(quote("a", formula, entity="ann"), quote("b", formula, entity="bob")) == []
    assert groups(quote("a", formula), quote("b", formula)) == [{"a", "b"}]


def test_an_interviewer_whose_answers_are_missing_still_only_asks() -> None:
    asked = [
        "Which harbour master do you admire, and for what reason of all reasons that there are?",
        "How would you rebuild the northern mole before the autumn storms arrive again?",
        "What would you tell the herring fleet about the price of diesel this winter?",
    ]
    article = Article("a", "\n\n".join(f"((GULL)) : {question}" for question in asked))
    turns = [quote.quotation for quote in extract(article, TopicTagger()).quotes]
    assert [(turn.type, turn.interviewer) for turn in turns] == [("turn", True)] * 3
