from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from letters import PLAN, Letters, incoming

pytest.importorskip("llama_index.core")

from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import Document as LlamaDocument

from index.encoding import encode_pending
from index.library import open_library
from index.llama import ClauseParser, ClauseRetriever
from index.types import Scope

ROOT = Path(__file__).parents[1]


def test_the_retriever_gives_clauses_with_their_places(tmp_path: Path) -> None:
    library = open_library(tmp_path, Letters())
    library.store.put(incoming())
    encode_pending(library.store, library.encoder)
    found = ClauseRetriever(library, k=3).retrieve("小型水库除险加固")
    assert [f.node.node_id for f in found] == [
        e.clause.id for e in library.search("小型水库除险加固", 3)
    ]
    first = found[0].node
    assert first.node_id == "plan/二/(一)" and first.ref_doc_id == "plan"
    text = library.document("plan").text
    assert first.text == text[first.start_char_idx : first.end_char_idx]
    assert first.metadata["title"] == "甲县水利建设实施方案"
    nothing = Scope(documents=frozenset({"absent"}))
    assert ClauseRetriever(library, scope=nothing).retrieve("水库") == []
    library.close()


def test_a_pipeline_cuts_documents_into_clauses() -> None:
    document = LlamaDocument(
        text=PLAN, id_="plan", metadata={"file_name": "方案.txt", "owner": "x"}
    )
    nodes = IngestionPipeline(transformations=[ClauseParser()], disable_cache=True).run(
        documents=[document]
    )
    assert "plan/二/(一)" in {node.node_id for node in nodes}
    for node in nodes:
        spans = node.metadata["spans"]
        assert node.get_content() == "\n".join(PLAN[start:end] for start, end in spans)
        assert (node.start_char_idx, node.end_char_idx) == (spans[0][0], spans[-1][1])
        assert node.ref_doc_id == "plan" and node.metadata["owner"] == "x"


def test_the_example_runs_and_is_short(tmp_path: Path) -> None:
    example = ROOT / "examples" / "llamaindex_example.py"
    assert len(example.read_text(encoding="utf-8").splitlines()) <= 20
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "plan.txt").write_text(PLAN, encoding="utf-8")
    command = [sys.executable, "-W", "ignore", str(example), "in", "小型水库除险加固"]
    env = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True)
    assert "plan/二/(一)" in ran.stdout.splitlines()[0], ran.stderr
