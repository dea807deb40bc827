"""What is put forward, as a value with its words, and which side answers which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.homes import above, country_of, home_of
from kg.extract.syntax import Tree
from kg.extract.words import word_list
from kg.model import Proposal

_OFFICIALS = (
    "delegaci",
    "funcionari",
    "negociador",
    "autoridad",
    "asesor",
    "diplom",
    "equipo",
    "portavo",
    "vocer",
    "representante",
    "ministro",
    "canciller",
)
#: The letters of a lemma that are compared.
STEM: Final = 6
#: Nouns that name something put forward.
PROPOSAL_NOUNS: Final = frozenset(
    word_list(
        "propuesta oferta contrapropuesta contraoferta plan iniciativa alternativa ofrecimiento planteamiento petición"
        " solicitud pedido exigencia reclamo reclamación demanda requerimiento condición pliego fórmula paquete medida"
        " compromiso sugerencia proyecto moción proposición enmienda borrador invitación planteo recomendación"
    )
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A proposal with what later steps need: the sentence and tokens of its content, its content words, and the frame behind it."""

    fact: Proposal
    sentence: int
    first: int
    end: int
    words: frozenset[str]
    frame: Frame | None
    retold: tuple[tuple[int, int, int], ...] = ()  # where else its content stands

    @property
    def stretches(self) -> tuple[tuple[int, int, int], ...]:
        """All (sentence, first, end) that tell the content."""
        return ((self.sentence, self.first, self.end), *self.retold)


def content_lemmas(t: Tree, first: int, end: int) -> frozenset[str]:
    """The stems of a stretch's lemmas that carry content; a verbal noun and its verb share theirs."""
    return frozenset(
        x.lemma[:STEM] for x in t.tokens[first:end] if x.pos in ("NOUN", "VERB", "PROPN", "ADJ") and len(x.lemma) > 3
    )


def label(a: Analysis, t: Tree, first: int, end: int) -> str:
    """The words of a content as a label: without the conjunction that introduced it and the full stop, at most 160 characters."""
    words = a.text[t.tokens[first].start : t.tokens[end - 1].end].strip().rstrip(".;:, ")
    if words[:4].lower() == "que ":
        words = words[4:]
    return words if len(words) <= 160 else words[:157].rsplit(" ", 1)[0] + "…"


#: Words of the titles of people who speak for their country's government.
_IN_GOVERNMENT = re.compile(
    r"(?:^|\b|vice|sub)(?:president|mandatari|primer[oa]? minist|ministr|canciller|secretari|vocer|portavo"
    r"|embajador|asesor|homólog|colega|par\b|jef[ea] de gabinete)",
    re.I,
)
#: Words of the titles of people who speak for neither of two states, but to both.
_BETWEEN = re.compile(
    r"cardenal|nunci|pontífice|\bpapa\b|purpurad|europe|relator|alt[oa] (?:comisionad|representante)|secretari[oa] general|mediador",
    re.I,
)


def same_side(a: Analysis, one: str, other: str) -> bool:
    """Whether two actors answer with one voice: a state with whoever governs or represents it, two members of one government."""
    if one == other:
        return True
    if country_of(a, one) != country_of(a, other) or country_of(a, one) is None:
        return False
    voices = {_voice(a, one), _voice(a, other)}
    return "" not in voices and ("state" in voices or voices == {"member"})


def _voice(a: Analysis, actor: str) -> str:
    known = a.resolution.actors[actor]
    if known.kind in ("Country", "Government"):
        return "state"
    if known.kind == "PublicBody":
        return "body"
    words = f"{known.title or ''} {known.label}"
    return "member" if known.kind in ("Person", "Group") and _IN_GOVERNMENT.search(words) else ""


def state_of(a: Analysis, actor: str) -> str:
    """The country of the article that a government, a ministry or a delegation acts for; anybody else as they are."""
    known, country = a.resolution.actors[actor], country_of(a, actor)
    body = above(a, known)
    if country is None or country not in a.resolution.pair:
        return actor
    central = actor == a.government(country) or (known.kind == "PublicBody" and body is not None and body.kind == "Government")
    return country if central or (known.kind in ("Group", "Person") and not is_private(a, actor)) else actor


def other_side(a: Analysis, agent: tuple[str, ...]) -> tuple[str, ...]:
    """In an article about two countries, what one side asks for is asked of the other: its state, not its unions and mayors.

    What a third country, an international organisation or its secretary puts forward is for both.
    """
    if len(a.resolution.pair) != 2 or not agent:
        return ()
    if _third(a, agent[0]):
        return a.resolution.pair
    country = country_of(a, agent[0]) or home_of(a, agent[0])
    if country not in a.resolution.pair or is_private(a, agent[0]):
        return ()
    return tuple(c for c in a.resolution.pair if c != country)


def own_government(a: Analysis, agent: tuple[str, ...]) -> tuple[str, ...]:
    """What a party, a union or a governor asks for without saying of whom is asked of the government at home."""
    country = home_of(a, agent[0]) if agent and is_private(a, agent[0]) else None
    if country is None:
        return ()
    government = a.government(country)
    return (government,) if government in a.resolution.actors or government in a.gazetteer.actors else ()


def _third(a: Analysis, actor: str) -> bool:
    """Whether somebody is, or speaks for, an organisation of states or a country that the article is not about."""
    known = a.resolution.actors[actor]
    if known.kind == "InternationalOrganization":
        return True
    country = country_of(a, actor)
    if country is not None and country not in a.resolution.pair:
        return known.kind in ("Country", "Government") or bool(_IN_GOVERNMENT.search(f"{known.title or ''} {known.label}"))
    body = above(a, known)
    if country is not None:
        return False
    between = known.kind == "Person" and bool(_BETWEEN.search(known.title or ""))
    return between or (body is not None and body.kind == "InternationalOrganization")


def is_private(a: Analysis, actor: str) -> bool:
    """Whether somebody does not speak for a state: a party, a company, the head of a union, a governor."""
    known = a.resolution.actors[actor]
    if known.kind == "Group" and known.label.lower() in a.gazetteer.demonyms:
        return False  # "los estadounidenses" at the table
    if known.kind in ("Party", "CivilOrganization", "Company", "MediaOutlet", "CriminalOrganization", "Group"):
        return not known.label.lower().startswith(_OFFICIALS)
    if known.kind != "Person" or not known.title:
        return False
    body = above(a, known)
    if body is not None:
        return body.kind not in ("Government", "PublicBody", "Country")
    return _heads_others(a, actor) or not _IN_GOVERNMENT.search(known.title)


def _heads_others(a: Analysis, actor: str) -> bool:
    """Whether somebody is brought in as the president of whom the text spoke of just before: "su presidenta" of the fishermen."""
    first = next((m for m, ids in zip(a.resolution.mentions, a.resolution.ids, strict=True) if actor in ids), None)
    return first is not None and first.possessive and bool(first.role and first.role.startswith("president"))
