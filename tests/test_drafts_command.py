"""``assistant drafts`` as a user types it: a draft saved, listed, exported, edited, taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from assistant.api import create_api
from assistant.cli import app
from index.errors import PolicyError
from index.library import open_library
from tests.drafting import COUNTY, UPPER, library
from tests.test_api import anybody


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("drafts")
    library(folder).close()
    return folder


def run(store: Path, *words: str) -> Any:
    done = CliRunner().invoke(app, ["--store", str(store), *words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout) if "--json" in words else done.stdout


@pytest.fixture(scope="module")
def saved(store) -> int:
    run(store, "draft", "--upper", UPPER, "--county", str(COUNTY), "--save", "首稿", "--json")
    [one] = run(store, "drafts", "--json")
    assert one["name"] == "首稿" and one["versions"] == 1
    return int(one["id"])


def test_a_saved_draft_is_listed_and_shown_with_the_state_of_every_clause(store, saved):
    assert "首稿" in run(store, "drafts")
    shown = run(store, "drafts", "show", str(saved), "--json")
    clauses = shown["draft"]["clauses"]
    assert sum(shown["progress"].values()) == sum(bool(one["text"]) for one in clauses)
    assert {one["state"] for one in clauses} == {"done", "pending", "county"}
    assert shown["uppers"] == [UPPER] and shown["version"] == 1
    assert "待定" in run(store, "drafts", "show", str(saved))


def test_an_exported_file_is_edited_and_comes_back_as_the_next_version(store, saved, tmp_path):
    out = tmp_path / "方案.docx"
    run(store, "drafts", "export", str(saved), "--out", str(out))
    doc = Document(str(out))
    paragraph = next(one for one in doc.paragraphs if "新增工业机器人400台" in one.text)
    run_of = next(one for one in paragraph.runs if "400台" in one.text)
    run_of.text = run_of.text.replace("400台", "520台")
    doc.save(str(out))
    back = run(store, "drafts", "import", str(saved), str(out), "--why", "征求意见后", "--json")
    assert back["saved"]["version"] == 2 and back["saved"]["base"] == 1
    assert back["saved"]["why"] == "征求意见后" and not back["saved"]["crossed"]
    assert [one["kind"] for one in back["changes"]] == ["changed"]
    assert [one["facts"] for one in back["unsourced"]] == [["520台"]]
    [change] = run(store, "drafts", "compare", str(saved), "1", "2", "--json")["changes"]
    assert change["before"]["only"] != change["after"]["only"]
    assert "520" in "".join(change["after"]["only"])
    # the same old file once more: it says that somebody has saved in between
    again = run(store, "drafts", "import", str(saved), str(out), "--json")
    assert again["saved"]["version"] == 3 and again["saved"]["crossed"]


def test_a_clean_copy_is_refused_while_something_is_open(store, saved, tmp_path):
    with pytest.raises(PolicyError, match=r"待定|核定"):
        run(store, "drafts", "export", str(saved), "--out", str(tmp_path / "x.docx"), "--clean")
    assert not (tmp_path / "x.docx").exists()


def test_a_file_of_another_draft_is_refused(store, saved, tmp_path):
    run(store, "draft", "--upper", UPPER, "--county", str(COUNTY), "--save", "另一件", "--json")
    other = next(one["id"] for one in run(store, "drafts", "--json") if one["name"] == "另一件")
    out = tmp_path / "另一件.docx"
    run(store, "drafts", "export", str(other), "--out", str(out))
    with pytest.raises(PolicyError, match=f"草案 {other} 第1版"):
        run(store, "drafts", "import", str(saved), str(out))
    run(store, "drafts", "rename", str(other), "改了名")
    assert "改了名" in run(store, "drafts")
    run(store, "drafts", "remove", str(other), "--yes")
    assert "改了名" not in run(store, "drafts")
    with pytest.raises(PolicyError, match="没有编号"):
        run(store, "drafts", "show", str(other))


def test_the_api_reads_what_the_command_line_reads(store, saved):
    held = open_library(store, encoder=None)
    with TestClient(create_api(held, anybody)) as web:
        assert web.get("/api/drafts").json() == run(store, "drafts", "--json")
        assert web.get(f"/api/drafts/{saved}").json() == run(
            store, "drafts", "show", str(saved), "--json"
        )
        compared = web.get(f"/api/drafts/{saved}/compare", params={"before": 1, "after": 2}).json()
        assert compared == run(store, "drafts", "compare", str(saved), "1", "2", "--json")
        assert web.get("/api/drafts/999").status_code == 404
        assert web.get(f"/api/drafts/{saved}?version=0").status_code == 422
    held.close()
