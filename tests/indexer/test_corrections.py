"""The user's word is final: two CSV files, carried out at every run, and named by line where they cannot be."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.collection import Settings, Summary, add, reindex
from indexer.corrections import corrections_folder, load_corrections
from search.engine import Engine, QuoteText, open_engine
from search.errors import ConfigurationError
from search.records import CollectionTables, Speaker

NEWS = {
    "boats": '"The boats are safe and sound for another winter," said Tom Hale, a union leader.',
    "bread": '"Bread is too dear for people on this island," said Thomas Halle, a baker.',
    "cup": '"The cup comes home to the island this year," said Tom Hale, a union leader. Ida Olsen said nothing.',
    "press": 'The Harbour Press Bureau said that "the pier opens in the spring of next year".',
}


class Collection:
    """A small collection with corrections beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.engine: Engine = open_engine(str(folder / "index"))
        self.corrections = folder / "index.corrections"
        self.corrections.mkdir()
        self.news = dict(NEWS)

    def reindex(self) -> Summary:
        path = self.folder / "news.jsonl"
        path.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in self.news.items()), "utf-8")
        return reindex(self.engine, [str(path)], self._settings())

    def add(self) -> Summary:
        return add(self.engine, [str(self.folder / "news.jsonl")], self._settings())

    def _settings(self) -> Settings:
        return Settings(corrections=load_corrections(corrections_folder(self.engine.location, None)))

    def aliases(self, text: str) -> None:
        (self.corrections / "aliases.csv").write_text(text, "utf-8")

    def errata(self, text: str) -> None:
        (self.corrections / "errata.csv").write_text(text, "utf-8")

    def tables(self) -> CollectionTables:
        with self.engine.update() as writer:
            found = writer.previous()
        assert found is not None
        return found

    def spoke(self, *articles: str) -> int:
        """How many quotes of these articles have a speaker."""
        with self.engine.update() as writer:
            return sum(quote.article_id in articles and quote.entity is not None for quote in writer.quotes())

    def speaker(self, name: str) -> Speaker:
        (found,) = (speaker for speaker in self.tables().speakers if speaker.name == name)
        return found

    def quote(self, words: str) -> QuoteText:
        with self.engine.update() as writer:
            found = [quote for quote in writer.quotes() if words in quote.text]
        return found[0]


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    collection = Collection(tmp_path)
    collection.reindex()
    yield collection
    collection.engine.close()


def test_aliases_join_name_and_identify(collection: Collection) -> None:
    before = collection.speaker("Tom Hale")
    assert collection.speaker("Thomas Halle").id != before.id
    collection.aliases("name,alias,wikidata,note\nTom Hale,Thomas Halle,Q42,one man\nTom Hale,Old Tom,,\n")
    summary = collection.add()
    assert (summary.corrections, summary.ignored) == (2, ())
    after = collection.speaker("Tom Hale")
    assert (after.id, after.wikidata, after.quotes) == (before.id, "Q42", collection.spoke("boats", "bread", "cup"))
    assert {"Thomas Halle", "Old Tom"} <= set(after.aliases)
    assert collection.engine.speaker("thomas-halle").id == after.id
    generation = collection.engine.generation()
    assert collection.add().generation == generation


@pytest.mark.parametrize("name", ["Tom Hale", "tom-hale", "{id}"])
def test_an_alias_may_be_given_to_a_name_a_slug_or_an_id(collection: Collection, name: str) -> None:
    collection.aliases(f"name,alias\n{name.format(id=collection.speaker('Tom Hale').id)},Old Tom\n")
    assert collection.reindex().ignored == ()
    assert "Old Tom" in collection.speaker("Tom Hale").aliases


def test_a_slug_of_one_word_is_no_name(collection: Collection) -> None:
    collection.news["ship"] = '"We sail at dawn whatever the weather," said NAFTOR in a statement.'
    collection.reindex()
    assert collection.speaker("NAFTOR").slug == "naftor"
    collection.aliases("name,alias\nnaftor,Northern Fleet\n")
    assert collection.reindex().ignored == ()
    assert "Northern Fleet" in collection.speaker("NAFTOR").aliases


def test_rulings_survive_a_reindex_and_go_when_taken_back(collection: Collection) -> None:
    found = {speaker.slug for speaker in collection.tables().speakers}
    collection.errata("action,speaker,to\nrename,tom-hale,Thomas T. Hale\nmerge,Thomas Halle,Thomas T. Hale\n")
    for _ in range(3):
        assert collection.reindex().corrections == 2
        assert collection.speaker("Thomas T. Hale").quotes == collection.spoke("boats", "bread", "cup")
    (collection.corrections / "errata.csv").unlink()
    collection.reindex()
    assert {speaker.slug for speaker in collection.tables().speakers} == found
    assert collection.speaker("Tom Hale").quotes == collection.spoke("boats", "cup")


def test_a_split_makes_somebody_else_of_some_articles(collection: Collection) -> None:
    collection.errata("action;speaker;article;to\nsplit;Tom Hale;cup;Tom Hale (footballer)\n")
    assert collection.add().ignored == ()
    assert [key.split("#")[0] for key in collection.speaker("Tom Hale").members] == ["boats"]
    other = collection.speaker("Tom Hale (footballer)")
    assert [key.split("#")[0] for key in other.members] == ["cup"]
    collection.reindex()
    assert collection.speaker("Tom Hale (footballer)").id == other.id


def test_of_a_quote_confirmed_and_disputed_the_last_counts_and_the_other_is_named(collection: Collection) -> None:
    boats = collection.quote("boats are").id
    collection.errata(f"action,quote,date\nconfirm,{boats},2024-03-05\ndispute,{boats},2024-03-06\n")
    summary = collection.reindex()
    assert summary.ignored == ("errata.csv, line 2: errata.csv, line 3 says the opposite; that one counts",)
    assert summary.corrections == 1
    assert collection.tables().reviews[boats].status == "disputed"


def test_who_was_split_away_wholly_may_be_given_somebody_else(collection: Collection) -> None:
    collection.errata(
        "action,speaker,article,to\nsplit,thomas-halle,bread,The Baker\nsplit,tom-hale,cup,thomas-halle\n"
    )
    assert collection.reindex().ignored == ()
    of_bread, of_cup = collection.speaker("The Baker"), collection.speaker("Thomas Halle")
    assert [key.split("#")[0] for key in of_bread.members] == ["bread"]
    assert [key.split("#")[0] for key in of_cup.members] == ["cup"]


def test_quotes_are_given_to_others_confirmed_and_disputed(collection: Collection) -> None:
    cup, bread, boats = (collection.quote(words).id for words in ("cup comes", "Bread is", "boats are"))
    collection.errata(
        "action,quote,to,article,words,by,date,note\n"
        f"attribute,{cup},Ida Olsen,,,me,2024-03-05,heard it\n"
        f"attribute,{bread},,,,me,,\n"
        "confirm,,,boats,The boats are SAFE,you,2024,\n"
    )
    assert collection.add().ignored == ()
    tables = collection.tables()
    ida = collection.speaker("Ida Olsen")
    assert tables.attributions == {cup: ida.id, bread: ""}
    assert {quote: review.status for quote, review in tables.reviews.items()} == {
        cup: "corrected", bread: "corrected", boats: "confirmed",
    }  # fmt: skip
    assert (tables.reviews[cup].by, tables.reviews[cup].day, tables.reviews[cup].note) == (
        "me",
        "2024-03-05",
        "heard it",
    )
    assert ida.quotes == 1
    assert collection.speaker("Tom Hale").quotes == collection.spoke("boats", "cup") - 1
    assert collection.speaker("Thomas Halle").quotes == collection.spoke("bread") - 1
    shown = collection.engine.record(cup).speaker
    assert shown is not None
    assert shown.id == ida.id
    assert collection.engine.record(bread).speaker is None
    collection.errata(f"action,quote\ndispute,{boats}\n")
    collection.add()
    assert collection.tables().reviews[boats].status == "disputed"
    assert collection.tables().attributions == {}


def test_other_words_are_not_reviewed_and_it_is_said(collection: Collection) -> None:
    boats = collection.quote("boats are").id
    collection.errata(f"action,quote,words\nconfirm,{boats},boats are safe\n")
    assert collection.add().corrections == 1
    collection.news["boats"] = collection.news["boats"].replace("safe and sound", "rotten and leaking")
    summary = collection.reindex()
    assert summary.corrections == 0
    assert summary.ignored == (f"errata.csv, line 2: there is no quote {boats} (any more)",)
    assert collection.tables().reviews == {}


def test_a_confirmation_of_another_attribution_is_undone(collection: Collection) -> None:
    boats = collection.quote("boats are").id
    collection.errata(f"action,quote,speaker\nconfirm,{boats},Ida Olsen\n")
    (problem,) = collection.add().ignored
    assert "is not attributed to 'Ida Olsen' now" in problem
    collection.errata(f"action,quote,speaker\nconfirm,{boats},Tom Hale\n")
    assert collection.add().ignored == ()


def test_what_matches_nothing_is_named_by_line_and_the_rest_counts(collection: Collection) -> None:
    collection.aliases("# mine\n\nname,alias\nNobody Known,No One\nTom Hale,Tommy\n")
    collection.errata("action,speaker,to\nmerge,Nobody Known,Tom Hale\n")
    summary = collection.add()
    assert summary.ignored == (
        "aliases.csv, line 4: nobody is called 'Nobody Known' or 'No One'",
        "errata.csv, line 2: nobody is called 'Nobody Known'",
    )
    assert summary.corrections == 1
    assert "Tommy" in collection.speaker("Tom Hale").aliases


def test_of_two_with_one_name_the_slug_is_asked_for(collection: Collection) -> None:
    collection.errata("action,speaker,article,to\nsplit,Tom Hale,cup,\n")
    collection.add()
    slugs = {s.slug for s in collection.tables().speakers if s.name == "Tom Hale"}
    assert slugs == {"tom-hale", "tom-hale-2"}
    collection.errata("action,speaker,article,to\nsplit,Tom Hale,cup,\nrename,Tom Hale,,Tom Hale the elder\n")
    (problem,) = collection.add().ignored
    assert problem == "errata.csv, line 3: 'Tom Hale' is the name of 2 speakers; give the slug of the one you mean"


@pytest.mark.parametrize(
    ("errata", "problem"),
    [
        ("action,quote\nshout,q1\n", "errata.csv, line 2: 'shout' is no action"),
        ("action,speaker\nmerge,Tom Hale\n", "errata.csv, line 2: merge needs to"),
        ("action,quote\nconfirm,\n", "errata.csv, line 2: confirm needs quote"),
        ("action,quote,date\nconfirm,q1,yesterday\n", "errata.csv, line 2: 'yesterday' is no day"),
        ("action,quote,date\nconfirm,q1,2024-13-05\n", "errata.csv, line 2: '2024-13-05' is no day"),
        ("who,what\nconfirm,q1\n", "errata.csv, line 1: the header must name columns of"),
        ("action,quote\nconfirm,q1,extra\n", "errata.csv, line 2: more cells than the header has"),
        ('action,quote\nconfirm,"q1\n', "errata.csv, line 2: there is no quote q1 (any more)"),
        ("action,quote\nconfirm,q1\x00\n", "errata.csv, line 2"),
    ],
)
def test_malformed_rows_are_named(collection: Collection, errata: str, problem: str) -> None:
    collection.errata(errata)
    (found,) = collection.add().ignored
    assert found.startswith(problem)


def test_files_that_are_no_text_are_named(collection: Collection) -> None:
    (collection.corrections / "aliases.csv").write_bytes("name,alias\nTom,Zoë\n".encode("latin-1"))
    (collection.corrections / "errata.csv").mkdir()
    summary = collection.add()
    assert [problem.split(":")[0] for problem in summary.ignored] == ["aliases.csv, line 2", "errata.csv"]


def test_where_corrections_lie(tmp_path: Path) -> None:
    assert corrections_folder(str(tmp_path / "index"), None) == tmp_path / "index.corrections"
    assert corrections_folder(f"whoosh:{tmp_path}/index", None) == tmp_path / "index.corrections"
    assert corrections_folder("opensearch:http://localhost:9200/news", None) is None
    assert corrections_folder(str(tmp_path / "index"), str(tmp_path)) == tmp_path
    with pytest.raises(ConfigurationError):
        corrections_folder(str(tmp_path / "index"), str(tmp_path / "nowhere"))


def test_rows_that_contradict_or_repeat_others_are_named_in_order(collection: Collection) -> None:
    collection.aliases("name,alias,wikidata\nTom Hale,Tommy,Q42\nTom Hale,Tommy,Q42\nTom Hale,,Q43\n")
    collection.errata(
        "action,speaker,to,by\n"
        "merge,thomas-halle,tom-hale,me\n"
        "merge,tom-hale,thomas-halle,me\n"  # a ring
        "merge,thomas-halle,tom-hale,you\n"
        "merge,ida-olsen,Ida Olsen,\n"
        "merge,Ida Olsen,ida olsen,\n"
        "rename,ida-olsen,Ida Lund,\n"
        "rename,ida-olsen,Ida Quist,\n"
    )
    summary = collection.reindex()
    assert summary.ignored == (
        "aliases.csv, line 3: says the same as aliases.csv, line 2",
        "aliases.csv, line 4: 'Tom Hale' has the Wikidata id Q42 already",
        "errata.csv, line 3: 'tom-hale' and 'thomas-halle' are one already, by errata.csv, line 2",
        "errata.csv, line 4: says the same as errata.csv, line 2",
        "errata.csv, line 5: speaker and to are the same",
        "errata.csv, line 6: speaker and to are the same",
        "errata.csv, line 7: errata.csv, line 8 gives another name; that one counts",
    )
    assert summary.corrections == 3
    assert collection.speaker("Ida Quist").slug == "ida-quist"
    assert collection.speaker("Tom Hale").quotes == collection.spoke("boats", "bread", "cup")


def test_of_two_attributions_the_last_counts_and_a_split_after_a_merge_takes_one_article(
    collection: Collection,
) -> None:
    cup = collection.quote("cup comes").id
    collection.errata(
        "action,quote,speaker,to,article\n"
        f"attribute,{cup},,Ida Olsen,\n"
        f"attribute,{cup},,Thomas Halle,\n"
        "merge,,Thomas Halle,Tom Hale,\n"
        "split,,Tom Hale,The Baker,bread\n"
    )
    summary = collection.add()
    assert summary.ignored == (
        "errata.csv, line 2: errata.csv, line 3 gives the quote to somebody else; that one counts",
    )
    assert [key.split("#")[0] for key in collection.speaker("The Baker").members] == ["bread"]


def test_words_and_article_find_a_quote_whose_id_is_out_of_date(collection: Collection) -> None:
    collection.errata(
        "action,quote,article,words\nconfirm,q0000,boats,boats are safe\nconfirm,q0001,boats,no such words\n"
    )
    assert collection.add().ignored == ("errata.csv, line 3: there is no quote q0001 (any more)",)
    assert [review.status for review in collection.tables().reviews.values()] == ["confirmed"]


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(collection: Collection) -> None:
    text = "\ufeffname;alias\r\nTom Hale;Thomas Halle\r\n"
    (collection.corrections / "aliases.csv").write_bytes(text.encode("utf-8"))
    assert collection.add().ignored == ()
    assert "Thomas Halle" in collection.speaker("Tom Hale").aliases


def test_who_is_parted_again_has_their_own_address_back(collection: Collection) -> None:
    before = {speaker.slug: speaker.id for speaker in collection.tables().speakers}
    collection.errata("action,speaker,to\nmerge,tom-hale,thomas-halle\n")
    collection.add()
    assert collection.engine.speaker("tom-hale").id == collection.engine.speaker("thomas-halle").id
    boats = collection.quote("boats are").id
    collection.errata(f"action,quote,speaker\nconfirm,{boats},tom-hale\n")
    assert collection.add().ignored == ()
    assert {speaker.slug: speaker.id for speaker in collection.tables().speakers} == before
    assert collection.engine.speaker(before["tom-hale"]).slug == "tom-hale"
