"""The page's own script without its comments, the spaces that only a reader needs, and the length of its own names."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from itertools import count, product

_BLANK = " \t"
_WORD = re.compile(r"[\w$]")
#: After one of these a line end means nothing.
_GOES_ON = frozenset("\n;{,([=&|?:+")
#: After one of these a slash begins a regular expression, after anything else it divides.
_BEFORE_REGEX = frozenset("(,=:[!&|?{};\n+-*~^<>%")


def shrink(script: str) -> str:
    """JavaScript that does the same in fewer characters.

    Strings, template literals and regular expressions are kept as they are; line ends are kept where a missing semicolon would mean
    something. Expected of the script: no ``/*`` comments, and a regular expression never right after a word or a bracket.
    """
    out: list[str] = []
    at = 0
    while at < len(script):
        letter = script[at]
        if letter in "\"'":
            end = _string_end(script, at)
        elif letter == "`":
            end = _template_end(script, at)
        elif script.startswith("//", at):
            at = script.find("\n", at) if "\n" in script[at:] else len(script)
            continue
        elif letter == "/" and _last(out) in _BEFORE_REGEX:
            end = _regex_end(script, at)
        elif letter in _BLANK:
            end = at
            while end < len(script) and script[end] in _BLANK:
                end += 1
            following = script[end] if end < len(script) else "\n"
            if _needed(_last(out), following):
                out.append(" ")
            at = end
            continue
        elif letter == "\n":
            if _last(out) not in _GOES_ON:
                out.append("\n")
            at += 1
            continue
        elif letter == "}" and _last(out) == ";":
            out[-1] = "}"
            at += 1
            continue
        else:
            end = at + 1
        out.append(script[at:end])
        at = end
    return _joined(out).strip()


def rename(script: str) -> str:
    """The script with short names for what it declares, where that is safe without knowing scopes.

    A name is changed everywhere or not at all: not where it is also a property, a key or part of a pattern, and not where it stands
    in a string or template. The new names are single capitals and such as begin with an underscore;
    expected of the script: it has none of the latter.
    """
    code = list(_code(script))
    plain = "".join(text if is_code else '""' for is_code, text in code)
    quoted = frozenset(_NAME.findall("".join(text for is_code, text in code if not is_code)))
    declared = dict.fromkeys(found[1] for found in _DECLARED.finditer(plain))
    declared.update(dict.fromkeys(name for found in _PARAMETERS.finditer(plain) for name in (found[1] or found[2]).split(",")))
    wanted = [name for name in declared if len(name) > 2 and name not in quoted and not _fixed(name, plain)]
    uses = {name: len(re.findall(rf"(?<![\w$]){re.escape(name)}(?![\w$])", plain)) for name in wanted}
    wanted.sort(key=lambda name: (-uses[name], name))
    taken = quoted.union(_NAME.findall(plain))
    short = dict(zip(wanted, _short_names(taken), strict=False))
    return "".join(_NAME.sub(lambda found: short.get(found[0], found[0]), text) if is_code else text for is_code, text in code)


_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_DECLARED = re.compile(r"(?:\b(?:const|let|function) |(?<=[\w)\]}\"]),)([A-Za-z$][\w$]*)(?==[^=>]|\()")


#: The parameters of arrow functions without defaults and patterns.
_PARAMETERS = re.compile(r"\(([A-Za-z$][\w$,]*)\)=>|(?<![\w$.])([A-Za-z$][\w$]*)=>")


def _fixed(name: str, code: str) -> bool:
    """Whether a name is a property somewhere, a key, or may be a key and its value in one (``{name}``, ``{a,name}``)."""
    return bool(re.search(rf"\.{re.escape(name)}\b|\b{re.escape(name)}:|[{{,]{re.escape(name)}[,}}]", code))


def _short_names(taken: frozenset[str]) -> Iterator[str]:
    """Capital letters that the script does not use, then ``_a`` to ``_Z``, then ``_aa`` and so on."""
    yield from (letter for letter in string.ascii_uppercase if letter not in taken)
    for length in count(1):
        yield from (f"_{''.join(letters)}" for letters in product(string.ascii_letters, repeat=length))


def _code(script: str) -> Iterator[tuple[bool, str]]:
    """The script in parts, code and (False) strings, templates and regular expressions."""
    start = at = 0
    while at < len(script):
        letter = script[at]
        if letter in "\"'":
            end = _string_end(script, at)
        elif letter == "`":
            end = _template_end(script, at)
        elif letter == "/" and (script[at - 1] if at else "\n") in _BEFORE_REGEX:
            end = _regex_end(script, at)
        else:
            at += 1
            continue
        yield True, script[start:at]
        yield False, script[at:end]
        start = at = end
    yield True, script[start:]


def _joined(tokens: list[str]) -> str:
    """The tokens as text, with one ``const`` for declarations that follow one another, and a single parameter without brackets."""
    out: list[str] = []
    declaring = [tokens[:6] == list("const ")]  # for every open bracket, whether the statement at hand declares constants
    at = 0
    while at < len(tokens):
        token = tokens[at]
        declares_next = tokens[at + 1 : at + 7] == list("const ")
        if token == ";" and declaring[-1] and declares_next:
            out.append(",")
            at += 7
            continue
        if token == ")" and tokens[at + 1 : at + 3] == ["=", ">"] and (lone := _lone_name(out)):
            del out[-1 - lone]  # the brackets about a single parameter
        else:
            out.append(token)
        if token in ("{", "(", "["):
            declaring.append(token == "{" and declares_next)
        elif token in ("}", ")", "]"):
            declaring.pop()
        elif token in (";", "\n"):
            declaring[-1] = declares_next
        at += 1
    return "".join(out)


def _lone_name(out: list[str]) -> int:
    """The length of the name after an opening bracket that ends the text; 0 where something else stands there."""
    length = 0
    while length < len(out) and len(out[-1 - length]) == 1 and _WORD.match(out[-1 - length]):
        length += 1
    return length if length < len(out) and out[-1 - length] == "(" else 0


def _last(out: list[str]) -> str:
    return out[-1][-1] if out else "\n"


def _needed(before: str, after: str) -> bool:
    """Whether a space between two characters keeps two tokens apart."""
    return bool(_WORD.match(before) and _WORD.match(after)) or (before == after and before in "+-")


def _string_end(script: str, at: int) -> int:
    end = at + 1
    while script[end] != script[at]:
        end += 2 if script[end] == "\\" else 1
    return end + 1


def _template_end(script: str, at: int) -> int:
    end = at + 1
    while script[end] != "`":
        if script.startswith("${", end):
            end = _braces_end(script, end + 2)
        else:
            end += 2 if script[end] == "\\" else 1
    return end + 1


def _braces_end(script: str, at: int) -> int:
    """Where the expression in a template ends; strings and templates in it may hold braces."""
    depth = 1
    while depth:
        if script[at] in "\"'":
            at = _string_end(script, at)
            continue
        if script[at] == "`":
            at = _template_end(script, at)
            continue
        depth += {"{": 1, "}": -1}.get(script[at], 0)
        at += 1
    return at


def _regex_end(script: str, at: int) -> int:
    end, in_class = at + 1, False
    while script[end] != "/" or in_class:
        in_class = script[end] == "[" or (in_class and script[end] != "]")
        end += 2 if script[end] == "\\" else 1
    return end + 1
