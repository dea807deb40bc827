"""The days a figure is of: those its clause tells, else those of the clause, the entry or the list that it stands in."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.datelines import dateline, heading_day
from kg.extract.dating import UNDATED, Dated, dated
from kg.extract.measure_labels import LENGTHS
from kg.extract.measures import COMPARISON, token_of, verb_of
from kg.extract.syntax import SUBJECTS, Tree, case, is_verb, tense
from kg.model import Block, Quantity, Span, TimeValue

#: No date further off, in characters, is a figure's.
_FAR: Final = 130
#: A date that ends so close before "cuando" is the one that the clause is about.
_BEFORE_WHEN: Final = 8
_NOW: Final = re.compile(r"(?:hoy(?: en día)?|ahora|actualmente)$", re.I)
#: What a cause is led by: its date is not that of the effect.
_CAUSES: Final = frozenset(("por", "tras", "a raíz de", "a causa de", "debido a", "ante"))
_EXPLAINING: Final = re.compile(r":\s|\ben (?:el|la|los|las) (?:que|cual|cuales) |\bdonde ")
_STARTING: Final = re.compile(r"\b(?:del?|desde)\s+(?:los\s|las\s|el\s)?$", re.I)
_ENDING: Final = re.compile(
    r"[^,;.]{0,40}\b(?:a|al|hasta)\s+(?:casi\s|más\sde\s|unos\s|unas\s)?(?:los\s|las\s|el\s)?"
    r"(?:\d|un\s\d|(?:uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|veint\w*|treinta|cuarenta"
    r"|cincuenta|sesenta|setenta|ochenta|noventa|cien\w*|\w+cient[oa]s|mil|un\s(?:tercio|cuarto)|la\smitad)\b)",
    re.I,
)
#: "de 34 toneladas en 2024 | a 22": the date between is that of the first.
_TO: Final = re.compile(r"\s*(?:al?|hasta)\s+(?:los\s|las\s|el\s|unos\s|unas\s)?$", re.I)


def figure_date(a: Analysis, t: Tree, q: Quantity, verb: int | None) -> Dated:
    """The date that goes with a figure's own clause."""
    sentence = Span(t.tokens[0].start, t.tokens[-1].end)
    values = [d for d in a.dates_in(sentence) if d.kind == "date" and not d.span.overlaps(q.span)]
    if starts_from(a, q):
        values = [d for d in values if 0 <= d.span.start - q.span.end <= len(" en ")]
    values = [d for d in values if not _before_to(a, d, q)]
    compared = COMPARISON.match(a.text, q.span.end)
    if compared is not None:
        values = [d for d in values if not compared.start() <= d.span.start < compared.end()]
    values = [
        d
        for d in values
        if (_same_clause(a, t, d, verb) or _of_counted(t, d, token_of(t, q))) and not _of_something_else(a, t, d, q, verb)
    ]
    if not values:
        return _date_before_when(a, t, verb) or _date_explained(a, t, q, verb)
    best = min(values, key=lambda d: _attached(a, d, q))
    if _attached(a, best, q)[0] >= 2 or abs(best.span.start - q.span.start) > _FAR:
        return UNDATED
    head = _head_of(t, best)
    doing = verb_of(t, head) if head is not None else verb
    if _NOW.fullmatch(a.text[best.span.start : best.span.end]) and any(
        k is None or tense(t, k) == "present" for k in (verb, doing)
    ):
        return UNDATED  # "el país bombea hoy 900.000 barriles": it does so these days
    return dated(a, best, "past")


def date_around(a: Analysis, t: Tree, block: Block, verb: int | None) -> Dated:
    """The day of a figure whose clause tells none: that of the entry it stands in."""
    if verb is not None and tense(t, verb) not in ("past", "present", "participle"):
        return UNDATED
    day = dateline(a, t) or heading_day(a, t)
    return UNDATED if day is None else dated(a, day, "past")


def date_of_list(a: Analysis, block: Block) -> Dated:
    """The year or month that the words before a list give all its figures: "resume así su memoria de 2025, difundida el lunes:"."""
    lead = a.document.article.blocks[block.lead_in] if block.lead_in is not None else None
    if lead is None:
        return UNDATED
    last = a.text.rfind(". ", lead.start, lead.end)
    values = [d for d in a.dates_in(Span(max(lead.start, last), lead.end)) if d.kind == "date" and d.granularity != "day"]
    return dated(a, values[-1], "past") if len(values) == 1 else UNDATED


def starts_from(a: Analysis, q: Quantity) -> bool:
    """Whether a figure is the first of "de 85 a 60": the date is that of the second."""
    begins = q.rule.startswith("range-") or _STARTING.search(a.text, max(0, q.span.start - 11), q.span.start) is not None
    return begins and _ENDING.match(a.text, q.span.end) is not None


def moved_from(a: Analysis, t: Tree, q: Quantity) -> bool:
    """Whether a date right before "a" and the figure is that of the figure it moved from: "de 34 toneladas en 2024 a 22"."""
    return any(_before_to(a, d, q) for d in a.dates_in(Span(t.tokens[0].start, q.span.start)))


def _before_to(a: Analysis, d: TimeValue, q: Quantity) -> bool:
    return d.span.end <= q.span.start and _TO.fullmatch(a.text, d.span.end, q.span.start) is not None


def _attached(a: Analysis, d: TimeValue, q: Quantity) -> tuple[int, int]:
    between = a.text[min(d.span.end, q.span.end) : max(d.span.start, q.span.start)]
    apart = 3 if re.search(r";|\.(?=\s|$)", between) else 0
    return len(re.findall(r"[,;:]", between)) // 2 + apart, abs(d.span.start - q.span.start)


def _head_of(t: Tree, d: TimeValue) -> int | None:
    return next(
        (i for i, x in enumerate(t.tokens) if x.start >= d.span.start and x.pos not in ("DET", "ADP") and x.lower != "partir"),
        None,
    )


def _same_clause(a: Analysis, t: Tree, d: TimeValue, verb: int | None) -> bool:
    """Whether a date goes with the figure's verb: it hangs on it, on a verb above it, or opens the sentence."""
    if verb is None:
        return True
    token = _head_of(t, d)
    own = verb_of(t, token) if token is not None else None
    above = own is not None and own != verb and own in t.ancestors(verb)
    if above and own is not None and t.tokens[verb].dep == "ccomp" and t.tokens[own].lemma in a.lexicon.classes["saying"]:
        return False  # "el domingo afirmó que hay 23 presos"
    if above and t.tokens[verb].dep == "acl:relcl":
        return False  # "levantaron anoche el bloqueo, que duró nueve días"
    if token is None or own is None or own == verb or not any(is_verb(x) for x in t.tokens[: max(token - 1, 0)]):
        return True
    if own in t.ancestors(verb):
        until = t.tokens[verb].dep == "advcl" and "VerbForm=Inf" in t.tokens[verb].morph and case(t, verb) == "hasta"
        return until or t.tokens[verb].dep in ("ccomp", "xcomp") or (t.tokens[verb].dep == "conj" and token < own)
    return t.tokens[own].dep in ("xcomp", "acl", "advcl") and t.tokens[own].head == verb


def _of_counted(t: Tree, d: TimeValue, number: int | None) -> bool:
    """Whether a date stands in the clause that says of the counted thing what was done: "1.612 laboratorios destruidos desde octubre"."""
    token = _head_of(t, d)
    own = verb_of(t, token) if token is not None else None
    if token is None or own is None or number is None:
        return False
    thing = t.tokens[own].head
    relative = t.tokens[own].dep in ("acl", "acl:relcl", "amod") and thing < own and t.tokens[t.left[own] - 1].text != ","
    relative = relative and t.tokens[t.left[own]].text != ","
    return relative and (thing == number or (thing == t.tokens[number].head and t.tokens[number].dep == "nummod"))


def _of_something_else(a: Analysis, t: Tree, d: TimeValue, q: Quantity, verb: int | None) -> bool:
    """Whether a date is that of a cause, or of a verb whose thing only has the figure: "levantaron ayer un bloqueo de once días"."""
    at, token = _head_of(t, d), token_of(t, q)
    if at is None or token is None or verb is None:
        return False
    j = t.tokens[at].head
    while j != verb and t.tokens[j].head != j and not is_verb(t.tokens[j]):
        if case(t, j) in _CAUSES:
            return True
        j = t.tokens[j].head
    hangs = (
        t.tokens[token].dep in ("nmod", "appos") and case(t, token) in ("de", "") and t.tokens[t.tokens[token].head].pos == "NOUN"
    )
    if hangs and q.unit in LENGTHS:
        return True  # "el gasoducto, de 224 kilómetros, está parado desde 2015"
    lasting = hangs and q.rule.endswith(("duration", "money")) and t.tokens[t.tokens[token].head].dep in ("obj", *SUBJECTS)
    return lasting and t.tokens[at].head == verb


def _date_explained(a: Analysis, t: Tree, q: Quantity, verb: int | None) -> Dated:
    """ "una lancha naufragó el 19 de septiembre: murieron ocho personas": what stands behind the colon, or "en el que", is of that day."""
    if verb is None or tense(t, verb) != "past":
        return UNDATED
    start = t.tokens[t.left[verb]].start
    led = _EXPLAINING.search(
        a.text, max(t.tokens[0].start, start - len(", en los que ")), min(t.tokens[verb].start, q.span.start)
    )
    if led is None:
        return UNDATED
    days = [d for d in a.dates_in(Span(t.tokens[0].start, led.start())) if d.kind == "date" and d.begin == d.end is not None]
    head = _head_of(t, days[-1]) if days else None
    over = verb_of(t, head) if head is not None else None
    told = over is not None and (tense(t, over) == "past" or led.group().strip(", :") != "")
    return dated(a, days[-1], "past") if days and told else UNDATED


def _date_before_when(a: Analysis, t: Tree, verb: int | None) -> Dated | None:
    """ "en el estiaje de 2024, cuando la dependencia superó la décima parte": the date that the clause explains."""
    if verb is None:
        return None
    when = next((k for k in range(t.left[verb], verb) if t.tokens[k].lower == "cuando"), None)
    if when is None:
        return None
    start = t.tokens[when].start
    near = [d for d in a.dates_in(Span(t.tokens[0].start, start)) if d.kind == "date" and start - d.span.end <= _BEFORE_WHEN]
    return dated(a, near[-1], "past") if near else None
