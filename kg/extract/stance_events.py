"""The event that the words of a stance tell themselves, claim, or take up by its kind: "el cierre", "lo acordado", "la decisión".

Which fact a noun names in other words is weighed in :mod:`kg.extract.stance_nouns`.
"""

from __future__ import annotations

import re
from typing import Final

from kg.extract.frame import Frame
from kg.extract.homes import country_of
from kg.extract.known import Known
from kg.extract.syntax import Tree
from kg.extract.words import word_list
from kg.model import Span
from kg.vocabulary import plover_type

#: Acts of agreeing that what is agreed is not known by.
_ANSWERING: Final = frozenset({"ratification", "acceptance", "promise", "hand-over"})
AGREED: Final = frozenset(
    word_list(
        "acordado pactado acuerdo pacto convenio memorando memorándum convenido firmado suscrito rubricado texto protocolo tratado"
    )
)
#: Words for one that is not that of the news.
_OTHERS: Final = frozenset(
    word_list("primer primero primera anterior viejo vieja antiguo antigua pasado otro otra futuro futura")
)
_DECIDED: Final = frozenset(word_list("decisión medida determinación"))
DEFINITE: Final = frozenset(
    word_list("el la los las esa ese esta este esas esos estas estos dicha dicho dichas dichos tal tales aquella aquel su sus")
)
#: … and with its preposition: "desconfía del encuentro".
DEFINITE_OR_JOINED: Final = DEFINITE | {"al", "del", "cualquier", "ningún", "ninguna"}
#: Acts that nobody means who speaks of "the measure" or of "it": what was said about a thing, or that somebody met.
_TALK: Final = frozenset(word_list("request reject consult accuse support"))
_REACH_OF_NOUNS: Final = 14  # sentences back to what "la medida", "esa petición" take up


def event_in(known: Known, f: Frame, head: int, end: int) -> str | None:
    """The event that the words themselves tell: "la decisión de Chile de expulsar a tres pescadores", "el cierre"."""
    t = known.tree(f)
    heads = [head, *(k for k in t.kids[head] if t.tokens[k].dep == "acl" and k < end)]
    for k in heads:
        for e in known.events:
            here = any(x.start <= t.tokens[k].start < x.end for x in e.evidence)
            if here and e.triggers[:1] == (t.tokens[k].text,) and plover_type(e.event_type) not in ("reject", "request"):
                return e.id
    return None


def event_claimed(known: Known, f: Frame, head: int) -> str | None:
    """The event that a claim's clause tells as its own: "cree que el juicio empezará en marzo", "no cree que haya acuerdo"."""
    t = known.tree(f)
    clause = t.subtree(head)
    told = [e for e in known.events if any(clause.overlaps(Span(x.start, x.end)) for x in e.evidence)]
    mine = (t.tokens[head].text, *(t.tokens[k].text for k in t.children(head, "nsubj", "nsubj:pass", "obj", "xcomp", "cop")))
    return next((e.id for e in told if e.triggers and e.triggers[0] in mine), None)


def event_of_kind(known: Known, f: Frame, head: int) -> str | None:
    """The last event that a definite noun takes up by its kind: "la amenaza", "lo acordado", "el cierre", "la decisión"."""
    t = known.tree(f)
    token = t.tokens[head]
    if not any(t.tokens[k].lower in DEFINITE_OR_JOINED | {"lo"} for k in t.kids[head]) or _another(t, head):
        return None
    told = [e for e in known.events if e.evidence[0].end <= t.tokens[f.trigger].start]
    if token.lemma in AGREED or token.lower in AGREED:
        agreed = [
            e
            for e in told
            if plover_type(e.event_type) == "agree" and e.factuality in ("actual", "planned") and e.event_type not in _ANSWERING
        ]
        done = [e for e in agreed if not e.rule.endswith("-noun")] or agreed  # "celebra el convenio" tells none of its own
        return done[-1].id if done else None
    own = [k for k in t.kids[head] if t.tokens[k].dep == "nmod" and k > head]
    if any(t.tokens[k].pos == "NOUN" or (t.tokens[k].pos == "PROPN" and not known.a.resolution.of(f.sentence, k)) for k in own):
        return None  # "las negociaciones del Tratado" brings its own matter
    stances = ("offering", "refusal", "acceptance", "supports", "opposes", "doubts")
    kinds = {v.concept for v in known.a.lexicon.nouns.get(token.lemma, ()) if v.concept not in stances}
    floor = known.a.trees[max(0, f.sentence - _REACH_OF_NOUNS)].tokens[0].start
    told = [e for e in told if e.evidence[-1].end >= floor]
    owner = known.a.demonym(t, head)
    if owner is not None and token.lemma in _DECIDED:
        told = [e for e in told if any(country_of(known.a, x) == owner for x in e.agent) and e.event_type not in _ANSWERING]
    same = [e for e in told if e.event_type in kinds]
    own_words = any(t.tokens[k].dep in ("acl", "nmod") and t.tokens[k].pos in ("VERB", "NOUN") and k > head for k in t.kids[head])
    if not same and not own_words and token.lemma in known.a.lexicon.classes["summing-up"]:
        same = [e for e in told if plover_type(e.event_type) not in _TALK and e.factuality in ("actual", "planned")]
    return same[-1].id if same else None


def _another(t: Tree, head: int) -> bool:
    """Whether a noun is marked as another one than that of the news: "el primer acuerdo", "el convenio anterior", "el pacto de 2019"."""
    return any(t.tokens[k].lower in _OTHERS or re.fullmatch(r"(?:19|20)\d\d", t.tokens[k].text) for k in t.kids[head])


def event_with_words(known: Known, words: frozenset[str]) -> str | None:
    """The last event whose label has most of the content words of a phrase."""
    for e in reversed(known.events):
        lemmas = {x[:6] for x in re.findall(r"\w{4,}", e.label.lower())}
        if words and len(words & lemmas) >= max(2, 0.6 * len(words)):
            return e.id
    return None
