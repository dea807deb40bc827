"""What the clauses above make of what a frame tells: only proposed, denied, wanted or presupposed, or told aside as done all the same."""

from __future__ import annotations

from kg.extract.analysis import Analysis
from kg.extract.attribution import vouching
from kg.extract.frames import Frame
from kg.extract.purposes import AGREEING
from kg.extract.syntax import Tree, case, finite_morph, is_finite, is_verb, negated
from kg.extract.words import word_list
from kg.vocabulary import event_types, plover_type


def inside(contents: list[tuple[int, int, int]], f: Frame, t: Tree) -> bool:
    """Whether the frame is only proposed. What a relative clause or a participle tells of a proposed thing has happened all the same."""
    if _told_aside(t, f) or f.concept == "warning":
        return False  # "si no se retira, avisó, …": the warning in the middle is no part of what is asked
    return any(s == f.sentence and first <= f.trigger < end for s, first, end in contents)


def _told_aside(t: Tree, f: Frame) -> bool:
    """A participle or a relative clause in the past: what it tells has happened, whatever is said of its noun."""
    asked = f.concept in _MOVES_ASIDE and f.tense in ("present", "past") and t.tokens[f.trigger].dep == "acl:relcl"
    asked = asked and (f.concept != "refusal" or t.tokens[t.tokens[f.trigger].head].lemma in TAKING_UP)
    return (
        f.form == "participle"
        or asked
        or _kept(t, f.trigger)
        or (f.form == "verb" and f.tense == "past" and t.tokens[f.trigger].dep in ("acl:relcl", "acl", "advcl"))
    )


def _kept(t: Tree, i: int) -> bool:
    """ "los fondos que Washington tiene retenidos": what a relative clause tells as done and lasting."""
    clause = i if t.tokens[i].dep == "acl:relcl" else t.tokens[i].head
    if t.tokens[clause].dep != "acl:relcl":
        return False
    words = {i, clause, *t.kids[i]}
    participle = any("VerbForm=Part" in t.tokens[k].morph for k in (i, *t.kids[i]) if k >= i)
    return participle and any(t.tokens[k].lemma in ("tener", "mantener", "llevar") for k in words)


#: Moves that a relative clause in the present tells as made: "cosa que la Prefectura rechaza", "a la que acusa de …".
_MOVES_ASIDE = frozenset({"request", "demand", "petition", "refusal", "accuse"})
#: Words that take up what was just told, to say of it what somebody did about it.
TAKING_UP = frozenset({"cosa", "algo", "extremo", "lo", "ello"})


def denied(a: Analysis, f: Frame) -> bool:
    """Whether the frame stands in what somebody denies, doubts, refuses or accepts: that is the matter of a position."""
    t = a.trees[f.sentence]
    if _told_aside(t, f):
        return False
    if f.form == "noun" and _behind_open_noun(t, f.trigger):
        return True
    meets = f.form == "verb" and f.concept in event_types() and plover_type(f.concept) == "consult"
    j, steps, own = f.trigger, 0, True  # ``own``: still in the frame's own clause
    while t.tokens[j].head != j and steps < 8:
        dep, head = t.tokens[j].dep, t.tokens[j].head
        lemma = t.tokens[head].lemma
        if head < j and any(x.text == ";" for x in t.tokens[head:j]) and is_finite(t.tokens[j]):
            return False  # "reclama un corredor; si no se lo conceden, advierte, acamparán"
        if dep == "obl" and case(t, j) not in ("a", "de", "con", "en", "sobre", ""):
            return False  # "solicitó la llamada tras las amenazas": a circumstance is told
        if (
            dep in ("ccomp", "xcomp", "obj", "obl", "acl:relcl", "acl", "advcl")
            and not (meets and lemma in AGREEING and "VerbForm=Inf" in t.tokens[f.trigger].morph)
            and is_verb(t.tokens[head])
            and (lemma in _NOT_TOLD or (lemma in _THREATENING and negated(t, head)))
            and j > head
        ):
            aside = dep in ("advcl", "acl:relcl") and "," in (t.tokens[t.left[j]].text, t.tokens[t.left[j] - 1].text)
            return not (aside or vouched(a, t, f))
        if t.tokens[head].pos == "NOUN" and t.tokens[head].lemma in _NOT_TOLD_NOUNS and j > head:
            return not (own and _about(t, j))
        own = own and dep == "conj"
        j = head
        steps += 1
    return False


def vouched(a: Analysis, t: Tree, f: Frame) -> bool:
    """Whether somebody else vouches for what is denied: "niega que cortara el gas, como publicó la Gazeta", "como denuncia la OEA"."""
    tokens = t.tokens
    for k in range(f.trigger + 1, len(tokens) - 1):
        if tokens[k].text == ";":
            return False
        if tokens[k].lower == "como" and tokens[k - 1].text == ",":
            return any(x.lemma in vouching(a) and x.pos in ("VERB", "NOUN") for x in tokens[k + 1 : k + 4])
    return False


def _about(t: Tree, verb: int) -> bool:
    """Whether the relative clause of ``verb`` tells what was done about a noun, which is its object: "idea que el Gobierno descartó".

    Not what the noun says itself: "una propuesta que obliga a cerrar el paso".
    """
    if t.tokens[verb].dep != "acl:relcl" or "Mood=Ind" not in finite_morph(t, verb):
        return False
    subjects = t.children(verb, "nsubj", "nsubj:pass")
    return any(t.tokens[k].lower not in ("que", "cual") for k in subjects)


def _behind_open_noun(t: Tree, i: int) -> bool:
    """Whether right before the noun, wherever the parser hung it, stands a noun that leaves it open: "el temor a un corte"."""
    k = i - 1
    while k > 0 and t.tokens[k].pos in ("DET", "ADJ", "NUM"):
        k -= 1
    if k < 1 or t.tokens[k].pos != "ADP":
        return False
    k -= 1
    while k > 0 and t.tokens[k].pos == "ADJ":
        k -= 1
    return t.tokens[k].lemma in _NOT_TOLD_NOUNS - {"oposición", "rechazo", "negativa"}


#: Nouns that leave open, or deny, what hangs on them: "el temor a un corte del suministro".
_NOT_TOLD_NOUNS = frozenset(
    word_list(
        "negativa rechazo oposición amenaza exigencia petición temor miedo riesgo peligro posibilidad opción hipótesis propuesta idea"
        " proyecto solicitud pedido reclamo demanda llamado llamamiento oferta perspectiva necesidad condición eventualidad"
    )
)

#: Verbs that, negated, leave nothing of what hangs on them: "no amenazaron con derramar la leche".
_THREATENING = {"amenazar", "amagar"}

_NOT_TOLD = {
    "negar",
    "desmentir",
    "descartar",
    "rechazar",
    "dudar",
    "oponer",
    "aceptar",
    "evitar",
    "impedir",
    "exigir",
    "pedir",
    "reclamar",
    "solicitar",
    "proponer",
    "instar",
    "respaldar",
    "apoyar",
    "defender",
    "sugerir",
    "rehusar",
    "requerir",
    "temer",
    "evaluar",
    "estudiar",
    "considerar",
    "criticar",
    "lamentar",
}


#: Verbs whose object has happened, asked for or not: "una comisión que investigue la muerte del pescador".
_OF_WHAT_WAS = frozenset(word_list("investigar esclarecer aclarar indagar castigar vengar juzgar reparar"))
_DONE_KINDS = frozenset({"death", "accident", "natural-event"})


def presupposed(a: Analysis, f: Frame) -> bool:
    """Whether a noun names a deed that has happened whatever is said of it: "que se esclarezca el asesinato de dos pescadores"."""
    t = a.trees[f.sentence]
    token = t.tokens[f.trigger]
    if f.form != "noun" or token.dep not in ("obj", "nsubj", "nsubj:pass") or t.tokens[token.head].lemma not in _OF_WHAT_WAS:
        return False
    return f.concept in _DONE_KINDS or (f.concept in event_types() and plover_type(f.concept) in ("assault", "coerce"))
