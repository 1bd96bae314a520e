"""Old office formats (.doc, .wps, .rtf, .xls …), by way of the converters on the machine."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from index.errors import ReadError
from index.read.assemble import Block, assemble
from index.read.excel import read_excel
from index.read.grid import Cell, tabulate
from index.read.word import read_word
from index.types import Source

_SECONDS = 180
_OLE = b"\xd0\xcf\x11\xe0"
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
# A document is only read: its macros stay off, and nothing is fetched for it.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name=\
"DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name=\
"BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read_old_word(data: bytes, suffix: str = ".doc") -> Source:
    _refuse_encrypted(data)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office:
        return read_word(_converted(office, data, suffix, "docx"), converted=True)
    antiword = shutil.which("antiword")
    if antiword and data.startswith(_OLE):
        return _by_antiword(antiword, data)
    raise ReadError(
        "本机没有能打开旧版文档的程序；请安装 LibreOffice，或用 Word/WPS 另存为 .docx 再导入"
    )


def old_word_as_docx(data: bytes, suffix: str) -> bytes | None:
    """The converted file, for those who write into it; None without LibreOffice."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    return _converted(office, data, suffix, "docx") if office else None


def read_old_excel(data: bytes, suffix: str = ".xls") -> Source:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        raise ReadError(
            "本机没有能打开旧版表格的程序；请安装 LibreOffice，或用 Excel/WPS 另存为 .xlsx 再导入"
        )
    return read_excel(_converted(office, data, suffix, "xlsx"))


def _refuse_encrypted(data: bytes) -> None:
    """The first block of the document stream (0xA5EC) says whether the rest is ciphered."""
    if not data.startswith(_OLE):
        return
    for at in range(512, len(data) - 12, 512):
        if data[at : at + 2] == b"\xec\xa5" and data[at + 11] & 1:
            raise ReadError("文件设有打开密码；请用 Word/WPS 去掉密码后另存为 .docx 再导入")


def _converted(office: str, data: bytes, suffix: str, target: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="read-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"source{suffix}")
        source.write_bytes(data)
        profile = Path(folder, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        _run(
            [
                office,
                "--headless",
                "--norestore",
                "--nologo",
                "--nolockcheck",
                f"-env:UserInstallation={profile.as_uri()}",
                "--convert-to",
                _FILTERS[target],
                "--outdir",
                folder,
                str(source),
            ]
        )
        result = source.with_suffix(f".{target}")
        if not result.exists():
            raise ReadError("文件无法打开，可能已损坏或设有密码；请用 Word/WPS 另存为新格式再导入")
        return result.read_bytes()


def _by_antiword(antiword: str, data: bytes) -> Source:
    with tempfile.TemporaryDirectory(prefix="read-") as folder:
        source = Path(folder, "source.doc")
        source.write_bytes(data)
        printed = _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)])
    text = printed.decode("utf-8", errors="replace")
    if not text.strip():
        raise ReadError("文件没有可读的文字；请用 Word/WPS 打开后另存为 .docx 再导入")
    return assemble(_blocks(text.split("\n")))


def _blocks(lines: Sequence[str]) -> list[Block]:
    """Lines as they are printed, runs of |a|b| as the rows of a table."""
    blocks: list[Block] = []
    rows: list[list[Cell]] = []
    for line in (*lines, ""):
        if row := re.fullmatch(r"\s*\|(.*)\|\s*", line):
            rows.append([Cell(cell.strip()) for cell in row[1].split("|")])
            continue
        blocks += tabulate(rows)
        rows = []
        if line.strip():
            blocks.append(line.strip())
    return blocks


def _run(command: Sequence[str]) -> bytes:
    """The command's output; its whole process group is ended when it takes too long."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.communicate(timeout=_SECONDS)[0]
        except BaseException as error:
            _end(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise ReadError(
                    f"转换超过 {_SECONDS} 秒未完成；请用 Word/WPS 另存为 .docx 再导入"
                ) from error
            raise


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
