"""The commands that read articles, as a person types them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from search.engine import open_engine
from web.cli import run

FERRY = """Ferry crews in Aldmoor walked out on Thursday.

"We have asked for working life jackets since spring," said Tom Hale, who leads the seafarers' union.

Marit Hale, the chief executive of Senna Lines, said that talks would resume on Friday.
"""

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def onrecord(capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command; gives exit status, standard output, standard error."""

    def command(*words: str) -> tuple[int, str, str]:
        status = run(list(words))
        out, err = capsys.readouterr()
        return status, out, err

    return command


@pytest.fixture
def ferry(tmp_path: Path) -> str:
    path = tmp_path / "ferry.jsonl"
    path.write_text(json.dumps({"id": "ferry", "text": FERRY, "title": "Crews walk out"}) + "\n", "utf-8")
    return str(path)


def test_reindex_add_delete_and_their_summaries(onrecord: Said, ferry: str, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    status, out, err = onrecord("reindex", ferry, str(tmp_path / "nowhere"), "--index", index)
    assert (status, err) == (0, "")
    for words in ("articles           1", "quotes ", "attributed", "speakers", "topics", "skipped            1"):
        assert words in out
    assert f"{tmp_path / 'nowhere'}: no such file or folder" in out
    assert "1 unchanged" in onrecord("add", ferry, "--index", index)[1]
    status, out, _ = onrecord("delete", "ferry", "who?", "--index", index)
    assert status == 0
    assert "1 deleted" in out
    assert "not in the index: who?" in out
    assert onrecord("delete", "who?", "--index", index)[0] == 1


def test_strict_fails_on_what_was_skipped_and_stores_the_rest(onrecord: Said, ferry: str, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    assert onrecord("reindex", ferry, str(tmp_path / "nowhere"), "--index", index, "--strict")[0] == 1
    assert open_engine(index).stats().articles == 1
    assert onrecord("reindex", ferry, "--index", index, "--strict")[0] == 0


def test_options_come_from_the_environment(
    onrecord: Said, ferry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("ONRECORD_WORKERS", "1")
    assert onrecord("reindex", ferry)[0] == 0
    assert open_engine(str(tmp_path / "index")).stats().articles == 1
    monkeypatch.setenv("ONRECORD_WORKERS", "none")
    assert onrecord("reindex", ferry)[0] == 2


@pytest.mark.parametrize("words", [["reindex"], ["reindex", "x", "--workers", "0"], ["extract"], ["add", "--nope"]])
def test_wrong_usage_is_status_2_and_one_line(onrecord: Said, words: list[str]) -> None:
    status, out, err = onrecord(*words)
    assert (status, out) == (2, "")
    assert err.startswith("onrecord: ")
    assert err.count("\n") == 1


def test_nothing_to_index_names_the_reason(onrecord: Said, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    status, out, err = onrecord("reindex", str(tmp_path / "empty.txt"), "--index", str(tmp_path / "index"))
    assert (status, out) == (1, "")
    assert "empty.txt: an empty file" in err
    assert err.splitlines()[-1].startswith("onrecord: no article could be read: ")


def test_a_missing_corrections_folder_is_a_configuration_error(onrecord: Said, ferry: str, tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    status, _, err = onrecord("reindex", ferry, "--index", index, "--corrections", str(tmp_path / "nowhere"))
    assert (status, err.count("\n")) == (2, 1)


def test_extract_prints_the_contract_line(onrecord: Said, ferry: str) -> None:
    status, out, err = onrecord("extract", ferry, "--format", "jsonl")
    assert (status, err) == (0, "")
    (line,) = (json.loads(line) for line in out.splitlines())
    assert list(line) == [
        "id", "title", "author", "outlet", "published", "language", "genre", "topics", "paragraphs", "quotes",
    ]  # fmt: skip
    assert (line["id"], line["title"]) == ("ferry", "Crews walk out")
    first = line["topics"][0]
    assert list(first) == ["id", "label", "level", "score"]
    assert first["level"] == 1
    for quote in line["quotes"]:
        assert list(quote) == [
            "start", "end", "text", "type", "cue", "cue_start", "cue_end", "speaker", "speaker_start", "speaker_end",
            "speaker_canonical", "speaker_kind", "role", "confidence", "rule",
        ]  # fmt: skip
        assert quote["text"] == FERRY[quote["start"] : quote["end"]]
        if quote["cue"] is not None:
            assert quote["cue"] == FERRY[quote["cue_start"] : quote["cue_end"]]
        if quote["speaker_start"] is not None:
            assert quote["speaker"] == FERRY[quote["speaker_start"] : quote["speaker_end"]]
    jackets = next(quote for quote in line["quotes"] if "jackets" in quote["text"])
    assert (jackets["type"], jackets["speaker_canonical"], jackets["speaker_kind"]) == ("direct", "Tom Hale", "person")
    assert [paragraph["speakers"] for paragraph in line["paragraphs"]] == [[], ["Tom Hale"], ["Marit Hale"]]


def test_all_topics_prints_a_score_for_each(onrecord: Said, ferry: str) -> None:
    (line,) = map(json.loads, onrecord("extract", ferry, "--format", "jsonl", "--all-topics")[1].splitlines())
    level_1 = [topic["score"] for topic in line["topics"] if topic["level"] == 1]
    assert len(level_1) == 17
    assert level_1 == sorted(level_1, reverse=True)


def test_extract_names_what_it_skips_and_goes_on(onrecord: Said, ferry: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{\n", "utf-8")
    status, out, err = onrecord("extract", str(bad), ferry)
    assert status == 0
    assert len(out.splitlines()) == 1
    assert err.startswith(f"onrecord: skipped {bad}:1: not valid JSON")
    assert onrecord("extract", str(bad), ferry, "--strict")[0] == 1


def test_the_table_is_for_eyes_and_holds_no_control_characters(onrecord: Said, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    text = '"We [bold]sail\x1b[31m at dawn and at dusk," said Tom Hale, the harbour master of Aldmoor.'
    path.write_text(json.dumps({"id": "a", "text": text}) + "\n", "utf-8")
    status, out, _ = onrecord("extract", str(path), "--format", "table")
    assert status == 0
    assert "Tom Hale" in out
    assert "[bold]" in out
    assert "\x1b" not in out


def test_extract_fails_where_nothing_can_be_read(onrecord: Said, ferry: str, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "nowhere.txt")
    assert onrecord("extract", nowhere)[0] == 1
    assert onrecord("extract", nowhere, ferry)[0] == 0
