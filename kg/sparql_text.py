"""What the text of a SPARQL query says before any engine reads it: its form, what it would reach, where its values go.

The engine that answers on local data fetches ``SERVICE`` from the network without an off switch, and a file name after ``FROM``
only names a graph that is not there. So a query is looked at first, token by token (strings, IRIs and comments are never mistaken
for keywords), and refused where it would leave the data. The grammar is that of SPARQL 1.1 Query, section 19.8
(https://www.w3.org/TR/sparql11-query/#sparqlGrammar); code point escapes are those of its section 19.2.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.errors import InputError

QUERY_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATE_FORMS = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")


class Token(NamedTuple):
    """A token with its kind (a group name of the expression below) and its half-open place in the text."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def keyword(self) -> str:
        return self.text.upper() if self.kind == "word" else ""


_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<space>\s+)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_][\w.\-]*)?:(?:[\w.:\-]|%[0-9A-Fa-f]{2}|\\.)*|_:\w[\w.\-]*)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_LEAVES = re.compile(r"SERVICE", re.IGNORECASE)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a query in order, without comments and white space. Never fails: what is no token comes out as a sign."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        if kind not in ("comment", "space"):
            yield Token(kind, match.group(), match.start(), match.end())


def form(text: str) -> str:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``, the name of an update operation, or ``""`` where it is none of them."""
    start = first_keyword(list(tokens(text)))
    return start.keyword if start is not None and start.keyword in QUERY_FORMS + UPDATE_FORMS else ""


def begins_as_sparql(text: str) -> bool:
    """Whether the text begins as a query or an update does, and goes on: a word alone may be a name."""
    found = list(itertools.islice(tokens(text), 2))
    return len(found) == 2 and found[0].keyword in (*QUERY_FORMS, *UPDATE_FORMS, "BASE", "PREFIX")


def first_keyword(found: Sequence[Token]) -> Token | None:
    """The first token after the ``BASE`` and ``PREFIX`` declarations, which should say what is to be done."""
    i = 0
    while i < len(found):
        if found[i].keyword not in ("BASE", "PREFIX"):
            return found[i]
        i += 2 if found[i].keyword == "BASE" else 3
    return None


def shape(text: str) -> str:
    """What queries have in common that differ only in their values: the text with every IRI, string and number left out."""
    found = (f"<{token.kind}>" if token.kind in ("iri", "string", "language") else token.text for token in tokens(text))
    return re.sub(r"\b\d[\d .]*", "0 ", " ".join(found))


def check_query(text: str, *, where: str = "query", allow_service: bool = False, local: bool = True) -> None:
    """Raise :class:`InputError` where a query is none, would change data, or would leave the data it is asked on.

    ``local``: the query is answered here and not by a remote endpoint, which has its own rules for ``SERVICE`` and ``FROM``.
    ``allow_service`` lets ``SERVICE`` go out to the network; updates are refused always.
    """
    for reading in {text, _unescaped(text)}:
        found = list(tokens(reading))
        if not found:
            raise InputError(f"{where}: is empty; expected a SPARQL query such as SELECT * WHERE {{ ?s ?p ?o }} LIMIT 10")
        start = first_keyword(found)
        if start is not None and start.keyword in UPDATE_FORMS:
            raise InputError(f"{where}: {start.keyword} would change data; expected SELECT, ASK, CONSTRUCT or DESCRIBE")
        if not local:
            continue
        if not allow_service and _may_call_service(reading, found):
            raise InputError(
                f"{where}: SERVICE would ask another machine; expected a query on the given data (--allow-service permits it)"
            )
        for source in _sources(found):
            if source.lower().startswith("file:"):
                raise InputError(f"{where}: FROM <{source}> does not read a file; expected the file after --data")


def bind(text: str, values: Mapping[str, Sequence[str]], *, where: str = "query") -> str:
    """The query with values for variables: name without ``?`` → terms as SPARQL writes them (``<iri>``, ``"text"@es``).

    Every ``VALUES ?name { … }`` of the text gets the new terms; where there is none, one is put at the start of the query's
    outermost group, or behind a ``CONSTRUCT WHERE { … }``, whose group is a template too and can hold none.
    Terms must have been serialized from RDF terms, never taken from a user as they are.
    Raises :class:`InputError` for a variable that the query does not have.
    """
    for name, terms in values.items():
        block = f"VALUES ?{name} {{ {' '.join(terms)} }}"
        found = list(tokens(text))
        places = _values_blocks(found, name)
        if not places:
            variables = sorted({token.text[1:] for token in found if token.kind == "variable"})
            if name not in variables:
                known = ", ".join(variables) or "no variable"
                raise InputError(f"{where}: nothing to set by the name '{name}'; expected one of: {known}")
            opening = _outermost_group(found)
            if opening is None:
                raise InputError(f"{where}: has no group to set '{name}' in; expected WHERE {{ … }}")
            if _is_template(found):
                places, block = [(len(text), len(text))], f"\n{block}"
            else:
                places, block = [(opening, opening)], f" {block} "
        for start, end in reversed(places):
            text = text[:start] + block + text[end:]
    return text


def declared_prefixes(text: str) -> dict[str, str]:
    """The prefixes that a query declares itself: name → IRI as written."""
    found = list(tokens(text))
    return {
        token.text[:-1]: iri.text[1:-1]
        for before, token, iri in zip(found, found[1:], found[2:], strict=False)
        if before.keyword == "PREFIX" and token.kind == "name" and iri.kind == "iri"
    }


def with_prefixes(text: str, prefixes: Mapping[str, str], base: str) -> str:
    """The query with declarations, on its first line, of the prefixes and the base that it uses and does not declare."""
    own, found = declared_prefixes(text), list(tokens(text))
    used = {token.text.split(":", 1)[0] for token in found if token.kind == "name"}
    needed = [f"PREFIX {name}: <{prefixes[name]}>" for name in sorted(used) if name in prefixes and name not in own]
    relative = any(token.kind == "iri" and not _ABSOLUTE.match(token.text[1:]) for token in found)
    if relative and not any(token.keyword == "BASE" for token in found):
        needed.insert(0, f"BASE <{base}>")
    return " ".join([*needed, text])


def spread(text: str, gap: int = 20) -> tuple[str, list[tuple[int, int]]]:
    """The same query with its words ``gap`` spaces apart: where there is white space or a comment, and around brackets.

    Returns the text and, for each word, where it starts there and where it starts in the query, in order.
    """
    parts, places, far, last = [], [(0, 0)], 0, 0
    for match in _TOKEN.finditer(text):
        empty, bracket = match.lastgroup in ("space", "comment"), match.group() in "{}();"
        if not empty and (bracket or match.start() == 0 or last != match.start()):
            parts.append(" " * gap)
            far += gap
            places.append((far, match.start()))
        if not empty:
            parts.append(match.group())
            far += len(match.group())
            last = match.end() if not bracket else -1
    return "".join([*parts, " " * gap]), places


# --------------------------------------------------------------------------------------------------------------- internals


def _unescaped(text: str) -> str:
    """The text with code point escapes replaced, as an engine sees it that replaces them before parsing (section 19.2)."""

    def char(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]

    return _ESCAPE.sub(char, text)


def _may_call_service(text: str, found: list[Token]) -> bool:
    """Whether ``SERVICE`` stands among the tokens.

    A ``<`` may be a comparison whose right side reaches over a quotation mark to a later ``>`` (``?a<1+'>'``); where such a
    reading is possible, any ``SERVICE`` in the text counts, even one inside a string: rather refuse too much.
    """
    if any(token.keyword == "SERVICE" for token in found):
        return True
    doubtful = any(token.kind == "iri" and ("'" in token.text or "\\" in token.text) for token in found)
    unclosed = any(token.kind == "sign" and token.text in "\"'" for token in found)
    return (doubtful or unclosed) and _LEAVES.search(text) is not None


def _sources(found: list[Token]) -> Iterator[str]:
    """The IRIs after ``FROM`` and ``FROM NAMED``, resolved against the query's own ``BASE`` and prefixes."""
    prefixes, base = {}, ""
    for i, token in enumerate(found):
        following = [*found[i + 1 : i + 3], Token("sign", "", 0, 0), Token("sign", "", 0, 0)]
        if token.keyword == "BASE" and following[0].kind == "iri":
            base = following[0].text[1:-1]
        elif token.keyword == "PREFIX" and following[1].kind == "iri":
            prefixes[following[0].text[:-1]] = following[1].text[1:-1]
        elif token.keyword == "FROM":
            source = following[1] if following[0].keyword == "NAMED" else following[0]
            if source.kind == "iri":
                iri = source.text[1:-1]
                yield iri if _ABSOLUTE.match(iri) else base + iri
            elif source.kind == "name":
                prefix, _, local = source.text.partition(":")
                yield prefixes.get(prefix, "") + local


def _values_blocks(found: list[Token], name: str) -> list[tuple[int, int]]:
    """Where ``VALUES ?name { … }`` stands: start of the keyword, end of the closing brace."""
    places = []
    for i, token in enumerate(found):
        head = found[i + 1 : i + 3]
        if token.keyword == "VALUES" and [h.text for h in head] in ([f"?{name}", "{"], [f"${name}", "{"]):
            closing = next((t for t in found[i + 3 :] if t.kind == "sign" and t.text == "}"), None)
            if closing is not None:
                places.append((token.start, closing.end))
    return places


def _is_template(found: list[Token]) -> bool:
    """Whether the query is a ``CONSTRUCT WHERE { … }`` (https://www.w3.org/TR/sparql11-query/#constructWhere)."""
    start = first_keyword(found)
    template = next((token for token in found if token.text == "{"), None)
    wheres = (token for token in found if token.keyword == "WHERE")
    return start is not None and start.keyword == "CONSTRUCT" and any(template and w.start < template.start for w in wheres)


def _outermost_group(found: list[Token]) -> int | None:
    """Where the query's outermost group starts: right behind its brace. The template of a ``CONSTRUCT`` is none."""
    start, depth = first_keyword(found), 0
    skip_template = start is not None and start.keyword == "CONSTRUCT"
    for token in found:
        if token.keyword == "WHERE" and depth == 0:
            skip_template = False
        elif token.kind == "sign" and token.text == "{":
            if depth == 0 and not skip_template:
                return token.end
            depth += 1
        elif token.kind == "sign" and token.text == "}":
            depth -= 1
            if depth == 0:
                skip_template = False
    return None
