"""The clause that a verb is about: "negó que …", "pidió a México retirar …", "accedió a revisar …".

The parser hangs complement clauses on the wrong word more often than anything else, so that the mark ("que"), the mood and where the
clause stands decide together with the label.
"""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.lexicon import Valency
from kg.extract.syntax import Tree, finite_morph, tense
from kg.extract.words import word_list
from kg.model import Span

_CLAUSAL: Final = frozenset({"ccomp", "xcomp", "advcl", "csubj", "acl:relcl", "acl"})
#: Marks of clauses that say when, why or if, never what.
_CIRCUMSTANTIAL: Final = frozenset(word_list("si porque aunque cuando mientras tras ya sin para hasta"))
#: "que" behind these is a comparison, a relative or part of another conjunction.
_NO_COMPLEMENT: Final = frozenset(word_list("lo más menos el la los las sino ya antes"))
#: Prepositions that an infinitive may stand behind as complement.
_BEFORE_INFINITIVES: Final = frozenset({"a", "de", "con", "en"})
#: Nouns of where something is said, which may stand between a verb of saying and its "que": "aseguró en rueda de prensa que …".
_OCCASIONS: Final = frozenset(
    word_list(
        "red mismo misma conferencia prensa rueda comunicado entrevista emisora radio cadena canal diario periódico portal agencia revista"
        " semanario sitio programa tribuna pleno"
    )
)
#: "que" is looked for among this many tokens behind the verb.
_REACH: Final = 10
#: "que" behind these opens no complement of a verb of asking: "ofreció 40, siempre que firmen", "a cambio de que", "con tal de que".
_PROVISO: Final = frozenset(word_list("de siempre salvo lo más menos antes después ya así"))
_FAR: Final = 12  # with addressee, manner and day before it


def content_of(a: Analysis, t: Tree, i: int, v: Valency, subject: int | None, words: int = 1) -> int | None:
    """The head of the clause or infinitive that verb ``i`` is about by the valency ``v``; ``subject`` is its subject's token.

    Of a wording of several ``words`` it may hang on the last: "se muestra dispuesto a soltar …".
    """
    wording = [
        k
        for k in range(i + 1, min(i + words, len(t.tokens)))
        if t.tokens[k].pos in ("ADJ", "NOUN", "VERB") and t.tokens[k].head == i
    ]
    if v.words[-1] in ("no", "sí") and any(x.lower in ("y", "pero") for x in t.tokens[i + words : i + words + 1]):
        return None  # "dijo que no y planteó otra cosa": the answer is whole
    for k in sorted([*t.kids[i], *(k for above in wording for k in t.kids[above])]):
        if k in wording:
            continue
        if k != subject and k > i and _is_content(t, k, v):
            return k
    fronted = next((k for k in t.children(i, "ccomp") if k < i and k != subject), None)
    if fronted is not None:
        return fronted
    if v.concept in ("offering", "pressure") or a.lexicon.is_a(v.concept, "request"):
        return _asked_behind_que(a, t, i, v)
    found = _behind_que(a, t, i)
    if found is None and v.concept == "wanting" and i + 1 < len(t.tokens) and t.tokens[i + 1].lower == "que":
        return _clause_behind(t, i, i + 1)  # "quiere que las meta": the tagger may miss the verb
    return found


def _is_content(t: Tree, k: int, v: Valency) -> bool:
    """Whether the clause ``k`` behind its verb tells what the verb is about."""
    token, tokens = t.tokens[k], t.tokens
    if token.dep not in _CLAUSAL or (token.dep == "acl:relcl" and "," in (tokens[t.left[k]].text, tokens[t.left[k] - 1].text)):
        return False
    marks = [tokens[m].lower for m in t.children(k, "mark", "nsubj", "obj") if m < k]
    if _finite_clause(t, k):
        return ("que" in marks and not _CIRCUMSTANTIAL & set(marks)) or (token.dep == "ccomp" and not marks)
    infinitive = "VerbForm=Inf" in token.morph
    if token.dep in ("xcomp", "ccomp") and (infinitive or any(tokens[m].lower == "haber" for m in t.kids[k])):
        return True
    if infinitive and marks and v.role(marks[0]) == "THEME":
        return True
    before = tokens[k - 1].lower
    return infinitive and token.dep in ("advcl", "acl") and before in _BEFORE_INFINITIVES and v.role(before) is not None


def _finite_clause(t: Tree, k: int) -> bool:
    """Whether the predicate ``k`` is finite by itself, its auxiliary or its copula."""
    return "VerbForm=Fin" in finite_morph(t, k) or any("VerbForm=Fin" in t.tokens[m].morph for m in t.children(k, "cop"))


def _behind_que(a: Analysis, t: Tree, i: int) -> int | None:
    """The clause right behind "que" after a verb, where the parser hung it elsewhere ("negó al mismo diario que … haya existido")."""
    tokens = t.tokens
    for j in range(i + 1, min(i + _REACH + 1, len(tokens))):
        if tokens[j].text in ".;:" or tokens[j].pos == "VERB":
            return None
        if tokens[j].lower != "que":
            continue
        if tokens[j - 1].text == "," and not any(x.text == "," for x in tokens[i + 1 : j - 1]):
            return None  # "se lo pidió el embajador, que exige …": a relative clause
        head = tokens[j].head
        opened = head > j and t.left[head] <= j
        if tokens[j - 1].lower in ("hasta", "para", "sin", "desde", "salvo"):
            return None  # "mantiene sus tropas hasta que …"
        if _only_circumstance(a, t, i + 1, j) or _aside(t, i + 1, j):
            # "replicó el viernes que …", "aseguró en la red X que …": the clause is the verb's, not the day's
            finite = "VerbForm=Fin" in finite_morph(t, head) or bool(t.children(head, "cop"))
            return head if opened and finite else None
        if tokens[j - 1].lower not in _NO_COMPLEMENT:
            clausal = tokens[head].dep in ("acl:relcl", "ccomp", "advcl", "acl")
            near = j == i + 1 or tokens[head].dep == "ccomp" or "Mood=Sub" in finite_morph(t, head)
            return head if opened and clausal and near else None
    return None


def _asked_behind_que(a: Analysis, t: Tree, i: int, v: Valency) -> int | None:
    """What verb ``i`` asks for in a "que" clause or an infinitive, with nothing before it but to whom, how and when.

    "pidió otra vez por carta que se disculpe", "sugiere que medie Jamaica": the tagger may miss the subjunctive, or even the verb.
    """
    tokens = t.tokens
    dates = [d.span for d in a.dates_in(Span(tokens[0].start, tokens[-1].end))]
    start = _behind_aside(t, i + 1)
    for j in range(start, min(start + _FAR, len(tokens))):
        token = tokens[j]
        if token.text in ".;:" or ("VerbForm=Fin" in token.morph and token.pos in ("VERB", "AUX")):
            return None
        if token.lower == "que":
            return _clause_behind(t, i, j)
        led = (tokens[j - 1].lower, "THEME") in v.complements  # "urgió el martes a las autoridades a esclarecer …"
        if "VerbForm=Inf" in token.morph and (led or tokens[j - 1].pos in ("NOUN", "PROPN", "ADV", "ADJ")) and j > i + 1:
            return j  # "propuso por carta a su colega reabrir el puente"
        in_date = any(d.start <= token.start < d.end for d in dates)
        if token.pos == "NOUN" and token.lower not in ("vez", "veces") and not in_date and _bare(t, j):
            return None  # "pidió medidas que permitan …"
    return None


def _behind_aside(t: Tree, start: int) -> int:
    """Where the words go on behind an aside that begins at ``start``: "exige, como condición para abrir el paso, | que …"."""
    if start >= len(t.tokens) or t.tokens[start].text not in (",", "—", "–", "("):
        return start
    mark = {"(": ")"}.get(t.tokens[start].text, t.tokens[start].text)
    close = next((k for k in range(start + 1, min(start + _FAR, len(t.tokens))) if t.tokens[k].text == mark), None)
    told = mark == "," and close is not None and any("VerbForm=Fin" in x.morph for x in t.tokens[start:close])
    return start if close is None or told else close + 1


def _clause_behind(t: Tree, i: int, que: int) -> int | None:
    """The head of the clause that "que" opens behind verb ``i``: its subjunctive, else what the parser hung "que" on."""
    tokens = t.tokens
    set_off = tokens[que - 1].text == "," and not any(x.text == "," for x in tokens[i + 1 : que - 1])
    if set_off or tokens[que - 1].lower in _PROVISO:
        return None
    behind = tokens[que + 1 : que + 1 + _REACH]
    verb = next((x.i for x in behind if "VerbForm=Fin" in x.morph and tense(t, x.i) == "subjunctive"), None)
    if verb is None:
        return tokens[que].head if tokens[que].head > que and tokens[que - 1].text != "," else None
    head = tokens[que].head if tokens[que].head > que + 1 else verb
    while tokens[verb].dep in ("aux", "aux:pass", "cop") and tokens[verb].head > que:
        verb = tokens[verb].head
    return head if t.left[head] <= verb < t.right[head] else verb


def _bare(t: Tree, j: int) -> bool:
    """Whether no preposition stands before the noun phrase of ``j``."""
    before = next((x for x in reversed(t.tokens[:j]) if x.pos not in ("DET", "NUM", "ADJ", "ADV")), None)
    return before is None or before.pos != "ADP"


def _aside(t: Tree, first: int, end: int) -> bool:
    """Whether tokens ``first`` to ``end`` stand between two commas: "advirtió, en cadena nacional, que …"."""
    return end - first > 1 and t.tokens[first].text == "," and t.tokens[end - 1].text == ","


def _only_circumstance(a: Analysis, t: Tree, first: int, end: int) -> bool:
    """Whether tokens ``first`` to ``end`` are a date, an outlet or an adverb, and something stands there at all."""
    if first >= end:
        return False
    dates = [d.span for d in a.dates_in(Span(t.tokens[0].start, t.tokens[-1].end))]

    def circumstance(k: int) -> bool:
        token = t.tokens[k]
        if token.pos in ("ADV", "DET", "ADP", "PUNCT") or token.lower in _OCCASIONS:
            return True
        return (t.sentence.index, k) in a.resolution.at or any(d.start <= token.start < d.end for d in dates)

    return all(circumstance(k) for k in range(first, end))
