"""The named questions: one file in ``ontology/queries/`` each, described by its first comment lines, asked by its name.

A file is plain SPARQL 1.1 that runs as it stands in any engine. Its head says what it asks::

    # Pregunta: ¿Qué posiciones toma alguien?
    # Question: Which positions does somebody take?
    # Group: positions
    # Parameter: actor (actor, required), for example "Claudia Sheinbaum"

and each parameter is a ``VALUES ?actor { … }`` block that holds the example, or, where the parameter is optional, what is meant
when it is not given. Files named ``*-violation.rq`` are checks and belong to :mod:`kg.validate`. Nothing here loads an RDF library.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import InputError, OntologyError

#: The groups in the order in which they are listed, with their Spanish and English names.
GROUPS: dict[str, tuple[str, str]] = {
    "actors": ("Actores", "Actors"),
    "proposals": ("Propuestas", "Proposals"),
    "positions": ("Posiciones", "Positions"),
    "events": ("Hechos", "Events"),
    "statements": ("Declaraciones", "Statements"),
    "indicators": ("Indicadores", "Indicators"),
    "evidence": ("Pruebas", "Evidence"),
    "claims": ("Versiones en disputa", "Contested claims"),
    "network": ("Red", "Network"),
}

#: What a parameter's value can be; :mod:`kg.parameters` turns it into RDF terms.
KINDS = ("actor", "concept", "date", "language", "text")

_HEAD = re.compile(r"#\s*(Pregunta|Question|Group|Parameter):\s*(.+?)\s*$")
_PARAMETER = re.compile(r'(\w+) \((\w+), (required|optional)\), for example "([^"]+)"$')


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question takes: the variable's name, its kind (one of :data:`KINDS`), and an example of a value."""

    name: str
    kind: str
    required: bool
    example: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: what it asks in Spanish and in English, its group, its parameters, and its SPARQL text."""

    name: str
    es: str
    en: str
    group: str
    parameters: tuple[Parameter, ...]
    text: str

    def in_language(self, language: str) -> str:
        return self.es if language == "es" else self.en


def queries_dir() -> Path:
    """The folder with the questions: in the installed package ``kg.ontology``, or in ``ontology/`` beside ``kg/`` in a checkout."""
    try:
        folder = Path(next(iter(importlib.import_module("kg.ontology").__path__)))
    except ModuleNotFoundError:
        folder = Path(__file__).resolve().parent.parent / "ontology"
    return folder / "queries"


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """All named questions, by group and then by name. Raises :class:`OntologyError` where a file's head is incomplete."""
    files = [path for path in queries_dir().glob("*.rq") if not path.stem.endswith("-violation")]
    found = [read_question(path) for path in files]
    return tuple(sorted(found, key=lambda question: (list(GROUPS).index(question.group), question.name)))


def question(name: str) -> Question:
    """The question of a name. Raises :class:`InputError` that suggests the nearest names for an unknown one."""
    path = queries_dir() / f"{name}.rq"
    if re.fullmatch(r"[a-z0-9-]+", name) and path.is_file() and not name.endswith("-violation"):
        return read_question(path)
    import difflib  # only when something is wrong

    names = [known.name for known in questions()]
    words = [known for known in names if set(name.lower().split("-")) & (set(known.split("-")) - {"of", "by", "what", "who"})]
    near = [*dict.fromkeys([*difflib.get_close_matches(name.lower(), names, n=3, cutoff=0.6), *words])][:3]
    hint = f"did you mean {' or '.join(near)}?" if near else "'kg query --list' shows them all"
    raise InputError(f"{name}: no question of this name, no file and no SPARQL; {hint}")


def read_question(path: Path) -> Question:
    """The question in a file of ``ontology/queries/``. Raises :class:`OntologyError` where its head is incomplete."""
    text = path.read_text(encoding="utf-8")
    head: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _HEAD.match(line):
            head.setdefault(match[1], []).append(match[2])
    for key in ("Pregunta", "Question", "Group"):
        if len(head.get(key, ())) != 1:
            raise OntologyError(f"{path}: {len(head.get(key, ()))} lines '# {key}: …' at its head; expected one")
    group = head["Group"][0]
    if group not in GROUPS:
        raise OntologyError(f"{path}: no group '{group}'; expected one of: {', '.join(GROUPS)}")
    parameters = tuple(_parameter(line, path) for line in head.get("Parameter", ()))
    return Question(path.stem, head["Pregunta"][0], head["Question"][0], group, parameters, text)


def markdown_table() -> str:
    """The table of questions for ``ontology/README.md``."""
    lines = ["| group | `kg query …` | question | pregunta |", "| --- | --- | --- | --- |"]
    for asked in questions():
        call = asked.name + "".join(f' --set {p.name}="{p.example}"' for p in asked.parameters if p.required)
        lines.append(f"| {GROUPS[asked.group][1]} | `{call}` | {asked.en} | {asked.es} |")
    return "\n".join(lines) + "\n"


def _parameter(line: str, path: Path) -> Parameter:
    match = _PARAMETER.match(line)
    if match is None or match[2] not in KINDS:
        raise OntologyError(
            f"{path}: '# Parameter: {line}' cannot be read; expected: NAME (KIND, required), for example \"VALUE\""
        )
    return Parameter(match[1], match[2], match[3] == "required", match[4])
