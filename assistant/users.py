"""Who may log in: a file of names with scrypt hashes, one a line."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from index.errors import SettingsError
from index.files import replace_file

COST, BLOCK, LANES = 2**14, 8, 1
MEMORY = 64 * 1024 * 1024
ADD = "python -m assistant.users 用户文件 用户名"
SHORTEST = 8  # characters of a password
Users = Mapping[str, str]  # name → entry


def read_users(path: Path) -> dict[str, str]:
    """Every line ``name:scrypt$n$r$p$salt$hash``; blank lines and # comments do not count."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"读不了用户文件 {path}：{error}；请检查路径和权限") from error
    users: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, _, entry = line.strip().partition(":")
        if not name or not well_formed(entry):
            raise SettingsError(f"用户文件 {path} 第 {number} 行格式不对；请用 {ADD} 添加用户")
        users[name] = entry
    if not users:
        raise SettingsError(f"用户文件 {path} 里没有用户；请用 {ADD} 添加")
    return users


def well_formed(entry: str) -> bool:
    parts = entry.split("$")
    return len(parts) == 6 and parts[0] == "scrypt" and all(part.isdecimal() for part in parts[1:4])


def entry_of(password: str) -> str:
    salt = secrets.token_bytes(16)
    key = derive(password, salt, COST, BLOCK, LANES)
    return f"scrypt${COST}${BLOCK}${LANES}${encoded(salt)}${encoded(key)}"


def derive(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    words = password.encode("utf-8")
    return hashlib.scrypt(words, salt=salt, n=cost, r=block, p=lanes, maxmem=MEMORY, dklen=32)


def encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


STRANGER = entry_of(secrets.token_hex(16))


def admits(users: Users, name: str, password: str) -> bool:
    """An unknown name takes as long as a wrong password, so that names cannot be probed."""
    entry = users.get(name, STRANGER)
    _, cost, block, lanes, salt, key = entry.split("$")
    found = derive(password, base64.b64decode(salt), int(cost), int(block), int(lanes))
    return hmac.compare_digest(found, base64.b64decode(key)) and name in users


def add_user(path: Path, name: str, password: str) -> None:
    """Adds a user or changes a password; the file is readable by its owner only."""
    if not name or set(name) & set(":\r\n#") or name != name.strip():
        raise SettingsError("用户名不能为空，不能含冒号、井号，前后不能有空格")
    if len(password) < SHORTEST:
        raise SettingsError(f"密码至少 {SHORTEST} 个字符")
    users = read_users(path) if path.exists() else {}
    users[name] = entry_of(password)
    with replace_file(path) as out:
        os.chmod(out.name, 0o600)
        out.write("".join(f"{one}:{entry}\n" for one, entry in users.items()).encode("utf-8"))


def main(
    file: Annotated[Path, typer.Argument(help="用户文件，没有就新建")],
    name: Annotated[str, typer.Argument(help="用户名")],
) -> None:
    """添加一个用户，或改他的密码（密码从键盘输入，不回显）。"""
    password = typer.prompt("密码", hide_input=True, confirmation_prompt="再输一遍")
    try:
        add_user(file, name, password)
    except SettingsError as error:
        typer.echo(f"出错：{error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"已保存用户 {name}")


if __name__ == "__main__":
    typer.run(main)
