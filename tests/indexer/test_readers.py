"""Readers: every format to the same articles, and bad input named instead of raised."""

import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article import Article, Skipped
from indexer.readers import jsonlines
from indexer.readers.dates import parse_published
from indexer.readers.dispatch import read, read_stream
from indexer.sources import find_inputs


def one(path: Path) -> Article:
    (article,) = read(path)
    assert isinstance(article, Article), article
    return article


def reason(path: Path) -> str:
    (skipped,) = read(path)
    assert isinstance(skipped, Skipped)
    return skipped.reason


def test_text_is_kept_to_the_character_and_its_top_lines_are_read(tmp_path: Path) -> None:
    text = "Ferry line reopens\r\nBy Lena Orsk\r\nPublished: 5 March 2024\r\n\r\nThe ferry to Aldmoor sails again, the harbour said.\r\n"
    path = tmp_path / "ferry.txt"
    path.write_bytes(text.encode())
    article = one(path)
    assert article.text == text
    assert (article.title, article.author, article.published) == ("Ferry line reopens", "Lena Orsk", "2024-03-05")
    assert article.id.startswith("sha256:")


def test_text_without_title_or_date_gets_none_invented(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text(
        "By Lena Orsk\n\nThe ferry to Aldmoor sails again, the harbour authority said on Monday.\n", "utf-8"
    )
    article = one(path)
    assert (article.title, article.published, article.author) == ("", "", "Lena Orsk")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told(tmp_path: Path, encoding: str) -> None:
    text = "“Das Boot fährt wieder – für alle”, sagte die Bürgermeisterin über das Café am Fluss."
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert one(path).text == text


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "an empty file"),
        ("a.txt", b" \n\n ", "an empty file"),
        ("a.txt", b"\x00\x01\x02PNG" * 50, "a binary file"),
        ("a.html", b"", "an empty file"),
        ("a.html", b"<html><body></body></html>", "no article text"),
        ("a.jsonl", b"", "an empty file"),
        ("a.pdf", b"%PDF", "not a format"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert words in reason(path)


def test_bad_lines_are_named_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "MAX_LINE", 1000)
    lines = [
        b'{"id": 7, "text": "One."}',
        b'{"id": "b", "text": ',
        b"[1, 2]",
        b'{"id": "c"}',
        b'{"id": "d", "text": 3}',
        b"",
        b'{"id": "e", "text": "' + b"x" * 5000 + b'"}',
        b"[" * 900,
        b'{"id": "f", "text": "Two \\ud800."}',
    ]
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(lines))
    items = list(read(path))
    assert [item.id for item in items if isinstance(item, Article)] == ["7", "f"]
    assert [item.origin.rpartition(":")[2] for item in items if isinstance(item, Skipped)] == [
        "2",
        "3",
        "4",
        "5",
        "7",
        "8",
    ]
    last = items[-1]
    assert isinstance(last, Article)
    assert last.text == "Two \ufffd."


def test_names_of_other_systems_are_understood() -> None:
    line = {"_id": "x", "body": "Words.", "headline": "H", "publisher": {"name": "The Gull"}, "source": "feed", "authors": ["A B", "C D"], "date": "Tue, 05 Mar 2024 14:30:00 GMT", "lang": "en-GB", "subjects": ["medtop:15000000", "sport"]}  # fmt: skip
    (article,) = read_stream(io.BytesIO(json.dumps(line).encode()))
    assert isinstance(article, Article)
    assert (article.id, article.outlet, article.author, article.language) == ("x", "The Gull", "A B, C D", "en")
    assert article.topics == ("medtop:15000000",)
    assert article.published.startswith("2024-03-05T14:30:00")


def test_html_gives_text_and_metadata(tmp_path: Path) -> None:
    page = """<html lang="en"><head><title>Ferry back</title><meta name="author" content="Lena Orsk">
    <meta property="article:published_time" content="2024-03-05"><meta property="og:site_name" content="The Gull"></head>
    <body><nav>Home | News</nav><article><h1>Ferry back</h1>
    <p>The ferry to Aldmoor sails again after a winter in dock, the harbour authority said on Monday.</p>
    <p>“We are glad to be back on the water,” said Tom Hale, its captain, before the first crossing of the year.</p>
    </article><script>alert(1)</script></body></html>"""
    path = tmp_path / "ferry.html"
    path.write_text(page, "utf-8")
    article = one(path)
    assert "“We are glad to be back on the water,” said Tom Hale" in article.text
    assert "alert" not in article.text
    assert article.title == "Ferry back"
    assert article.published == "2024-03-05"


@given(st.binary(max_size=400))
def test_no_bytes_crash_a_reader(data: bytes) -> None:
    for item in read_stream(io.BytesIO(data)):
        assert isinstance(item, Article | Skipped)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024-03-05T00:00:00", "2024-03-05"),
        ("2024-03-05 14:30", "2024-03-05T14:30:00"),
        ("2024-03-05T14:30:00+0100", "2024-03-05T14:30:00+01:00"),
        ("5 March 2024", "2024-03-05"),
        ("Tuesday, Sept. 3, 2024", "2024-09-03"),
        ("2024-02-30", ""),
        ("March 2024", ""),
        ("yesterday", ""),
        (1709649000, "2024-03-05T14:30:00Z"),
        (True, ""),
        (None, ""),
    ],
)
def test_dates_keep_their_precision(value: object, expected: str) -> None:
    assert parse_published(value) == expected


@given(st.text(max_size=70))
def test_no_text_crashes_the_date_reader(value: str) -> None:
    assert isinstance(parse_published(value), str)


def test_folders_and_globs_expand_in_order_without_duplicates(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "README.md", "c.css", ".hidden.txt", "deep/d.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", "utf-8")
    found = list(find_inputs([str(tmp_path), str(tmp_path / "*.txt"), str(tmp_path / "nothing.txt")]))
    assert [item.name for item in found if isinstance(item, Path)] == ["a.html", "b.txt", "d.jsonl"]
    assert [item.reason for item in found if isinstance(item, Skipped)] == ["no such file or folder"]


def test_a_document_in_a_folder_is_named_and_a_picture_is_not(tmp_path: Path) -> None:
    for name in ("a.txt", "b.PDF", "c.docx", "d.png"):
        (tmp_path / name).write_bytes(b"Ann Lee said no.")
    skipped = [item for path in find_inputs([str(tmp_path)]) for item in read(path) if isinstance(item, Skipped)]
    assert [Path(item.origin).name for item in skipped] == ["b.PDF", "c.docx"]
    assert all("not a format that is read" in item.reason for item in skipped)


def test_an_unreadable_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    real = os.scandir

    def refuse(path: str) -> object:
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)  # as a chmod would, were tests not often run as root
    assert list(find_inputs([str(tmp_path)])) == [Skipped(str(locked), "Permission denied")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("Ann Lee said no.")
    expected = [tmp_path / "a.txt", Skipped(str(tmp_path / "pipe.txt"), "not a regular file")]
    assert list(find_inputs([str(tmp_path)])) == expected
    assert list(find_inputs([str(tmp_path / "*.txt")])) == expected
