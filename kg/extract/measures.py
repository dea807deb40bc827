"""What a quantity in a sentence measures, and the words that tell it."""

from __future__ import annotations

from kg.extract.analysis import Analysis
from kg.extract.syntax import SUBJECTS, Tree, is_verb
from kg.model import Quantity, Span


def token_of(t: Tree, q: Quantity) -> int | None:
    """The token that heads the quantity: its noun if the tree hangs the number on it, else the number."""
    inside = [i for i, x in enumerate(t.tokens) if q.span.start <= x.start < q.span.end]
    for i in inside:
        if t.tokens[i].head not in inside or t.tokens[i].head == i:
            return i
    return inside[0] if inside else None


def verb_of(t: Tree, i: int) -> int | None:
    j, steps = i, 0
    while steps < 12:
        if is_verb(t.tokens[j]) and t.tokens[j].dep not in ("aux", "cop"):
            return j
        if t.tokens[j].head == j:
            return j if any(t.tokens[k].dep in ("cop", "nsubj") for k in t.kids[j]) else None
        j = t.tokens[j].head
        steps += 1
    return None


def what_is_measured(a: Analysis, t: Tree, q: Quantity, token: int, verb: int | None) -> tuple[int, int, str | None] | None:
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
    if (
        tokens[token].dep in ("nmod", "appos", "obl", "conj")
        and tokens[head].pos in ("NOUN", "PROPN")
        and head < token
        and head not in inside
    ):
        return t.left[head], t.right[head], tokens[head].lemma
    if verb is None:
        left = [i for i in range(max(0, inside[0] - 8), inside[0]) if tokens[i].pos == "NOUN"]
        return (t.left[left[-1]], left[-1] + 1, tokens[left[-1]].lemma) if left else None
    subject = _subject(t, verb)
    moved = next(
        (
            k
            for k in t.kids[verb]
            if tokens[k].dep == "obj" and k not in inside and tokens[k].pos == "NOUN" and not _is_time(a, t, k)
        ),
        None,
    )
    estimates = tokens[verb].lemma in a.lexicon.classes.get("estimating", frozenset())
    if moved is not None and estimates:  # "los productores, que estiman sus pérdidas en seis millones"
        return t.left[moved], t.right[moved], tokens[moved].lemma
    if subject is not None and tokens[subject].lower in ("que", "lo"):
        antecedent = tokens[verb].head
        return t.left[antecedent], min(t.right[antecedent], t.left[verb]), tokens[antecedent].lemma
    relative = next((k for k in t.kids[verb] if tokens[k].lower == "que" and k < verb), None)
    if relative is not None and tokens[verb].dep in ("acl:relcl", "acl"):
        antecedent = tokens[verb].head
        return (
            t.left[antecedent],
            min(t.right[antecedent], t.left[verb]) if t.left[verb] > antecedent else antecedent + 1,
            tokens[antecedent].lemma,
        )
    if moved is not None and rule in ("percent", "fraction", "times"):  # "ha encarecido un 14 % la carne"
        return t.left[moved], t.right[moved], tokens[moved].lemma
    if subject is not None and subject not in inside and not a.actors(t, subject):
        return t.left[subject], t.right[subject], tokens[subject].lemma
    for k in t.kids[verb]:
        if (
            tokens[k].dep in ("obj", "nsubj", "obl")
            and k not in inside
            and tokens[k].pos == "NOUN"
            and not _is_time(a, t, k)
            and (tokens[k].dep != "obl" or subject is None)
            and (tokens[k].dep == "obj" or not a.actors(t, k))
        ):
            return t.left[k], t.right[k], tokens[k].lemma
    if subject is not None and subject not in inside:
        return t.left[subject], max(verb + 1, t.right[subject]), tokens[subject].lemma
    return min(verb, inside[0]), max(inside[-1] + 1, verb + 1), tokens[verb].lemma


def _case(t: Tree, k: int) -> str:
    return next(
        ({"del": "de", "al": "a"}.get(t.tokens[m].lower, t.tokens[m].lower) for m in t.kids[k] if t.tokens[m].dep == "case"), ""
    )


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


def measure_words(a: Analysis, t: Tree, first: int, end: int, q: Quantity) -> str:
    """The words of the measure without the number, time expressions, and what stands behind a comma."""
    out: list[str] = []
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
    while out and out[0].lower() in (
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "unos",
        "unas",
        "de",
        "del",
        "a",
        "al",
        "en",
        "con",
        "por",
        "que",
        "y",
    ):
        out.pop(0)
    while out and out[-1].lower() in ("el", "la", "los", "las", "de", "del", "en", "a", "y", "con", "que", "por"):
        out.pop()
    return " ".join(out[:14])


def evidence_span(a: Analysis, t: Tree, q: Quantity, first: int, end: int, verb: int | None) -> Span:
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
