"""Topics: the vocabulary, the choice for an article, what its records inherit, and a newsroom's own terms."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.article import Article, InputError
from indexer.document import Document
from indexer.name_tokens import read_tokens
from indexer.paragraphs import split
from indexer.quotations import find_quotations
from indexer.topic_counting import FeatureCounter, NumberTable, counted, flattened
from indexer.topic_model import learned_weights
from indexer.topic_vocabulary import top_level, vocabulary
from indexer.topic_words import FeatureReader, feature, hand_lexicon, lexicon_digest, read_lexicon
from indexer.topics import TopicTagger
from search.analysis import stem, words

SPORT, POLITICS, WEATHER = "medtop:15000000", "medtop:11000000", "medtop:17000000"
DATA = Path(__file__).parents[1] / "bench" / "data"
UNSEEN = DATA / "unseen_topics.jsonl"


@pytest.fixture(scope="module")
def tagger() -> TopicTagger:
    return TopicTagger()


def document(text: str, title: str = "", **more: object) -> Document:
    return split(Article("a", text, title=title, **more))  # type: ignore[arg-type]


def test_the_vocabulary_is_whole() -> None:
    terms = vocabulary()
    assert len(terms) == 1084
    assert len(top_level()) == 17
    for term in terms.values():
        assert len(term.ancestors) == term.level - 1
        assert all(terms[above].level == level for level, above in enumerate(term.ancestors, 1))


def test_the_lexicon_speaks_of_every_top_level_topic_and_of_nothing_unknown() -> None:
    assert set(top_level()) <= set(hand_lexicon())
    assert set(hand_lexicon()) <= set(vocabulary())
    assert feature("Strikes") == feature("strike")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Rovers won the cup final when the goalkeeper headed in a corner in the last minute of the match.", SPORT),
        ("Thunderstorms and hail are forecast for Saturday; temperatures will fall below ten degrees.", WEATHER),
        ("The prime minister lost a vote in parliament and the opposition called for an election.", POLITICS),
        ("Drivers began a three-day strike; their union wants higher wages.", "medtop:09000000"),
        ("The bishop said in his sermon that the church must pray for the congregation.", "medtop:12000000"),
    ],
)
def test_an_article_gets_its_topic(tagger: TopicTagger, text: str, topic: str) -> None:
    assert tagger.tag(document(text)).article[0].id == topic


def test_invented_articles_on_topics_without_labelled_ones(tagger: TopicTagger) -> None:
    right = [ok for of_topic in _right(tagger, UNSEEN).values() for ok in of_topic]
    assert sum(right) / len(right) >= 0.85


def test_articles_by_somebody_who_has_not_seen_the_lexicon(tagger: TopicTagger) -> None:
    """Five topics that no labelled set has. Whoever changes the lexicon may look at those at even places, not at the others.

    Their accuracy, not their words, served to choose the settings of training.
    """
    right = _right(tagger, DATA / "five_topics.jsonl")
    assert len(right) == 5
    for topic, of_topic in right.items():
        assert len(of_topic) >= 20
        assert sum(of_topic) / len(of_topic) >= 0.85, topic


def _right(tagger: TopicTagger, path: Path) -> dict[str, list[bool]]:
    """For each topic of a labelled file, whether each of its articles gets it first."""
    found: dict[str, list[bool]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        first = tagger.tag(document(row["text"], row["title"])).article[0].id
        found.setdefault(row["iptc_top"], []).append(vocabulary()[first].label == row["iptc_top"])
    return found


def test_the_weights_were_learned_around_the_lexicon_that_comes_with_them() -> None:
    card = learned_weights()["card"]
    assert isinstance(card, dict)
    assert card["lexicon"] == lexicon_digest()
    assert card["settings"]
    assert card["learned_from"]


def test_a_weak_term_counts_less_than_a_plain_one_and_a_strong_one_more() -> None:
    terms = read_lexicon(f'["{SPORT}"]\nstrong = ["zorbling"]\nwords = ["zorb"]\nweak = ["roll"]\n')[SPORT]
    assert terms[feature("zorbling")] > terms["zorb"] > terms["roll"] > 0
    with pytest.raises(ValueError, match="strong, words or weak"):
        read_lexicon(f'["{SPORT}"]\nstrongest = ["zorbling"]\n')


def test_phrases_of_any_length_are_found() -> None:
    long = feature("the annual meeting of the zorbling club")
    assert FeatureReader([long]).read("At the annual meetings of the zorbling club they met.")[long] == 1


def test_a_child_never_stands_above_its_parent(tagger: TopicTagger) -> None:
    text = (
        "Troops fired artillery at rebels. The army said soldiers were killed in the fighting and a ceasefire failed."
    )
    topics = tagger.tag(document(text)).article
    scores = {topic.id: topic.score for topic in topics}
    children = [topic for topic in topics if vocabulary()[topic.id].level > 1]
    assert children
    for child in children:
        parent = vocabulary()[child.id].ancestors[-1]
        assert scores[parent] >= child.score
        assert list(scores).index(parent) < list(scores).index(child.id)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        (
            "The batsman hit a century in his second innings before the bowler took his wicket; the cricket captain "
            "declared the innings closed, and two more wickets fell before stumps.",
            ["sport", "competition discipline", "cricket"],
        ),
        (
            "The burglar was convicted of theft and robbery. Police said the thief had stolen jewels in a burglary at a "
            "house; the jury heard of another robbery.",
            ["crime, law and justice", "crime", "robbery and theft"],
        ),
    ],
)
def test_a_narrower_topic_where_it_is_plain(tagger: TopicTagger, text: str, way: list[str]) -> None:
    topics = tagger.tag(document(text)).article
    first = [topic for topic in topics if way[0] in (vocabulary()[topic.id].label, _top_label(topic.id))]
    assert [vocabulary()[topic.id].label for topic in first] == way
    scores = [topic.score for topic in first]
    assert scores == sorted(scores, reverse=True)


def test_no_narrower_topic_where_nothing_tells_which(tagger: TopicTagger) -> None:
    topics = tagger.tag(document("The athletes trained hard and the fans were pleased.")).article
    assert [
        vocabulary()[topic.id].level for topic in topics if topic.id == SPORT or _top_label(topic.id) == "sport"
    ] == [1]


def _top_label(name: str) -> str:
    return vocabulary()[(*vocabulary()[name].ancestors, name)[0]].label


def test_all_scores_name_every_top_level_topic_once(tagger: TopicTagger) -> None:
    scores = tagger.scores(document("The match ended in a draw."))
    tops = [topic.id for topic in scores if vocabulary()[topic.id].level == 1]
    assert sorted(tops) == sorted(top_level())


def test_a_publishers_topic_comes_first_and_is_believed(tagger: TopicTagger) -> None:
    given_topic = document("Rovers won the cup final.", topics=("medtop:20000574", "medtop:99999999"))
    topics = tagger.tag(given_topic).article
    assert [(topic.id, topic.origin) for topic in topics[:2]] == [
        (POLITICS, "publisher"),
        ("medtop:20000574", "publisher"),
    ]
    assert (SPORT, "article") in [(topic.id, topic.origin) for topic in topics]


def test_records_inherit_and_a_paragraph_about_something_else_says_so(tagger: TopicTagger) -> None:
    politics = "The prime minister told parliament that the government would publish its bill before the election. "
    sport = (
        "“The goalkeeper headed the winning goal in the cup final and the whole football team, the coach and the fans "
        "sang in the stadium,” the minister said."
    )
    article = document(f"{politics * 6}\n\n{sport}")
    quotes = find_quotations(article)
    found = tagger.tag(article)
    assert found.article[0].id == POLITICS
    assert found.paragraphs[0] == found.article
    assert (SPORT, "record") in [(topic.id, topic.origin) for topic in found.paragraphs[1]]
    assert (SPORT, "record") in [(topic.id, topic.origin) for topic in found.of(quotes[-1])]


def test_a_newsroom_adds_its_own_terms(tmp_path: Path, tagger: TopicTagger) -> None:
    religion = "medtop:12000000"
    text = "The zorbling took place on Sunday as planned, they said."
    assert tagger.tag(document(text)).article[0].id != religion
    own = tmp_path / "own.toml"
    own.write_text(f'["{religion}"]\nstrong = ["zorbling"]\n', "utf-8")
    assert TopicTagger(own).tag(document(text)).article[0].id == religion
    tennis = "medtop:20001085"
    own.write_text(f'["{SPORT}"]\nstrong = ["zorbling"]\n["{tennis}"]\nstrong = ["zorbling", "last Sunday"]\n', "utf-8")
    assert TopicTagger(own).tag(document(text)).article[0].id == SPORT
    own.write_text("[[[", "utf-8")
    with pytest.raises(InputError, match="cannot be read"):
        TopicTagger(own)


def test_explaining_names_the_words_that_decided(tagger: TopicTagger) -> None:
    found = tagger.explain(document("The goalkeeper won the football match."))
    assert "goalkeep" in [word for word, added in found[SPORT] if added > 0]


_TAGGER = TopicTagger()


@given(st.text(max_size=300))
def test_any_text_with_words_gets_a_topic(text: str) -> None:
    article = document(text)
    topics = _TAGGER.tag(article).article
    news = "".join(text[p.start : p.end] for p in article.paragraphs if not p.masked)
    assert topics or not any(character.isalnum() for character in news)


@given(st.text(alphabet=st.one_of(st.sampled_from("aAé’'.-&_5\u0301 \n·ß"), st.characters()), max_size=80))
@example("the U.S.A.'s o’neill-smith rock''n e\u0301te\u0301 1,000's a_b 5.5e3 \n\nBy Ann Lee\n\nA&B’s football")
def test_tokens_at_hand_change_no_topic(text: str) -> None:
    whole = document(
        f"The goalkeeper and the minister met. {text} The harbour was flooded by the storm of the year.\n\n{text}"
    )
    assert _TAGGER.tag(whole, read_tokens(whole)) == _TAGGER.tag(whole)


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("aAé’'.-&_5 \n·ß"), st.characters(exclude_categories=("Mn", "Mc", "Me"))),
        max_size=60,
    )
)
def test_words_within_tokens_are_the_words_of_the_text(text: str) -> None:
    article = document(text)
    news = "\n".join(text[p.start : p.end] for p in article.paragraphs if not p.masked)
    table = NumberTable({})
    tokens = read_tokens(article)
    found = table.read(tokens.plain, tokens.paragraph)
    assert found is not None
    stems, of = map(np.ndarray.tolist, found)
    assert stems == table.numbers(news)
    assert of == [
        number for number, p in enumerate(article.paragraphs) if not p.masked for _ in words(text[p.start : p.end])
    ]
    assert len(set(stems)) == len(set(map(stem, words(news))))


_PIECES = st.lists(st.sampled_from("rain fell on the harbour town again zorbling at".split()), max_size=14).map(
    " ".join
)


@given(st.lists(_PIECES, max_size=5))
@example(["the harbour town", "the harbour", "town again"])
def test_counts_by_number_are_counts_by_name(texts: list[str]) -> None:
    features = ["rain", "harbour town", "the harbour town", "harbour town", "rain fell on the"]
    counter, reader = FeatureCounter(list(map(feature, features))), FeatureReader(map(feature, features))
    found, of = counter.features(*flattened([counter.table().numbers(text) for text in texts]))
    by_text: dict[int, list[tuple[str, int]]] = {number: [] for number in range(len(texts))}
    (places, times), (first_places, weighed) = counted(found, of, np.where(of == 0, 2, 1))
    for text, number, count in zip(of[places].tolist(), found[places].tolist(), times.tolist(), strict=True):
        if number < len(counter.known):
            by_text[text].append((counter.known[number], count))
    together: Counter[str] = Counter()
    for number, text in enumerate(texts):
        counts = reader.read(text)
        assert by_text[number] == [(name, times) for name, times in counts.items() if name in counter.known]
        together.update({name: times * (2 if number == 0 else 1) for name, times in counts.items()})
    in_all = zip(found[first_places].tolist(), weighed.tolist(), strict=True)
    assert [(counter.known[number], times) for number, times in in_all if number < len(counter.known)] == [
        (name, times) for name, times in together.items() if name in counter.known
    ]
