"""The house keeps its shape: one-way imports, sorted doors, small files, no paths of one machine."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGES = ("ontology", "extractors", "kg", "app")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
_MOST_LINES = 300
_ONE_LIST = {"ontology/model.py"}  # the claim model is read as one page: values only, nothing to split


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git work tree")
    return [ROOT / line for line in listed.stdout.split("\0") if line and (ROOT / line).is_file()]


def texts(paths: list[Path]) -> dict[str, str]:
    found = {}
    for path in paths:
        try:
            found[name(path)] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    return found


def test_house_keeps_its_import_contracts() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("package", PACKAGES)
def test_house_opens_each_package_by_a_sorted_door(package: str) -> None:
    door = importlib.import_module(package)
    public = list(getattr(door, "__all__", []))
    assert public == sorted(public, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert all(hasattr(door, exported) for exported in public)


@pytest.mark.parametrize("path", [path for path in SOURCES if name(path) not in _ONE_LIST], ids=name)
def test_house_keeps_files_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= _MOST_LINES


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_house_enters_other_packages_by_their_doors(path: Path) -> None:
    inside = path.relative_to(ROOT).parts[0]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level]
    rooms = [
        module
        for module in modules
        if module.split(".")[0] in {"extractors", "kg"} and module.split(".")[0] != inside and "." in module
    ]
    assert rooms == [], f"{name(path)} imports {rooms}: import the door instead"


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_house_imports_its_own_at_the_top(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    hidden = [
        ast.unparse(node)
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").split(".")[0] in PACKAGES)
    ]
    assert hidden == []


def test_house_names_no_module_of_app_after_another() -> None:
    """Streamlit puts app/ first on the path, where a twin of another module would be imported in its place."""
    ours = {path.stem for path in (ROOT / "app").glob("*.py")} - {"__init__"}
    assert ours.isdisjoint(sys.stdlib_module_names)
    assert "app" not in ours


def test_house_holds_no_path_of_one_machine() -> None:
    places = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/\w")
    guilty = [file for file, text in texts(tracked()).items() if places.search(text)]
    assert guilty == []


def test_house_holds_no_registry_host() -> None:
    hosts = re.compile(r"pypi\.org|pythonhosted|repo\d?\.maven|maven\.org|registry\.npmjs|deb\.debian", re.IGNORECASE)
    guilty = [file for file, text in texts(tracked()).items() if hosts.search(text) and file != name(Path(__file__))]
    assert guilty == []


def test_house_leaves_nothing_unfinished() -> None:
    marks = re.compile(r"\b(?:TODO|FIXME|NotImplementedError)\b|pytest\.mark\.xfail")
    guilty = [file for file, text in texts(tracked()).items() if marks.search(text) and file != name(Path(__file__))]
    assert guilty == []


def test_house_pins_every_dependency_exactly() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    pins = re.search(r"^constraint-dependencies = \[(.*?)^\]", pyproject, re.S | re.M)
    assert pins is not None
    lines = re.findall(r'"([^"]+)"', pins[1])
    assert all(re.fullmatch(r"[a-z0-9.-]+==[^=*]+", line) for line in lines)
    names = [line.partition("==")[0] for line in lines]
    assert names == sorted(set(names))


def test_house_keeps_generated_files_out() -> None:
    kept = [file for file in texts(tracked()) if file.endswith(("uv.lock", ".pyc", ".egg-info"))]
    assert kept == []
