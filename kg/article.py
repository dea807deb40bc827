"""A file, a page or a stream → an :class:`~kg.model.Article` with its blocks.

UTF-8 Markdown or plain text, with YAML front matter between two ``---`` lines or without; HTML pages are reduced to their main text
by trafilatura. Offsets count code points from the first character after the front matter's closing line; nothing there is changed,
except that line ends are ``\\n`` (as Python's text files give them) and that a byte order mark is no text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from kg.blocks import blocks
from kg.errors import InputError
from kg.model import Article

SUFFIXES = (".md", ".markdown", ".txt", ".html", ".htm", ".xhtml")  # what a folder is searched for

NO_DATE = "no publication date: expressions such as “ayer” or “la semana pasada” stay open intervals"
NO_FRONT_MATTER = "no front matter: title, date and publisher are unknown"

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.S | re.M)
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_WORD = re.compile(r"[^\W\d_]+")

# What a file begins with that people take for an article's text.
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP or Office file"),
    (b"\x1f\x8b", "gzip data"),
    (b"{\\rtf", "an RTF document"),
)
# Frequent words that Spanish does not share with Portuguese, English, French or German; about every fifth word of Spanish prose.
_SPANISH = frozenset({"el", "los", "las", "y", "del", "en", "con", "una", "por", "su", "al"})
SPANISH_SHARE = 0.08
SPANISH_WORDS = 30  # below that many words the share says nothing


@dataclass(frozen=True, slots=True)
class _Field:
    """A value of the front matter: its text (or texts) and the line it stands on."""

    line: int
    value: str | tuple[str, ...]


def read_article(source: str | Path | IO[str] | IO[bytes], id: str | None = None) -> Article:
    """Read the file, or the open stream, ``source``. ``id`` defaults to the file's name as a slug.

    Raises :class:`InputError` with the place, the fault and what was expected: no such file, not readable, empty, not text, not
    UTF-8, broken front matter, an impossible date, words that are not Spanish in an article that names no language.
    """
    if isinstance(source, str | Path):
        path = Path(source)
        data, name, id = _read_bytes(path), str(path), id or slug(path.stem)
    else:
        raw = source.read()
        data, name = (raw.encode() if isinstance(raw, str) else raw), "standard input"
    suffix = Path(name).suffix.lower()
    if suffix in (".html", ".htm", ".xhtml") or _PAGE.match(data[:2000].decode("utf-8", "replace")):
        article = _from_page(data, id, name)
    else:
        article = article_from_text(_decode(data, name), id, name)
    return replace(article, path=None if name == "standard input" else name)


def article_from_text(text: str, id: str | None = None, name: str | None = None) -> Article:
    """The article written in ``text``. Without an ``id`` one is made from the title, else from the text. Errors as :func:`read_article`.

    ``name`` stands in error messages in the place of a file's name.
    """
    where = name or id or "text"
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    fields, body = _front_matter(text, where)
    if not body.strip():
        raise InputError(f"{where}: empty; expected the text of an article" + (" after the front matter" if fields else ""))
    given = _metadata(fields, where)
    if "language" not in given and not _looks_spanish(body):
        raise InputError(
            f"{where}: the text does not look Spanish; expected an article in Spanish, or 'language:' in its front matter"
        )
    notices = [] if fields else [NO_FRONT_MATTER]
    if "date" not in given:
        notices.append(NO_DATE)
    article = Article(
        id=id or _made_id(given.get("title"), body), text=body, blocks=blocks(body), notices=tuple(notices), **given
    )
    if not article.blocks:
        raise InputError(f"{where}: nothing but marks and rules; expected the text of an article")
    return article


def slug(name: str) -> str:
    """``name`` in lower-case ASCII letters, digits and single hyphens: "Año nuevo, EE.UU." → "ano-nuevo-ee-uu".

    A name without any such letter gets a short hash instead, so that it still has one.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or _digest(name)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _made_id(title: str | None, body: str) -> str:
    return slug(title)[:80].strip("-") if title else f"text-{_digest(body)}"


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; expected an article or a folder of articles") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; expected one article") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); expected a readable file") from None


def _decode(data: bytes, where: str) -> str:
    """``data`` as text. A fault names the byte, because an editor can jump there."""
    if not data.strip():
        raise InputError(f"{where}: empty; expected the text of an article")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{where}: is {kind}; expected Markdown, plain text or HTML")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{where}: byte 0: is UTF-16; expected UTF-8")
    if b"\0" in data:
        raise InputError(f"{where}: byte {data.index(0)}: is a binary file; expected Markdown, plain text or HTML")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        raise InputError(
            f"{where}: byte {error.start}: 0x{byte:02x} is not UTF-8; expected UTF-8 text (is it Windows-1252?)"
        ) from None


# --------------------------------------------------------------------------------------------------------- front matter


def _front_matter(text: str, where: str) -> tuple[dict[str, _Field], str]:
    """The fields of the front matter and the body after it; no fields where the text does not begin with ``---``."""
    if not re.match(r"---[ \t]*\n", text):
        return {}, text
    match = _FRONT_MATTER.match(text)
    if not match:
        raise InputError(f"{where}: line 1: the front matter is never closed; expected a second line '---' after its fields")
    return _fields(match.group(1), where), text[match.end() :]


def _composed(source: str) -> Any:
    """The YAML node of a front matter, by libyaml where there is one; what is wrong is told by PyYAML, in the same words everywhere."""
    import yaml

    fast = getattr(yaml, "CBaseLoader", None)
    if fast is not None:
        try:
            return yaml.compose(source, Loader=fast)
        except yaml.YAMLError:
            pass
    return yaml.compose(source, Loader=yaml.BaseLoader)


def _fields(source: str, where: str) -> dict[str, _Field]:
    """YAML as text: neither "no" (Norway) becomes False nor an impossible date an error without a line."""
    import yaml

    try:
        node = _composed(source)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        raise InputError(f"{where}: line {line}: broken front matter ({error.problem or error.context}); expected YAML") from None
    except yaml.YAMLError as error:
        raise InputError(f"{where}: line 1: broken front matter ({str(error).splitlines()[0]}); expected YAML") from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise InputError(f"{where}: line 2: the front matter has no fields; expected lines such as 'date: 2026-01-16'")
    return {str(key.value).lower(): _field(value) for key, value in node.value}


def _field(node: Any) -> _Field:
    """A scalar or a list of scalars; anything deeper is kept as its scalars, because no known field is deeper."""
    line = node.start_mark.line + 2
    if isinstance(node.value, str):
        return _Field(line, node.value.strip())
    return _Field(line, tuple(part.value.strip() for part in node.value if isinstance(getattr(part, "value", None), str)))


def _metadata(fields: dict[str, _Field], where: str) -> dict[str, Any]:
    """What an :class:`Article` holds of the front matter; unknown fields are somebody else's and stay unread."""
    found: dict[str, Any] = {}
    for name in ("title", "publisher", "source"):
        if text := _text(fields, name, where):
            found[name] = text
    if text := _text(fields, "date", where):
        found["date"] = _date(text, f"{where}: line {fields['date'].line}")
    if text := _text(fields, "language", where):
        match = _LANGUAGE.fullmatch(text)
        if not match:
            raise InputError(f"{where}: line {fields['language'].line}: language {text!r}; expected a code such as es")
        found["language"] = match.group(1).lower()
    if "countries" in fields:
        found["countries"] = _countries(fields["countries"], where)
    return found


def _text(fields: dict[str, _Field], name: str, where: str) -> str | None:
    if name not in fields:
        return None
    value = fields[name].value
    if isinstance(value, tuple):
        raise InputError(f"{where}: line {fields[name].line}: {name} is a list; expected one value")
    return None if value in ("", "~", "null") else value


def _date(text: str, where: str) -> dt.date:
    """An ISO day; a time after it is not needed and cut off."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", text)
    try:
        return dt.date.fromisoformat(match.group(1) if match else text)
    except ValueError:
        raise InputError(f"{where}: date {text!r} is none; expected a day such as 2026-01-16") from None


def _countries(field: _Field, where: str) -> tuple[str, ...]:
    codes = field.value if isinstance(field.value, tuple) else tuple(re.split(r"[,;\s]+", field.value)) if field.value else ()
    for code in codes:
        if not _COUNTRY.fullmatch(code):
            raise InputError(f"{where}: line {field.line}: country {code!r}; expected two-letter codes (ISO 3166-1) such as MX")
    return tuple(code.upper() for code in codes)


def _looks_spanish(body: str) -> bool:
    words = _WORD.findall(body.lower())
    return len(words) < SPANISH_WORDS or sum(word in _SPANISH for word in words) >= SPANISH_SHARE * len(words)


# ----------------------------------------------------------------------------------------------------------------- pages


def _from_page(data: bytes, id: str | None, where: str) -> Article:
    """The main text of an HTML page, written as Markdown, so that it has the same blocks as an article that was typed."""
    import trafilatura
    from trafilatura.metadata import extract_metadata

    if not data.strip():
        raise InputError(f"{where}: empty; expected an HTML page")
    tree = trafilatura.load_html(data)
    found = (
        None
        if tree is None
        else trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, deduplicate=False)
    )
    body = "" if found is None or found.body is None else _page_text(found.body)
    if not body.strip():
        raise InputError(f"{where}: no article found in this page; expected HTML with running text, or the article as plain text")
    facts = extract_metadata(tree)
    given: dict[str, Any] = {}
    if facts is not None:
        given = {"title": facts.title, "publisher": facts.sitename, "source": facts.url}
        given = {name: value for name, value in given.items() if value}
        if facts.date:
            given["date"] = _date(facts.date, where)
    language = _LANGUAGE.fullmatch(str(tree.get("lang") or "")) if tree is not None else None
    if language:
        given["language"] = language.group(1).lower()
    elif not _looks_spanish(body):
        raise InputError(f"{where}: the text does not look Spanish; expected an article in Spanish, or the page's 'lang'")
    notices = () if "date" in given else (NO_DATE,)
    return Article(id=id or _made_id(given.get("title"), body), text=body, blocks=blocks(body), notices=notices, **given)


def _page_text(body: Any) -> str:
    """trafilatura's tree as text: one line for each paragraph, ``##`` headings, ``-`` items, ``|`` rows."""
    lines: list[str] = []
    for element in body:
        text = " ".join("".join(element.itertext()).split())
        if element.tag == "head" and text:
            level = (element.get("rend") or "h2")[-1]
            lines.append(f"{'#' * (int(level) if level.isdigit() else 2)} {text}")
        elif element.tag == "list":
            lines.extend(f"- {' '.join(''.join(item.itertext()).split())}" for item in element.iter("item"))
        elif element.tag == "table":
            for row in element.iter("row"):
                cells = (" ".join("".join(cell.itertext()).split()).replace("|", "\\|") for cell in row.iter("cell"))
                lines.append(f"| {' | '.join(cells)} |")
        elif element.tag == "quote" and len(element):
            lines.append(_page_text(element).rstrip("\n"))
        elif text:
            lines.append(text)
    return "\n".join(line for line in lines if line) + "\n" if lines else ""
