"""What kind of event a frame tells where its words alone do not say: by who acts, what it is done to, and what it is done for.

A state that cuts a road off closes it, its citizens protest by doing so; a ministry protests by a note, and a crowd in the street; who
stops the boats "in protest" protests; who expels a consul sanctions, and who expels migrants coerces.
"""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.homes import country_of
from kg.extract.offered import state_of
from kg.extract.syntax import Tree, is_finite
from kg.extract.triggers import fitting, noun_entries
from kg.extract.words import word_list
from kg.vocabulary import plover_type

#: What is closed by being agreed.
_DEALS: Final = frozenset(word_list("venta compra trato acuerdo negocio contrato convenio operación compraventa"))
_ENVOYS: Final = frozenset(
    word_list("embajador embajadora cónsul cónsula agregado agregada encargado encargada diplomático diplomática nuncio")
)
#: Verbs by which a state takes land, and people a building.
_TAKING: Final = frozenset({"ocupar", "tomar", "invadir"})
#: Bodies that act for no state.
_LOCAL: Final = frozenset(
    word_list(
        "alcaldía ayuntamiento gobernación municipio municipalidad intendencia prefectura universidad defensoría cabildo diputación"
    )
)
#: "en protesta por", "en señal de protesta", "como protesta": how an act is meant.
_PROTESTING: Final = frozenset({"en", "como"})
_AS_PROTEST: Final = 4  # tokens from "en" to "protesta"
#: Acts that people do in protest.
_DONE_IN_PROTEST: Final = frozenset({"sanction", "other", "coerce", "retreat"})


def kind_of(a: Analysis, t: Tree, f: Frame, kind: str) -> str:
    """The kind of event that frame ``f``, of concept ``kind``, tells."""
    theme = t.tokens[f.theme].lemma if f.theme is not None else ""
    if kind == "closure" and theme in _DEALS:
        return "agree"  # "cerró la venta del gas"
    if kind == "withdrawal" and theme in _ENVOYS:
        return "recall"  # "la retirada, por tiempo indefinido, del embajador"
    if kind == "expulsion" and any(_is_envoy(a, x) for x in f.patient):
        return "sanction"  # of a diplomat, and no deportation
    if kind == "death" and _violent(a, t, f):
        return "killing"
    lemma = t.tokens[f.trigger].lemma
    if lemma == "retener" and kind in ("arrest", "seizure") and _money(t, f):
        return "sanction"  # "los 60 millones que Washington tiene retenidos"
    if lemma in _SENDING and kind in ("other", "deed", "hand-over", "travel", "visit") and _forces(t, f):
        return "deployment"  # "envió a Dajabón, el miércoles, 450 soldados más"
    if lemma in _RETURNING and kind in ("hand-over", "release", "other") and _foreigners(a, f):
        return "expulsion"  # "Migración devolvió ayer a 1.284 haitianos"
    if kind == "vote" and f.form == "verb" and "contra" in {x.lower for x in t.tokens[f.trigger : f.end]}:
        return "refusal"  # "votará en contra"
    if kind == "occupation-protest" and _by_states(a, f):
        return "invasion" if t.tokens[f.trigger].lemma in _TAKING else "closure"
    if kind == "protest" and f.form == "verb" and _by_states(a, f):
        return "accuse"  # "la Cancillería protestó"
    if f.form == "verb" and plover_type(kind) in _DONE_IN_PROTEST and not _by_states(a, f) and _in_protest(t, f):
        return "protest"
    return kind


_MONEY: Final = frozenset(
    word_list("millón dólar euro peso real sol fondo ayuda asistencia pago desembolso partida salario regalía")
)
_SENDING: Final = frozenset(word_list("enviar mandar trasladar despachar desplazar concentrar movilizar destinar"))
_FORCES: Final = frozenset(
    word_list(
        "soldado militar efectivo tropa carabinero policía agente gendarme infante marino uniformado patrullera buque fragata corbeta"
        " destructor avión caza tanque blindado batallón brigada regimiento contingente guardia"
    )
)
_REACH: Final = 14  # tokens from a verb of sending to who is sent
_RETURNING: Final = frozenset({"devolver", "retornar", "regresar"})


def _money(t: Tree, f: Frame) -> bool:
    """Whether what is held back is money: "retuvo los fondos", "los 60 millones de dólares … retenidos"."""
    objects = t.children(f.trigger, "obj", "nsubj:pass") if f.form == "verb" else []
    return any(t.tokens[k].lemma in _MONEY for k in (*objects, *(() if f.theme is None else (f.theme,))))


def _forces(t: Tree, f: Frame) -> bool:
    """Whether who is sent are soldiers, policemen or ships: "envió a Dajabón, el miércoles, 450 soldados", "trasladó a 450 agentes"."""
    for k in range(f.trigger + 1, min(f.end, f.trigger + _REACH)):
        token = t.tokens[k]
        if is_finite(token) or token.lower in ("que", "para"):
            return False
        if token.lemma not in _FORCES or token.pos != "NOUN" or "Number=Plur" not in token.morph:
            continue
        before = next((j for j in range(k - 1, f.trigger, -1) if t.tokens[j].pos not in ("DET", "NUM", "ADJ")), f.trigger)
        counted = any(x.pos == "NUM" for x in t.tokens[before + 1 : k])
        if t.tokens[before].pos != "ADP" or (t.tokens[before].lower == "a" and counted):
            return True
    return False


def _foreigners(a: Analysis, f: Frame) -> bool:
    """Whether a state sends people of another country back: "devolvió a 1.284 haitianos"; none who are handed over to somebody."""
    people = [a.resolution.actors[x] for x in f.patient if x in a.resolution.actors]
    if not people or any(x.kind != "Group" or x.country is None for x in people) or not _by_states(a, f):
        return False
    own = {country_of(a, x) for x in f.agent}
    return all(x.country not in own for x in people)


def _by_states(a: Analysis, f: Frame) -> bool:
    """Whether those who act are states, or act for one: a ministry, a minister; no union, no mayor."""
    states = [a.resolution.actors.get(x) or a.gazetteer.actors.get(x) for x in (_state(a, x) for x in f.agent)]
    return bool(states) and all(
        x is not None
        and (x.kind in ("Country", "Government") or (x.kind == "PublicBody" and x.label.split()[0].lower() not in _LOCAL))
        for x in states
    )


def _state(a: Analysis, actor: str) -> str:
    return state_of(a, actor) if actor in a.resolution.actors else actor


def _in_protest(t: Tree, f: Frame) -> bool:
    """Whether an act is said to be a protest: "paró sus botes en protesta por la presencia militar", "en señal de protesta"."""
    for k in range(f.trigger + 1, f.end):
        if t.tokens[k].lower == "protesta":
            return any(x.lower in _PROTESTING for x in t.tokens[max(f.trigger, k - _AS_PROTEST) : k])
    return False


def _is_envoy(a: Analysis, actor: str) -> bool:
    """Whether somebody is a diplomat, or several are, by the title or the words that name them: "el agregado militar"."""
    known = a.resolution.actors[actor]
    words = f"{known.title or ''} {known.label if known.kind == 'Group' or not known.title else ''}".lower().split()
    return any(word.removesuffix("es" if word.endswith("res") else "s") in _ENVOYS for word in words)


def _violent(a: Analysis, t: Tree, f: Frame) -> bool:
    """Whether a death is told in one clause with the violence that it came of: "murieron en un tiroteo"."""
    for k in range(f.first, f.end):
        entries = noun_entries(t.tokens[k], a.lexicon) if t.tokens[k].pos in ("NOUN", "PROPN") else ()
        if entries and any(a.lexicon.is_a(v.concept, "assault") for v, _ in fitting(t, k, entries, False)):
            return True
    return False
