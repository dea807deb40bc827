"""Who said what: direct and indirect quotations with their speakers, in the order of their words, and as facts.

Direct ones come first (:mod:`kg.extract.quotations`): what they cover is nobody else's indirect statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.analysis import Analysis
from kg.extract.carried import after_colon, carried
from kg.extract.dates import resolve_tense
from kg.extract.frames import Frame
from kg.extract.indirect import indirect
from kg.extract.quotations import direct
from kg.extract.said import COMMUNICATION, Said, block_of
from kg.extract.sources import appearances
from kg.extract.syntax import is_verb
from kg.model import Passage, Span, Statement, TimeValue

#: How far from the cue, in characters, the day of a statement may stand in its sentence.
_DATE_REACH = 60
_NO_INDIRECT = frozenset({"request", "offering", "refusal", "accuse", "affirms", "threaten", "acceptance", "wanting", "agree"})


def find_statements(a: Analysis, frames: tuple[Frame, ...]) -> tuple[Said, ...]:
    """All statements of the document in the order of their words."""
    by_sentence: dict[int, list[Frame]] = {}
    for f in frames:
        if f.concept in COMMUNICATION and f.form in ("verb", "noun"):
            by_sentence.setdefault(f.sentence, []).append(f)
    said: list[Said] = []
    said.extend(direct(a, by_sentence))
    quoted = [s.quote for s in said]
    seen: set[tuple[int, int]] = set()
    for f in frames:
        if (
            f.form == "verb"
            and f.concept in COMMUNICATION
            and f.concept not in _NO_INDIRECT
            and (f.sentence, f.trigger) not in seen
        ):
            found = indirect(a, f, quoted)
            if found is not None:
                seen.add((f.sentence, f.trigger))
                said.append(found)
    said.extend(after_colon(a, quoted))
    said.extend(carried(a, frames))
    return tuple(_with_outlets(a, sorted(said, key=lambda s: (s.quote.start, s.quote.end))))


def _with_outlets(a: Analysis, said: list[Said]) -> Iterator[Said]:
    """The statements in order; whoever spoke to an outlet goes on speaking to it in the paragraph."""
    block, via = -1, dict[tuple[str, ...], tuple[str, ...]]()
    shown: list[tuple[int, tuple[str, ...], tuple[str, ...]]] = []
    for s in said:
        here = block_of(a, s.quote.start)
        if here != block:
            block, via, shown = here, {}, list(appearances(a, here))
        for start, who, outlet in shown:
            if start < s.quote.start and who == s.speaker:
                via.setdefault(who, outlet)
        if s.via:
            via[s.speaker] = s.via
        yield s if s.via else replace(s, via=via.get(s.speaker, ()))


def statement_facts(a: Analysis, said: tuple[Said, ...]) -> tuple[Statement, ...]:
    """The statements as facts, with ids in order and the date of their cue's clause."""
    out = []
    for number, s in enumerate(x for x in said if a.text[x.quote.start : x.quote.end].strip(" ,.;:")):
        quote = a.text[s.quote.start : s.quote.end]
        evidence = _evidence(a, s.evidence)
        when = _when(a, s)
        speakers = ", ".join(a.resolution.actors[x].label for x in s.speaker)
        short = quote if len(quote) <= 100 else quote[:97].rsplit(" ", 1)[0] + "…"
        out.append(
            Statement(
                id=f"q{number + 1}",
                label=f"{speakers}: {short}",
                evidence=(evidence,),
                speaker=s.speaker,
                quote=quote,
                direct=s.direct,
                addressee=s.addressee,
                via=s.via,
                rule=s.rule,
                triggers=(s.trigger,) if s.trigger else (),
                start_date=when.begin if when else None,
                end_date=when.end if when else None,
                date_text=a.text[when.span.start : when.span.end] if when else None,
            )
        )
    return tuple(out)


def _of_the_cue(a: Analysis, sentence: int, cue: Span, value: TimeValue, s: Said) -> bool:
    """Whether a date goes with the verb of saying, and with no other clause: "pidió que comparezca el jueves; el segundo lamentó …"."""
    t = a.trees[sentence]
    between = a.text[min(cue.end, value.span.end) : max(cue.start, value.span.start)]
    if ";" in between:
        return False
    verb = next((i for i, x in enumerate(t.tokens) if cue.start <= x.start < cue.end and x.text == s.trigger), None)
    day = next((i for i, x in enumerate(t.tokens) if x.start >= value.span.start and x.pos not in ("DET", "ADP")), None)
    if verb is None or day is None or cue.start <= value.span.start < cue.end:
        return True
    above = next(
        (j for j in t.ancestors(day) if is_verb(t.tokens[j]) and t.tokens[j].dep not in ("aux", "aux:pass", "cop")), None
    )
    if above is None or above == verb or (above in t.ancestors(verb) and day < verb):
        return True
    return day < verb and (":" in between or "VerbForm=Part" in t.tokens[above].morph)  # "Consultado ayer, dijo …"


def _evidence(a: Analysis, span: Span) -> Passage:
    start, end = span
    while start < end and a.text[start] in " ,;:\n":
        start += 1
    while end > start and a.text[end - 1] in " ,;:\n":
        end -= 1
    return Passage(start, end, a.text[start:end])


def _when(a: Analysis, s: Said) -> TimeValue | None:
    """The date in the cue's words, outside of the quotation."""
    if s.cue is None:
        return None
    here = next((x for x in a.document.sentences if x.start <= s.cue.start < x.end), None)
    if here is None:
        return None
    near = Span(max(here.start, s.cue.start - _DATE_REACH), min(here.end, s.cue.end + _DATE_REACH))
    values = [d for d in a.dates_in(near) if d.kind == "date" and not d.span.overlaps(s.quote) and d.begin is not None]
    cue = s.cue
    values = [d for d in values if _of_the_cue(a, here.index, cue, d, s)]
    return (
        resolve_tense(min(values, key=lambda d: abs(d.span.start - cue.start)), "past", a.document.article.date)
        if values
        else None
    )
