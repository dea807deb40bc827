"""Where the clause of a stance says what it is about: behind the verb, in front of it, in the words answered, nowhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.ordinals import counted, is_ordinal
from kg.extract.stance_events import AGREED, DEFINITE
from kg.extract.stance_pronouns import Target, claimed_last
from kg.extract.stance_targets import target_of
from kg.extract.stances import stance_of
from kg.extract.syntax import Tree, finite_morph, trim

#: Concepts whose verbs may stand with the words of the answer.
_IN_WORDS: Final = frozenset({"refusal", "acceptance", "supports", "opposes", "denies", "wanting", "doubts"})
_LONGEST_MATTER: Final = 160


def targets_of_frame(known: Known, f: Frame) -> tuple[list[Target], int | None]:
    """What the stance is about, several things where it counts them, and the head of the words that say so."""
    t = known.tree(f)
    head = f.content if f.content is not None else f.theme
    words = f.valency.words
    if f.concept == "denies" and words in (("discrepar",), ("disentir",)):
        claimed = claimed_last(known, f)
        return ([claimed] if claimed is not None else []), None
    if f.concept == "conditioning" and f.content is not None:
        head = f.theme  # "supedita la cita a que Madrid se retracte"
    elif words[-1] in ("sí", "no") and f.theme is None and not _is_to(t, f.trigger + f.words):
        head, f = None, replace(f, content=None)  # "dijo que no y planteó otra cosa"
    if f.form == "verb" and f.pronoun == "lo" and (about := _what_of(t, f)) is not None:
        head, f = about, replace(f, pronoun=None)
    elif head is None and f.form == "verb" and f.pronoun is None:
        head = _right_behind(t, f)
    elif head is None or f.pronoun is not None:
        head = head if head is not None else _fronted(known, t, f)
    if f.concept == "saying" and stance_of(known, f) == "opposes":
        f, head = replace(f, concept="refusal", content=None, theme=None, patient=(), pronoun="lo"), None
    if f.form == "phrase" and "necesario" in words:
        head = None
    if f.form == "phrase" and any(w.startswith(("negoci", "innegoci")) for w in words):
        return _bargained(known, f, head), None
    if f.valency.subject == "THEME" and head is not None and known.a.actors(t, head):
        return _last_of(known, f, known.a.actors(t, head)), None  # "Sumar recibió un portazo"
    several = counted(known, f, head) if head is not None else ()
    if several:
        return [Target(fact=x) for x in several], head
    target = target_of(known, f, head)
    if target is None and f.concept == "affirms" and f.cause is not None:  # "lo atribuye al tipo de cambio"
        first, end = trim(t, t.left[f.cause], t.right[f.cause])
        target = Target(matter=known.a.text[t.tokens[first].start : t.tokens[end - 1].end])
    return [target] if target is not None else [], head


def answered_in_words(known: Known, f: Frame) -> tuple[list[Target], int | None] | None:
    """What was told before that a stance answers with a clause of its own: "«No son maletas», se negó ella", "No quiere: ya tiene una".

    Its words are in quotation marks, or stand behind a colon, and are what somebody says, not what it is about.
    """
    t = known.tree(f)
    said = f.content
    if f.form != "verb" or f.concept not in _IN_WORDS or said is None:
        return None
    colon = any(x.text == ":" for x in t.tokens[f.trigger : said])
    quote = known.a.quote_at(t.tokens[said].start)
    opening = known.a.quote_at(t.tokens[t.left[said]].start) or known.a.quote_at(t.tokens[min(t.left[said] + 1, said)].start)
    apart = quote is not None and opening is quote and known.a.quote_at(t.tokens[f.trigger].start) is not quote
    if not colon and not (apart and any(x.text == "," for x in t.tokens[min(said, f.trigger) : max(said, f.trigger)])):
        return None  # "rechazó que «entren tropas»"
    theme = f.theme if f.theme is not None and f.trigger < f.theme < said else None
    target = target_of(known, replace(f, content=None, theme=theme), theme)
    return ([target], theme) if target is not None and target.fact is not None else None


def of_oneself(known: Known, f: Frame) -> Target | None:
    """What somebody says he will not do himself, in his own words and without an object: "«No voy a renunciar», replicó"."""
    t = known.tree(f)
    speech = known.speech(t.tokens[f.trigger].start)
    own = f.concept == "tolerating" and f.negated and speech is not None and speech.direct
    lemma = t.tokens[f.trigger].lemma
    if not own or "Person=1" not in finite_morph(t, f.trigger) or not lemma.endswith(("ar", "er", "ir")):
        return None
    return Target(matter=lemma)


def words_behind(known: Known, f: Frame) -> Target | None:
    """The words behind the verb in its clause, where the parser made no object of them: "no tolera | que un jefe de Estado …"."""
    t = known.tree(f)
    first = f.trigger + f.words - (f.valency.words[0] in ("no", "sin"))
    first, end = trim(t, first, f.end) if first < f.end else (first, first)
    if not any(x.pos in ("NOUN", "VERB", "PROPN") for x in t.tokens[first:end]):
        return None
    return Target(matter=known.a.text[t.tokens[first].start : t.tokens[end - 1].end][:_LONGEST_MATTER].removeprefix("que "))


def _is_to(t: Tree, k: int) -> bool:
    """Whether a token opens what is answered: "dijo que sí | al último"."""
    return k < len(t.tokens) and t.tokens[k].lower in ("a", "al")


def _what_of(t: Tree, f: Frame) -> int | None:
    """The noun in "confirma lo de las visitas", where "lo" is no pronoun."""
    k = f.trigger + f.words
    if k + 2 >= len(t.tokens) or t.tokens[k].lower != "lo" or t.tokens[k + 1].lower not in ("de", "del"):
        return None
    return next((n for n in range(k + 2, min(k + 5, len(t.tokens))) if t.tokens[n].pos == "NOUN"), None)


def _right_behind(t: Tree, f: Frame) -> int | None:
    """The noun, or "lo" with a participle, that stands right behind a verb to which the parser gave no object: "apoyan lo acordado"."""
    k = f.trigger + f.words
    if k + 1 >= len(t.tokens) or t.tokens[k].pos not in ("DET", "PRON"):
        return None
    if t.tokens[k].lower == "lo":
        return k + 1 if t.tokens[k + 1].lower in AGREED else None
    return k + 1 if t.tokens[k].pos == "DET" and t.tokens[k + 1].pos == "NOUN" else None


def _last_of(known: Known, f: Frame, actors: tuple[str, ...]) -> list[Target]:
    """What somebody put forward last, in this sentence or the one before."""
    mine = [
        o
        for o in known.offered
        if set(o.fact.proposer) & set(actors)
        and 0 <= f.sentence - o.sentence <= 1
        and (o.sentence, o.first) < (f.sentence, f.trigger)
    ]
    return [Target(fact=mine[-1].fact.id)] if mine else []


def _fronted(known: Known, t: Tree, f: Frame) -> int | None:
    """What stands in front of the verb and is taken up again by a pronoun: "lo segundo lo admitiría", "el centro lo descartó Lima"."""
    if f.pronoun is None:
        return None
    clause = range(max(t.left[f.trigger], 0), f.trigger)
    ordinal = next(
        (k for k in clause if is_ordinal(t.tokens[k].lower) and k > 0 and t.tokens[k - 1].lower in ("lo", "la", "el")), None
    )
    return ordinal if ordinal is not None else _doubled(known, t, f)


def _doubled(known: Known, t: Tree, f: Frame) -> int | None:
    """The noun that opens the clause, is nobody, and agrees with the pronoun before the verb: "La fumigación solo la admitiría si …"."""
    if f.pronoun not in ("lo", "la", "los", "las") or t.tokens[f.trigger - 1].lower != f.pronoun:
        return None
    first = t.left[f.trigger]
    while first < f.trigger and t.tokens[first].pos in ("PUNCT", "CCONJ"):
        first += 1
    k = next((k for k in range(first, f.trigger) if t.tokens[k].pos in ("NOUN", "PROPN", "VERB")), None)
    if (
        k is None
        or k == first
        or t.tokens[k].pos != "NOUN"
        or any(t.tokens[j].pos not in ("DET", "ADP", "NUM") for j in range(first, k))
    ):
        return None
    gender = "Gender=Fem" if f.pronoun.startswith("la") else "Gender=Masc"
    number = "Number=Plur" if f.pronoun.endswith("s") else "Number=Sing"
    fits = t.tokens[first].lower in DEFINITE and gender in t.tokens[first].morph and number in t.tokens[first].morph
    return k if fits and not known.a.actors(t, k) else None


def _bargained(known: Known, f: Frame, head: int | None) -> list[Target]:
    """ "la soberanía no se negocia" refuses what was put forward; with nothing put forward, to negotiate its subject."""
    answered = target_of(known, replace(f, theme=None), None)
    if answered is not None and answered.fact in {o.fact.id for o in known.offered}:
        return [answered]
    target = target_of(known, f, head)
    if target is not None and target.matter is not None and head is not None:
        target = Target(matter=f"negociar {target.matter[0].lower()}{target.matter[1:]}")
    return [target] if target is not None else []
