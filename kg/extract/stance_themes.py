"""The words that a stance is about, where the clause has them elsewhere than behind its verb."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.named_subjects import interposed
from kg.extract.stance_events import DEFINITE
from kg.extract.stances import finite_of
from kg.extract.subjects import subject_of
from kg.extract.syntax import SUBJECTS, Tree, case, is_verb, negated
from kg.extract.words import word_list

#: What happens to people, as the nouns of its kinds tell it.
_HAPPENING: Final = frozenset({"death", "assault", "killing"})
#: How the parser hangs the first half of a clause on the verb that interrupts it.
_BEFORE: Final = frozenset({"nsubj", "csubj", "ccomp", "advcl"})
#: Pronouns behind a preposition, and the clitic that they are as good as.
_PERSONAL: Final = {"él": "lo", "ella": "la", "ellos": "los", "ellas": "las", "ello": "lo", "eso": "lo", "esto": "lo"}
#: Tokens between "lo que" and its verb; ", a lo que" has its comma three tokens before.
_CLAUSE: Final = 10
_WITH_PREPOSITION: Final = 2
_BEING: Final = frozenset({"estar", "ser", "mostrar", "quedar", "permanecer", "declarar"})
#: Verbs whose subject meets with the rejection, or the support, of somebody.
_MEETING_WITH: Final = frozenset(
    word_list(
        "recibir encontrar topar chocar tropezar suscitar despertar provocar generar cosechar merecer obtener ganar concitar"
    )
) | frozenset(word_list("tener contar desatar levantar causar granjear reunir lograr sumar conseguir"))
#: "quien no lo | ve", "al que no le | gusta".
_OPENING: Final = 4
#: A pronoun behind a preposition, or "lo de …", stands at most this many tokens behind the verb.
_NEAR: Final = 6


def with_theme(known: Known, f: Frame) -> Frame:
    """The frame with the words that it is about as theme, where the clause has them elsewhere than behind the verb.

    "niega lo del dron"; "fórmula que Lisboa dio por buena"; "se opone a ella" has a pronoun and no words.
    """
    t = known.tree(f)
    if f.form == "noun" and f.content is None:
        return _in_sympathy(known, t, f) or _met_with(known, t, f)
    if f.form != "verb" or f.content is not None:
        return f
    if _sums_up(t, f):
        return _of_clause(known, t, f)
    if (named := _article_of(t, f)) is not None:
        return replace(f, theme=named, pronoun=None)
    if f.concept == "claiming" and f.theme is None and f.pronoun is None:
        return _around(t, f)
    if f.theme is not None and f.valency.words[-1] == "palabra" == t.tokens[f.theme].lower:
        return replace(f, theme=None)  # "le tomó la palabra"
    if f.theme is None and f.pronoun is None and (lost := _lost_object(t, f)) is not None:
        return lost
    if f.theme is not None and t.tokens[f.theme].lower in _PERSONAL and t.tokens[f.theme].pos == "PRON":
        return replace(f, theme=None, pronoun=_PERSONAL[t.tokens[f.theme].lower])
    if f.theme is not None:
        apart = f.concept == "affirms" and f.cause is None and f.theme > f.trigger
        return replace(f, cause=_cause_behind(t, f, f.theme)) if apart else f
    for k in range(
        f.trigger + 1, min(f.trigger + f.words, len(t.tokens))
    ):  # "lamentó las muertes", a wording that holds its object
        noun = t.tokens[k]
        known_noun = known.takes_up(noun.lemma) or any(v.concept in _HAPPENING for v in known.a.lexicon.nouns.get(noun.lemma, ()))
        if noun.pos == "NOUN" and t.tokens[k - 1].lower in DEFINITE and known_noun:
            return replace(f, theme=k)
    for k in range(f.trigger + 1, min(f.trigger + _NEAR, len(t.tokens) - 2)):
        if t.tokens[k].lower == "lo" and t.tokens[k + 1].lower in ("de", "del"):
            named = next((m for m in range(k + 2, min(k + 6, len(t.tokens))) if t.tokens[m].pos in ("NOUN", "PROPN")), None)
            return f if named is None else replace(f, theme=named)
        if t.tokens[k].pos == "PRON" and t.tokens[k].lower in _PERSONAL and t.tokens[k - 1].pos == "ADP" and not f.patient:
            return replace(f, pronoun=_PERSONAL[t.tokens[k].lower])
        if t.tokens[k].pos == "PUNCT":
            break
    return f if f.pronoun is not None else _with_antecedent(known, t, f)


def _in_sympathy(known: Known, t: Tree, f: Frame) -> Frame | None:
    """The frame of "bloquearon el puente en apoyo al Gobierno", "en rechazo a la tasa": who acts takes the stance."""
    i = f.trigger
    verb = t.tokens[i].head
    if i == 0 or t.tokens[i - 1].lower != "en" or i + 2 >= len(t.tokens) or not is_verb(t.tokens[verb]) or negated(t, verb):
        return None
    if t.tokens[verb].lemma in _BEING:
        return None  # "está en desacuerdo con": a wording of its own
    if t.tokens[i + 1].lower not in ("a", "al", "de", "del", "con", "por", "contra"):
        return None
    theme = next((k for k in range(i + 2, min(i + _NEAR, len(t.tokens))) if t.tokens[k].pos in ("NOUN", "PROPN")), None)
    doer = subject_of(known.a, t, verb).actors
    if theme is None or not doer:
        return None
    return replace(f, agent=doer, theme=theme, patient=known.a.actors(t, theme), end=max(f.end, t.right[theme]))


def _met_with(known: Known, t: Tree, f: Frame) -> Frame:
    """The frame of a noun with what met with it: "el plan topó con el rechazo de los gremios", "la tasa cosechó el aplauso de Lima"."""
    verb = t.tokens[f.trigger].head
    if f.theme is not None or not f.agent or t.tokens[verb].lemma not in _MEETING_WITH or negated(t, verb):
        return f
    subject = next((k for k in t.children(verb, *SUBJECTS) if t.tokens[k].pos == "NOUN" and k < f.trigger), None)
    if subject is None or set(known.a.actors(t, subject)) & set(f.agent):
        return f
    return replace(f, theme=subject, first=min(f.first, t.left[subject]))


def _sums_up(t: Tree, f: Frame) -> bool:
    """Whether "lo que" right before the verb's clause takes up the clause before: "…, a lo que Quito accedió", "…, lo que niega Odra"."""
    for k in range(f.trigger - 1, max(1, f.trigger - _CLAUSE), -1):
        if t.tokens[k].lower == "que" and t.tokens[k - 1].lower == "lo":
            before = t.tokens[k - 2] if k > 1 else None
            before = t.tokens[k - 3] if before is not None and before.pos == "ADP" and k > _WITH_PREPOSITION else before
            return before is not None and before.text in (",", "—", "–", ";", "(")
        if "VerbForm=Fin" in t.tokens[k].morph and t.tokens[k].pos == "VERB":
            return False
    return False


def _of_clause(known: Known, t: Tree, f: Frame) -> Frame:
    """The frame with "lo" for what it is about; who stands behind its verb is its subject."""
    agent = f.agent
    if f.theme is not None and f.theme > f.trigger and not agent:
        beside = (f.theme, *t.children(f.theme, "appos"))
        agent = next((found for k in beside if (found := known.a.actors(t, k))), ())
    return replace(f, agent=agent, theme=None, pronoun="lo")


def _lost_object(t: Tree, f: Frame) -> Frame | None:
    """The frame with an object that the tagger took for a verb, and with its cause: "atribuye la escalada a la licitación"."""
    k = f.trigger + f.words
    bare = f.valency.role("") == "THEME" or not f.valency.complements
    if not bare or k + 1 >= len(t.tokens) or t.tokens[k].pos != "DET" or t.tokens[k + 1].pos not in ("VERB", "ADJ"):
        return None
    if "VerbForm=Part" not in t.tokens[k + 1].morph or not t.tokens[k + 1].lower.endswith(("ada", "ida", "adas", "idas")):
        return None
    return replace(f, theme=k + 1, cause=f.cause if f.cause is not None else _cause_behind(t, f, k + 1))


def _cause_behind(t: Tree, f: Frame, theme: int) -> int | None:
    """What a thing is put down to, where the parser hung it on the thing: "culpó del apagón | a la ola de frío"."""
    causes = {p for p, role in f.valency.complements if role == "CAUSE"}
    near = range(theme + 1, min(theme + 1 + _NEAR, len(t.tokens)))
    return next((j for j in near if case(t, j) in causes and t.tokens[j].pos == "NOUN"), None)


def _article_of(t: Tree, f: Frame) -> int | None:
    """The participle in "tachó lo firmado de cesión", where "lo" is no pronoun of the verb."""
    k = f.trigger + f.words
    participle = (
        k + 1 < len(t.tokens) and t.tokens[k].lower == "lo" and t.tokens[k + 1].lower.endswith(("ado", "ido", "rito", "cho"))
    )
    return k + 1 if participle else None


def without_cleft(t: Tree, f: Frame) -> Frame:
    """The frame without what its clause is said to be: "quien no lo ve claro es la plataforma", "al que no le gusta es a Lima"."""
    head = f.content if f.content is not None else f.theme
    if f.form != "verb" or head is None or head <= f.trigger:
        return f
    opening = [x.lower for x in t.tokens[max(0, f.trigger - _OPENING) : f.trigger]]
    relative = (
        "quien" in opening
        or "quienes" in opening
        or any(one in ("el", "la", "los", "las", "al") and two == "que" for one, two in pairwise(opening))
    )
    cleft = relative and any(x.lower in ("es", "son", "fue", "fueron") for x in t.tokens[f.trigger + 1 : head + 2])
    return replace(f, content=None, theme=None) if cleft else f


def _around(t: Tree, f: Frame) -> Frame:
    """A claim with the clause that it interrupts as content: "todo arrancó, sostiene Quito, por la pasividad colombiana"."""
    above = t.tokens[f.trigger].head
    below = [k for k in t.kids[f.trigger] if k < f.trigger and t.tokens[k].pos == "VERB" and t.tokens[k].dep in _BEFORE]
    clause = next(iter(below), above)
    if clause >= f.trigger or not interposed(t, f.trigger) or "VerbForm=Fin" not in finite_of(t, clause):
        return f
    if any(x.text in (";", ":") for x in t.tokens[clause : f.trigger]):
        return f
    begin = min([clause, *(k for k in t.children(clause, *SUBJECTS) if k < clause)])
    first = next((k + 1 for k in range(begin, -1, -1) if t.tokens[k].text in (";", ":", ",", "—")), 0)
    end = next((k for k in range(f.trigger, len(t.tokens)) if t.tokens[k].text in (";", ":", ".")), len(t.tokens))
    return replace(f, content=clause, first=first, end=end)


def _with_antecedent(known: Known, t: Tree, f: Frame) -> Frame:
    clause = f.trigger
    while t.tokens[clause].dep in ("conj", "xcomp", "aux", "cop") and t.tokens[clause].head != clause:
        clause = t.tokens[clause].head
    antecedent = t.tokens[clause].head
    if t.tokens[clause].dep != "acl:relcl" or antecedent >= clause or t.tokens[antecedent].pos not in ("NOUN", "PRON"):
        return f
    taken = f.subject == antecedent or (f.agent and set(known.a.actors(t, antecedent)) & set(f.agent))
    return f if taken else replace(f, theme=antecedent)
