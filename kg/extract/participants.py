"""Who takes part in an event, and where, when the words leave it to be understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.event_places import elsewhere
from kg.extract.frames import Frame
from kg.extract.homes import above, country_of, home_of
from kg.extract.offered import other_side, own_government
from kg.extract.owners import AMID, benefiting, fallen, owner_of_it, thing_of
from kg.extract.subjects import subject_of
from kg.extract.syntax import Tree, case, has_se
from kg.extract.triggers import BODIES
from kg.extract.words import word_list

#: Who and what acts for whom it belongs to.
_UNITS: Final = frozenset(
    word_list(
        "patrulla patrullera lancha buque fragata avión helicóptero dron unidad brigada comando equipo misión barco pelotón"
    )
)


def demonym_subject(a: Analysis, t: Tree, f: Frame) -> tuple[str, ...]:
    """ "drones estadounidenses rastrean …": a thing with a country acts for it."""
    if f.subject is None or f.passive:
        return ()
    country = a.demonym(t, f.subject)
    return (a.government(country),) if country and t.tokens[f.subject].pos == "NOUN" else ()


def unit_subject(a: Analysis, t: Tree, f: Frame) -> tuple[str, ...]:
    """ "una patrulla de la Aduana decomisó …": a unit without a name acts for the body that it belongs to."""
    if f.subject is None or f.passive or t.tokens[f.subject].lemma not in _UNITS:
        return ()
    owners = (a.actors(t, k) for k in t.children(f.subject, "nmod") if case(t, k) == "de")
    return next((x for x in owners if x and a.resolution.actors[x[0]].kind in ("PublicBody", "Government", "Country")), ())


#: Acts that are done to somebody: where the words name nobody, to the owner of the thing they strike, else to the other side.
_TO_THE_OTHER: Final = frozenset({"request", "reject", "sanction", "threaten", "concede", "accuse"})
#: Of these, what parties, unions and mayors turn to their own government with where they name nobody.
_TO_THEIR_OWN: Final = frozenset({"request", "reject"})
#: Of these, what a third party says to both sides.
_TO_BOTH: Final = frozenset({"request", "reject", "threaten"})
#: A condition begins no further behind a threat than this, in tokens.
_NEAR: Final = 12
#: Acts that strike what somebody has, and nobody where the thing is nobody's.
_TO_THE_OWNER: Final = frozenset({"coerce", "assault", "aid"})
#: Acts of other kinds that address the other side too, and acts of those kinds that do not.
_ADDRESSING: Final = frozenset({"acceptance", "hand-over", "delivery"})
_ADDRESSING_NOBODY: Final = frozenset({"designation"})
#: Acts that are done to nobody: whoever is named beside them comes along, is sent or looks on.
_TO_NOBODY: Final = frozenset({"mobilize", "protest"})
_TO_NOBODY_KINDS: Final = frozenset(
    word_list("travel appearance vote postponement no-comment announcement election works law inauguration expiry natural-event")
)


def sides(
    a: Analysis, f: Frame, kind: str, plover: str, agent: tuple[str, ...], patient: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is on which side, where the words leave it to be understood: what one side refuses or asks, it refuses the other."""
    if kind in ("travel", "accident") and f.passive and not agent:
        return patient, ()  # "el granelero quedó encallado"
    if kind == "works" and f.valency.words == ("adjudicar",):
        return agent, tuple(x for x in patient if a.resolution.actors[x].kind == "Company")  # to whom the works go
    if plover in _TO_NOBODY or kind in _TO_NOBODY_KINDS:
        return agent, ()
    patient = _own_governments(a, f, agent) or patient
    if kind == "complaint":
        patient = tuple(x for x in patient if not _is_forum(a, x))
    if kind == "expulsion" and any(
        a.resolution.actors[x].kind in ("Group", "Person") for x in patient if x in a.resolution.actors
    ):
        patient = tuple(
            x for x in patient if x not in a.resolution.actors or a.resolution.actors[x].kind != "Country"
        )  # where to
    if kind in _HOLDING and f.passive and not agent and f.valency.words[0] not in _STEALING:
        agent = _holder(a, f)
    if plover == "consult" and f.form == "verb" and f.subject is not None:
        t = a.trees[f.sentence]
        agent = (*agent, *_at_its_head(a, t, f.subject, agent)) if len(agent) == 1 else agent or _made_of(a, t, f.subject)
    if plover == "consult" and len(agent) == 1 and not patient and agent == a.resolution.pair:
        return agent, patient
    if plover == "accuse" and agent and not patient and f.content is not None and f.form == "verb":
        accused = subject_of(a, a.trees[f.sentence], f.content).actors  # "denunció que agentes …"
        patient = tuple(x for x in accused if x not in agent)
    if kind == "summons" and f.passive and not agent:
        agent = _seat(a, f)
    if plover in _TO_THE_OTHER and agent:
        patient = tuple(x for x in patient if not _is_joint(a, x))  # "suspendió la comisión bilateral": to the other side
    if not patient:
        patient = _understood(a, f, kind, plover, agent)
    if kind == "visit" and not patient and f.form == "verb":
        patient = _visited(a, f)
    taking_place = f.form == "noun" and f.subject == f.trigger  # "la cuarta ronda arrancó el lunes"
    if (
        plover == "consult"
        and not agent
        and not patient
        and f.tense in ("future", "past", "subjunctive")
        and (taking_place or (not f.negated and _both_meet(a.trees[f.sentence], f)))
    ):
        agent = a.resolution.pair
    if plover == "consult" and not agent and not patient and _going_on(a.trees[f.sentence], f):
        agent = a.resolution.pair
    if kind == "break-of-relations" and not agent:
        agent = a.resolution.pair
    return agent, tuple(p for p in patient if p not in agent)


def killed_in(a: Analysis, f: Frame, frames: Iterable[Frame]) -> Frame | None:
    """The attack that a death came of, told with who made it: "dos soldados murieron en un ataque del ELN"; ``None`` without one."""
    t = a.trees[f.sentence]
    for x in frames:
        inside = x.sentence == f.sentence and x.form == "noun" and f.trigger < x.trigger < f.end
        if inside and x.agent and case(t, x.trigger) in AMID and a.lexicon.is_a(x.concept, "assault"):
            return x
    return None


#: How a body is called that complaints are brought before.
_FORUMS: Final = ("corte", "tribunal", "juzgado", "panel", "audiencia", "comité", "comisión")


def _is_forum(a: Analysis, actor: str) -> bool:
    """Whether somebody is complained to and not of: a court, an organisation of states."""
    known = a.resolution.actors.get(actor)
    return known is not None and (known.kind == "InternationalOrganization" or known.label.lower().startswith(_FORUMS))


def _own_governments(a: Analysis, f: Frame, agent: tuple[str, ...]) -> tuple[str, ...]:
    """Whose government "su gobierno" is to which somebody turns: their own at home, each theirs for several."""
    t = a.trees[f.sentence]
    if f.form != "verb" or not agent:
        return ()
    for k in t.children(f.trigger, "obj", "obl:arg", "obl", "iobj"):
        own = case(t, k) == "a" and t.tokens[k].lemma == "gobierno" and any(t.tokens[m].lower in ("su", "sus") for m in t.kids[k])
        if own:
            homes = a.resolution.pair if t.tokens[k].lower.endswith("s") else tuple(x for x in (home_of(a, agent[0]),) if x)
            return tuple(a.government(x) for x in homes)
    return ()


_JOINT: Final = frozenset(word_list("bilateral binacional mixta mixto conjunta conjunto bilaterales mixtas"))


def _is_joint(a: Analysis, actor: str) -> bool:
    """Whether a body is both sides' own: "la comisión mixta", "el comité binacional"."""
    known = a.resolution.actors.get(actor)
    return known is not None and known.kind not in ("Person", "Country") and not _JOINT.isdisjoint(known.label.lower().split())


def _seat(a: Analysis, f: Frame) -> tuple[str, ...]:
    """Whose seat somebody is summoned to: "fue citado en la Cancillería"."""
    t = a.trees[f.sentence]
    for k in range(f.trigger + 1, f.end):
        if case(t, k) in ("en", "a", "ante") and t.tokens[k].pos in ("NOUN", "PROPN"):
            found = a.actors(t, k)
            if found and a.resolution.actors[found[0]].kind in ("PublicBody", "Government"):
                return found
    return ()


def _visited(a: Analysis, f: Frame) -> tuple[str, ...]:
    """Whom a journey is made to see: "viajará el 30 a Mendoza para reunirse con Milei"."""
    t = a.trees[f.sentence]
    for k in t.children(f.trigger, "advcl", "xcomp", "acl", "obl"):
        purpose = (
            k > f.trigger and "VerbForm=Inf" in t.tokens[k].morph and any(t.tokens[m].lower in ("para", "a") for m in t.kids[k])
        )
        if not purpose:
            continue
        for m in range(k + 1, t.right[k]):
            seen = a.actors(t, m) if case(t, m) == "con" else ()
            if seen and not set(seen) & set(f.agent):
                return seen
    return ()


#: Verbs of the parties that a body which meets is made of.
PRESIDING: Final = frozenset({"copresidir", "presidir", "encabezar", "integrar", "liderar", "dirigir"})


def _at_its_head(a: Analysis, t: Tree, subject: int, known: tuple[str, ...]) -> tuple[str, ...]:
    """Who, by its relative clause, heads a body that meets: "la comisión mixta, que copresidirán A y B, se reunirá el 3"."""
    for k in t.children(subject, "acl:relcl"):
        if t.tokens[k].lemma in PRESIDING:
            found = (x for m in t.children(k, "nsubj") if t.tokens[m].lower != "que" for x in a.actors(t, m))
            return tuple(x for x in found if x not in known)
    return ()


def _going_on(t: Tree, f: Frame) -> bool:
    """Whether something goes on being talked of, whoever does: "el tratado se sigue discutiendo", "sigue negociándose"."""
    head = t.tokens[f.trigger].head
    on = f.form == "verb" and t.tokens[head].lemma in ("seguir", "continuar") and t.tokens[f.trigger].dep == "xcomp"
    return on and not f.negated and (has_se(t, f.trigger) or has_se(t, head))


def _made_of(a: Analysis, t: Tree, subject: int) -> tuple[str, ...]:
    """The states that a body without a name of its own is made of: "el comité de frontera de Ecuador y Colombia"."""
    found = dict.fromkeys(x for k in range(subject, t.right[subject]) for x in a.resolution.of(t.sentence.index, k))
    states = tuple(x for x in found if a.resolution.actors[x].kind in ("Country", "Government"))
    return states if t.tokens[subject].lemma in BODIES and len(states) > 1 else ()


#: Acts that the state does in whose country they are done.
_HOLDING: Final = frozenset({"arrest", "capture", "seizure", "expulsion"})

_STEALING: Final = frozenset({"robar", "hurtar", "arrebatar", "despojar"})


def _holder(a: Analysis, f: Frame) -> tuple[str, ...]:
    """Who holds somebody "detenido en Verín", "encarcelados en Cuba": the state of that place, if it is one of the two sides."""
    t = a.trees[f.sentence]
    for k in range(max(f.first, f.trigger - _NEAR), f.end - 1):
        if t.tokens[k].lower != "en" or not t.tokens[k + 1].text[:1].isupper() or elsewhere(t, k, f.trigger):
            continue
        found = a.resolution.of(f.sentence, k + 1)
        place = a.gazetteer.place_at(a.text, t.tokens[k + 1].start, a.resolution.pair)
        country = place[1] if place is not None else next(iter(found), None)
        return (a.government(country),) if country in a.resolution.pair else ()
    return ()


def _understood(a: Analysis, f: Frame, kind: str, plover: str, agent: tuple[str, ...]) -> tuple[str, ...]:
    """Whom an act is done to whose words name nobody."""
    last = f.trigger + f.words - 1
    object_ = a.trees[f.sentence].tokens[last]
    if f.theme is None and f.words > 1 and f.form == "verb" and object_.pos == "NOUN" and object_.dep == "obj":
        f = replace(f, theme=last)  # "retuvo | una draga colombiana": the wording has its object with it
    if plover in _TO_THE_OWNER or kind == "ruling":
        struck = fallen(a, f) or owner_of_it(a, f, agent) or thing_of(a, f, agent)
        return struck or (benefiting(a, f, agent) if plover == "aid" else ())
    if not agent or not (plover in _TO_THE_OTHER or kind in _ADDRESSING):
        return ()
    if f.form == "verb" and plover == "request" and _turned_to_others(a, f):
        return ()
    found = ((_conditioned_on(a, f) or _menaced(a, f)) if plover == "threaten" else ()) or thing_of(a, f, agent)
    if not found and kind not in _ADDRESSING_NOBODY:
        sides = other_side(a, agent)
        found = sides if len(sides) < len(a.resolution.pair) or plover in _TO_BOTH else ()
    if (
        not found
        and f.form == "verb"
        and not f.negated
        and (plover in _TO_THEIR_OWN or (plover == "threaten" and _of_party_or_demanding(a, f, agent[0])))
    ):
        found = own_government(a, agent)
    return found


def _turned_to_others(a: Analysis, f: Frame) -> bool:
    """Whether the words name whom somebody turns to, who are no actors: "pide a los tijuanenses paciencia"."""
    t = a.trees[f.sentence]
    return any(
        case(t, k) == "a" and t.tokens[k].pos == "NOUN" and not a.actors(t, k) and t.children(k, "det")
        for k in t.children(f.trigger, "obl", "obl:arg", "obj", "iobj")
    )


def _of_party_or_demanding(a: Analysis, f: Frame, actor: str) -> bool:
    """Whether the government at home is whom somebody threatens without a word: parties do, and who demands by it that something
    be done that only an authority does ("bloquearán la bocana si no se deroga"); "si se firma" and "si no baja el precio" do not."""
    known = a.resolution.actors[actor]
    organisation = above(a, known)
    if known.kind == "Party" or (organisation is not None and organisation.kind == "Party"):
        return True
    low = [x.lower for x in a.trees[f.sentence].tokens[f.first : f.end + _NEAR]]
    return any(low[i : i + 3] == ["si", "no", "se"] for i in range(len(low)))


def _conditioned_on(a: Analysis, f: Frame) -> tuple[str, ...]:
    """Whose doing a threat is tied to: "la flota quedará amarrada si el ministro la firma"."""
    t = a.trees[f.sentence]
    for i in range(f.first, min(f.end + _NEAR, len(t.tokens))):
        if t.tokens[i].lower != "si" or t.tokens[i].dep != "mark" or t.tokens[i].head < i:
            continue
        subject = next((k for k in t.children(t.tokens[i].head, "nsubj") if a.actors(t, k)), None)
        actors = a.actors(t, subject) if subject is not None else ()
        kinds = {a.resolution.actors[x].kind for x in actors}
        return actors if not kinds & {"Group", "MediaOutlet"} and not set(actors) & set(f.agent) else ()
    return ()


#: Verbs whose "a" says where somebody turns: "advirtió que recurrirá a la Corte".
_GOING: Final = frozenset(word_list("acudir recurrir apelar ir volver llegar regresar viajar salir"))


def _menaced(a: Analysis, f: Frame) -> tuple[str, ...]:
    """Whom the threatened act would strike: "llevará a los tribunales a la Confederación", "rebajará la nota ecuatoriana"."""
    t = a.trees[f.sentence]
    if f.content is None:
        return ()
    mine = {*f.agent, *(country_of(a, x) for x in f.agent)}
    struck = range(f.content + 1, t.right[f.content])
    for k in struck:
        if t.tokens[k].lower == "si":
            break
        whom = a.actors(t, k) if case(t, k) == "a" and t.tokens[t.tokens[k].head].lemma not in _GOING else ()
        if whom and a.resolution.actors[whom[0]].kind in ("Country", "Government", "PublicBody", "Company", "Party"):
            return whom[:1]
        country = a.demonym(t, k) if t.tokens[k].pos == "NOUN" else None
        if country in a.resolution.pair and country not in mine:
            return (country,)
    return ()


_OTHERS: Final = frozenset({"anterior", "otro", "previo", "vario", "mucho", "distinto", "tercero", "vecino", "europeo", "demás"})
MEETING = {
    "gabinete",
    "delegación",
    "equipo",
    "ministro",
    "canciller",
    "presidente",
    "mandatario",
    "gobierno",
    "cancillería",
    "parte",
    "negociador",
    "vecino",
    "país",
    "técnico",
    "comitiva",
    "homólogo",
}


def _both_meet(t: Tree, f: Frame) -> bool:
    """ "los cancilleres se reunirán", "se discutirá en …": in an article about two sides, both of them."""
    if f.form != "verb":
        return False
    if f.subject is not None and t.tokens[f.subject].pos == "NOUN":
        plural = "Number=Plur" in t.tokens[f.subject].morph
        if any(t.tokens[k].lemma in _OTHERS for k in t.kids[f.subject]):
            return False  # "que gobiernos anteriores solo discutían en privado"
        return (plural and t.tokens[f.subject].lemma in MEETING) or (
            has_se(t, f.trigger) and t.tokens[f.subject].lemma not in MEETING
        )
    return has_se(t, f.trigger) and f.theme is not None
