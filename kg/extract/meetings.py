"""Which words that can tell a meeting, a talk, a call or a ruling tell none where they stand.

"Hablaron con este boletín" tells an interview, "la reunión abordó la represa" is told with its noun, "se habla de un acuerdo" tells a
rumour, "se verá en Pasto a mediados de enero" a meeting, "el tribunal se pronunciará el lunes" a ruling.
"""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.dating import Dated
from kg.extract.frames import Frame
from kg.extract.participants import MEETING, PRESIDING
from kg.extract.syntax import Tree, case, finite_morph
from kg.extract.triggers import BODIES, noun_entries
from kg.extract.words import word_list

_PRESS: Final = frozenset(
    word_list(
        "boletín diario medio agencia emisora revista periódico prensa periodista reportero corresponsal programa canal cadena radio"
        " noticiero informativo televisión"
    )
)
#: Who meets, though the word is one for meetings too.
_BODIES: Final = frozenset(
    word_list("comisión comité mesa asamblea consejo delegación grupo equipo gabinete junta sesión cámara")
)
_SITTING: Final = frozenset({"reunir", "sesionar", "volver"})
_EATING: Final = frozenset({"almorzar", "cenar", "desayunar"})
#: Who gives rulings when they "se pronuncian".
_JUDGES: Final = frozenset(word_list("juez jueza tribunal corte sala panel jurado magistrado magistrada árbitro audiencia"))


def no_meeting(a: Analysis, t: Tree, f: Frame, kind: str) -> bool:
    """Whether a frame of a meeting or a talk tells none, by its own words."""
    if any(a.resolution.actors[x].kind == "MediaOutlet" for x in (*f.agent, *f.patient)):
        return True  # an interview
    if f.form != "verb":
        return f.form == "participle" and f.valency.words[0] == "consultar"  # "consultada por escrito"
    token = t.tokens[f.trigger]
    if token.lemma in PRESIDING and token.dep == "acl:relcl" and t.tokens[t.tokens[token.head].head].lemma in _SITTING:
        return True  # "la comisión, que copresiden A y B, se reúne el lunes" tells one meeting
    if _to_the_press(t, f.trigger):
        return True  # "hablaron con este boletín", "a quien este diario telefoneó"
    if kind == "phone-call" and t.tokens[f.trigger].lemma == "llamar" and not _calls(a, t, f):
        return True
    # "la reunión abordó la represa": the meeting is told with its noun
    return f.subject is not None and _is_meeting(a, t, f.subject)


def vague_meeting(a: Analysis, t: Tree, f: Frame, agent: tuple[str, ...], patient: tuple[str, ...], when: Dated) -> bool:
    """Whether a verb that has other meanings too tells no meeting, because its parties or its day are missing."""
    if f.form != "verb" or f.words > 1:
        return False
    word, parties = f.valency.words[0], len({*agent, *patient})
    met = f.agent or (f.subject is not None and t.tokens[f.subject].lemma in MEETING)
    if word == "reunir" and not parties:
        return f.subject is None or t.tokens[f.subject].lemma not in BODIES  # "los requisitos están reunidos"
    if word in _EATING:
        return not patient and parties < 2 and not (met and not f.agent)
    if word == "ver" and f.valency.role("en") != "PLACE" and "Number=Plur" in finite_morph(t, f.trigger):
        return not met and f.subject is not None  # "las pérdidas se verán en abril"
    if word == "ver" and met:
        return False
    if f.valency.role("en") == "PLACE" or (word == "hablar" and f.valency.pronominal):
        ahead = f.tense in ("future", "infinitive") and when.begin is not None
        return not ahead or f.negated
    if word == "tratar":
        return parties < 2 or (f.tense not in ("future", "past") and not f.negated)
    if word == "recibir" and f.pronoun is not None:
        return not agent or not patient or when.begin is None
    return False


def judged(t: Tree, f: Frame) -> bool:
    """Whether a verb of ruling has a judge for its subject, where others do what it says too: "se pronunciaron sobre la cuota"."""
    if f.valency.words != ("pronunciar",):
        return True
    return f.subject is not None and t.tokens[f.subject].lemma in _JUDGES and not f.negated


def natural(a: Analysis, t: Tree, f: Frame) -> bool:
    """Whether the subject is an event of nature or an accident."""
    if f.subject is None or f.passive or a.actors(t, f.subject):
        return False
    return any(e.concept in ("natural-event", "accident") for e in noun_entries(t.tokens[f.subject], a.lexicon))


def _is_meeting(a: Analysis, t: Tree, i: int) -> bool:
    """Whether the noun is a meeting, and no body that meets ("la comisión")."""
    if a.actors(t, i) or t.tokens[i].lemma in _BODIES:
        return False
    return any(a.lexicon.is_a(e.concept, "consult") for e in noun_entries(t.tokens[i], a.lexicon))


def _to_the_press(t: Tree, i: int) -> bool:
    """Whether somebody talks to a newspaper, or it to him."""
    if any(t.tokens[k].lemma in _PRESS for k in t.children(i, "nsubj")):
        return True
    return any(case(t, k) in ("con", "a", "ante") and t.tokens[k].lemma in _PRESS for k in t.kids[i])


def _calls(a: Analysis, t: Tree, f: Frame) -> bool:
    """Whether "llamar" is to telephone: to a person, or one another on a day; not to name, not to call upon."""
    if f.words > 1:
        return True
    if f.content is not None or any(k > f.trigger and t.tokens[k].dep == "xcomp" for k in t.kids[f.trigger]):
        return False
    if f.valency.pronominal:
        return f.tense not in ("present", "participle") and "Tense=Imp" not in t.tokens[f.trigger].morph
    official = {"Person", "Government", "PublicBody"}
    return bool(f.patient) and all(a.resolution.actors[x].kind in official for x in f.patient)
