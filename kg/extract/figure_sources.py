"""Who gives a figure: whoever estimates it, whose word its clause is, the source in brackets, or one that goes on speaking."""

from __future__ import annotations

import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.attribution import attribution_of
from kg.extract.frames import Topics, subject_of
from kg.extract.measures import TALKING
from kg.extract.movement import Words
from kg.extract.said import Attribution
from kg.extract.syntax import SUBJECTS, Tree, is_verb, tense
from kg.extract.words import word_list
from kg.model import Indicator, Quantity, Span

#: A sentence that opens so is its source's word, and so are those behind it.
_OPENING: Final = re.compile(r"\W*(?:según|de acuerdo con|conforme a)\b", re.I)
#: Nouns for a figure as such.
_FIGURES: Final = frozenset(word_list("cifra número total volumen cantidad cuenta balance cálculo estimación monto dato"))
_TO: Final = re.compile(r"\b(?:al?|en|hasta)\s+(?:los|las|el|unos|unas)?\s*$")
#: Verbs of estimating that want "en" before their figure; without it they set something: "fijó un cupo de 400 toneladas".
_SETTING: Final = frozenset({"fijar", "situar", "dejar", "rebajar", "elevar"})
_PRONOUNS: Final = frozenset(("lo", "la", "los", "las"))
#: Verbs of not agreeing or of judging, whose "ya que" gives the judge's own figure.
_JUDGING: Final = TALKING | frozenset(
    word_list("ver considerar juzgar recelar desconfiar aplaudir lamentar rehusar preferir advertir")
)
_BECAUSE: Final = frozenset(word_list("pues puesto porque ya dado"))
#: A source in brackets stands no further behind its figure than this, in characters.
_BRACKET: Final = re.compile(
    r"[^.;()\n]{0,120}\((?:encuesta|datos|cifras|estimación|fuente:?)?(?: de(?: la| los|l)?)? ?(?=[A-ZÁÉÍÓÚ])"
)


def claimant_of(
    a: Analysis,
    t: Tree,
    q: Quantity,
    token: int,
    words: Words,
    topic: Topics,
    attributions: tuple[Attribution, ...],
    before: Indicator | None,
) -> tuple[str, ...]:
    """The actors on whose word a figure stands; empty for the newspaper's own."""
    own = _estimator(a, t, q, token, words, topic) or _judge(a, t, token)
    if own:
        return own
    source = attribution_of(attributions, q.span)
    if source is not None and source.source and not _aside(a, t, token, source):
        return source.source
    if source is None and (explained := _explained(a, t, q, attributions)):
        return explained
    return _bracketed(a, t, q) or _going_on(a, t, q, before)


def restated(a: Analysis, t: Tree, verb: int, before: str) -> bool:
    """Whether a verb of movement only puts a figure: "asciende a 300", "los vecinos la elevan a 61 millones", "eleva la cifra a 52"."""
    if not _TO.search(before):
        return False
    if t.tokens[verb].lemma in ("ascender", "cifrar"):
        return True
    return _takes_up(t, verb) and any(a.actors(t, k) for k in t.children(verb, "nsubj"))


def _takes_up(t: Tree, verb: int) -> bool:
    """Whether a verb has for its object a figure told before: "los elevan", "eleva la cifra", "cifra que la Fiscalía deja en cinco"."""
    if any(t.tokens[k].lower in _PRONOUNS and k < verb for k in t.kids[verb]):
        return True
    if any(t.tokens[k].lemma in _FIGURES for k in t.children(verb, "obj")):
        return True
    return t.tokens[verb].dep == "acl:relcl" and t.tokens[t.tokens[verb].head].lemma in _FIGURES


def _estimator(a: Analysis, t: Tree, q: Quantity, token: int, words: Words, topic: Topics) -> tuple[str, ...]:
    """The subject of "estima en", "cifra en", "los eleva a" above a figure."""
    led = _TO.search(a.text[max(0, q.span.start - 10) : q.span.start].lower()) is not None
    j, steps = token, 0
    while steps < 6 and t.tokens[j].head != j:
        j = t.tokens[j].head
        steps += 1
        if not is_verb(t.tokens[j]):
            continue
        lemma = t.tokens[j].lemma
        moves = lemma in words.increase | words.decrease | {"dejar"}
        if (lemma in words.estimating and (led or lemma not in _SETTING)) or (led and moves and _takes_up(t, j)):
            return subject_of(a, t, j, topic).actors
    return ()


def _judge(a: Analysis, t: Tree, token: int) -> tuple[str, ...]:
    """Whose reason a figure is: "los pilotos desconfían de la cifra, puesto que la mitad de los convoyes no avisa"."""
    j = token
    while t.tokens[j].head != j:
        verb, j = j, t.tokens[j].head
        marks = [t.tokens[k].lower for k in t.children(verb, "mark")]
        because = bool(marks) and marks[0] in _BECAUSE and j < verb
        if because and t.tokens[j].lemma in _JUDGING and tense(t, j) in ("present", "past"):
            return tuple(x for k in t.children(j, *SUBJECTS) for x in a.actors(t, k))
    return ()


def _aside(a: Analysis, t: Tree, token: int, source: Attribution) -> bool:
    """Whether a figure stands in an aside that its source does not tell: "el ataque, que dejó cinco muertos, fue obra de X, según Y"."""
    for verb in (token, *t.ancestors(token)):
        if t.tokens[verb].dep != "acl:relcl" or t.left[verb] == 0 or t.tokens[t.left[verb] - 1].text != ",":
            comma = t.tokens[verb].dep == "acl:relcl" and t.tokens[t.left[verb]].text == ","
            if not comma:
                continue
        aside = t.span(t.left[verb], t.right[verb])
        return a.quote_at(aside.start) is None and source.span.start < aside.start and source.span.end > aside.end
    return False


def _explained(a: Analysis, t: Tree, q: Quantity, attributions: tuple[Attribution, ...]) -> tuple[str, ...]:
    """Whoever spoke before a colon: "añade que el viejo túnel está enterrado: costaba 900 millones"."""
    colon = a.text.rfind(": ", t.tokens[0].start, q.span.start)
    if colon < 0 or ";" in a.text[colon : q.span.start] or a.quote_at(q.span.start) is not None:
        return ()
    told = [x for x in attributions if x.span.end == colon and x.span.start > t.tokens[0].start]
    return told[0].source if told else ()


def _bracketed(a: Analysis, t: Tree, q: Quantity) -> tuple[str, ...]:
    """The source that stands in brackets behind a figure: "un 27 % más que en 2024 (Aduanas)"."""
    match = _BRACKET.match(a.text, q.span.end)
    if match is None:
        return ()
    at = next((k for k, x in enumerate(t.tokens) if x.start >= match.end()), None)
    index = a.resolution.at.get((t.sentence.index, at)) if at is not None else None
    if index is None:
        return ()
    closed = a.text[a.resolution.mentions[index].span.end : a.resolution.mentions[index].span.end + 1] in (")", ",")
    return a.resolution.ids[index] if closed else ()


def _going_on(a: Analysis, t: Tree, q: Quantity, before: Indicator | None) -> tuple[str, ...]:
    """A source named once goes on speaking to the end of its sentence, and behind it if it opened one: "Según X, … . En Ceuta, …"."""
    if before is None or not before.claimant or a.quote_at(q.span.start) or _others(a, t, before):
        return ()
    if a.resolution.actors[before.claimant[0]].kind != "PublicBody":
        return ()
    if re.match(r"[^.;]{0,12}\bsegún\b", a.text[q.span.end : q.span.end + len(" personas, según ")]):
        return ()  # "y más de 40.000, según los convocantes", who are no actor
    here = Span(t.tokens[0].start, t.tokens[-1].end)
    if here.start <= before.evidence[0].start < here.end:
        return before.claimant
    opened = any(
        _OPENING.match(a.text, s.tokens[0].start)
        for s in a.trees
        if s.sentence.block == t.sentence.block and s.sentence.index < t.sentence.index
    )
    return before.claimant if opened else ()


def _others(a: Analysis, t: Tree, before: Indicator) -> bool:
    """Whether somebody else has the word in a sentence: "economistas dudan de la cifra, ya que un tercio no reporta"."""
    root = next((i for i, x in enumerate(t.tokens) if x.head == i), 0)
    speakers = {x for k in t.children(root, "nsubj") for x in a.actors(t, k)}
    return t.tokens[root].lemma in TALKING and bool(speakers) and not speakers & set(before.claimant)
