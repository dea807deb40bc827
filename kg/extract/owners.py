"""Whose the thing is that an act strikes, helps or kills, where the words name nobody."""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.homes import country_of
from kg.extract.offered import other_side
from kg.extract.syntax import SUBJECTS, case

#: What a death comes of stands behind these.
AMID: Final = frozenset({"en", "durante", "tras", "por", "a causa de", "como consecuencia de", "a raíz de"})


def thing_of(a: Analysis, f: Frame, agent: tuple[str, ...]) -> tuple[str, ...]:
    """Whose the thing is that an act strikes: "170 camiones argentinos", "partes de México", "los vuelos a Cuba"."""
    if f.theme is None:
        return ()
    t = a.trees[f.sentence]
    country = a.demonym(t, f.theme)
    found: tuple[str, ...] = (country,) if country else ()
    for k in range(f.theme, min(max(t.right[f.theme], f.end), f.theme + 8)):
        found = found or tuple(
            x for x in a.resolution.of(f.sentence, k) if a.resolution.actors[x].kind in ("Country", "Government")
        )
    if found and found[0] not in a.resolution.actors:
        return ()
    mine = {country_of(a, x) for x in agent}
    return tuple(x for x in found if country_of(a, x) not in mine)[:1]


def benefiting(a: Analysis, f: Frame, agent: tuple[str, ...]) -> tuple[str, ...]:
    """Whom aid goes to that names nobody: the state of the place in it ("el puerto de La Unión"), else the other side."""
    t = a.trees[f.sentence]
    if f.form == "noun" or f.negated or not agent or f.content is not None:
        return ()
    mine = {country_of(a, x) for x in agent}
    inside = () if f.theme is None else range(f.theme, max(f.theme + 1, t.right[f.theme]))
    for k in inside:
        place = a.gazetteer.place_at(a.text, t.tokens[k].start, a.resolution.pair) if t.tokens[k].text[:1].isupper() else None
        if place is not None and place[1] in a.resolution.pair and place[1] not in mine:
            return (place[1],)
    given = any(case(t, k) in ("a", "para") for k in (*t.kids[f.trigger], *(() if f.theme is None else t.kids[f.theme])))
    sides = other_side(a, agent) if not given else ()
    return sides if len(sides) == 1 else ()


_DYING: Final = frozenset({"morir", "fallecer", "perecer"})


def fallen(a: Analysis, f: Frame) -> tuple[str, ...]:
    """Who died of it: "cinco civiles murieron por disparos de las fuerzas venezolanas"."""
    t = a.trees[f.sentence]
    verb = t.tokens[f.trigger].head
    if (
        f.form != "noun"
        or t.tokens[verb].lemma not in _DYING
        or case(t, f.trigger) not in AMID
        or not a.lexicon.is_a(f.concept, "assault")
    ):
        return ()
    return next((x for k in t.children(verb, *SUBJECTS) if (x := a.actors(t, k))), ())


#: Who suffers what is done to their things.
_OWNERS: Final = frozenset({"Person", "Group", "Company"})


def owner_of_it(a: Analysis, f: Frame, agent: tuple[str, ...]) -> tuple[str, ...]:
    """Whom an act strikes through what is theirs: "los pasaportes de 31 pasajeros", "el recurso del exministro"."""
    t = a.trees[f.sentence]
    if f.theme is None:
        return ()
    own = t.children(f.theme, "nmod") if not a.actors(t, f.theme) else [f.theme] if f.words > 1 else []
    for k in own:
        owner = a.actors(t, k) if case(t, k) in ("de", "del") else ()
        struck = _OWNERS | ({"PublicBody"} if a.lexicon.is_a(f.concept, "assault") else set())
        if owner and a.resolution.actors[owner[0]].kind in struck and not set(owner) & set(agent):
            return owner
    return ()
