"""The structure that the documentation promises."""

from __future__ import annotations

import ast
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = {"index": {"index"}, "assistant": {"index", "assistant"}}


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


def test_imports_go_one_way() -> None:
    ours = {"index", "assistant", "evals", "tests"}
    for package, allowed in ALLOWED.items():
        for path in (ROOT / package).rglob("*.py"):
            used = imports(path) & ours
            if path.parent.name == "cli":
                used -= {"evals"}  # `assistant eval` runs the suites of a checkout
            assert used <= allowed, f"{path.relative_to(ROOT)} imports {used - allowed}"


def test_the_import_name_index_has_one_owner() -> None:
    assert len(set(packages_distributions().get("index", []))) <= 1
