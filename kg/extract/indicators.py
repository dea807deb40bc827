"""Quantities → indicators: what is measured, how it moved, since when, where, on whose word.

The constructions are K1 to K9 of the pattern catalogue: a verb of movement with its subject, "se ha reducido el 50 % el cruce", "50 %
menos X", "reducción del 43 %", "N veces superior", "el 80 % de X", "pasó de A a B", and table rows, which are read without a parse.
Left out are ages, deadlines, up to three participants, and amounts that are only proposed or threatened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.asked_for import asked_for, offered_values
from kg.extract.bounded import bounded
from kg.extract.clause_phrases import THERE_IS
from kg.extract.context import passage
from kg.extract.dating import UNDATED, Dated
from kg.extract.event_places import name_start
from kg.extract.figure_dates import date_around, figure_date, moved_from, starts_from
from kg.extract.figure_nouns import clause_measure, counted_before, part_of_told, says_what, unit_of_lone
from kg.extract.figure_sources import claimant_of, restated
from kg.extract.frames import Frame, Topics, named_subject
from kg.extract.measure_labels import apposed, measure_label
from kg.extract.measure_wording import borrows, placed, restates, thing_moved, worded
from kg.extract.measures import (
    COMPARISON,
    evidence_span,
    token_of,
    verb_of,
    what_is_measured,
)
from kg.extract.mishaps import harmed_by
from kg.extract.movement import Words, movement
from kg.extract.multiplied import multiplied
from kg.extract.nouns import MONEY
from kg.extract.quantities import elided_unit
from kg.extract.said import Attribution
from kg.extract.sums import with_rate
from kg.extract.syntax import SUBJECTS, Tree, is_verb
from kg.extract.table_rows import from_item, from_row
from kg.extract.triggers import masculine
from kg.extract.uncounted import DYING, MEASURING, left_out
from kg.model import Block, Event, Indicator, Passage, Quantity, Span

#: Verbs that tell of a move by its two ends only.
_PASSING: Final = frozenset({"pasar", "saltar", "ir", "variar", "cambiar"})
_TO: Final = re.compile(r"\bal?\s+(?:los|las|el|unos|unas)?\s*$")
#: "subió hasta los 45".
_UP_TO: Final = re.compile(r"\bhasta\s+(?:los|las|el|unos|unas)?\s*$")
#: A lone number below this beside millions of money is one of millions.
_SHORT_SUM: Final = 10_000


def find_indicators(
    a: Analysis,
    frames: tuple[Frame, ...],
    attributions: tuple[Attribution, ...],
    proposed: Iterable[tuple[int, int, int]],
    events: tuple[Event, ...],
) -> tuple[Indicator, ...]:
    """The document's indicators in order; a figure told in a table and in a quotation is one, with two passages."""
    words = movement(a)
    contents = [a.trees[s].span(first, end) for s, first, end in proposed]
    contents += [Span(p.start, p.end) for e in events if e.rule == "event-threatened" for p in e.evidence]
    contents += asked_for(a, frames)
    found: list[Indicator] = []
    offered = offered_values(a, contents)
    for block in a.document.article.blocks:
        if block.kind == "row":
            found.extend(from_row(a, block, words))
        elif (items := from_item(a, block, words)) or block.kind == "heading":
            found.extend(items)
        else:
            found.extend(_from_block(a, block, words, attributions, contents, frames, offered))
    return tuple(_merge(found))


def _from_block(
    a: Analysis,
    block: Block,
    words: Words,
    attributions: tuple[Attribution, ...],
    contents: list[Span],
    frames: tuple[Frame, ...],
    offered: frozenset[Decimal],
) -> Iterator[Indicator]:
    last_unit: str | None = None
    last: dict[int, Indicator] = {}
    before: Indicator | None = None
    disputed: str | None = None
    topic = Topics(a)
    for t in a.trees:
        if t.sentence.block != block.index:
            continue
        topic.enter(t)
        yield from multiplied(a, t, attributions, contents)
        span = Span(t.tokens[0].start, t.tokens[-1].end)
        previous: Quantity | None = None
        for q in a.quantities_in(span):
            lent = elided_unit(a.text, a.quantities, a.quantities.index(q)) if q.rule.endswith("bare") else None
            last_unit = lent or last_unit
            if left_out(a, t, q, contents, words) or (q.rule == "definite-bare" and q.value in offered):
                previous = q
                continue
            made = _one(
                a, t, q, words, attributions, last_unit, last.get(t.sentence.index), before, previous, topic, frames, disputed
            )
            if made is not None:
                if made.unit and made.unit not in ("percent", "times"):
                    last_unit, disputed = made.unit, made.measure
                last[t.sentence.index] = made
                before = made
                yield made
            previous = q
        topic.leave(t, partial(named_subject, a, t))


def _one(
    a: Analysis,
    t: Tree,
    q: Quantity,
    words: Words,
    attributions: tuple[Attribution, ...],
    last_unit: str | None,
    last: Indicator | None,
    before: Indicator | None,
    previous: Quantity | None,
    topic: Topics,
    frames: tuple[Frame, ...],
    disputed: str | None,
) -> Indicator | None:
    token = token_of(t, q)
    if token is None:
        return None
    verb = verb_of(t, token)
    bound = bounded(t, token) if q.comparator == "exact" and not q.rule.startswith("range-") else None
    if bound is not None:
        q = replace(q, comparator=bound)
    rule = q.rule.removeprefix("definite-").removeprefix("range-")
    change = _change(a, t, q, token, verb, words, previous)
    measured = what_is_measured(a, t, q, token, verb)
    if measured is None and before is not None and COMPARISON.match(a.text, q.span.end) is not None:
        measured, last = (token, token + 1, None), last or before
    if measured is None:
        return None
    first, end, unit_noun = measured
    compared = COMPARISON.match(a.text, q.span.end) is not None
    appended = (
        last is not None and compared and (previous is not None or last is before) and not _own_subject(t, verb, token, previous)
    )
    beside = apposed(a, t, q, previous, last.measure) if last is not None else None
    counted = counted_before(a, t, q, last_unit)
    if last is not None and (appended or (beside is None and restates(a, q))):
        measure, appended = last.measure, True
    else:
        named = beside or measure_label(a, t, q, token, verb, words, counted)
        if named is None and last is not None and borrows(a, t, q, first, end):
            named, appended = last.measure, True
        measure = named or clause_measure(a, t, q, first, end, verb, words)
    if not measure:
        return None
    if not appended:
        if rule == "percent" and change != "level":
            measure = thing_moved(measure, words.increase | words.decrease)
        measure = harmed_by(a, t, q, worded(a, with_rate(a.text, q, measure)))
        measure = placed(a, t, q, verb, measure, words.increase | words.decrease | MEASURING | THERE_IS)
    taken_up = verb is not None and any(t.tokens[k].lower in ("lo", "la", "los", "las") and k < verb for k in t.kids[verb])
    if rule == "bare" and taken_up and disputed is not None:
        measure = disputed  # "cifra el faltante en 1.080 millones; la Conagua lo deja en 865 millones"
    if rule == "bare" and last is not None and any(x in measure for x in _names(a, t, first, end)):
        measure = last.measure  # "Ecuador cuenta 400 presos; Perú, 250", "y más de 40, según la Policía"
    if rule == "duration" and verb is not None and t.tokens[verb].lemma == "llevar" and not says_what(t, measure):
        return None  # "lo que llevaba año y medio parado" does not say what
    unsaid = beside is None and not appended and not says_what(t, measure, "ADJ")
    if rule == "fraction" and (unsaid or not says_what(t, measure)) and (whole := part_of_told(a, t, q, token, verb)) is not None:
        measure, unsaid = whole, False
    if unsaid and rule == "fraction":
        return None  # "Salimos con la mitad" does not say of what
    if rule == "bare" and before is not None and last_unit in MONEY and (q.value or 0) >= 10**6 and not says_what(t, measure):
        measure = before.measure  # "Está lejos de los 7 mil millones de 2008": what was measured before
    unit = q.unit
    if unit is None or rule == "bare":
        took_up = (
            taken_up
            and verb is not None
            and (t.tokens[verb].lemma in words.estimating or t.tokens[verb].lemma in words.increase | words.decrease)
        )
        unit = unit_of_lone(a, t, q, previous, counted, measure, unit_noun, last_unit, took_up)
        if rule == "bare" and unit is None:
            return None
        short = (q.value or 10**6) < (_SHORT_SUM if last is not None and last.unit in MONEY else 0)
        millions = last is not None and (last.value or 0) >= 10**6 and short
        if millions and last is not None and q.value is not None:  # "seis millones …; el Ministerio las sitúa en cuatro"
            q, unit = replace(q, value=q.value * 10**6), last.unit
    if rule in ("fraction", "ratio", "percent"):
        unit = "percent"
    elif rule == "times":
        unit = "times"
    if unit == "people" and verb is not None and t.tokens[verb].lemma in DYING:
        unit = "deaths"
    if change == "level" and unit == "percent" and verb is not None and first > verb and end > first:
        change = _estimated(a, t, verb, first, end, words)
    span = evidence_span(a, t, q, first, end, verb)
    claimant = claimant_of(a, t, q, token, words, topic, attributions, before)
    when = figure_date(a, t, q, verb)
    goes_on = rule in ("percent", "fraction", "times", "bare") or _UP_TO.search(a.text[max(0, q.span.start - 10) : q.span.start])
    if when is UNDATED and last is not None and (goes_on or measure == last.measure) and not moved_from(a, t, q):
        when = Dated(last.start_date, last.end_date, last.date_text)
    if when is UNDATED:
        when = date_around(a, t, a.document.article.blocks[t.sentence.block], verb)
    place, place_name = _place(a, t, verb if verb is not None else token)
    return Indicator(
        id="i",
        label=f"{measure}: {a.text[q.span.start : q.span.end]}",
        evidence=(passage(a, span, attributions),),
        measure=measure,
        value=abs(q.value) if q.value is not None else None,
        unit=unit,
        comparator=q.comparator,
        change=change,
        claimant=claimant,
        place=place,
        place_name=place_name,
        start_date=when.begin,
        end_date=when.end,
        date_text=when.text,
        rule=f"indicator-{rule}",
        triggers=(a.text[q.span.start : q.span.end],),
    )


def _own_subject(t: Tree, verb: int | None, token: int, previous: Quantity | None) -> bool:
    """Whether a figure is told of a subject of its own behind the figure before: "el pollo cayó a 60; la harina cuesta el doble que …"."""
    if verb is None or previous is None or t.tokens[token].head != verb:
        return False
    subject = next((k for k in t.kids[verb] if t.tokens[k].dep in SUBJECTS and k != token), None)
    return subject is not None and t.tokens[subject].pos == "NOUN" and t.tokens[subject].start > previous.span.end


def _names(a: Analysis, t: Tree, first: int, end: int) -> list[str]:
    """The names of actors among the words of what would be measured."""
    return [t.tokens[k].text for k in range(first, end) if t.tokens[k].pos == "PROPN" and a.actors(t, k)]


def _change(a: Analysis, t: Tree, q: Quantity, token: int, verb: int | None, words: Words, previous: Quantity | None) -> str:
    after = a.text[q.span.end : q.span.end + 22].lower()
    follow = re.match(r"\s*(?:de\s+)?(\w+)(?:\s+(\w+))?", after)
    if follow and follow.group(1) in words.less:
        return "decrease"
    if follow and follow.group(1) == "más" and masculine(follow.group(2) or "") in words.lesser:
        return "decrease"  # "un 30 % más cortas"
    if follow and follow.group(1) in words.more and not after.lstrip().startswith("más de"):
        return "increase"
    if q.rule.endswith("times") and re.search(r"\bque\b|\brespecto\b", after):
        return "increase"
    if q.value is not None and q.value < 0:
        return "decrease"
    before = a.text[max(0, q.span.start - 10) : q.span.start].lower()
    if _UP_TO.search(before) and previous is not None and previous.value is not None:
        return "level"  # "subió un tercio, hasta 312.000": the step carries the change
    if previous is not None and previous.value is not None and q.value is not None and _TO.search(before):
        passing = verb is not None and t.tokens[verb].lemma in _PASSING
        if passing and starts_from(a, previous) and previous.value != q.value:
            return "increase" if q.value > previous.value else "decrease"  # "pasó de 11 a 6 por ciento"
    if verb is not None and restated(a, t, verb, before):
        return "level"
    governor = t.tokens[token].head
    steps = 0
    while steps < 3 and governor != token:
        lemma = t.tokens[governor].lemma
        moves = "decrease" if lemma in words.decrease else "increase" if lemma in words.increase else None
        noun = t.tokens[governor].pos == "NOUN"
        if noun and re.search(r"\ben\s+(?:el|un|unos|unas)?\s*$", before):
            moves = None  # "calculan las pérdidas en seis millones": a noun of loss that is measured, not a loss by so much
        if moves and (is_verb(t.tokens[governor]) or noun):
            if re.search(r"\b(?:de|del)\s+$", before) and is_verb(t.tokens[governor]):
                return "level"  # "bajó de 910 a 327": the end point carries the change
            return "level" if _UP_TO.search(before) else moves
        if is_verb(t.tokens[governor]) and t.tokens[governor].dep not in ("xcomp", "aux"):
            break
        if t.tokens[governor].head == governor:
            break
        governor = t.tokens[governor].head
        steps += 1
    return "level"


def _estimated(a: Analysis, t: Tree, verb: int, first: int, end: int, words: Words) -> str:
    """The change that what is estimated in percent names: "sitúa en un 58 % el desplome del comercio"."""
    if t.tokens[verb].lemma not in words.estimating:
        return "level"
    noun = next((x.lemma for x in t.tokens[first:end] if x.pos == "NOUN"), "")
    return "decrease" if noun in words.decrease else "increase" if noun in words.increase else "level"


def _place(a: Analysis, t: Tree, near: int) -> tuple[str | None, str | None]:
    for i in range(t.left[near], t.right[near] - 1):
        if t.tokens[i].lower not in ("en", "a") or t.tokens[i].pos != "ADP":
            continue
        j = i + 2 if t.tokens[i + 1].text in ("El", "La", "Los", "Las") and i + 2 < len(t.tokens) else i + 1
        if not t.tokens[j].text[:1].isupper() or t.tokens[j].pos != "PROPN":
            continue
        found = a.resolution.of(t.sentence.index, j)
        if not found:
            end = next((k for k in range(j + 1, len(t.tokens)) if t.tokens[k].pos != "PROPN"), len(t.tokens))
            return None, a.text[t.tokens[name_start(t, j)].start : t.tokens[end - 1].end]
        if a.resolution.actors[found[0]].kind == "Country":
            return found[0], None
    return None, None


def _merge(found: list[Indicator]) -> list[Indicator]:
    """One indicator for the same figure of the same thing; the telling with a comparator and a claimant leads."""
    out: list[Indicator] = []
    for x in found:
        for number, y in enumerate(out):
            if (
                x.value is not None
                and x.value == y.value
                and x.unit == y.unit
                and x.change == y.change
                and _alike(x.measure, y.measure)
            ):
                passages: dict[tuple[int, int], Passage] = {(p.start, p.end): p for p in (*y.evidence, *x.evidence)}
                lead = y if y.comparator != "exact" or x.comparator == "exact" else x
                out[number] = replace(
                    lead,
                    evidence=tuple(passages[k] for k in sorted(passages)),
                    claimant=y.claimant or x.claimant,
                    place=y.place or x.place,
                    start_date=y.start_date or x.start_date,
                    end_date=y.end_date or x.end_date,
                )
                break
        else:
            out.append(x)
    return [replace(x, id=f"i{number + 1}") for number, x in enumerate(out)]


def _alike(one: str, other: str) -> bool:
    a, b = ({w[:5] for w in re.findall(r"\w{4,}", m.lower())} for m in (one, other))
    return bool(a & b) and len(a & b) >= 0.34 * min(len(a), len(b))


def number_of(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
