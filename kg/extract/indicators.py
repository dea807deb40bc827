"""Quantities → indicators: what is measured, how it moved, since when, where, on whose word.

The constructions are K1 to K9 of the pattern catalogue: a verb of movement with its subject, "se ha reducido el 50 % el cruce", "50 %
menos X", "reducción del 43 %", "N veces superior", "el 80 % de X", "pasó de A a B", and table rows, which are read without a parse.
Left out are ages, deadlines, up to three participants, and amounts that are only proposed or threatened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extract.analysis import Analysis
from kg.extract.context import UNDATED, Dated, dated, passage
from kg.extract.frames import Frame, Topics, subject_of
from kg.extract.quantities import elided_unit
from kg.extract.statements import Attribution, attribution_of
from kg.extract.syntax import SUBJECTS, Tree, is_verb, tense, trim
from kg.model import Block, Event, Indicator, Passage, Quantity, Span, TimeValue

_TRENDS = (("increase", re.compile(r"\b(?:tendencia )?al alza\b", re.I)), ("decrease", re.compile(r"\b(?:tendencia )?a la baja\b", re.I)))
_NOT_COUNTED = {"demanda", "punto", "tramo", "propuesta", "país", "gobierno", "delegación", "capital", "parte", "vez", "ocasión", "cuestión", "razón", "motivo", "opción", "acuerdo", "documento", "ministro", "presidente", "canciller", "lado", "frente", "paso", "etapa", "fase", "ronda", "versión", "condición", "asesor", "funcionario", "fuente", "hermano", "autor"}  # fmt: skip
_DEADLINE = re.compile(r"(?:plazo|dentro|hace|en|cada|tras|último|últimos|próximo|próximos|por|primer|primeros|primeras|últimas|próximas) (?:de |los |las |unos |otros )?$", re.I)
_DYING = {"morir", "fallecer", "perecer", "matar", "asesinar", "ahogar"}


@dataclass(frozen=True, slots=True)
class _Words:
    increase: frozenset[str]
    decrease: frozenset[str]
    more: frozenset[str]
    less: frozenset[str]
    estimating: frozenset[str]


def _movement(a: Analysis) -> _Words:
    lex = a.lexicon
    verbs = {c: frozenset(lemma for lemma, vs in lex.verbs.items() if any(v.concept == c for v in vs)) for c in ("increase", "decrease", "estimating")}
    nouns = {c: frozenset(lemma for lemma, vs in lex.nouns.items() if any(v.concept == c for v in vs)) for c in ("increase", "decrease")}
    adverbs = {c: frozenset(w for w in lex.classes.get(c, ()) if w not in verbs[c] | nouns[c]) for c in ("increase", "decrease")}
    return _Words(verbs["increase"] | nouns["increase"], verbs["decrease"] | nouns["decrease"], adverbs["increase"], adverbs["decrease"], verbs["estimating"])


def find_indicators(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...], proposed: Iterable[tuple[int, int, int]], events: tuple[Event, ...]) -> tuple[Indicator, ...]:
    """The document's indicators in order; a figure told in a table and in a quotation is one, with two passages."""
    words = _movement(a)
    contents = [a.trees[s].span(first, end) for s, first, end in proposed]
    contents += [Span(p.start, p.end) for e in events if e.rule == "event-threatened" for p in e.evidence]
    found: list[Indicator] = []
    for block in a.document.article.blocks:
        if block.kind == "row":
            found.extend(_from_row(a, block, words))
        elif block.kind != "heading":
            found.extend(_from_block(a, block, words, attributions, contents, frames))
    return tuple(_merge(found))


# ---------------------------------------------------------------------------------------------------------------- prose


def _from_block(a: Analysis, block: Block, words: _Words, attributions: tuple[Attribution, ...], contents: list[Span], frames: tuple[Frame, ...]) -> Iterator[Indicator]:
    last_unit: str | None = None
    last: dict[int, Indicator] = {}
    before: Indicator | None = None
    topic = Topics(a)
    for t in a.trees:
        if t.sentence.block != block.index:
            continue
        topic.enter(t)
        span = Span(t.tokens[0].start, t.tokens[-1].end)
        previous: Quantity | None = None
        for q in a.quantities_in(span):
            lent = elided_unit(a.text, a.quantities, a.quantities.index(q)) if q.rule.endswith("bare") else None
            last_unit = lent or last_unit
            if _left_out(a, t, q, contents):
                previous = q
                continue
            made = _one(a, t, q, words, attributions, last_unit, last.get(t.sentence.index), before, previous, topic, frames)
            if made is not None:
                if made.unit and made.unit not in ("percent", "times") and q.unit:
                    last_unit = made.unit
                last[t.sentence.index] = made
                before = made
                yield made
            previous = q
        topic.leave(t)


def _left_out(a: Analysis, t: Tree, q: Quantity, contents: list[Span]) -> bool:
    if q.value is None:
        return True
    if any(c.start <= q.span.start < c.end for c in contents):
        inner = a.text[q.span.start - 25 : q.span.start].lower()
        if not re.search(r"\b(del|de)\s*$", inner) or q.unit != "percent" or "arancel" not in inner:
            return True
    before = a.text[max(0, q.span.start - 25) : q.span.start]
    rule = q.rule.removeprefix("definite-").removeprefix("range-")
    noun = (q.unit or "").split(" ")[0]
    if rule == "count" and (q.value <= 3 and q.unit not in ("deaths",) or noun in _NOT_COUNTED):
        return True
    if rule == "duration":
        return bool(_DEADLINE.search(before)) or not re.search(r"(?:\bde|durante|por|duró|duraron|duran|dura|fue|a los)\s*$", before)
    if rule == "bare" and q.value < 10:
        return True
    if rule == "bare" and q.rule == "bare" and re.search(r"\$|artículo|núm|página|resolución|ley\s*$", before, re.I):
        return True
    token = _token(t, q)
    return token is not None and _possible(t, token) and q.unit not in ("percent",) and rule not in ("money", "count", "measure")


def _possible(t: Tree, i: int) -> bool:
    verb = _verb(t, i)
    return verb is not None and tense(t, verb) in ("subjunctive",)


def _token(t: Tree, q: Quantity) -> int | None:
    """The token that heads the quantity: its noun if the tree hangs the number on it, else the number."""
    inside = [i for i, x in enumerate(t.tokens) if q.span.start <= x.start < q.span.end]
    for i in inside:
        if t.tokens[i].head not in inside or t.tokens[i].head == i:
            return i
    return inside[0] if inside else None


def _verb(t: Tree, i: int) -> int | None:
    j, steps = i, 0
    while steps < 12:
        if is_verb(t.tokens[j]) and t.tokens[j].dep not in ("aux", "cop"):
            return j
        if t.tokens[j].head == j:
            return j if any(t.tokens[k].dep in ("cop", "nsubj") for k in t.kids[j]) else None
        j = t.tokens[j].head
        steps += 1
    return None


def _one(a: Analysis, t: Tree, q: Quantity, words: _Words, attributions: tuple[Attribution, ...], last_unit: str | None, last: Indicator | None, before: Indicator | None, previous: Quantity | None, topic: Topics, frames: tuple[Frame, ...]) -> Indicator | None:
    token = _token(t, q)
    if token is None:
        return None
    verb = _verb(t, token)
    rule = q.rule.removeprefix("definite-").removeprefix("range-")
    change = _change(a, t, q, token, verb, words, previous)
    measured = _measured(a, t, q, token, verb)
    if measured is None:
        return None
    first, end, unit_noun = measured
    measure = _clean(a, t, first, end, q)
    if not measure:
        return None
    unit = q.unit
    if unit is None or rule == "bare":
        unit = unit or (unit_noun if unit_noun in {x.lemma for x in t.tokens if x.pos == "NOUN"} else None) or last_unit
        if rule == "bare" and unit is None:
            return None
        if rule == "bare" and last_unit and q.value is not None and q.value >= 10**6:
            unit = last_unit
    if rule in ("fraction", "ratio", "percent"):
        unit = "percent"
    elif rule == "times":
        unit = "times"
    if unit == "people" and verb is not None and t.tokens[verb].lemma in _DYING:
        unit = "deaths"
    span = _evidence(a, t, q, first, end, verb)
    source = attribution_of(attributions, q.span)
    claimant = source.source if source is not None else ()
    if not claimant:
        claimant = _estimator(a, t, token, words, topic)
    when = _date(a, t, q, verb)
    if when is UNDATED and last is not None and (rule in ("percent", "fraction", "times", "bare") or measure == last.measure):
        when = Dated(last.start_date, last.end_date, last.date_text)
    place, place_name = _place(a, t, verb if verb is not None else token)
    official = before is not None and bool(before.claimant) and a.resolution.actors[before.claimant[0]].kind == "PublicBody"
    if not claimant and before is not None and official and not a.quote_at(q.span.start):
        claimant = before.claimant  # a source named once in a paragraph goes on speaking
    return Indicator(
        id="i", label=f"{measure}: {a.text[q.span.start : q.span.end]}", evidence=(passage(a, span, attributions),), measure=measure, value=abs(q.value) if q.value is not None else None, unit=unit,
        comparator=q.comparator, change=change, claimant=claimant, place=place, place_name=place_name, start_date=when.begin, end_date=when.end, date_text=when.text,
        rule=f"indicator-{rule}", triggers=(a.text[q.span.start : q.span.end],),
    )  # fmt: skip


def _change(a: Analysis, t: Tree, q: Quantity, token: int, verb: int | None, words: _Words, previous: Quantity | None) -> str:
    after = a.text[q.span.end : q.span.end + 22].lower()
    follow = re.match(r"\s*(?:de\s+)?(\w+)", after)
    if follow and follow.group(1) in words.less:
        return "decrease"
    if follow and follow.group(1) in words.more and not after.lstrip().startswith("más de"):
        return "increase"
    if q.rule.endswith("times") and re.search(r"\bque\b|\brespecto\b", after):
        return "increase"
    if q.value is not None and q.value < 0:
        return "decrease"
    before = a.text[max(0, q.span.start - 6) : q.span.start].lower()
    governor = t.tokens[token].head
    steps = 0
    while steps < 3 and governor != token:
        lemma = t.tokens[governor].lemma
        moves = "decrease" if lemma in words.decrease else "increase" if lemma in words.increase else None
        if moves and (is_verb(t.tokens[governor]) or t.tokens[governor].pos == "NOUN"):
            if re.search(r"\b(?:de|del)\s+$", before) and is_verb(t.tokens[governor]):
                return "level"  # "bajó de 910 a 327": the end point carries the change
            if before.rstrip().endswith("hasta"):
                return "level"
            if q.rule.endswith("bare") or q.unit not in ("percent", "times") or True:
                return moves
        if is_verb(t.tokens[governor]) and t.tokens[governor].dep not in ("xcomp", "aux"):
            break
        if t.tokens[governor].head == governor:
            break
        governor = t.tokens[governor].head
        steps += 1
    return "level"


def _measured(a: Analysis, t: Tree, q: Quantity, token: int, verb: int | None) -> tuple[int, int, str | None] | None:
    """What a quantity measures: tokens first to end, and the singular of its head noun as the unit of a bare number."""
    tokens = t.tokens
    inside = [i for i, x in enumerate(tokens) if q.span.start <= x.start < q.span.end]
    rule = q.rule.removeprefix("definite-").removeprefix("range-")
    # the share of something: "el 80 % de las exportaciones"
    if rule in ("percent", "fraction", "ratio"):
        for k in t.kids[token]:
            if tokens[k].dep == "nmod" and k not in inside and k > token and _case(t, k) == "de":
                return t.left[k], t.right[k], tokens[k].lemma
    if rule in ("count", "measure") and q.noun is not None:
        noun = next((i for i in inside if tokens[i].start >= q.noun.start), token)
        first, end = inside[0], max(t.right[noun], inside[-1] + 1)
        subject = _subject(t, verb) if verb is not None else None
        if rule == "measure" and subject is not None and subject not in inside:
            return t.left[subject], t.right[subject], None
        head = tokens[token].head
        if tokens[token].dep == "nmod" and tokens[head].pos == "NOUN" and head < token:
            return t.left[head], max(end, t.right[head]), tokens[noun].lemma
        if verb is not None and abs(verb - noun) < 8:
            return min(first, verb), max(end, verb + 1), tokens[noun].lemma
        return first, end, tokens[noun].lemma
    head = tokens[token].head
    if tokens[token].dep in ("nmod", "appos", "obl", "conj") and tokens[head].pos in ("NOUN", "PROPN") and head < token and head not in inside:
        return t.left[head], t.right[head], tokens[head].lemma
    if verb is None:
        left = [i for i in range(max(0, inside[0] - 8), inside[0]) if tokens[i].pos == "NOUN"]
        return (t.left[left[-1]], left[-1] + 1, tokens[left[-1]].lemma) if left else None
    subject = _subject(t, verb)
    if subject is not None and tokens[subject].lower in ("que", "lo"):
        antecedent = tokens[verb].head
        return t.left[antecedent], min(t.right[antecedent], t.left[verb]), tokens[antecedent].lemma
    relative = next((k for k in t.kids[verb] if tokens[k].lower == "que" and k < verb), None)
    if relative is not None and tokens[verb].dep in ("acl:relcl", "acl"):
        antecedent = tokens[verb].head
        return t.left[antecedent], min(t.right[antecedent], t.left[verb]) if t.left[verb] > antecedent else antecedent + 1, tokens[antecedent].lemma
    moved = next((k for k in t.kids[verb] if tokens[k].dep == "obj" and k not in inside and tokens[k].pos == "NOUN" and not _is_time(a, t, k)), None)
    estimates = tokens[verb].lemma in a.lexicon.classes.get("estimating", frozenset())
    if moved is not None and (rule in ("percent", "fraction", "times") or estimates):  # "ha encarecido un 14 % la carne"
        return t.left[moved], t.right[moved], tokens[moved].lemma
    if subject is not None and subject not in inside and not a.actors(t, subject):
        return t.left[subject], t.right[subject], tokens[subject].lemma
    for k in t.kids[verb]:
        if tokens[k].dep in ("obj", "nsubj", "obl") and k not in inside and tokens[k].pos == "NOUN" and not _is_time(a, t, k) and (tokens[k].dep != "obl" or subject is None):
            if not a.actors(t, k) or tokens[k].dep == "obj":
                return t.left[k], t.right[k], tokens[k].lemma
    if subject is not None and subject not in inside:
        return t.left[subject], max(verb + 1, t.right[subject]), tokens[subject].lemma
    return min(verb, inside[0]), max(inside[-1] + 1, verb + 1), tokens[verb].lemma


def _case(t: Tree, k: int) -> str:
    return next(({"del": "de", "al": "a"}.get(t.tokens[m].lower, t.tokens[m].lower) for m in t.kids[k] if t.tokens[m].dep == "case"), "")


def _is_time(a: Analysis, t: Tree, k: int) -> bool:
    start = t.tokens[k].start
    return any(d.span.start <= start < d.span.end for d in a.dates_in(Span(t.tokens[0].start, t.tokens[-1].end)))


def _subject(t: Tree, verb: int) -> int | None:
    for k in t.kids[verb]:
        if t.tokens[k].dep in SUBJECTS:
            return k
    if t.tokens[verb].dep == "conj":
        head = t.tokens[verb].head
        if is_verb(t.tokens[head]) and head != verb:
            return _subject(t, head)
    return None


def _clean(a: Analysis, t: Tree, first: int, end: int, q: Quantity) -> str:
    """The words of the measure without the number, time expressions, and what stands behind a comma."""
    out = []
    dates = a.dates_in(Span(t.tokens[first].start, t.tokens[end - 1].end))
    counted = q.rule.endswith("count")  # a counted noun is part of what is measured, units are not
    number = Span(q.span.start, q.number.end if counted else q.span.end)
    for x in t.tokens[first:end]:
        if number.start <= x.start < number.end or any(d.span.start <= x.start < d.span.end for d in dates) or x.pos == "SPACE":
            while out and out[-1].lower() in ("de", "del", "un", "una", "el", "la", "en", "a"):
                out.pop()
            continue
        if x.text in ",;:(—–" and out:
            break
        if x.pos == "PUNCT":
            continue
        out.append(x.text)
    while out and out[0].lower() in ("el", "la", "los", "las", "un", "una", "unos", "unas", "de", "del", "a", "al", "en", "con", "por", "que", "y"):
        out.pop(0)
    while out and out[-1].lower() in ("el", "la", "los", "las", "de", "del", "en", "a", "y", "con", "que", "por"):
        out.pop()
    return " ".join(out[:14])


def _evidence(a: Analysis, t: Tree, q: Quantity, first: int, end: int, verb: int | None) -> Span:
    start, stop = min(t.tokens[first].start, q.span.start), max(q.span.end, t.tokens[end - 1].end)
    if verb is not None:
        start, stop = min(start, t.tokens[verb].start), max(stop, t.tokens[verb].end)
    if stop - start > 150:
        start, stop = max(start, q.span.start - 70), min(stop, q.span.end + 60)
        while start > 0 and a.text[start - 1].isalnum() and a.text[start].isalnum():
            start -= 1
        while stop < len(a.text) and a.text[stop - 1].isalnum() and a.text[stop].isalnum():
            stop += 1
    return Span(start, stop)


def _estimator(a: Analysis, t: Tree, token: int, words: _Words, topic: Topics) -> tuple[str, ...]:
    """Who gives the figure: the subject of "estima en", "cifra en" above it."""
    j, steps = token, 0
    while steps < 6 and t.tokens[j].head != j:
        j = t.tokens[j].head
        leaves = t.tokens[j].lemma == "dejar" and any(t.tokens[k].lower in ("lo", "la", "los", "las") for k in t.kids[j])
        if is_verb(t.tokens[j]) and (t.tokens[j].lemma in words.estimating or leaves):
            return subject_of(a, t, j, topic).actors
        steps += 1
    return ()


def _date(a: Analysis, t: Tree, q: Quantity, verb: int | None) -> Dated:
    values = [d for d in a.dates_in(Span(t.tokens[0].start, t.tokens[-1].end)) if d.kind == "date" and not d.span.overlaps(q.span)]
    if not values:
        return UNDATED

    def attached(d: TimeValue) -> tuple[int, int]:
        between = a.text[min(d.span.end, q.span.end) : max(d.span.start, q.span.start)]
        return (len(re.findall(r"[,;:]", between)) // 2 + (3 if re.search(r"[;.]", between) else 0), abs(d.span.start - q.span.start))

    best = min(values, key=attached)
    if attached(best)[0] >= 2 or abs(best.span.start - q.span.start) > 130:
        return UNDATED
    return dated(a, best, "past")


def _place(a: Analysis, t: Tree, near: int) -> tuple[str | None, str | None]:
    for i in range(t.left[near], t.right[near] - 1):
        if t.tokens[i].lower in ("en", "a") and t.tokens[i].pos == "ADP" and t.tokens[i + 1].text[:1].isupper() and t.tokens[i + 1].pos == "PROPN":
            found = a.resolution.of(t.sentence.index, i + 1)
            if found:
                if a.resolution.actors[found[0]].kind == "Country":
                    return found[0], None
                continue
            return None, t.tokens[i + 1].text
    return None, None


# ---------------------------------------------------------------------------------------------------------------- tables


def _from_row(a: Analysis, block: Block, words: _Words) -> Iterator[Indicator]:
    """A row "label | value": the value side gives number and movement, the label what is measured, when and where."""
    if block.header is None or block.header == block.index or len(block.cells) < 2:
        return
    label, value = block.cells[0], Span(block.cells[1].start, block.cells[-1].end)
    text = a.text
    dates = [d for d in a.dates if block.start <= d.span.start < block.end and d.kind == "date"]
    measure = _label_words(a, label, dates)
    claimant = _table_source(a, block)
    when = dated(a, dates[0], "past") if dates else UNDATED
    quantities = a.quantities_in(value)
    trend = next((c for c, pattern in _TRENDS if pattern.search(text[value.start : value.end])), None)
    row = Span(block.start, block.end)
    country, place_name = _row_place(a, label)
    common = {
        "start_date": when.begin, "end_date": when.end, "date_text": when.text, "claimant": claimant, "place": country, "place_name": place_name,
    }  # fmt: skip
    for number, q in enumerate(quantities):
        after = text[q.span.end : value.end].strip(" |")
        movement = _row_change(text[value.start : q.span.start], after, text[label.start : label.end], words, q)
        unit = q.unit or _row_unit(text[label.start : label.end])
        own = passage(a, row if number == 0 else Span(quantities[number - 1].span.end, value.end))
        extra = re.match(r"(?:menos|más)\s+([\w áéíóúñ]+)", after) if number == 0 else None
        yield Indicator(
            id="i", label=f"{measure}: {text[q.span.start : q.span.end]}", evidence=(own,), measure=f"{extra.group(1).strip()} ({measure})" if extra and q.unit == "percent" else measure,
            value=abs(q.value) if q.value is not None else None, unit=unit, comparator=q.comparator, change=movement, rule="indicator-row", triggers=(text[q.span.start : q.span.end],), **common,
        )  # type: ignore[arg-type]  # fmt: skip
    if not quantities and trend:
        yield Indicator(
            id="i", label=measure, evidence=(passage(a, row),), measure=measure, unit=_row_unit(text[label.start : label.end]), change=trend, rule="indicator-row-trend",
            triggers=(text[value.start : value.end].strip(" |"),), **common,
        )  # type: ignore[arg-type]  # fmt: skip


def _label_words(a: Analysis, label: Span, dates: list[TimeValue]) -> str:
    text = list(a.text[label.start : label.end])
    for d in dates:
        for i in range(max(d.span.start, label.start), min(d.span.end, label.end)):
            text[i - label.start] = "\0"
    words = re.sub(r"\s*(?:,|\b(?:en|desde|de|a|durante))?\s*\0+", "", "".join(text)).strip(" ,|")
    words = words[:1].lower() + words[1:] if words[1:2].islower() else words
    return re.sub(r"^(?:reducción|aumento|caída|subida|alza) (?:de la |del |de los |de las |de )", "", words)


def _row_change(before: str, after: str, label: str, words: _Words, q: Quantity) -> str:
    if q.value is not None and q.value < 0:
        return "decrease"
    follow = re.match(r"(\w+)", after)
    if follow and follow.group(1) in words.less:
        return "decrease"
    if (follow and follow.group(1) in words.more) or (q.unit == "times" and re.match(r"(?:superior|mayor|más|que)", after)):
        return "increase"
    for part in (before, label if q.unit == "percent" else ""):
        for word in re.findall(r"\w+", part.lower()):
            if word in words.decrease:
                return "decrease"
            if word in words.increase:
                return "increase"
    return "level"


def _row_unit(label: str) -> str | None:
    first = re.match(r"\s*(\w+)", label)
    if first is None:
        return None
    word = first.group(1).lower()
    if word in ("muertos", "muertes", "fallecidos", "víctimas"):
        return "deaths"
    return re.sub(r"(?<=[rlndz])es$|(?<=[aeiou])s$", "", word) if word.endswith("s") else None


def _row_place(a: Analysis, label: Span) -> tuple[str | None, str | None]:
    match = re.search(r"\ben ((?:[A-ZÁÉÍÓÚÑ][\w.]+ ?)+)", a.text[label.start : label.end])
    if match is None:
        return None, None
    hit = a.gazetteer.at(a.text, label.start + match.start(1), tuple(c.lower() for c in a.document.article.countries))
    if hit is not None and a.gazetteer.actors[hit[1][0].actor].kind == "Country" and hit[1][0].kind in ("label", "hidden"):
        country = hit[1][0].actor
        return (country, None) if country in a.resolution.actors else (None, match.group(1).strip())
    return None, match.group(1).strip()


def _table_source(a: Analysis, block: Block) -> tuple[str, ...]:
    """Whose figures a table holds: "Fuente: X" below it, else the first person or body the paragraph above is about."""
    blocks = a.document.article.blocks
    after = block.index + 1
    while after < len(blocks) and blocks[after].kind == "row":
        after += 1
    if after < len(blocks) and a.text[blocks[after].start : blocks[after].start + 7].lower().startswith("fuente"):
        found = _actors_of_block(a, blocks[after].index)
        if found:
            return found[:1]
    before = block.lead_in if block.lead_in is not None else block.index
    while before > 0 and blocks[before].kind == "row":
        before -= 1
    found = _actors_of_block(a, before)
    people = [x for x in found if a.resolution.actors[x].kind in ("Person", "PublicBody", "CivilOrganization")]
    return tuple((people or list(found))[:1])


def _actors_of_block(a: Analysis, index: int) -> tuple[str, ...]:
    out: dict[str, None] = {}
    for m, ids in zip(a.resolution.mentions, a.resolution.ids, strict=True):
        if a.document.sentences[m.sentence].block == index:
            for x in ids:
                out[x] = None
    return tuple(out)


# ---------------------------------------------------------------------------------------------------------------- merging


def _merge(found: list[Indicator]) -> list[Indicator]:
    """One indicator for the same figure of the same thing; the telling with a comparator and a claimant leads."""
    out: list[Indicator] = []
    for x in found:
        for number, y in enumerate(out):
            if x.value is not None and x.value == y.value and x.unit == y.unit and x.change == y.change and _alike(x.measure, y.measure):
                passages: dict[tuple[int, int], Passage] = {(p.start, p.end): p for p in (*y.evidence, *x.evidence)}
                lead = y if y.comparator != "exact" or x.comparator == "exact" else x
                out[number] = replace(lead, evidence=tuple(passages[k] for k in sorted(passages)), claimant=y.claimant or x.claimant, place=y.place or x.place, start_date=y.start_date or x.start_date, end_date=y.end_date or x.end_date)
                break
        else:
            out.append(x)
    return [replace(x, id=f"i{number + 1}") for number, x in enumerate(out)]


def _alike(one: str, other: str) -> bool:
    a, b = ({w[:5] for w in re.findall(r"\w{4,}", m.lower())} for m in (one, other))
    return bool(a & b) and len(a & b) >= 0.34 * min(len(a), len(b))


def number_of(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
