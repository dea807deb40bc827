"""One direction: a module imports only from its own floor or the floors below it, and nothing imports in a circle."""

from __future__ import annotations

import ast
import configparser
import fnmatch
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

# From the ground up. A name stands for the module and everything under it.
FLOORS = (
    ("kg", "kg.errors"),
    ("kg.model", "kg.ontology", "kg.conjugation", "kg.headline"),
    ("kg.vocabulary", "kg.writing", "kg.lost_verbs", "kg.processes"),
    ("kg.blocks", "kg.identity", "kg.astray"),
    ("kg.mending",),
    ("kg.article", "kg.rdf", "kg.ntriples"),
    ("kg.language",),
    ("kg.extract",),
    ("kg.llm",),
    ("kg.graph",),
    ("kg.spool", "kg.listing", "kg.sparql_text", "kg.cells", "kg.snapshots"),
    ("kg.store", "kg.remote", "kg.questions", "kg.parameters", "kg.query", "kg.push"),
    ("kg.validate", "kg.network", "kg.export", "kg.map", "kg.gold", "kg.comparison", "kg.scoring"),
    ("kg.build", "kg.serve", "kg.evaluate", "kg.intake", "kg.spark"),
    ("kg.cli",),
    ("kg.__main__",),
)
SPEAKERS = ("kg.cli", "kg.__main__")  # who may print, read argv or exit


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted((ROOT / "kg").rglob("*.py"))}


def floor(module: str) -> int | None:
    """The floor of the longest name in the table that ``module`` is, or is under; ``kg`` itself holds no other module."""
    places = {name: height for height, names in enumerate(FLOORS) for name in names}
    while module != "kg" and module not in places:
        module = module.rpartition(".")[0]
        if module == "kg":
            return None
    return places[module]


def imports(module: str) -> set[str]:
    """The modules of ours that ``module`` imports, inside functions too; what only type checkers see does not count."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    unseen = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for part in block.body
        for node in ast.walk(part)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} line {node.lineno}: expected an absolute import"
            found |= {f"{node.module}.{a.name}" if f"{node.module}.{a.name}" in MODULES else str(node.module) for a in node.names}
    return {name for name in found if name in MODULES and name != module}


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_one_way_only(module):
    own = floor(module)
    assert own is not None, f"{module} has no floor: give it one in FLOORS"
    upwards = {name for name in imports(module) if (floor(name) or 0) > own}
    assert not upwards


def test_nothing_imports_in_a_circle():
    below = {module: imports(module) for module in MODULES}
    while free := {module for module, names in below.items() if not names & below.keys()}:
        below = {module: names for module, names in below.items() if module not in free}
    assert not below, f"in or above a circle: {sorted(below)}"


@pytest.mark.parametrize("module", [name for name in MODULES if not name.startswith(SPEAKERS)])
def test_only_the_command_line_prints_reads_argv_or_exits(module):
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("print", "exit", "input", "breakpoint"), f"{module} line {node.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sys":
            assert node.attr not in ("argv", "exit", "stdout", "stderr"), f"{module} line {node.lineno}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            assert "click" not in {getattr(node, "module", None), *(alias.name for alias in node.names)}, (
                f"{module} line {node.lineno}"
            )


def test_every_file_of_the_package_is_installed():
    """What lies in kg/ and ontology/ is named in setup.cfg; a file that is not would be missing from the installed program."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    packages = [name.strip() for name in config["options"]["packages"].split(",")]
    folders = {name: ROOT / ("ontology" if name == "kg.ontology" else name.replace(".", "/")) for name in packages}
    assert {name for name, path in MODULES.items() if path.name == "__init__.py"} == set(packages) - {"kg.ontology"}
    patterns = {name: [p.strip() for p in value.split(",")] for name, value in config["options.package_data"].items()}
    files = [p for top in ("kg", "ontology") for p in (ROOT / top).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    for path in files:
        package = max((name for name in packages if folders[name] in path.parents), key=len)
        inside = path.relative_to(folders[package]).as_posix()
        # setuptools' globs: "*" does not cross a slash
        fits = any(fnmatch.fnmatch(inside, p) and inside.count("/") == p.count("/") for p in patterns.get(package, []))
        assert path.suffix == ".py" or fits, f"{path.relative_to(ROOT)} is not in [options.package_data] {package}"


def test_the_package_imports_without_the_checkouts_folder(tmp_path):
    code = "import kg, kg.vocabulary as v; print(len(v.vocabulary().terms) > 50)"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
