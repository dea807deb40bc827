"""The words of the page itself, in Spanish and English: interface strings from ``strings.json``, labels of concepts and classes from
the ontology."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from kg.errors import InputError, OntologyError
from kg.map.content import Content, Node
from kg.vocabulary import vocabulary

LANGUAGES = ("es", "en")


@lru_cache(maxsize=1)
def strings() -> Mapping[str, tuple[str, str]]:
    """Every interface string by key: Spanish, English."""
    data = json.loads(resources.files("kg.map").joinpath("strings.json").read_text("utf-8"))
    return {key: (spanish, english) for key, (spanish, english) in data.items()}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a page whose first language is ``lang``; the other can be switched to."""

    lang: str
    concepts: Mapping[str, tuple[str, str]]

    @property
    def other(self) -> str:
        return "en" if self.lang == "es" else "es"

    def text(self, key: str, *values: object, lang: str | None = None) -> str:
        """An interface string with ``{0}`` and so on filled in."""
        text = strings()[key][LANGUAGES.index(lang or self.lang)]
        for number, value in enumerate(values):
            text = text.replace(f"{{{number}}}", str(value))
        return text

    def concept(self, name: str, lang: str | None = None) -> str:
        """The label of a concept or class that the content uses."""
        return self.concepts[name][LANGUAGES.index(lang or self.lang)]

    def attributes(self, key: str, *values: object) -> str:
        """What an element says in the language that it does not show, for the switch."""
        return self.text(key, *values, lang=self.other)


def wording(content: Content, lang: str) -> Wording:
    """The wording of a page, with the concepts and classes that its content uses.

    Raises :class:`InputError` for a language that the interface does not have.
    """
    if lang not in LANGUAGES:
        raise InputError(f"language {lang!r}: the map does not speak it; expected one of: {', '.join(LANGUAGES)}")
    used = {node.cls for node in content.nodes} | set(_concepts(content.nodes))
    return Wording(lang, {name: (_label(name, "es"), _label(name, "en")) for name in sorted(used)})


def _concepts(nodes: Iterable[Node]) -> Iterable[str]:
    for node in nodes:
        for name in ("status", "eventType", "factuality", "topic", "stance"):
            yield from node.values.get(name, ())


def _label(name: str, language: str) -> str:
    """The ontology's label; a term of somebody else's extension is shown by its name."""
    try:
        return vocabulary().label(name, language)
    except OntologyError:
        return name.rpartition("/")[2].rpartition("#")[2].replace("-", " ")
