"""Which stance a frame takes: the table of concepts, and what polarity, mood and the words beside the verb make of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.context import compared, factuality
from kg.extract.frame import Frame
from kg.extract.known import Known
from kg.extract.syntax import Tree, case, finite_morph, has_se, negated, tense, trim
from kg.extract.words import word_list
from kg.model import Span

#: concept of a frame → stance when affirmed, stance when negated (None: no position)
STANCES: Final[dict[str, tuple[str | None, str | None]]] = {
    "supports": ("supports", "opposes"),
    "opposes": ("opposes", None),
    "doubts": ("doubts", None),
    "denies": ("denies", None),
    "affirms": ("affirms", None),
    "claiming": ("affirms", None),
    "confirming": ("affirms", "denies"),
    "acceptance": ("supports", "opposes"),
    "refusal": ("opposes", None),
    "wanting": (None, "opposes"),
    "tolerating": (None, "opposes"),
    "conditioning": ("conditional", None),
    "saying": ("affirms", "affirms"),  # only where it is about whether something exists
}
#: Not to do these is no refusal: one may leave off insisting, greeting, thanking.
_NOT_POLAR: Final = frozenset(
    word_list("insistir agradecer saludar celebrar felicitar congratular impulsar promover elogiar ponderar")
)
#: Of the verbs of wanting, negated, only these refuse: who does not seek a quarrel refuses nothing.
_WILLING: Final = frozenset({"querer", "desear"})
#: To refuse one of these is to deny it.
_CLAIMS: Final = frozenset(
    word_list(
        "acusación versión señalamiento cifra rumor imputación insinuación tesis afirmación reproche cargo sospecha infundio"
        " aseveración interpretación lectura extremo dato"
    )
)
_WORDS_SAID: Final = frozenset(word_list("frase palabra expresión declaración cita autoría"))
_STATES: Final = frozenset({"haber", "poder", "ser", "estar", "ir"})
_EXISTING: Final = frozenset({"existir"})
#: What one does not want to do who says nothing: "no quiso pronunciarse", "no quiso hacer comentarios".
_SPEAKING: Final = frozenset({"pronunciar", "hacer", "entrar", "dar", "valorar", "hablar"})
_OWNING: Final = frozenset({"reconocer", "admitir"})
#: Who does not dislike something likes it well enough: "no le disgusta", "no ve con malos ojos".
_DISLIKING: Final = frozenset({"disgustar", "desagradar", "ver"})
_NAMING: Final = frozenset({"tildar", "tachar", "calificar", "motejar", "catalogar"})
#: Said of something that somebody else claims, these deny it.
_NEVER: Final = frozenset({"jamás", "nunca"})
#: Who does this with an infinitive says something of himself that others may doubt.
_EXCUSING: Final = frozenset({"alegar", "aducir", "argüir", "jurar"})
#: To answer so with a "no" to come refuses what was asked.
_REPLYING: Final = frozenset({"contestar", "responder", "replicar"})
#: Verbs that take a stance only with their preposition: "se pronunció contra", "apuesta por", "votará por".
_ONLY_WITH: Final = frozenset(
    word_list(
        "pronunciar manifestar movilizar marchar posicionar votar cargar apostar sumar insistir inclinar ceder decantar adherir"
    )
)
#: Alone, these deny what another has just said.
_DISAGREEING: Final = frozenset({"discrepar", "disentir"})
_ASKING: Final = frozenset({"qué", "quién", "cómo", "cuándo", "dónde"})
#: Verbs that foretell something, in a noun or a clause.
_FORETELLING: Final = frozenset({"pronosticar", "augurar", "vaticinar", "presagiar", "anticipar"})
#: Verbs that speak for a thing, and put it down to another where they name one.
_GROUNDING: Final = frozenset({"justificar", "explicar", "fundamentar", "basar", "sustentar"})
#: Verbs that accuse somebody, and put something down to a thing.
_BLAMING: Final = frozenset({"culpar", "echar"})
#: How many words of obligation stand before their infinitive: "tiene que".
_MODAL_WORDS: Final = 2
_DECIDING: Final = frozenset({"aprobar", "autorizar", "validar", "convalidar"})
#: What opens a clause on which a yes hangs, and one that would end a no.
_AFTER: Final = frozenset({"después", "luego", "tras", "pese", "pesar"})
_PROVIDED: Final = frozenset({"si", "siempre", "cuando", "mientras", "salvo"})
_UNTIL: Final = frozenset({"mientras", "hasta", "si", "sin", "antes", "salvo", "menos"})
#: Without these one does a thing in some way, and under no condition.
_NO_CONDITION: Final = frozenset(
    word_list("embargo duda detalle explicación éxito consecuencia falta cambio motivo razón problema")
)
_PROVISOS: Final = (
    "a condición de",
    "a cambio de",
    "con la condición de",
    "siempre y cuando",
    "siempre que",
    "solo si",
    "sólo si",
)


def as_answer(known: Known, f: Frame) -> Frame:
    """The frame as one of accepting where its verb grants something: "solo admitiría la fumigación si …" vouches for nothing."""
    lemma = known.tree(f).tokens[f.trigger].lemma
    if lemma in _DISAGREEING and f.form == "verb" and f.theme is None and f.content is None and _is_alone(known, f):
        return replace(f, concept="denies", pronoun="lo")  # "El exministro discrepa."
    granting = f.concept == "confirming" and f.form == "verb" and f.tense == "conditional" and f.content is None
    return replace(f, concept="acceptance") if granting and lemma == "admitir" else f


def _is_alone(known: Known, f: Frame) -> bool:
    """Whether one says no more than the verb: "discrepan", of two, is with one another."""
    t = known.tree(f)
    behind = t.tokens[f.trigger + 1 : f.trigger + 2]
    return not f.negated and "Number=Sing" in finite_morph(t, f.trigger) and (not behind or behind[0].pos == "PUNCT")


def stance_of(known: Known, f: Frame) -> str | None:
    """The stance that a frame takes, None for no position. Judgements ("tachar de …") are read elsewhere, and so are slogans."""
    f = as_answer(known, f)
    if f.concept not in STANCES or f.form == "participle":
        return None
    affirmed, denied = STANCES[f.concept]
    stance = denied if f.negated else affirmed
    if f.concept == "refusal" and f.negated and f.form == "verb" and (f.tense == "conditional" or f.valency.words[-1] == "no"):
        stance = "conditional"  # "no lo habría rechazado", "no dijeron que no": the answer is open
    if f.concept == "opposes" and f.negated and f.form == "verb" and known.tree(f).tokens[f.trigger].lemma in _DISLIKING:
        stance = "supports"
    if stance is None or not _serious(known, f) or (f.form == "noun" and (f.sentence, f.trigger) in known.a.resolution.at):
        return None
    if f.concept == "tolerating":
        if not _speaks_for_itself(known, f):
            return None
        return "conditional" if provided(known, f, _UNTIL) else stance
    if f.concept in ("claiming", "confirming", "saying"):
        return _of_claim(known, f, stance)
    if _does_something_else(known, f):
        return None
    if f.concept == "refusal" and not f.negated:
        return _of_refusal(known, f)
    return _of_support(known, f, stance)


def _serious(known: Known, f: Frame) -> bool:
    """Whether a verb tells a stance taken: not one that is compared with, asked for, planned or meant."""
    if f.form != "verb":
        return True
    t = known.tree(f)
    if compared(t, f.trigger) or _supposed(t, f.trigger) or _due(t, f.trigger):
        return False
    above = t.tokens[t.tokens[f.trigger].head]
    if (
        f.tense == "infinitive"
        and t.tokens[f.trigger].dep in ("acl", "nmod")
        and above.pos == "NOUN"
        and known.takes_up(above.lemma)
    ):
        return False  # "la invitación a sumarse al plan"
    meant = f.tense == "subjunctive" and not _happened(known.tree(f), f.trigger)
    meant = meant or (f.tense == "infinitive" and factuality(known.a, f) != "actual")
    return not meant or f.concept in ("denies", "doubts")


def _due(t: Tree, i: int) -> bool:
    """Whether a verb tells what has still to be done: "todavía la tiene que aprobar la Asamblea"."""
    if "VerbForm=Inf" not in t.tokens[i].morph or i < _MODAL_WORDS:
        return False
    return (t.tokens[i - 2].lemma, t.tokens[i - 1].lower) in (("tener", "que"), ("haber", "que"), ("haber", "de"))


def _supposed(t: Tree, i: int) -> bool:
    """Whether a verb stands in a condition: "si no se le permite faenar, tomará el muelle"."""
    marks = [k for k in t.kids[i] if t.tokens[k].lower == "si" and t.tokens[k].dep == "mark" and k < i]
    return any(t.tokens[k + 1].lower != "bien" for k in marks)


def _happened(t: Tree, i: int) -> bool:
    """Whether a subjunctive tells what has happened: "un día después de que rechazara …"."""
    before = [x.lower for x in t.tokens[max(0, t.left[i] - 4) : i]]
    return "que" in before and bool(_AFTER & set(before))


def _does_something_else(known: Known, f: Frame) -> bool:
    """Words of a stance that take none here: "no quiso opinar", "le cerraron el paso"."""
    t = known.tree(f)
    if f.form != "verb":
        return False
    silent = any(x.concept == "no-comment" and (x.sentence, x.trigger) == (f.sentence, f.trigger) for x in known.frames)
    if silent or (f.concept == "wanting" and f.content is not None and _speaks(known, t.tokens[f.content].lemma)):
        return True
    if f.valency.words == ("cerrar", "paso"):
        return True
    lemma = t.tokens[f.trigger].lemma
    prepositions = {p for p, _ in f.valency.complements if p}
    if lemma == "pronunciar" and not prepositions & {x.lower for x in t.tokens[t.left[f.trigger] : t.right[f.trigger]]}:
        return True  # "el plan, sobre el que los jueces se pronunciarán el lunes"
    if lemma in _ONLY_WITH and f.theme is None and f.content is None and f.pronoun is None and len(f.valency.words) == 1:
        return True  # "los jueces se pronunciarán el lunes": for or against nothing
    if lemma == "celebrar" and has_se(t, f.trigger):
        return True  # "la cita que iba a celebrarse"
    if lemma == "quejar" and (f.theme is None or case(t, f.theme) not in ("de", "por", "ante")):
        return True  # "«…», se quejó": a way of saying
    if (
        f.concept == "opposes"
        and t.tokens[f.trigger].lemma == "discrepar"
        and not any(case(t, k) in ("de", "con") for k in t.kids[f.trigger])
    ):
        return True  # "discrepan sobre quién debe mediar": with one another
    thanked = t.tokens[f.trigger].lemma == "agradecer" and any(
        x.concept == "refusal" and x.sentence == f.sentence and x.trigger > f.trigger and x.agent == f.agent for x in known.frames
    )
    if thanked:
        return True  # "gesto que agradeció, pero declinó"
    if f.valency.words[-1] == "palabra" and not any(t.tokens[k].lower in ("le", "les", "nos") for k in t.kids[f.trigger]):
        return f.concept == "acceptance"  # "tomó la palabra" in a debate
    felt = f.valency.subject == "THEME"
    return felt and any(k >= f.trigger + f.words and not case(t, k) for k in t.children(f.trigger, "obj"))


def _speaks(known: Known, lemma: str) -> bool:
    return lemma in known.a.lexicon.classes["saying"] or lemma in _SPEAKING


def _speaks_for_itself(known: Known, f: Frame) -> bool:
    """Whether a negated "permitir", "pagar", "haber" … is a refusal: in the future, said of oneself ("no permitiremos", "no pagará")."""
    t = known.tree(f)
    token = t.tokens[f.trigger]
    going = any(t.tokens[k].lemma == "ir" and t.tokens[k].dep == "aux" for k in t.kids[f.trigger])
    if token.lemma in ("haber", "ir"):
        quoted = known.a.quote_at(token.start) is not None
        return quoted and token.lemma == "haber" and f.tense == "future" and f.theme is not None
    return (f.tense == "future" or going) and f.form == "verb"


def _of_claim(known: Known, f: Frame, stance: str) -> str | None:
    """ "sostiene que …", "admitió que …", "replicó que tal papel no existe": whether something is so."""
    t = known.tree(f)
    if t.tokens[f.trigger].lemma == "admitir" and f.content is None and (f.pronoun in ("los", "las") or f.patient):
        return None  # "su país no los admite": lets them in
    if f.concept == "confirming" and f.negated:
        own = t.tokens[f.trigger].lemma in _OWNING and (f.content is not None or f.pronoun is not None or f.theme is not None)
        return "denies" if own else None  # "no lo confirma" is nothing
    if f.concept == "confirming" and f.content is None and (f.pronoun is not None or f.theme is not None):
        return stance  # "lo confirmó", "confirmó la llamada": whether it was told before is for the target to say
    if f.content is not None and t.tokens[f.trigger].lemma in _EXCUSING and "VerbForm=Inf" in finite_of(t, f.content):
        return None if f.negated else stance  # "alega no tener listos los informes"
    if t.tokens[f.trigger].lemma == "entender" and any(case(t, k) == "de" for k in t.kids[f.trigger]):
        return None  # "entendemos de hielo y de pescado que se pudre"
    if f.content is None and f.theme is not None and t.tokens[f.trigger].lemma in _FORETELLING:
        return None if f.negated else stance  # "pronostica un arreglo de mínimos"
    if f.content is None or "VerbForm=Fin" not in finite_of(t, f.content):
        return None
    opening = next((k for k in range(t.left[f.content], f.content) if t.tokens[k].pos != "PUNCT"), f.content)
    if (
        f.concept == "claiming"
        and f.content > f.trigger
        and t.tokens[opening].lower == "hasta"
        and f.tense in ("present", "future")
    ):
        return "conditional"  # "mantendrá el cierre hasta que se vayan"
    if known.a.quote_at(t.tokens[opening].start) is not known.a.quote_at(t.tokens[f.trigger].start):
        return None  # words in quotation marks are a statement
    inner = t.span(t.left[f.content], t.right[f.content])
    no = negated(t, f.content)
    if f.concept == "saying":
        return _of_saying(t, f, no)
    if f.concept == "confirming":
        return None if no or _of_oneself(known, f) else stance
    if any(inner.overlaps(Span(e.start, e.end)) for i in known.indicators for e in i.evidence):
        return None  # a source's own figure has only its claimant
    return "denies" if no else stance


def _of_saying(t: Tree, f: Frame, no: bool) -> str | None:
    """ "replicó que tal papel no existe", "asegura que jamás la vio", "contestó que no esperará"; other sayings take no stance."""
    assert f.content is not None
    if f.negated:
        return None
    if t.tokens[f.content].lemma in _EXISTING:
        return "denies" if no else "affirms"
    if any(t.tokens[k].lower in _NEVER for k in t.kids[f.content]):
        return "denies" if tense(t, f.content) in ("past", "present") else None
    refuses = no and t.tokens[f.trigger].lemma in _REPLYING and tense(t, f.content) == "future"
    return "opposes" if refuses else None


def _of_oneself(known: Known, f: Frame) -> bool:
    """ "admite que pidió …": what somebody owns to having done is told, and no stance on it taken."""
    assert f.content is not None
    if known.tree(f).tokens[f.content].lemma == "haber":
        return False  # "admitió que hay retraso"
    inner = next((x for x in known.frames if x.sentence == f.sentence and x.trigger == f.content and x.form == "verb"), None)
    return inner is not None and bool(set(inner.agent) & set(f.agent))


def _of_refusal(known: Known, f: Frame) -> str:
    """ "rechazó que haya multas" denies, "rechazó que entren tropas" refuses, "rechaza la acusación" denies."""
    t = known.tree(f)
    head = f.content if f.content is not None else f.theme
    if f.content is not None and "Mood=Sub" in finite_of(t, f.content):
        claims = t.tokens[f.trigger].lemma in ("descartar", "rechazar", "negar")
        return "denies" if claims and denies_a_state(t, f.content) else "opposes"
    if head is not None and t.tokens[head].lemma in _CLAIMS:
        return "denies"
    return "conditional" if f.form == "verb" and provided(known, f, _UNTIL) else "opposes"


def _of_support(known: Known, f: Frame, stance: str) -> str | None:
    t = known.tree(f)
    lemma = t.tokens[f.trigger].lemma
    head = f.content if f.content is not None else f.theme
    if f.concept == "wanting" and lemma not in _WILLING:
        return None
    if f.concept == "opposes" and f.form == "verb" and lemma in _NAMING:
        return None  # what something is called is read as a judgement
    if f.concept == "supports" and lemma in _NOT_POLAR and f.negated:
        return None
    if f.concept == "supports" and f.content is not None and lemma == "insistir" and "VerbForm=Fin" in finite_of(t, f.content):
        return None if tense(t, f.content) == "subjunctive" else "affirms"  # "insistió en que devuelva …" asks
    if f.concept == "affirms" and head is not None and t.tokens[head].lemma in _WORDS_SAID:
        return None
    if f.concept == "affirms" and head is not None and any(x.lower in _ASKING for x in t.tokens[max(head - 1, 0) : head + 2]):
        return None  # "explicó por qué"
    if f.concept == "affirms" and lemma in ("adjudicar", "imputar") and f.cause is None:
        return None  # "adjudicó la obra"; "imputó a dos agentes"
    if f.concept == "affirms" and lemma in ("adjudicar", "imputar") and _names_somebody(known, f):
        return None  # "adjudicó la obra a la belga Scheldt"
    if f.concept == "affirms" and lemma in _GROUNDING and f.cause is None:
        return None
    if f.concept == "supports" and lemma in _GROUNDING and f.negated:
        return None
    blamed = f.concept == "affirms" and lemma in _BLAMING
    if blamed and (f.cause is None or f.content is not None or _names_somebody(known, f)):
        return None  # "culpó a Lima": an accusation; "culpó a la ola de frío": a cause
    if stance == "supports" and f.form == "verb" and provided(known, f, _PROVIDED):
        return "conditional"
    if stance == "opposes" and f.negated and f.form == "verb" and provided(known, f, _UNTIL):
        return "conditional"
    return stance


def _names_somebody(known: Known, f: Frame) -> bool:
    """Whether the words of a frame's cause name an actor."""
    t = known.tree(f)
    assert f.cause is not None
    return any(known.a.resolution.of(f.sentence, k) for k in range(t.left[f.cause], t.right[f.cause]))


def decides(known: Known, f: Frame) -> bool:
    """ "aprobó la retirada": who decides in his own matter takes no stance, unless somebody else had put it forward."""
    return f.concept == "acceptance" and known.tree(f).tokens[f.trigger].lemma in _DECIDING


def finite_of(t: Tree, i: int) -> str:
    """The features of what is finite in the clause headed by ``i``: its auxiliary's or copula's, else its own."""
    beside = (t.tokens[k].morph for k in t.kids[i] if t.tokens[k].dep in ("aux", "cop"))
    return next((m for m in beside if "VerbForm=Fin" in m), finite_morph(t, i))


def denies_a_state(t: Tree, content: int) -> bool:
    """ "rechazó que haya multas" denies a state of things; "rechazó que entren tropas" refuses an act to come."""
    if "Mood=Sub" not in finite_of(t, content):
        return False
    auxiliary = any(t.tokens[k].lemma in _STATES and t.tokens[k].dep in ("aux", "cop") for k in t.kids[content])
    return auxiliary or t.tokens[content].lemma in ("existir", "haber", "ser", "estar", "poder", "tener")


def condition_of(t: Tree, i: int, openers: frozenset[str]) -> int | None:
    """The clause under verb ``i`` that one of ``openers`` introduces: "si …", "mientras no …", "hasta que …"."""
    for k in t.kids[i]:
        if t.tokens[k].dep in ("advcl", "ccomp", "acl", "obl"):
            opening = {
                t.tokens[t.left[k]].lower,
                *(t.tokens[m].lower for m in t.kids[k] if m < k and t.tokens[m].dep in ("mark", "advmod", "case")),
            }
            if t.right[k] <= i + 1 and not opening & (_UNTIL - {"si"}):
                continue  # in front, "si …" sets the case of a threat as well
            clausal = t.tokens[k].dep != "obl" and t.tokens[k].pos in ("VERB", "AUX", "ADJ", "NOUN")
            lacking = t.tokens[k].pos == "NOUN" and case(t, k) == "sin" and t.tokens[k].lemma not in _NO_CONDITION
            clausal = clausal or (lacking and negated(t, i) and len(t.kids[k]) > 1)  # "no firmará sin garantías de Berlín"
            if clausal and opening & openers and not (opening & {"sin"} and "VerbForm=Inf" in t.tokens[k].morph):
                return k
    return None


def provided(known: Known, f: Frame, openers: frozenset[str]) -> bool:
    """Whether a verb's stance hangs on a condition in its own clause."""
    t = known.tree(f)
    words = known.a.text[t.tokens[f.trigger].start : t.tokens[t.right[f.trigger] - 1].end].lower()
    return condition_of(t, f.trigger, openers) is not None or any(p in words for p in _PROVISOS)


def condition_text(known: Known, t: Tree, i: int) -> str | None:
    """The words of the condition under verb ``i``."""
    k = condition_of(t, i, _PROVIDED | _UNTIL)
    if k is None:
        return None
    first, end = trim(t, t.left[k], t.right[k])
    return known.a.text[t.tokens[first].start : t.tokens[end - 1].end]
