"""LibreOffice as a second pair of eyes: it opens what we write, and accepts or refuses changes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M"
 script:language="StarBasic">
Sub Run(cmd As String, src As String, dst As String)
  Dim a(0) As New com.sun.star.beans.PropertyValue
  a(0).Name = "Hidden" : a(0).Value = True
  d = StarDesktop.loadComponentFromURL(ConvertToURL(src), "_blank", 0, a())
  h = createUnoService("com.sun.star.frame.DispatchHelper")
  h.executeDispatch(d.CurrentController.Frame, ".uno:" &amp; cmd, "", 0, Array())
  Dim b(0) As New com.sun.star.beans.PropertyValue
  b(0).Name = "FilterName" : b(0).Value = "MS Word 2007 XML"
  d.storeToURL(ConvertToURL(dst), b())
  d.close(True)
End Sub
</script:module>"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="M"/></library:library>"""
_TRIES = 3  # the first start makes the profile, and puts an empty library over ours


def office() -> str:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("没有 LibreOffice：装上后才能跑这项测试")
    return found


def all_changes(command: str, source: Path, folder: Path) -> Path:
    """``AcceptAllTrackedChanges`` or ``RejectAllTrackedChanges`` as LibreOffice does it."""
    basic = folder / "profile" / "user" / "basic" / "Standard"
    basic.mkdir(parents=True, exist_ok=True)
    made = folder / f"{source.stem}-{command}.docx"
    macro = f'macro:///Standard.M.Run("{command}","{source}","{made}")'
    for _ in range(_TRIES):
        (basic / "M.xba").write_text(_MODULE, encoding="utf-8")
        (basic / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
        _run(folder, macro)
        if made.exists():
            return made
    raise AssertionError("LibreOffice did not open the file")


def converted(source: Path, target: str, folder: Path) -> Path:
    for _ in range(_TRIES):
        _run(folder, "--convert-to", target, "--outdir", str(folder), str(source))
        made = folder / f"{source.stem}.{target.partition(':')[0]}"
        if made.exists():
            return made
    raise AssertionError("LibreOffice did not convert the file")


def _run(folder: Path, *arguments: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    call = [office(), "--headless", "--norestore", "--nologo", profile, *arguments]
    subprocess.run(call, capture_output=True, timeout=120, check=False)
