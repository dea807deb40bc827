"""Frames of verbs and participles: who does it, to whom, about what, by the entry's valency and the dependency tree.

The tree's labels are taken as hints: objects, obliques and even a second subject are read by their preposition, which the parser
seldom gets wrong, and by where they stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.contents import content_of
from kg.extract.frame import Frame, verb_span
from kg.extract.giving import GIVING, asked_of, delegated
from kg.extract.lexicon import PREPOSITIONS, Valency, lemmas_of
from kg.extract.named_subjects import Subject
from kg.extract.pronouns import DATIVES, accusative, dative, enclitic
from kg.extract.relative_subjects import CLITICS, author_of
from kg.extract.subjects import subject_of
from kg.extract.syntax import SUBJECTS, Tree, case, finite_morph, has_se, is_finite, negated, tense, trim
from kg.extract.time_words import WEEKDAYS
from kg.extract.topics import Topics

#: Concepts whose agent speaks on: the next clause without a subject is theirs.
_SAYING: Final = frozenset({"saying", "claiming", "confirming", "denies", "warning"})
#: Moves that are made by saying them: who spoke last goes on with them.
_SPOKEN: Final = ("accuse", "request", "refusal", "threaten")
_ARGUMENTS: Final = frozenset({"obj", "obl", "obl:arg", "obl:agent", "iobj", "nmod", "nsubj"})
_RELATIVES: Final = frozenset({"que", "cual", "quien", "quienes"})
#: Prepositions that put somebody opposite the agent where the entry says nothing of its complements.
_OPPOSITE: Final = frozenset({"contra", "ante", "con"})
#: Before whom something is done or said, to somebody else: "lo denunció ante la CAN", "compareció ante la prensa".
_FORUMS: Final = frozenset({"InternationalOrganization", "PublicBody", "Group", "MediaOutlet"})
#: An infinitive or gerund with its pronoun is longer than this many letters ("darlo" is one, "sola" is none).
_SHORTEST_WITH_PRONOUN: Final = 5
#: Acts whose object is somebody: "la acusa de …", "los soltó".
_DONE_TO_PEOPLE: Final = ("accuse", "coerce", "assault", "release")
#: Verbs that say of what their gerund tells that it goes on.
_LASTING: Final = frozenset({"seguir", "continuar", "llevar"})
#: What a wording is about begins at most this many tokens behind it.
_NEAR_WORDING: Final = 6


#: Verbs whose bare object goes somewhere on somebody's behalf, and suffers nothing: "enviará una relatora", "mandó soldados".
_SENDING: Final = frozenset({"enviar", "mandar", "despachar", "destinar", "remitir", "prometer"})


@dataclass(slots=True)
class _Roles:
    """The roles of one verb while its arguments are read."""

    agent: tuple[str, ...] = ()
    patient: list[str] = field(default_factory=list)
    theme: int | None = None
    cause: int | None = None
    place: int | None = None
    pronoun: str | None = None


def verb_frame(a: Analysis, t: Tree, i: int, v: Valency, words: int, topic: Topics, begin: int | None = None) -> Frame:
    """The frame of entry ``v``, which takes ``words`` tokens from ``begin`` (else the verb), at verb ``i``.

    Tells ``topic`` who speaks if the entry is one of saying.
    """
    passive = is_passive(t, i)
    subject, roles = _subject_roles(a, t, i, v, passive, topic)
    after = words if begin is None else max(1, begin + words - i)  # tokens of the wording from the verb on: "no | tolera que …"
    for k in _arguments(t, i, after):
        day = t.tokens[k].lower in WEEKDAYS and not case(t, k)  # "retuvo el lunes una draga": when, wherever the parser hung it
        if k != subject.token and not day and t.tokens[k].dep in _ARGUMENTS and t.tokens[k].pos not in ("VERB", "AUX"):
            _read_argument(a, t, i, k, v, roles, subject, passive, topic)
    several = enclitic(t, i)
    if several is not None and not roles.patient:
        roles.patient.extend(dative(a, t, i, roles.agent, several, topic, bodily=_is_bodily(a, v)))
    _spare_given(a, t, i, roles)
    if not roles.patient and roles.theme is not None and a.lexicon.is_a(v.concept, "request"):
        roles.patient.extend(asked_of(a, t, roles.theme))
    content = content_of(a, t, i, v, subject.token, after)
    pronoun = _enclitic(t, i) or roles.pronoun
    fronted = any(k < i and k != subject.token and t.tokens[k].pos == "NOUN" for k in t.children(i, "nsubj", "obj"))
    if (
        v.words == ("recibir",) and pronoun is not None and not roles.patient and not fronted
    ):  # "el informe lo recibirá la ministra"
        roles.patient.extend(_received(a, topic, roles.agent, pronoun))
    where = next((k for k in t.kids[i] if k > i and case(t, k) in ("a", "al")), None)
    if v.words in (("invitar",), ("convidar",)) and roles.pronoun is not None and content is None and where is not None:
        guests = accusative(a, t, i, roles.pronoun, roles.agent, topic, bodily=False)  # "llamó a Peña y lo invitó a Brasilia"
        roles.theme, roles.patient = where, [*guests]
    if words > 1 and content is None and roles.theme is None and roles.pronoun is None and v.subject == "AGENT":
        end = (i if begin is None else begin) + words
        roles.theme, content = behind_wording(t, end - 1 if _ends_in_preposition(v) else end, v)
    first, end = verb_span(t, i, subject.token, content)
    if "VerbForm=Ger" in t.tokens[i].morph and t.tokens[i].dep == "xcomp" and t.tokens[t.tokens[i].head].lemma in _LASTING:
        first = min(first, verb_span(t, t.tokens[i].head, subject.token, content)[0])  # "el tratado se sigue | discutiendo"
    return Frame(
        v.concept,
        v,
        t.sentence.index,
        i,
        "verb",
        first,
        end,
        agent=delegated(a, t, v, subject.token, roles.agent),
        patient=tuple(dict.fromkeys(p for p in roles.patient if p not in roles.agent or v.role("con"))),
        theme=roles.theme,
        content=content,
        cause=roles.cause,
        place=roles.place,
        subject=subject.token,
        pronoun=pronoun,
        negated=negated(t, i) and v.words[0] not in ("no", "sin"),
        tense=tense(t, i),
        passive=passive,
        inferred=subject.inferred,
        words=words,
    )


def _spare_given(a: Analysis, t: Tree, i: int, roles: _Roles) -> None:
    """Whom something is given to suffers the giving, and not what is given: "entregó a Manila seis lanchas"."""
    if t.tokens[i].lemma not in GIVING or roles.theme is None or case(t, roles.theme):
        return
    given = a.actors(t, roles.theme)
    if any(x not in given for x in roles.patient):
        roles.patient = [x for x in roles.patient if x not in given]


def _arguments(t: Tree, i: int, words: int) -> list[int]:
    """What hangs on the verb, and behind its wording on the wording's noun: "rompió relaciones con Paraguay"."""
    nouns = [k for k in t.children(i, "obj", "obl") if i < k < i + words and t.tokens[k].pos == "NOUN"]
    head = t.tokens[i].head
    astray: list[int] = []  # "la describe como una cacería y acusa a los agentes": a verb hung on the noun before it
    if t.tokens[i].dep == "conj" and head < i and t.tokens[head].pos == "NOUN" and is_finite(t.tokens[i]):
        astray = [k for k in t.children(head, "obj", "obl", "obl:arg") if k > i]
    inner = [m for m in range(i + 1, i + words) if t.tokens[m].pos in ("VERB", "ADJ", "PROPN") and m not in nouns]
    astray.extend(k for m in inner for k in t.children(m, "nmod", "obl", "obl:arg") if k >= i + words and case(t, k) == "a")
    return sorted([*t.kids[i], *astray, *(k for noun in nouns for k in t.children(noun, "nmod") if k >= i + words)])


def is_passive(t: Tree, i: int) -> bool:
    """Whether the verb is a participle with "ser" or a subject that the parser calls passive."""
    if "VerbForm=Part" not in t.tokens[i].morph:
        return False
    return any(t.tokens[k].lemma == "ser" for k in t.children(i, "aux", "aux:pass")) or bool(t.children(i, "nsubj:pass"))


def _subject_roles(a: Analysis, t: Tree, i: int, v: Valency, passive: bool, topic: Topics) -> tuple[Subject, _Roles]:
    """The verb's subject and the roles it fills: it acts, or suffers in a passive, or is the theme of entries that say so."""
    if v.subject != "AGENT":
        theme = next(iter(t.children(i, *SUBJECTS)), None)
        suffering = [] if theme is None else list(a.actors(t, theme))
        return Subject(theme, ()), _Roles(theme=theme, patient=suffering)
    saying = v.concept in _SAYING
    spoken = saying or (topic.spoke_last and any(a.lexicon.is_a(v.concept, move) for move in _SPOKEN))
    subject = subject_of(a, t, i, topic, saying=spoken)
    if _asked_for(a, t, i, v, subject):  # "una nota en la que reclama el cese de …", "…: ahora exige el muelle"
        asked = subject.token
        subject = subject_of(a, t, t.tokens[i].head, topic) if t.tokens[i].dep in ("conj", "parataxis") else Subject(None, ())
        subject = Subject(None, subject.actors or author_of(a, t, i), subject.inferred)
        return subject, _Roles(agent=subject.actors, theme=asked)
    agent = subject.actors
    outlet = bool(agent) and a.resolution.actors[agent[0]].kind == "MediaOutlet"
    aside = t.tokens[i].dep == "acl:relcl" or _told_by_another(a, t, i)
    if saying and agent and not outlet and a.quote_at(t.tokens[i].start) is None and not aside:
        topic.say(agent)
    reflexive = has_se(t, i) and not v.pronominal
    if passive or (reflexive and subject.token is not None and not agent):
        suffering = list(agent) if passive and not subject.inferred else []
        return subject, _Roles(patient=suffering, theme=None if subject.token == i else subject.token)
    if reflexive and subject.inferred:
        return subject, _Roles()  # "se suspendieron las patrullas", "se detuvo a dos": whoever did it is not told
    return subject, _Roles(agent=agent)


def _asked_for(a: Analysis, t: Tree, i: int, v: Valency, subject: Subject) -> bool:
    """Whether what the parser took for the subject behind a verb of asking is what is asked for."""
    k = subject.token
    if k is None or k < i or subject.actors or subject.inferred or t.tokens[k].pos != "NOUN" or len(v.words) > 1:
        return False
    asking = a.lexicon.is_a(v.concept, "request") and t.tokens[i].dep in ("conj", "parataxis", "acl:relcl")
    free = not t.children(i, "obj") and not has_se(t, i) and any(t.tokens[m].pos in ("DET", "NUM") for m in t.kids[k])
    return asking and free and "Number=Sing" in finite_morph(t, i)


def _told_by_another(a: Analysis, t: Tree, i: int) -> bool:
    """Whether verb ``i`` stands in what another verb of saying tells: in "relata que Brasil respondió" who relates has the word."""
    says = lemmas_of(a.document.article.language, "saying", "verb")
    above = ((k, t.tokens[k].head) for k in (i, *t.ancestors(i)))
    if any(head < k and t.tokens[k].dep in ("ccomp", "obj") and t.tokens[head].lemma in says for k, head in above):
        return True
    opened = any(t.tokens[k].lower == "que" for k in range(t.left[i], i))  # "relata que … y que Brasil respondió"
    return opened and any(x.lemma in says and t.tokens[x.i + 1].lower == "que" for x in t.tokens[: max(t.left[i], 1)])


def _read_argument(
    a: Analysis, t: Tree, i: int, k: int, v: Valency, roles: _Roles, subject: Subject, passive: bool, topic: Topics
) -> None:
    """Put the noun or pronoun ``k`` that hangs on verb ``i`` into its role."""
    token, preposition = t.tokens[k], case(t, k)
    relative = t.tokens[i].dep == "acl:relcl" and k < i
    antecedent = t.tokens[i].head
    if not relative and token.lower in _RELATIVES and preposition == "a" and k < i and v.role("a") != "THEME":
        roles.patient.extend(_before(a, t, k))  # "al Gobierno, al que acusa de …", hung on the verb
    elif relative and token.lower in _RELATIVES and preposition and subject.token != antecedent:
        _read_taken_up(a.actors(t, antecedent), antecedent, preposition, v, roles)
    elif token.pos == "PRON" and token.lower in DATIVES and not any(case(t, m) == "a" for m in t.kids[i] if m != k):
        meant = dative(a, t, i, roles.agent, DATIVES[token.lower], topic, bodily=_is_bodily(a, v))
        topic.address(roles.agent, meant)
        roles.patient.extend(meant)
    elif token.pos == "PRON" and token.lower in CLITICS and token.dep in ("obj", "obl:arg", "obl"):
        roles.pronoun = token.lower
        people = any(a.lexicon.is_a(v.concept, kind) for kind in _DONE_TO_PEOPLE)
        beside = k < i and all(t.tokens[m].pos in ("AUX", "PRON") for m in range(k + 1, i))
        if people and beside and not passive and not any(case(t, m) == "a" and a.actors(t, m) for m in t.kids[i]):
            roles.patient.extend(accusative(a, t, i, token.lower, roles.agent, topic, bodily=_is_bodily(a, v)))
    else:
        if " " in preposition and set(preposition.split()[:-1]) <= set(v.words):
            last = preposition.split()[-1]  # "a favor de", "en contra del" taken for one preposition
            preposition = {"al": "a", "del": "de"}.get(last, last)
        if not _read_by_valency(a, t, i, k, preposition, v, roles, passive):
            _read_by_place(a, t, i, k, preposition, v, roles, subject)


def _is_bodily(a: Analysis, v: Valency) -> bool:
    """Whether an act is done to bodies and ships: "le cerró el paso", "los embistió"."""
    return any(a.lexicon.is_a(v.concept, kind) for kind in ("coerce", "assault", "closure"))


def _before(a: Analysis, t: Tree, k: int) -> tuple[str, ...]:
    """Whom a relative pronoun behind a comma takes up: the nearest actor before it."""
    for j in range(k - 1, max(-1, k - 8), -1):
        found = a.resolution.of(t.sentence.index, j)
        if found:
            return found
    return ()


def _read_taken_up(actors: tuple[str, ...], antecedent: int, preposition: str, v: Valency, roles: _Roles) -> None:
    """What a relative pronoun with a preposition takes up: "una posibilidad a la que se oponen …", "México, al que pidió …"."""
    if actors and preposition == "a" and v.role("a") != "THEME":
        roles.patient.extend(actors)
    elif preposition != "en" or v.role("en") is not None:  # "una nota en la que solicita …": asked in it, not for it
        roles.theme = antecedent


def _read_by_valency(a: Analysis, t: Tree, i: int, k: int, preposition: str, v: Valency, roles: _Roles, passive: bool) -> bool:
    """Fill the role that the entry, or the passive, gives to the preposition of ``k``; False if it gives none."""
    token, role, actors = t.tokens[k], v.role(preposition), a.actors(t, k)
    if token.dep == "obl:agent" or (preposition == "por" and passive):
        roles.agent = roles.agent or actors or by_demonym(a, t, k)
    elif role == "PATIENT":
        roles.patient.extend(actors or by_demonym(a, t, k))
        roles.theme = roles.theme if actors or roles.theme is not None else k
    elif role == "AGENT":
        roles.agent = (*roles.agent, *actors)
    elif role == "THEME" and (preposition or token.dep == "obj"):
        roles.theme = t.tokens[i].head if token.lower == "que" and t.tokens[i].dep == "acl:relcl" else k
    elif role == "CAUSE":
        roles.cause = k
    elif role == "PLACE":
        roles.place = k
        if preposition != "en":  # who meets in a third country does not meet with it
            roles.patient.extend(x for x in actors if a.resolution.actors[x].kind == "Country")
    else:
        return False
    return True


def _read_by_place(a: Analysis, t: Tree, i: int, k: int, preposition: str, v: Valency, roles: _Roles, subject: Subject) -> None:
    """Fill a role that the entry says nothing of: "a" and an actor suffer, what stands bare behind the verb is its object."""
    token, actors, antecedent = t.tokens[k], a.actors(t, k), t.tokens[i].head
    if preposition == "a" and actors and token.dep != "nsubj":
        roles.patient.extend(actors)
    elif token.lower == "que" and k < i and t.tokens[i].dep == "acl:relcl" and subject.token != antecedent:
        roles.theme = antecedent
    elif not preposition and (token.dep == "obj" or (token.dep == "nsubj" and not v.pronominal)) and k > i:
        # what stands bare behind a verb of asking is what is asked for: "exige la entrega de X"; and
        # a country marked as subject behind the verb is more often that than its object
        asked = v.concept == "offering" or a.lexicon.is_a(v.concept, "request") or t.tokens[i].lemma in _SENDING
        if not asked and (token.dep == "obj" or all(a.resolution.actors[x].kind != "Country" for x in actors)):
            roles.patient.extend(actors)
        roles.theme = k if roles.theme is None else roles.theme
    elif preposition in _OPPOSITE and not v.complements:
        roles.patient.extend(x for x in actors if preposition != "ante" or a.resolution.actors[x].kind not in _FORUMS)


def _received(a: Analysis, topic: Topics, agent: tuple[str, ...], pronoun: str) -> tuple[str, ...]:
    """Who is received where a pronoun tells: "la comisión lo recibirá el martes". Things are received too, so people only."""
    meant = topic.other(agent, plural=pronoun.endswith("s"))
    return meant if meant and a.resolution.actors[meant[0]].kind in ("Person", "Group") else ()


def _ends_in_preposition(v: Valency) -> bool:
    """Whether a negated wording has its preposition as a word of its own: "no confiar en" is not "no confiar"."""
    return v.words[0] == "no" and v.words[-1] in PREPOSITIONS


def behind_wording(t: Tree, k: int, v: Valency) -> tuple[int | None, int | None]:
    """Theme and clause right behind a wording that ends before token ``k``, where the parser hung them elsewhere.

    "está en desacuerdo | con la presa", "se negó en redondo | a un peaje", "está en contra | de que vuelvan".
    """
    tokens = t.tokens
    if k + 1 >= len(tokens) or k < 1:
        return None, None
    contracted = {"al": "a", "del": "de"}
    k = _behind_said(t, k)
    preposition = contracted.get(tokens[k].lower, tokens[k].lower)
    if v.role(preposition) != "THEME" and not (_ends_in_preposition(v) and v.words[-1] == preposition):
        return None, None
    if tokens[k + 1].lower == "que":
        head = tokens[k + 1].head
        return None, head if head > k + 1 and "VerbForm=Fin" in finite_morph(t, head) else None
    for j in range(k + 1, min(k + 1 + _NEAR_WORDING, len(tokens))):
        token = tokens[j]
        if token.pos == "PUNCT" or "VerbForm=Fin" in token.morph:
            break
        if "VerbForm=Inf" in token.morph:
            return None, j
        if token.pos in ("NOUN", "PROPN", "PRON") and token.lower not in _RELATIVES:
            return j, None
    return None, None


def _behind_said(t: Tree, k: int) -> int:
    """Where the words go on behind an aside of one verb: "está dispuesto, agregó, | a instalar una mesa"."""
    tokens = t.tokens
    close = next((m for m in range(k + 2, min(k + _NEAR_WORDING, len(tokens) - 2)) if tokens[m].text == ","), None)
    aside = tokens[k].text == "," and close is not None and any("VerbForm=Fin" in x.morph for x in tokens[k:close])
    return close + 1 if aside and close is not None else k


def _enclitic(t: Tree, i: int) -> str | None:
    """The object pronoun that an infinitive or gerund ends in: "rechazarlo"."""
    token = t.tokens[i]
    bare = "VerbForm=Inf" in token.morph or "VerbForm=Ger" in token.morph
    if not bare or len(token.lower) <= _SHORTEST_WITH_PRONOUN or not token.lemma.endswith(("ar", "er", "ir")):
        return None
    return next((suffix for suffix in sorted(CLITICS) if token.lower.endswith(suffix)), None)


def by_demonym(a: Analysis, t: Tree, k: int) -> tuple[str, ...]:
    """The government of the demonym at a noun: "por la presión estadounidense"."""
    country = a.demonym(t, k)
    return (a.government(country),) if country else ()


def opening_participle(t: Tree, i: int) -> int | None:
    """The comma behind a participle that opens its sentence, "Detenido en enero por la policía, el capitán …"; ``None`` elsewhere."""
    token = t.tokens[i]
    if "VerbForm=Part" not in token.morph or token.dep != "advcl" or token.head < i or i > 1 or t.children(i, "aux", "aux:pass"):
        return None
    return next((k for k in range(i + 1, token.head) if t.tokens[k].text == ","), None)


def _opened(a: Analysis, t: Tree, i: int, comma: int) -> int | None:
    """Whom a participle that opens the sentence is about: the first actor behind its comma, else the verb's subject."""
    verb = t.tokens[i].head
    here = next((k for k in range(comma + 1, verb) if t.tokens[k].pos in ("NOUN", "PROPN") and a.actors(t, k)), None)
    return here if here is not None else next(iter(t.children(verb, "nsubj", "nsubj:pass")), None)


def participle_frame(a: Analysis, t: Tree, i: int, v: Valency, words: int) -> Frame:
    """The frame of a participle at a noun: in "la aduana, cerrada por Rabat en 2018" the noun suffers, "por" names who did it."""
    comma = opening_participle(t, i)
    noun = t.tokens[i].head if t.tokens[i].head != i else None
    if comma is not None:
        noun = _opened(a, t, i, comma)
    agent: tuple[str, ...] = ()
    cause = None
    for k in t.kids[i]:
        if t.tokens[k].dep == "obl:agent" or case(t, k) == "por":
            agent = a.actors(t, k) or by_demonym(a, t, k)
            cause = cause if agent else k
    first, end = trim(t, t.left[i], t.right[i])
    those = () if noun is None else a.actors(t, noun)
    if v.pronominal:  # "los alcaldes, reunidos ayer en Nacaome": they met, nobody met them
        agent, those = those, ()
    place = next((k for k in t.kids[i] if case(t, k) == "en" and t.tokens[k].pos == "PROPN"), None)
    return Frame(
        v.concept,
        v,
        t.sentence.index,
        i,
        "participle",
        first,
        end,
        agent=agent,
        patient=those,
        theme=noun,
        cause=cause,
        place=place,
        negated=negated(t, i),
        tense="participle",
        passive=True,
        words=words,
    )
