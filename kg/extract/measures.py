"""What a quantity in a sentence measures, and the words that tell it."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.syntax import SUBJECTS, Tree, is_verb
from kg.extract.words import word_list
from kg.model import Quantity, Span

#: What a figure is compared with: "más que en 2024", "que el año anterior" behind "el doble".
COMPARISON: Final = re.compile(
    r"\s*(?:(?:más|menos)\s+(?:que|de lo que)|(?<=doble)\s*(?:que|de lo)|(?<=triple)\s*(?:que|de lo)|(?<=mitad)\s*que)"
    r"\b[^,;.()—:]{1,50}",
    re.I,
)
_ARTICLE: Final = re.compile(r"\b(?:un|una|el|los|las)\s$", re.I)
#: Verbs whose subject speaks or thinks of a figure and has none itself.
TALKING: Final = frozenset(
    word_list(
        "decir afirmar asegurar señalar indicar declarar explicar sostener dudar desconfiar recelar sospechar creer opinar"
        " negar desmentir rechazar cuestionar criticar admitir reconocer confirmar precisar responder replicar anunciar"
    )
)
_DANGLING: Final = frozenset(word_list("el la los las un una de del en a al y e o con que por durante tras desde hasta sin para"))
#: A subject so near its verb, in characters, is part of the words that state the figure.
_NEAR: Final = 70
#: Words so far before the figure, in characters, are left out of its evidence where a verb stands between.
_LONG: Final = 80


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
    taken_up = _taken_up(t, verb, inside) if rule != "count" else None
    if taken_up is not None:
        return taken_up
    if rule in ("count", "measure") and q.noun is not None:
        noun = next((i for i in inside if tokens[i].start >= q.noun.start), token)
        first, end = inside[0], max(t.right[noun], inside[-1] + 1)
        end = next((i for i in range(inside[-1] + 1, end) if tokens[i].lower == "que"), end)
        while end > inside[-1] + 1 and tokens[end - 1].pos == "PUNCT":
            end -= 1
        subject = _subject(t, verb) if verb is not None else None
        moving = verb is not None and rule == "count" and _moves(a, tokens[verb].lemma)
        if (
            (rule == "measure" or moving)
            and subject is not None
            and subject not in inside
            and not (moving and a.actors(t, subject))
        ):
            return t.left[subject], t.right[subject], None if rule == "measure" else tokens[noun].lemma
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
            and not any(o.span.start <= tokens[k].start < o.span.end for o in a.quantities_in(t.span(t.left[k], t.right[k])))
            and (tokens[k].dep != "obl" or subject is None)
            and (tokens[k].dep == "obj" or not a.actors(t, k))
        ):
            return t.left[k], t.right[k], tokens[k].lemma
    if subject is not None and subject not in inside:
        if tokens[verb].lemma in TALKING:
            return None  # "dice el Ministerio; más de 40, según la parroquia", "economistas dudan de ese 9 %"
        return t.left[subject], t.right[subject], tokens[subject].lemma
    return min(verb, inside[0]), max(inside[-1] + 1, verb + 1), tokens[verb].lemma


def _moves(a: Analysis, lemma: str) -> bool:
    """Whether a verb tells that its subject grows or shrinks."""
    return any(v.concept in ("increase", "decrease") for v in a.lexicon.verbs.get(lemma, ()))


def _taken_up(t: Tree, verb: int | None, inside: list[int]) -> tuple[int, int, str | None] | None:
    """The antecedent where a relative clause measures it: "la capacidad, que asciende a 3.200 megavatios", "los 92 que amparaba"."""
    if verb is None:
        return None
    tokens = t.tokens
    antecedent = tokens[verb].head
    if tokens[verb].dep not in ("acl:relcl", "acl") or antecedent >= verb or antecedent in inside:
        return None
    relative = next((k for k in t.kids[verb] if tokens[k].lower in ("que", "cual") and k < verb), None)
    if (
        relative is None
        or tokens[relative].dep not in ("nsubj", "obj", "nsubj:pass")
        or tokens[antecedent].pos not in ("NOUN", "PROPN")
    ):
        return None
    objects = [k for k in t.kids[verb] if tokens[k].dep == "obj" and k > verb and k not in inside and tokens[k].pos == "NOUN"]
    if tokens[relative].dep == "nsubj" and objects:
        return None  # "los productores, que estiman sus pérdidas en …"
    end = min(t.right[antecedent], t.left[verb]) if t.left[verb] > antecedent else antecedent + 1
    return t.left[antecedent], end, tokens[antecedent].lemma


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
        if (is_verb(t.tokens[head]) or t.tokens[head].pos == "ADJ") and head != verb:
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
        if out and (x.text in ",;:(—–" or (x.text in "«“" and x.i + 1 < len(t.tokens) and t.tokens[x.i + 1].lower == "que")):
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
        "durante",
        "tras",
        "ante",
        "sobre",
        "desde",
        "hasta",
        "según",
    ):
        out.pop(0)
    while out and out[-1].lower() in _DANGLING:
        out.pop()
    return " ".join(out[:14])


def fallback_words(t: Tree, q: Quantity, verb: int | None) -> str:
    """What is measured where nothing better was found: the last noun before the figure, the verb, the unit itself."""
    before = [x for x in t.tokens if x.end <= q.span.start and x.pos == "NOUN"]
    if verb is not None and (not before or t.tokens[verb].start > before[-1].start):
        return t.tokens[verb].text
    return before[-1].text if before else (q.unit or "")


def evidence_span(a: Analysis, t: Tree, q: Quantity, first: int, end: int, verb: int | None) -> Span:
    """The words that state a figure: what is measured, the verb, the figure; no other figure's words, if they can be left out."""
    compared = COMPARISON.match(a.text, q.span.end)
    before, behind = _neighbours(a, t, q)
    if compared is not None and before is not None:
        article = _ARTICLE.search(a.text, before.span.end, q.span.start)
        return Span(
            article.start() if article else q.span.start, compared.end()
        )  # "…, un 35 % más que en 2024" stands for itself
    start, stop = min(t.tokens[first].start, q.span.start), max(q.span.end, t.tokens[end - 1].end)
    if compared is not None:
        stop = max(stop, compared.end())
    if verb is not None:
        start, stop = min(start, t.tokens[verb].start), max(stop, t.tokens[verb].end)
        subject = _subject(t, verb)
        near = subject is not None and subject < verb and t.tokens[verb].start - t.tokens[t.left[subject]].start <= _NEAR
        if near and subject is not None and q.rule.endswith(("count", "measure", "bare")):
            start = min(start, t.tokens[t.left[subject]].start)
    if verb is not None and q.span.start - start > _LONG and start < t.tokens[verb].start < q.span.start:
        start = t.tokens[verb].start - len(_clitics(t, verb))
    if behind is not None and q.rule.startswith("range-"):
        stop = max(stop, behind.span.end)  # "de 45 a 68 soles"
    if before is not None and start < before.span.end and not before.rule.startswith("range-"):
        start = min(q.span.start, _clause_behind(a, t, before, q, verb))
    if behind is not None and stop > behind.span.start and not q.rule.startswith("range-"):
        article = _ARTICLE.search(a.text, q.span.end, behind.span.start)
        stop = article.start() if article else max(q.span.end, behind.span.start)
    if stop - start > 150:
        start, stop = max(start, q.span.start - 70), min(stop, q.span.end + 60)
        while start > 0 and a.text[start - 1].isalnum() and a.text[start].isalnum():
            start -= 1
        while stop < len(a.text) and a.text[stop - 1].isalnum() and a.text[stop].isalnum():
            stop += 1
    return Span(start, stop)


def _clitics(t: Tree, verb: int) -> str:
    """The pronouns right before a verb, with their spaces."""
    first = verb
    while first > 0 and t.tokens[first - 1].pos == "PRON" and t.tokens[first - 1].head == verb:
        first -= 1
    return " " * (t.tokens[verb].start - t.tokens[first].start)


def _neighbours(a: Analysis, t: Tree, q: Quantity) -> tuple[Quantity | None, Quantity | None]:
    """The figures before and behind one in its sentence."""
    here = a.quantities_in(Span(t.tokens[0].start, t.tokens[-1].end))
    before = [x for x in here if x.span.end <= q.span.start and x.value is not None]
    behind = [x for x in here if x.span.start >= q.span.end and x.value is not None]
    return (before[-1] if before else None), (behind[0] if behind else None)


def _clause_behind(a: Analysis, t: Tree, before: Quantity, q: Quantity, verb: int | None) -> int:
    """Where the words of a figure begin behind those of another: at the verb between them, else behind the last comma."""
    if verb is not None and before.span.end <= t.tokens[verb].start < q.span.start:
        return t.tokens[verb].start
    between = a.text[before.span.end : q.span.start]
    comma = max(between.rfind(","), between.rfind(";"), between.rfind("("))
    return before.span.end + comma + 1 if comma >= 0 else before.span.end
