"""Verbs of giving and asking, and who stands for whom in them: what is given suffers nothing, who is asked may hang on what is asked.

"Entregó a Manila seis lanchas" is done to Manila; "pidió una auditoría de las obras a San José" asks San José; "los brasileños
aceptaron" tells what Brazil did.
"""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.lexicon import Valency
from kg.extract.syntax import Tree, case
from kg.extract.words import word_list

#: Verbs of giving: beside whom it is given to, the thing is nobody.
GIVING: Final = frozenset(
    word_list(
        "entregar devolver donar prestar ceder regalar otorgar conceder dar vender adjudicar facilitar suministrar retirar quitar"
    )
)


#: What goes to somebody: "a" behind these names who gets it, and not who is asked for it.
_GIVEN_TO: Final = frozenset(
    word_list(
        "entrega devolución envío venta pago visita viaje ayuda acceso apoyo tránsito entrada ingreso traslado exportación respeto"
        " derecho asistencia suministro ataque respuesta respaldo trato permiso garantía regreso retorno paso vuelo castigo sanción multa"
    )
)


#: What is done between states, so that "los brasileños", who do it, are Brazil.
_BETWEEN_STATES: Final = ("acceptance", "refusal", "request", "offering", "agree", "consult", "concede")


def delegated(a: Analysis, t: Tree, v: Valency, subject: int | None, agent: tuple[str, ...]) -> tuple[str, ...]:
    """The state of those who act for it by their nationality alone: "los brasileños aceptaron en abril que …"."""
    if len(agent) != 1 or subject is None or {t.tokens[k].lower for k in t.kids[subject]} != {"los"}:
        return agent  # "dos brasileños", "los brasileños detenidos"
    if not any(a.lexicon.is_a(v.concept, kind) for kind in _BETWEEN_STATES):
        return agent
    known = a.resolution.actors[agent[0]]
    nationals = known.kind == "Group" and known.label.lower() in a.gazetteer.demonyms
    return (known.country,) if nationals and known.country in a.resolution.pair else agent


def asked_of(a: Analysis, t: Tree, theme: int) -> tuple[str, ...]:
    """Of whom the thing at ``theme`` is asked where the parser hung them on it: "pidió | una auditoría de las obras a San José".

    Nobody where the thing is itself given, sent or open to them: "exige la entrega de los presos a Lima".
    """
    if theme < 1 or t.tokens[theme].lemma in _GIVEN_TO:
        return ()
    for k in range(t.right[theme] - 1, theme, -1):
        actors = a.actors(t, k) if t.tokens[k].dep in ("nmod", "obl", "obl:arg") and case(t, k) in ("a", "al") else ()
        if actors:
            return actors if t.tokens[t.tokens[k].head].lemma not in _GIVEN_TO else ()
    return ()
