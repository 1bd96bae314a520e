"""The HTTP API keeps the contracts of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import Request
from fastapi.testclient import TestClient

from assistant.api import create_api
from assistant.app.examples import examples
from index.ingest import ingest
from index.library import open_library

CORPUS = Path(__file__).parents[1] / "corpus" / "documents"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    held = open_library(tmp_path_factory.mktemp("library"), encoder=None)
    report = ingest([CORPUS], held.store, None)
    assert not report.failed
    yield held
    held.close()


def anybody(request: Request) -> None:
    """A door that stands open."""


@pytest.fixture(scope="module")
def web(library):
    with TestClient(create_api(library, anybody)) as client:
        yield client


def test_an_answer_cites_the_text_to_the_character(web, library):
    reply = web.post("/api/ask", json={"question": "六盘水工业技改投资累计达到多少亿元？"}).json()
    assert reply["status"] == "answered" and reply["citations"]
    for n, cited in enumerate(reply["citations"], 1):
        text = library.document(cited["document"]).text
        assert cited["n"] == n and f"[{n}]" in reply["answer"]
        assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_a_question_is_asked_within_its_scope(web):
    body = {"question": "工业技改投资累计达到多少亿元？", "documents": ["huanggang-2021"]}
    reply = web.post("/api/ask", json=body).json()
    assert {cited["document"] for cited in reply["citations"]} <= {"huanggang-2021"}
    found = web.get("/api/search", params={"q": "技改投资", "document": "lps-2016", "k": 5}).json()
    assert found and {one["document"] for one in found} == {"lps-2016"}
    found = web.get("/api/search", params={"q": "技改投资", "region": "浙江省"}).json()
    assert found and {one["document"] for one in found} == {"zhejiang-2017"}


def test_every_example_on_the_page_is_answered(web, library):
    shown = examples(library)
    assert len(shown) == 4
    for _, question in shown:
        assert web.post("/api/ask", json={"question": question}).json()["status"] == "answered"


def test_documents_clauses_and_texts_agree(web, library):
    listed = web.get("/api/documents").json()
    assert {one["id"] for one in listed} == {path.stem for path in CORPUS.glob("*.md")}
    for one in listed:
        clauses = web.get(f"/api/documents/{one['id']}/clauses").json()
        assert len(clauses) == one["clauses"] > 0
        text = web.get(f"/api/documents/{one['id']}/text").content.decode("utf-8-sig")
        assert text == library.document(one["id"]).text
        for clause in clauses:
            words = "\n".join(text[start:end] for start, end in clause["spans"])
            assert words == clause["text"]


def test_an_address_with_brackets_and_slashes_finds_its_clause(web, library):
    clause = next(one for one in library.clauses("lps-2016") if one.id.count("/") == 2)
    assert web.get(f"/api/clauses/{clause.id}").json()["text"] == clause.text


@pytest.mark.parametrize("path", ["/api/clauses/x/一", "/api/documents/x/text"])
def test_what_is_not_there_is_said_so(path, web):
    reply = web.get(path)
    assert reply.status_code == 404 and "没有" in reply.json()["error"]


def test_a_fault_of_ours_is_said_in_one_line(library):
    class Broken:
        """A library whose store is gone."""

        def search(self, *given, **named):
            raise RuntimeError("gone")

    app = create_api(Broken(), anybody)
    with TestClient(app, raise_server_exceptions=False) as client:
        reply = client.get("/api/search", params={"q": "技改"})
    assert reply.status_code == 500 and "程序出错" in reply.json()["error"]


@pytest.mark.parametrize("body", [{}, {"question": ""}, {"question": "x" * 2001}, {"question": 1}])
def test_a_wrong_request_is_refused(body, web):
    reply = web.post("/api/ask", json=body)
    assert reply.status_code == 422 and reply.json()["error"].startswith("请求")


def test_a_text_is_downloaded_under_its_name(web):
    reply = web.get("/api/documents/lps-2016/text")
    assert "lps-2016.txt" in reply.headers["content-disposition"]
    assert reply.headers["content-type"].startswith("text/plain")
