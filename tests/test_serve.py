"""Who may reach the server, and what it says when it cannot start."""

from __future__ import annotations

import base64
import socket
import stat

import httpx
import pytest
import typer
from typer.testing import CliRunner

from assistant import users
from assistant.serve import is_loopback, listen, serve
from index.errors import SettingsError
from tests.running import running

PASSWORD = "一个足够长的口令"


@pytest.fixture
def users_file(tmp_path):
    path = tmp_path / "users"
    users.add_user(path, "张三", PASSWORD)
    return path


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    """The address of a server that asks for a login."""
    folder = tmp_path_factory.mktemp("guarded")
    users.add_user(folder / "users", "张三", PASSWORD)
    with running(folder / "library", folder / "users") as server:
        yield server.url


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "policy.example.cn", ""])
def test_beyond_this_machine_users_are_required(host, tmp_path):
    with pytest.raises(SettingsError, match=r"必须要求登录.*--users"):
        serve(tmp_path / "library", host, 0)
    assert not (tmp_path / "library").exists()


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("localhost.example.cn", False),
        ("::ffff:10.0.0.1", False),
    ],
)
def test_loopback_is_known(host, ours):
    assert is_loopback(host) is ours


def test_a_users_file_without_users_opens_nothing(tmp_path):
    path = tmp_path / "users"
    path.write_text("# 还没有人\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="没有用户"):
        serve(tmp_path / "library", "0.0.0.0", 0, path)


@pytest.mark.parametrize(
    "line", ["张三:明文密码", "张三", ":scrypt$1$1$1$a$b", "a:scrypt$x$8$1$a$b"]
)
def test_a_broken_users_file_names_the_line(line, tmp_path):
    path = tmp_path / "users"
    path.write_text(f"# 用户\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="第 2 行"):
        users.read_users(path)


def test_a_port_in_use_is_explained():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"端口 {port}.*--port"):
            listen("127.0.0.1", port)


def test_passwords_are_kept_as_hashes_that_only_the_owner_reads(users_file):
    assert PASSWORD not in users_file.read_text(encoding="utf-8")
    assert stat.S_IMODE(users_file.stat().st_mode) == 0o600
    known = users.read_users(users_file)
    assert users.admits(known, "张三", PASSWORD)
    assert not users.admits(known, "张三", PASSWORD + "x")
    assert not users.admits(known, "李四", PASSWORD)


def test_adding_a_user_keeps_the_others(users_file):
    users.add_user(users_file, "李四", "another long one")
    known = users.read_users(users_file)
    assert users.admits(known, "张三", PASSWORD) and users.admits(known, "李四", "another long one")


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("a:b", PASSWORD), ("张三", "短")])
def test_names_and_passwords_that_cannot_work_are_refused(name, password, tmp_path):
    with pytest.raises(SettingsError):
        users.add_user(tmp_path / "users", name, password)


def test_users_are_added_from_the_shell(tmp_path):
    app = typer.Typer()
    app.command()(users.main)
    path = tmp_path / "users"
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    done = CliRunner().invoke(app, [str(path), "王五"], input=typed)
    assert done.exit_code == 0 and PASSWORD not in done.output
    assert users.admits(users.read_users(path), "王五", PASSWORD)


PATHS = ["api/documents", "api/search?q=x", "api/clauses/x", "api/documents/x/text", "config"]


@pytest.mark.parametrize("path", PATHS)
def test_with_users_nothing_is_told_to_strangers(path, guarded):
    assert httpx.get(guarded + path).status_code == 401


def test_with_users_strangers_cannot_ask(guarded):
    assert httpx.post(f"{guarded}api/ask", json={"question": "技改投多少"}).status_code == 401


def test_a_login_on_the_page_opens_the_api_too(guarded):
    with httpx.Client(base_url=guarded) as web:
        wrong = web.post("/login", data={"username": "张三", "password": "不对"})
        assert wrong.status_code == 400
        assert web.get("/api/documents").status_code == 401
        web.post("/login", data={"username": "张三", "password": PASSWORD})
        assert web.get("/api/documents").json() == []


def test_programs_log_in_with_each_request(guarded):
    documents = f"{guarded}api/documents"
    good = base64.b64encode(f"张三:{PASSWORD}".encode()).decode()
    assert httpx.get(documents, headers={"Authorization": f"Basic {good}"}).status_code == 200
    for bad in ("Basic %%%", "Basic " + base64.b64encode(b"x:y").decode(), f"Bearer {good}"):
        assert httpx.get(documents, headers={"Authorization": bad}).status_code == 401


@pytest.mark.parametrize("origin", ["http://evil.example.cn", "null", "http://127.0.0.1:1"])
def test_another_site_cannot_act_for_a_reader(origin, guarded):
    with httpx.Client(base_url=guarded) as web:
        web.post("/login", data={"username": "张三", "password": PASSWORD})
        for path in ("/api/ask", "/gradio_api/queue/join", "/login"):
            refused = web.post(path, json={"question": "问"}, headers={"Origin": origin})
            assert refused.status_code == 403
        own = {"Origin": guarded.rstrip("/")}
        assert web.post("/api/ask", json={}, headers=own).status_code == 422


def test_an_open_server_answers_this_machine_and_ends_without_a_trace(tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with running(tmp_path / "library", scratch=scratch) as server:
        documents = f"{server.url}api/documents"
        assert httpx.get(documents).json() == []
        # A web page elsewhere that leads its own name here is not answered.
        assert httpx.get(documents, headers={"Host": "evil.example.cn"}).status_code == 400
        assert list(scratch.iterdir())
    assert server.process.returncode == 0
    assert not list(scratch.iterdir())
