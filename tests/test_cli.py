"""The command contracts, through a real process on a real store."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.cache import corpus_folder

QUESTION = "六盘水百企改造十三五技改要投多少钱？"


def run(store: Path, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "--store", str(store), *words],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    done = run(folder, "ingest", str(corpus_folder() / "documents"), "--json")
    rows = json.loads(done.stdout)
    assert len(rows["ingested"]) == 5
    assert rows["failed"] == []
    return folder


def test_identical_content_is_unchanged(store: Path) -> None:
    rows = json.loads(run(store, "ingest", str(corpus_folder() / "documents"), "--json").stdout)
    assert rows["ingested"] == []
    assert len(rows["unchanged"]) == 5


def test_documents_and_clauses(store: Path) -> None:
    rows = {row["id"]: row for row in json.loads(run(store, "documents", "--json").stdout)}
    assert rows["lps-2016"]["level"] == "city"
    assert rows["lps-2016"]["vectors"] > 0
    text = run(store, "text", "lps-2016").stdout
    for clause in json.loads(run(store, "clauses", "lps-2016", "--json").stdout):
        spans = clause["spans"]
        assert "\n".join(text[start:end] for start, end in spans) == clause["text"]
        assert (clause["start"], clause["end"]) == (spans[0][0], spans[-1][1])


def test_show_and_tasks(store: Path) -> None:
    clause = json.loads(run(store, "show", "lps-2016/三/(一)", "--json").stdout)
    assert clause["id"] == "lps-2016/三/(一)"
    tasks = json.loads(run(store, "tasks", "lps-2016", "--json").stdout)
    (task,) = [t for t in tasks if t["id"] == "lps-2016/三/(一)"]
    assert task["units"][0] == "市经济和信息化委"
    assert task["lead"] is None


def test_ask_from_the_shell(store: Path) -> None:
    reply = json.loads(run(store, "ask", QUESTION, "--json").stdout)
    assert reply["status"] == "answered"
    assert "700亿元" in reply["answer"]
    text = run(store, "text", reply["citations"][0]["document"]).stdout
    for one in reply["citations"]:
        assert text[one["start"] : one["end"]] == one["quote"]


def test_batches_keep_ids(store: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        json.dumps({"id": "a", "question": QUESTION}, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    run(store, "ask", "--batch", str(source), "--out", str(out))
    (row,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert row["id"] == "a"
    run(store, "search", "--batch", str(source), "--out", str(out), "-k", "3")
    (row,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert len(row["results"]) == 3


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("甲市方案\n一、目标\n到2025年建成10家。", encoding="utf-8")
    (folder / "bad.docx").write_bytes(b"PK\x03\x04 broken")
    done = run(tmp_path / "s", "ingest", str(folder), "--no-wait", "--json", code=1)
    rows = json.loads(done.stdout)
    assert [row["id"] for row in rows["ingested"]] == ["good"]
    assert "bad.docx" in rows["failed"][0]["path"]
    assert rows["failed"][0]["error"]


def test_removed_is_gone_at_once(tmp_path: Path) -> None:
    path = tmp_path / "jia.txt"
    path.write_text("甲市方案\n一、目标\n到2025年建成茶园10家。", encoding="utf-8")
    run(tmp_path / "s", "ingest", str(path), "--no-wait")
    assert json.loads(run(tmp_path / "s", "remove", "jia", "yi", "--json").stdout) == {
        "removed": ["jia"],
        "unknown": ["yi"],
    }
    assert json.loads(run(tmp_path / "s", "search", "茶园", "--json").stdout) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [(("show", "none/一"), 1), (("ask",), 2), (("ingest",), 2), (("search", "--nope"), 2)],
)
def test_exit_codes(tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    done = run(tmp_path, *words, code=code)
    assert done.stdout == ""
    if code == 1:
        assert len(done.stderr.strip().splitlines()) == 1
