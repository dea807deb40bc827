"""The page's own script without its comments and the spaces that only a reader needs; names and lines stay as they are."""

from __future__ import annotations

import re

_BLANK = " \t"
_WORD = re.compile(r"[\w$]")
#: After one of these a slash begins a regular expression, after anything else it divides.
_BEFORE_REGEX = frozenset("(,=:[!&|?{};\n+-*~^<>%")


def shrink(script: str) -> str:
    """JavaScript that does the same in fewer characters.

    Strings, template literals and regular expressions are kept as they are; line ends are kept, so that a missing semicolon means
    what it meant. Expected of the script: no ``/*`` comments, and a regular expression never right after a word or a bracket.
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
            if _last(out) != "\n":
                out.append("\n")
            at += 1
            continue
        else:
            end = at + 1
        out.append(script[at:end])
        at = end
    return "".join(out).strip()


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
