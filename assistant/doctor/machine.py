"""What else the machine has: text recognition, LibreOffice, antiword, fonts. Each is tried."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from typing import Any

from assistant.doctor.types import Check
from index.errors import PolicyError

# A document that only a converter reads: 第一条 in RTF.
_RTF, _READ = rb"{\rtf1\ansi\uc1 \u31532?\u19968?\u26465?\par}", "第一条"
_SHOWN = "2025"
_FONTS = {
    "仿宋": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"),
    "楷体": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
    "黑体": ("黑体", "SimHei"),
    "宋体": ("宋体", "SimSun"),
    "小标宋": ("方正小标宋简体", "FZXiaoBiaoSong-B05S"),
}


def machine_checks() -> Iterator[Check]:
    yield recognition()
    office = bool(shutil.which("soffice") or shutil.which("libreoffice"))
    yield conversion() if office else no_office()
    yield old_word(office)
    yield fonts()


def recognition() -> Check:
    """Reads a picture that is drawn here."""
    name, started = "文字识别", time.perf_counter()
    todo = "安装 rapidocr 与 onnxruntime（make install 会装）；在此之前扫描件和图片不能收入"
    try:
        from index.read.recognise import open_engine, recognised

        said = "".join(piece.text for piece in recognised(_picture(), open_engine()))
    except (PolicyError, ImportError) as error:
        return Check(name, False, str(error), todo)
    except Exception as error:  # a broken installation of the engine fails in any way
        return Check(name, False, f"识别组件出错（{type(error).__name__}：{error}）", todo)
    if _SHOWN not in said:
        return Check(name, False, f"把 {_SHOWN} 认成了“{said}”", "重新安装 rapidocr 与 onnxruntime")
    return Check(name, True, f"rapidocr 能用（试读 {time.perf_counter() - started:.1f} 秒）")


def _picture() -> Any:
    import cv2
    import numpy as np

    page = np.full((200, 480, 3), 255, dtype=np.uint8)
    cv2.putText(page, _SHOWN, (60, 130), cv2.FONT_HERSHEY_SIMPLEX, 3.0, (0, 0, 0), 6)
    return page


def conversion() -> Check:
    """Converts a small document, as an old one is."""
    from index.read.legacy import read_old_word

    name, started = "LibreOffice", time.perf_counter()
    try:
        said = read_old_word(_RTF, ".rtf").text.strip()
    except PolicyError as error:
        return Check(name, False, f"装了但不能用：{error}", "重新安装 LibreOffice Writer")
    if said != _READ:
        return Check(name, False, f"把“{_READ}”转成了“{said}”", "重新安装 LibreOffice Writer")
    return Check(name, True, f"能转换 .doc、.wps（试转 {time.perf_counter() - started:.1f} 秒）")


def no_office() -> Check:
    todo = "安装 LibreOffice；或用 Word、WPS 另存为 .docx 再导入"
    return Check("LibreOffice", False, "没有安装：.wps、.xls 不能收入，核查旧版草案没有批注", todo)


def old_word(office: bool) -> Check:
    if shutil.which("antiword"):
        return Check("antiword", True, "已安装：没有 LibreOffice 时用它读 .doc")
    if office:
        return Check("antiword", None, "没有安装；有 LibreOffice，用不着")
    return Check("antiword", False, "没有安装，.doc 也不能收入", "安装 LibreOffice 或 antiword")


def fonts() -> Check:
    """Files name the fonts of GB/T 9704; the machine that prints them must have them."""
    listed = _installed()
    if listed is None:
        return Check("公文字体", None, "查不到本机的字体（没有 fc-list）")
    missing = [name for name, known in _FONTS.items() if not listed & set(known)]
    if not missing:
        return Check("公文字体", True, "齐全")
    todo = "在排版打印的电脑上要有这些字体；本机只出文件的，不必安装"
    return Check("公文字体", None, f"本机没有{'、'.join(missing)}", todo)


def _installed() -> set[str] | None:
    lister = shutil.which("fc-list")
    if lister is None:
        return None
    try:
        done = subprocess.run([lister, ":", "family"], capture_output=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return {name.strip() for line in lines for name in line.split(",")}
