"""The store and what it stands on: its file, its encoder, its disk, its backups, the clock."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.doctor.types import Check
from assistant.settings import Settings
from index.backup import BACKUP, told
from index.backup import count as counted
from index.encoder import Encoder, open_encoder
from index.errors import PolicyError, StoreError
from index.rows import now
from index.store import FILE, Store
from index.types import Document

LEAST_FREE = 1 << 30
OLD = timedelta(days=8)
SLOW = 0.5  # seconds for one question
_GB = 1 << 30


def store_checks(settings: Settings) -> Iterator[Check]:
    """Looks and changes nothing: where there is no store yet, none is made."""
    folder = settings.store
    yield _disk(folder)
    yield _writable(folder)
    encoder, told_of_encoder = _encoder(settings)
    if (folder / FILE).is_file():
        try:
            with closing(Store(folder)) as store:
                yield _sound(store)
                yield _consistent(store)
                yield _backups(store)
                yield _clock(store)
                yield told_of_encoder
                yield _vectors(store, encoder)
        except StoreError as error:
            todo = "有备份就用 assistant restore 备份文件 --replace；没有就换一个文件夹重新导入"
            yield Check("资料库", False, str(error), todo)
    else:
        yield Check("资料库", None, f"{folder} 里还没有资料库", "用 assistant ingest 收入文件")
        yield told_of_encoder


def _sound(store: Store) -> Check:
    with store.reading() as db:
        faults = [row[0] for row in db.execute("PRAGMA integrity_check(3)")]
        loose = db.execute("PRAGMA foreign_key_check").fetchone()
        held = told(counted(db)) or "还是空的"
    if faults != ["ok"] or loose is not None:
        found = f"{store.path} 的数据已损坏：{faults[0] if faults != ['ok'] else '条款缺了文件'}"
        return Check("资料库", False, found, "用 assistant restore 备份文件 --replace 恢复备份")
    return Check("资料库", True, f"{store.path} 完好：{held}")


def _consistent(store: Store) -> Check:
    """Every clause is stored twice, by itself and in its document: a bit that fell is seen."""
    odd = [document.id for document in store.documents() if not _agrees(store, document)]
    if odd:
        todo = "把这些文件移出后重新收入，或恢复备份；并检查磁盘"
        return Check("条款与原文", False, f"对不上：{'、'.join(odd[:5])}", todo)
    return Check("条款与原文", True, "每条条款与所在文件的文字一致")


def _agrees(store: Store, document: Document) -> bool:
    try:
        return all(
            clause.text == "\n".join(span.of(document.text) for span in clause.spans)
            for clause in store.clauses(document.id)
        )
    except (ValueError, TypeError, KeyError):  # what is stored is no longer a clause
        return False


def _backups(store: Store) -> Check:
    made = [row for row in store.audit() if row["action"] == BACKUP]
    todo = "用 assistant backup 文件名.zip 备份，存到另一块磁盘上"
    if not made:
        return Check("备份", None, "没有备份过", todo)
    last = datetime.fromisoformat(made[-1]["at"])
    old = datetime.now(UTC) - last > OLD
    found = f"最近一次 {last.astimezone():%Y-%m-%d %H:%M}，{made[-1]['subject']}"
    return Check("备份", not old, found, todo if old else "")


def _clock(store: Store) -> Check:
    """Records of a time to come: the clock was ahead then, or it is behind now."""
    with store.reading() as db:
        [last] = db.execute("SELECT max(at) FROM audit").fetchone()
    present = now()
    if last is None or last <= present:
        return Check("系统时间", True, f"{present}，与资料库的记录不矛盾")
    todo = "核对本机的日期和时间；不影响资料和回答，只影响记录上的时间"
    return Check("系统时间", False, f"现在是 {present}，资料库里却有 {last} 的记录", todo)


def _encoder(settings: Settings) -> tuple[Encoder | None, Check]:
    try:
        encoder = open_encoder(
            settings.encoder,
            api_key=settings.encoder_key,
            allow_download=settings.allow_download,
        )
        if encoder is None:
            todo = "换用 Linux x86-64，或在设置里另选编码器；在此之前只按字词检索"
            wanted = settings.encoder == "none"
            return None, Check("编码器", None if wanted else False, "没有可用的编码器", todo)
        started = time.perf_counter()
        encoder.encode(["规模以上工业企业的目标是多少家"], query=True)
        seconds = time.perf_counter() - started
    except PolicyError as error:
        return None, Check("编码器", False, str(error), "改正设置 encoder；在此之前只按字词检索")
    slow = seconds > SLOW
    found = f"{encoder.fingerprint}，一个问题 {seconds * 1000:.0f} 毫秒"
    return encoder, Check("编码器", not slow, found, "机器太忙，或编码服务太慢" if slow else "")


def _vectors(store: Store, encoder: Encoder | None) -> Check:
    if encoder is None:
        return Check("语义索引", None, "没有编码器，只按字词检索")
    waiting = store.pending_count(encoder.fingerprint)
    if not waiting:
        return Check("语义索引", True, "全部文字都有向量")
    todo = "网页开着会自动补齐；或再运行一次 assistant ingest"
    return Check("语义索引", None, f"还有 {waiting} 段文字等待编码", todo)


def _disk(folder: Path) -> Check:
    place = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
    usage = shutil.disk_usage(place)
    held = (folder / FILE).stat().st_size if (folder / FILE).is_file() else 0
    found = f"{place} 余 {usage.free / _GB:.1f} GB，资料库 {held / _GB:.2f} GB"
    if usage.free < max(LEAST_FREE, 2 * held):
        return Check("磁盘空间", False, found, "腾出空间：备份和更新各需要一份资料库大小的空间")
    return Check("磁盘空间", True, found)


def _writable(folder: Path) -> Check:
    if not folder.exists():
        return Check("数据文件夹", None, f"{folder} 还没有，收入文件时会建立")
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        todo = "改正文件夹的权限，或用 --store 另选文件夹"
        return Check("数据文件夹", False, f"{folder} 写不进：{error.strerror or error}", todo)
    return Check("数据文件夹", True, f"{folder} 可写")
