"""Reading: any file of an office, in; its text and tables, or one line of Chinese, out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from index.errors import ReadError
from index.limits import LIMITS, Limits, Progress, Task, quiet
from index.read.excel import read_excel
from index.read.html import read_html, read_mht
from index.read.legacy import read_old_excel, read_old_word
from index.read.markdown import read_markdown
from index.read.ofd import read_ofd
from index.read.pdf import read_pdf
from index.read.pictured import pictures_in
from index.read.sniff import SUFFIXES, Kind, sniff
from index.read.text import read_text
from index.read.word import read_word
from index.types import Source

__all__ = ["SUFFIXES", "read"]

READERS: Mapping[Kind, Callable[[bytes], Source]] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
    "mht": read_mht,
    "docx": read_word,
    "xlsx": read_excel,
    "ofd": read_ofd,
    "doc": read_old_word,
    "xls": read_old_excel,
}


def read(path: Path, limits: Limits = LIMITS, progress: Progress = quiet) -> Source:
    """What stands in the file; raises ReadError that names the file and what to do."""
    try:
        data = _bytes(path, limits.bytes)
        kind = sniff(data, path.suffix.lower())
        source = _read(kind, data, Task(limits, progress))
        if not source.text.strip():
            raise ReadError("文件没有可读的文字；请确认不是空白文件或纯图片文件")
        if len(source.text) > limits.characters:
            raise ReadError(
                f"文字有 {len(source.text) / 10_000:.0f} 万字，超过上限 "
                f"{limits.characters / 10_000:.0f} 万字；请拆分文件后再导入"
            )
        return source
    except ReadError as error:
        raise type(error)(f"{path.name}：{error}") from error.__cause__
    except Exception as error:
        # Parsers of other people answer a damaged file with any exception at all.
        raise ReadError(
            f"{path.name}：文件已损坏或格式不规范，无法读取（{type(error).__name__}）；"
            "请用 Word/WPS 打开后另存再导入"
        ) from error


def _read(kind: Kind, data: bytes, task: Task) -> Source:
    if kind == "pdf":
        return read_pdf(data, task)
    if kind == "image":
        # What it imports takes half a second, which no other file needs.
        from index.read.images import read_image

        return read_image(data, task)
    source = READERS[kind](data)
    if kind in ("docx", "ofd") and not source.text.strip() and (pages := pictures_in(data)):
        from index.read.images import read_images

        return read_images(pages, task)
    return source


def _bytes(path: Path, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ReadError("这是文件夹；请给出文件，或用导入命令导入整个文件夹")
        if size > max_bytes:
            raise ReadError(
                f"文件有 {size / 2**20:.0f} MB，超过上限 {max_bytes / 2**20:.0f} MB；"
                "请拆分文件或压缩其中的图片后再导入"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError("找不到文件；请检查路径") from error
    except PermissionError as error:
        raise ReadError("没有读取权限；请检查文件权限，或关闭正在占用它的程序") from error
    except OSError as error:
        raise ReadError(f"无法读取（{error.strerror}）；请检查磁盘或网络位置") from error
