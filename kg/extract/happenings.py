"""Which frames tell that something happens at all: not what is only proposed, denied, meant for a purpose, asked, or too bare to say."""

from __future__ import annotations

from kg.extract.analysis import Analysis
from kg.extract.dating import Dated
from kg.extract.frames import LIGHT, PUTTING, Frame
from kg.extract.relative_subjects import CLITICS
from kg.extract.syntax import Tree, case, is_finite, is_verb, negated, tense
from kg.extract.words import word_list

#: lexical classes that are not event types, and the event type that they are when they are a political move
MOVES = {"acceptance": "acceptance", "refusal": "refusal", "deed": "other"}


_SILENT_NOUNS = {
    "acuerdo",
    "cooperación",
    "colaboración",
    "coordinación",
    "compromiso",
    "arancel",
    "impuesto",
    "salida",
    "retiro",
    "elección",
    "cita",
    "ayuda",
    "marcha",
    "refuerzo",
    "plan",
    "crédito",
    "registro",
    "sesión",
    "firma",
    "decreto",
    "contacto",
    "intervención",
    "fallo",
    "apoyo",
    "multa",
    "consulta",
    "operación",
    "entendimiento",
    "ocupación",
    "gravamen",
    "cambio",
    "sentencia",
    "anuncio",
    "paro",
    "demanda",
    "vigilancia",
}


def until(t: Tree, i: int) -> bool:
    """ "no rebajará el arancel mientras no se pague": a refusal on a condition, which is a position."""
    return "Tense=Fut" in t.tokens[i].morph and any(
        x.lower in ("mientras", "hasta", "si") for x in t.tokens[max(0, t.left[i] - 8) : t.right[i]]
    )


def supposed(t: Tree, f: Frame, plover: str) -> bool:
    """Whether a clause with "si" only supposes something said, or that something is not done: that is a condition, no event.

    So does one of a noun: "si no hay acuerdo", "en caso de que no se produzca la firma".
    """
    if f.form == "noun":
        above = t.tokens[f.trigger].head
        return is_verb(t.tokens[above]) and _conditional(t, above) and negated(t, above)
    if (
        f.form == "verb"
        and f.negated
        and f.tense == "subjunctive"
        and any(t.tokens[k].lower == "mientras" for k in t.kids[f.trigger])
    ):
        return True  # "mientras no le entreguen copia"
    if f.form != "verb" or not any(t.tokens[k].lower == "si" and k < f.trigger for k in t.kids[f.trigger]):
        return False
    opened = next(k for k in t.kids[f.trigger] if t.tokens[k].lower == "si")
    if f.concept == "warning" and any(is_finite(x) and x.i != f.trigger for x in t.tokens[opened : f.trigger]):
        return False  # "si no se lo conceden, advierte, acamparán": the condition is another verb's
    return f.negated or plover in ("request", "agree", "reject", "support", "accuse", "threaten")


def _conditional(t: Tree, i: int) -> bool:
    """Whether "si", "en caso de que" or "de no", with an infinitive, opens the clause of verb ``i``."""
    marks = [k for k in t.children(i, "mark", "case") if k < i]
    if "VerbForm=Inf" in t.tokens[i].morph:
        return any(t.tokens[k].lower == "de" for k in marks)
    return any(t.tokens[k].lower == "si" or any(t.tokens[g].lower == "caso" for g in t.kids[k]) for k in marks)


def bare_talk(t: Tree, f: Frame, kind: str, fact: str) -> bool:
    """Whether a verb tells no happening by its form: an answer that is not given, what is usually not done, what would be done if …"""
    if kind in ("refusal", "acceptance") and fact in ("negated", "possible"):
        return True
    if f.form != "verb":
        return False
    settled = any(t.tokens[k].lower.startswith(("previst", "programad", "fijad", "agendad")) for k in t.kids[f.trigger])
    if (
        kind == "agree"
        and f.valency.words == ("convenir", "que")
        and f.tense in ("present", "conditional")
        and f.content is not None
        and tense(t, f.content) == "subjunctive"
    ):
        return True  # "convendría que explicara": it is fitting
    if f.negated and f.tense == "present" and kind not in ("no-comment", "appearance") and not (kind == "meeting" and settled):
        return True
    if f.tense == "conditional" and any(
        t.tokens[m].lower == "si" for k in t.kids[f.trigger] if t.tokens[k].dep == "advcl" for m in t.kids[k]
    ):
        return True
    unlisted = f.concept == "deed" or kind in ("travel", "death")
    whoever = f.subject if f.subject is not None else f.theme
    if unlisted and whoever is not None and _counted(t, whoever):
        return True  # "llegaron 17.800 personas", "murieron ocho personas" are figures
    if kind == "travel" and f.inferred and any(t.tokens[k].pos == "NOUN" and _counted(t, k) for k in range(f.trigger + 1, f.end)):
        return True  # the subject behind the verb, which the parser missed: nobody named before came
    moved = kind == "travel" and (f.tense == "subjunctive" or "Tense=Imp" in t.tokens[f.trigger].morph)
    return moved or (kind == "closure" and f.theme is None and f.words == 1 and not f.place and _to_somebody(t, f.trigger))


def _counted(t: Tree, i: int) -> bool:
    """Whether a number, in figures or above three, stands with the noun."""
    return any(t.tokens[k].pos == "NUM" and t.tokens[k].lower not in ("un", "una", "uno", "dos", "tres") for k in (i, *t.kids[i]))


def _to_somebody(t: Tree, i: int) -> bool:
    return any(t.tokens[k].lower in ("le", "les", "me", "nos") for k in t.kids[i])


def question(t: Tree) -> bool:
    return any(x.text == "?" for x in t.tokens[-2:])


#: Kinds that need somebody who does it: a letter that arrives is no journey.
_OF_SOMEBODY = {"travel", "appearance"}
#: Kinds of deed that a noun names by itself, so that what it was done to or where is enough: "el asalto a un puesto".
_DEEDS = {"assault", "coerce", "protest"}
_DEED_KINDS = {"closure", "cut-off", "suspension", "break-of-relations", "release", "recall", "ban", "natural-event", "hand-over"}
#: Kinds that a finite verb tells without anybody who acts or suffers: "se suspendieron las visas".
_TOLD_BARE = {"sanction", "concede", "coerce", "assault", "agree", "cooperate", "aid", "mobilize", "retreat"}


#: What laws and undertakings need, and people ask for.
_REQUIRING = frozenset(word_list("requerir exigir precisar demandar necesitar"))


def _told_of(t: Tree, f: Frame) -> bool:
    """Whether a noun is the subject of an act, somebody known or not."""
    return f.subject is not None and t.tokens[f.subject].pos in ("NOUN", "PROPN") and not f.passive


def _people(a: Analysis, t: Tree, f: Frame) -> bool:
    """Whether the subject is people, known or not."""
    lemma = "" if f.subject is None else t.tokens[f.subject].lemma
    return lemma in ("multitud", "gentío") or any(lemma in a.lexicon.classes[c] for c in ("group-noun", "person-role"))


def _traveller(a: Analysis, t: Tree, f: Frame) -> bool:
    """Whether people or a vessel are the subject, known or not: they travel, a letter or a price that "llega" does not."""
    if not _told_of(t, f) or f.negated or f.subject is None:
        return False
    return any(t.tokens[f.subject].lemma in a.lexicon.classes[c] for c in ("group-noun", "person-role", "vessel"))


def at_request(t: Tree, f: Frame) -> bool:
    """Whether a noun of asking tells who asked for what was done: "a petición de Lima", "a instancias de los productores"."""
    return bool(f.agent) and f.trigger > 0 and t.tokens[f.trigger - 1].lower == "a" and not f.inferred


def put_forward(t: Tree, f: Frame) -> bool:
    """Whether a noun of asking is what somebody puts, brings or makes: "puso dos exigencias: que …", "traía tres peticiones"."""
    verb = t.tokens[f.trigger].head
    put = t.tokens[verb].lemma in (LIGHT | PUTTING) - {"haber", "tener"}
    return f.form == "noun" and t.tokens[f.trigger].dep == "obj" and verb < f.trigger and put


def _at_somebody(t: Tree, f: Frame) -> bool:
    """Whether an accusation is made at somebody who is not known: "los imputó", "culpan a la otra orilla"."""
    if f.pronoun in CLITICS:
        return True
    return any(k > f.trigger and case(t, k) == "a" and t.tokens[k].pos in ("NOUN", "PROPN", "PRON") for k in t.kids[f.trigger])


def _deed(t: Tree, f: Frame, plover: str, kind: str) -> bool:
    """Whether a noun names one deed that is known by what it was done to or where: singular, with such a complement."""
    if plover not in _DEEDS and kind not in _DEED_KINDS:
        return False
    if "Number=Plur" in t.tokens[f.trigger].morph:
        return False
    if f.place is not None:
        return True
    if f.theme is None:
        return False
    theme = t.tokens[f.theme]
    marked = any(t.tokens[k].pos in ("DET", "NUM") or t.tokens[k].lower in ("del", "al") for k in t.kids[f.theme])
    return theme.pos == "PROPN" or marked


def worth(
    a: Analysis,
    t: Tree,
    f: Frame,
    plover: str,
    kind: str,
    agent: tuple[str, ...],
    patient: tuple[str, ...],
    when: Dated,
    fact: str,
) -> bool:
    """Whether the words tell enough to be an event: somebody who acts or suffers, or at least a day."""
    token = t.tokens[f.trigger]
    if f.form == "noun":
        head = t.tokens[token.head]
        on_calendar = f.subject is not None and f.tense == "future" and bool(when.begin or f.negated)
        if kind in ("natural-event", "accident") and f.subject is not None and f.tense in ("past", "future") and not f.negated:
            return True  # "un sismo sacudió la costa"
        if (
            token.lemma in _SILENT_NOUNS
            and not on_calendar
            and not (plover == "consult" and len(agent) > 1)
            and not (agent and (patient or when.begin))
            and not (head.lemma in ("haber", "alcanzar", "firmar", "existir") and token.dep in ("obj", "nsubj"))
        ):
            return False
        if not (agent or patient) and when.begin is None and not _deed(t, f, plover, kind):
            return False
        if "Number=Plur" in token.morph and not agent and not when.begin:
            return False
        if plover == "request" and at_request(t, f):
            return True
        if plover == "request" and not (patient and f.patient) and when.begin is None and head.lemma not in LIGHT | PUTTING:
            return False
        return bool(
            agent
            or patient
            or plover in ("assault", "coerce", "protest")
            or kind in ("expiry", "natural-event", "accident", "election", "summit", "ruling", "vote", "indictment")
            or f.subject is not None  # it has a day, and a verb that tells that it came about
            or _deed(t, f, plover, kind)
        )
    if f.form == "participle":
        if kind == "travel":
            return False  # "fondeados en la laguna", "recién llegada de Toronto"
        if f.valency.pronominal:
            return when.begin is not None
        if plover == "request" and not agent:
            return False  # "reclamados por corrupción" are wanted men
        someone = patient and all(a.resolution.actors[x].kind != "Country" for x in patient)
        if f.place is not None and someone and plover in ("coerce", "assault", "sanction"):
            return True  # "los pesqueros retenidos en Ilo"
        return bool(agent) or when.begin is not None or when.end is not None or f.cause is not None
    if f.concept == "deed":
        around = (
            f.theme is not None or patient or f.patient or f.place is not None or when.begin is not None or when.end is not None
        )
        return bool(agent) and not f.inferred and bool(around)
    if kind in _OF_SOMEBODY:
        if not agent and not (kind == "travel" and f.form == "verb" and when.begin is not None and _traveller(a, t, f)):
            return False  # "una caravana partió el viernes" tells one without anybody known
        if f.inferred and not (f.theme or f.place or when.begin):
            return False
        if kind == "travel" and f.form == "verb" and f.tense == "present" and when.begin is None:
            return False  # "los barcos zarpan a media carga" tells a habit
        return f.form != "verb" or not any("VerbForm=Inf" in t.tokens[k].morph for k in t.children(f.trigger, "xcomp"))
    if kind == "no-comment" and f.form == "verb" and not agent:
        neither = f.subject is not None and t.tokens[f.subject].lower in ("ninguno", "ninguna")
        return neither or _told_of(t, f)  # "su portavoz no quiso comentarlo"
    if f.pronoun and plover not in ("reject", "agree", "request") and not patient and not agent:
        return False
    worded = f.words > 1  # "retirar las boyas": the wording has its object with it
    if not agent and not patient:
        doer = _told_of(t, f) and not f.negated
        if plover == "protest" and doer and f.tense in ("past", "future") and _people(a, t, f):
            return True  # "trescientas personas marcharon", "una multitud tomó la plaza"
        if f.theme is None and not worded and f.content is None:
            told = f.tense in ("past", "future") or (plover == "consult" and f.form == "verb")
            return kind == "expiry" or (doer and told and (kind == "accident" or when.begin is not None))
        named = worded or (f.theme is not None and t.tokens[f.theme].pos in ("NOUN", "PROPN"))
        somebody = f.subject is not None and t.tokens[f.subject].pos in ("NOUN", "PROPN") and not f.passive
        relative = any(t.tokens[k].lower == "que" and k < f.trigger for k in t.kids[f.trigger])
        somebody = somebody and not (relative and token.lemma in _REQUIRING)  # "leyes que requieren la firma del Senado"
        if plover in ("request", "reject", "threaten", "accuse") and somebody and (named or f.content is not None):
            return f.form == "verb" and not f.negated
        bare = plover in _TOLD_BARE or (kind == "postponement" and f.theme is not None)
        told = named and f.tense in ("past", "future") and not f.inferred and not f.negated and bare
        return told or when.begin is not None or when.end is not None or kind == "expiry"
    if plover == "accuse" and f.form == "verb" and not patient:
        filed = kind == "complaint" and f.theme is not None and not f.inferred  # "impugnó la medida ante un panel"
        return bool(agent) and not f.negated and (f.content is not None or filed or _at_somebody(t, f))
    asked = plover == "request" and f.pronoun is not None and f.form == "verb"  # "Tampoco la pidieron"
    there = when.begin is not None and (f.place is not None or plover == "protest")  # "Viajará a Lima el 15 de abril"
    bare = f.theme is None and not worded and f.content is None and not there and not (plover == "mobilize" and f.patient)
    if f.inferred and not patient and bare and plover != "reject" and not asked:
        return False
    # a word of no kind tells something only with what it is about
    return kind != "other" or (f.tense != "infinitive" and (f.theme is not None or f.content is not None))
