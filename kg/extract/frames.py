"""Predicates with their roles: every verb, participle, noun and set phrase of the lexicon where the text uses it.

A frame says who does what to whom in which words, before any decision on what kind of fact it is. Roles come from the valency of the
lexicon entry and the dependency tree; where the tree gives no subject, from the surface of the clause, and at last from what the text
was talking about (pro-drop). Generic constructions × lexical entries, not one pattern per verb.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kg.extract.analysis import Analysis
from kg.extract.lexicon import Lexicon, Valency
from kg.model import Span
from kg.extract.syntax import SUBJECTS, Tense, Tree, case, clause_span, has_se, is_verb, negated, tense, trim

Form = Literal["verb", "participle", "noun", "phrase"]
_CLITICS = {"lo", "la", "los", "las"}
_ENCLITICS = ("lo", "la", "los", "las")
LIGHT = {"lograr", "conseguir", "intensificar", "multiplicar", "resucitar", "renovar", "reiterar", "plantear", "anunciar", "retomar", "reanudar", "retrasar", "aplazar", "posponer", "celebrar", "mantener", "sostener", "realizar", "efectuar", "haber", "tener", "llevar", "hacer", "dar", "producir", "registrar", "presentar", "lanzar", "emitir", "ejercer", "alcanzar", "cerrar", "sellar", "protagonizar", "iniciar", "concluir", "encabezar", "expresar", "formular"}  # fmt: skip
_REACTING = {"responder", "reaccionar", "contestar", "replicar", "corresponder", "castigar", "contraatacar"}
_IRREGULAR = {
    "abierto": "abrir", "roto": "romper", "puesto": "poner", "dicho": "decir", "hecho": "hacer", "escrito": "escribir", "visto": "ver", "resuelto": "resolver",
    "devuelto": "devolver", "impuesto": "imponer", "propuesto": "proponer", "opuesto": "oponer", "expuesto": "exponer", "suscrito": "suscribir", "muerto": "morir",
    "cubierto": "cubrir", "descubierto": "descubrir", "reabierto": "reabrir", "pospuesto": "posponer", "previsto": "prever", "dispuesto": "disponer", "electo": "elegir",
}  # fmt: skip
_ABSOLUTE = {"primero": 0, "segundo": 1, "primera": 0, "segunda": 1}


@dataclass(frozen=True, slots=True)
class Frame:
    """One use of one lexicon entry. Token indices count in sentence ``sentence``; ``first``/``end`` is the evidence (exclusive end).

    ``theme`` is the head of the noun phrase, ``content`` the head of the clause or infinitive that the predicate is about; ``pronoun``
    is a clitic theme ("lo niega"). ``inferred`` says that the agent is not in the clause but was carried over.
    """

    concept: str
    valency: Valency
    sentence: int
    trigger: int
    form: Form
    first: int
    end: int
    agent: tuple[str, ...] = ()
    patient: tuple[str, ...] = ()
    theme: int | None = None
    content: int | None = None
    cause: int | None = None
    place: int | None = None
    subject: int | None = None
    pronoun: str | None = None
    negated: bool = False
    tense: Tense = "present"
    passive: bool = False
    inferred: bool = False
    words: int = 1


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does what a verb says: token (if there is one), actors, and how it was found."""

    token: int | None
    actors: tuple[str, ...]
    inferred: bool = False


def find_frames(a: Analysis) -> tuple[Frame, ...]:
    """All frames of the document in the order of their triggers."""
    out: list[Frame] = []
    topic = Topics(a)
    for t in a.trees:
        topic.enter(t)
        for i, token in enumerate(t.tokens):
            if token.pos in ("VERB", "AUX", "ADJ", "NOUN", "PROPN", "ADV"):
                out.extend(_frames_at(a, t, i, topic))
        topic.leave(t)
    return tuple(out)


# ---------------------------------------------------------------------------------------------------------------- subjects


class Topics:
    """Whom a verb without a subject speaks of: the subject before it, in the same paragraph, else the paragraph's before.

    Spanish drops the subject that goes on; what is remembered is the subject of the last main clause and the speaker of the last
    quotation, singular and plural apart.
    """

    def __init__(self, a: Analysis):
        self.a = a
        self.block = -1
        self.singular: tuple[str, ...] = ()
        self.plural: tuple[str, ...] = ()
        self.recent: list[tuple[str, ...]] = []
        self.speaker: tuple[str, ...] = ()
        self.spoke_in = -1
        self.voices: dict[tuple[str, ...], int] = {}
        self.subject_in = -1

    def enter(self, t: Tree) -> None:
        self.block = t.sentence.block

    def say(self, speaker: tuple[str, ...]) -> None:
        """Remember who spoke last, and in which block."""
        self.speaker, self.spoke_in = speaker, self.block
        self.voices[speaker] = self.voices.get(speaker, 0) + 1

    def leave(self, t: Tree) -> None:
        """Remember the subject of the sentence's main clause."""
        for i, token in enumerate(t.tokens):
            if token.dep == "ROOT" or (token.dep in ("conj", "parataxis") and is_verb(token)):
                for k in t.kids[i]:
                    if t.tokens[k].dep in SUBJECTS:
                        self.see(self.a.actors(t, k))
        if not t.tokens:
            return

    def see(self, actors: tuple[str, ...]) -> None:
        if not actors or self.a.resolution.actors[actors[0]].kind == "MediaOutlet":
            return
        if len(actors) > 1:
            self.plural = actors
        else:
            kind = self.a.resolution.actors[actors[0]].kind
            if kind == "Group":
                self.plural = actors
            else:
                self.singular = actors
            self.subject_in = self.block
        self.recent.append(actors)

    def other(self, agent: tuple[str, ...], plural: bool) -> tuple[str, ...]:
        """Whom "le" or "les" means: the last one spoken of who is not the subject."""
        actors = self.a.resolution.actors
        for seen in reversed(self.recent[-4:]):
            if not set(seen) & set(agent) and (len(seen) > 1 or actors[seen[0]].kind == "Group") == plural:
                return seen
        return ()

    def _many(self, actors: tuple[str, ...]) -> bool:
        actor = self.a.resolution.actors[actors[0]]
        return len(actors) > 1 or (actor.kind == "Group" and actor.label.split()[0].endswith("s"))

    def subject(self, morph: str, saying: bool = False) -> tuple[str, ...]:
        if "Person=1" in morph:
            return ()
        plural = "Number=Plur" in morph
        if saying and self.speaker:
            if self.spoke_in == self.block and self._many(self.speaker) == plural:
                return self.speaker
            if not (self.singular and self.subject_in == self.block):
                # a new paragraph: who has had the word most often has it again
                voices = [s for s in self.voices if self._many(s) == plural and self.a.resolution.actors[s[0]].kind in ("Person", "Group")]
                if voices:
                    return max(voices, key=lambda s: (self.voices[s], s == self.speaker))
        return self.plural if "Number=Plur" in morph else self.singular


def subject_of(a: Analysis, t: Tree, i: int, topic: Topics | None = None, depth: int = 0, saying: bool = False) -> Subject:
    """The subject of the verb ``i``: its own, its antecedent's, its governor's, the nearest before it, the topic."""
    tokens = t.tokens
    own = [k for k in t.kids[i] if tokens[k].dep in ("nsubj", "nsubj:pass")]
    own.sort(key=lambda k: tokens[k].lower == "que")
    for k in own:
        if tokens[k].lower in ("que", "quien", "quienes", "cual", "cuales"):
            token, actors = _antecedent(a, t, i)
            behind = [m for m in t.kids[i] if m > i and tokens[m].dep in ("obj", "obl") and not case(t, m) and a.actors(t, m)]
            if not actors and behind and not any(tokens[m].lower in ("lo", "la", "los", "las") for m in t.kids[i]):
                return Subject(behind[0], a.actors(t, behind[0]))  # "lo que niega el Ministerio"
            return Subject(token, actors)
        if tokens[k].pos == "PRON" and tokens[k].lower in ("él", "ella", "ellos", "ellas"):
            if topic is not None:
                return Subject(k, topic.plural if tokens[k].lower.endswith("s") else topic.singular, True)
        if tokens[k].lower in _ABSOLUTE and topic is not None and topic.recent:
            pair = _pair_in(a, t, k) or next((r for r in reversed(topic.recent) if len(r) == 2), ())
            if pair:
                return Subject(k, (pair[_ABSOLUTE[tokens[k].lower]],))
        actors = a.actors(t, k)
        if actors:
            return Subject(k, actors)
    if own:
        clitic = any(tokens[k].lower in _CLITICS and tokens[k].pos == "PRON" and k < i and k > own[0] for k in t.kids[i])
        if clitic and own[0] < i and topic is not None and not any(k > i for k in own):
            return Subject(None, topic.subject(_finite_morph(t, i), saying), True)  # "El cuarto lo rechazó": the fronted object is no subject
        # a subject that is nobody: "drones estadounidenses", "el ataque"
        return Subject(own[0], ())
    dep, head = tokens[i].dep, tokens[i].head
    morph = tokens[i].morph
    if dep == "acl:relcl" and not own:
        relative = [k for k in t.kids[i] if tokens[k].lower in ("que", "quien", "quienes")]
        objects = [k for k in t.kids[i] if tokens[k].dep == "obj" and tokens[k].lower not in ("que",) and not case(t, k)]
        if relative and not objects and tokens[relative[0]].dep not in ("obj", "obl", "obl:arg"):
            return Subject(*_antecedent(a, t, i))
        post = [k for k in objects if k > i and a.actors(t, k)]
        if post:
            return Subject(post[0], a.actors(t, post[0]))
    if depth < 6 and head != i:
        if dep == "conj" and is_verb(tokens[head]):
            other = head
            comma = next((k for k in t.kids[i] if tokens[k].dep == "cc"), i)
            if comma and tokens[comma - 1].text == "," and tokens[other].dep == "ccomp" and is_verb(tokens[tokens[other].head]) and tokens[other].head < other:
                other = tokens[other].head
            if "Mood=Ind" in _finite_morph(t, i):  # "propone que … faenen … y exige": the parser hung the second verb on the wrong clause
                while "Mood=Sub" in _finite_morph(t, other) and tokens[other].head != other and is_verb(tokens[tokens[other].head]):
                    other = tokens[other].head
            if _agree(_finite_morph(t, other), _finite_morph(t, i)):
                found = subject_of(a, t, other, topic, depth + 1)
                if found.actors or tokens[other].dep not in ("ccomp", "advcl", "acl:relcl") or not is_verb(tokens[tokens[other].head]):
                    return found
                return subject_of(a, t, tokens[other].head, topic, depth + 1)  # "declaró que algo … y sugirió …"
        if (
            dep in ("xcomp", "advcl", "acl", "ccomp", "obj", "obl", "nmod")
            and ("VerbForm=Inf" in morph or "VerbForm=Ger" in morph)
            and "VerbForm=Fin" not in morph
        ):
            if is_verb(tokens[head]) or tokens[head].pos == "ADJ":
                governed = _controller(a, t, head)
                if governed:
                    return governed
                found = subject_of(a, t, head, topic, depth + 1)
                while "VerbForm=Ger" in morph and not found.actors and tokens[head].head != head and is_verb(tokens[tokens[head].head]):
                    head = tokens[head].head  # "negó que el retraso …, argumentando que …": nobody in the clause below argues
                    found = subject_of(a, t, head, topic, depth + 1)
                return found
            if tokens[head].pos == "NOUN":
                by = _noun_agent(a, t, head)
                if by:
                    return Subject(None, by)
                return (
                    subject_of(a, t, tokens[head].head, topic, depth + 1)
                    if tokens[head].head != head and is_verb(tokens[tokens[head].head])
                    else Subject(None, ())
                )
    if "VerbForm=Fin" in morph or any(tokens[k].dep == "aux" for k in t.kids[i]):
        near = _nearest_before(a, t, i)
        if near is not None:
            return near
        behind = [
            k for k in t.kids[i] if k > i and tokens[k].dep in ("obj", "appos", "obl") and not case(t, k) and a.actors(t, k)
        ]
        if behind and not any(k in behind and tokens[k].dep == "obj" and _transitive_subject_before(t, i) for k in behind):
            return Subject(behind[0], a.actors(t, behind[0]))
        if topic is not None:
            finite = next(
                (tokens[k].morph for k in t.kids[i] if tokens[k].dep == "aux" and "VerbForm=Fin" in tokens[k].morph), morph
            )
            return Subject(None, topic.subject(finite, saying), True)
    return Subject(None, ())


def _pair_in(a: Analysis, t: Tree, before: int) -> tuple[str, ...]:
    """The two coordinated actors named earlier in the sentence, for "el primero … el segundo"."""
    for i in range(before):
        if t.tokens[i].dep in SUBJECTS:
            actors = a.actors(t, i)
            if len(actors) == 2:
                return actors
    return ()


def _transitive_subject_before(t: Tree, i: int) -> bool:
    return any(t.tokens[k].dep in SUBJECTS for k in t.kids[i])


def _agree(one: str, other: str) -> bool:
    for feature in ("Number=", "Person="):
        x = one.partition(feature)[2].partition("|")[0]
        y = other.partition(feature)[2].partition("|")[0]
        if x and y and x != y:
            return False
    return True


def _antecedent(a: Analysis, t: Tree, i: int) -> tuple[int | None, tuple[str, ...]]:
    head = t.tokens[i].head
    return head, a.actors(t, head)


def _controller(a: Analysis, t: Tree, verb: int) -> Subject | None:
    """Who is to do what an infinitive under ``verb`` says when it is not the verb's subject: "pidió a México retirar"."""
    if t.tokens[verb].lemma not in _OBJECT_CONTROL:
        return None
    for k in t.kids[verb]:
        if t.tokens[k].dep in ("obj", "obl", "obl:arg", "iobj") and case(t, k) == "a":
            actors = a.actors(t, k)
            if actors:
                return Subject(k, actors)
    return None


_OBJECT_CONTROL = {"pedir", "exigir", "solicitar", "instar", "urgir", "llamar", "invitar", "emplazar", "obligar", "permitir", "ordenar", "prohibir", "impedir", "acusar", "culpar", "responsabilizar", "exhortar", "conminar", "reclamar", "proponer", "ofrecer", "recomendar", "rogar", "dejar", "autorizar", "forzar", "animar"}  # fmt: skip


def _nearest_before(a: Analysis, t: Tree, i: int) -> Subject | None:
    """The actor before the verb in its clause that no preposition governs: the fallback where the parser gave no subject."""
    number = t.sentence.index
    j = i - 1
    while j >= 0 and i - j < 14:
        token = t.tokens[j]
        if token.text in ";:.?!" or (
            is_verb(token) and "VerbForm=Fin" in token.morph and token.dep not in ("aux", "cop", "acl:relcl", "aux:pass")
        ):
            return None
        if token.lower in ("que", "quien", "cuando", "porque", "si", "y", "pero", "aunque", "donde"):
            return None
        index = a.resolution.at.get((number, j))
        if index is not None and a.resolution.ids[index]:
            first = a.resolution.mentions[index].first
            before = first - 1
            while before >= 0 and t.tokens[before].pos in ("DET", "NUM"):
                before -= 1
            if before < 0 or t.tokens[before].pos != "ADP":
                return Subject(j, a.resolution.ids[index])
            j = first - 1
            continue
        j -= 1
    return None


def _noun_agent(a: Analysis, t: Tree, noun: int) -> tuple[str, ...]:
    """The agent that a noun brings along: "la propuesta de México de …", "la decisión argentina de …"."""
    for k in t.kids[noun]:
        if t.tokens[k].dep == "nmod" and case(t, k) == "de":
            found = a.actors(t, k)
            if found:
                return found
    country = a.demonym(t, noun)
    return (a.government(country),) if country else ()


# ---------------------------------------------------------------------------------------------------------------- triggers


def participles(lex: Lexicon) -> dict[str, str]:
    """Masculine singular participle → verb lemma, for the lexicon's verbs; participles tagged as adjectives are looked up here."""
    if id(lex) not in _PARTICIPLES:
        table = dict(_IRREGULAR)
        for lemma in lex.verbs:
            if lemma.endswith("ar"):
                table.setdefault(lemma[:-2] + "ado", lemma)
            elif lemma.endswith(("er", "ir")):
                table.setdefault(lemma[:-2] + "ido", lemma)
        _PARTICIPLES[id(lex)] = (lex, table)
    return _PARTICIPLES[id(lex)][1]


def verb_lemma(lemma: str, lex: Lexicon) -> str:
    """The lexicon's lemma for a verb form whose stem vowel or spelling the lemmatizer left as it was ("desmientir" for "desmentir")."""
    if lemma in lex.verbs:
        return lemma
    for changed, plain in (("ie", "e"), ("ue", "o"), ("ye", "e"), ("i", "e"), ("u", "o"), ("qu", "c"), ("gu", "g"), ("c", "z"), ("j", "g")):
        at = lemma.rfind(changed, 0, len(lemma) - 2)
        if at > 0 and lemma[:at] + plain + lemma[at + len(changed) :] in lex.verbs:
            return lemma[:at] + plain + lemma[at + len(changed) :]
    for ending in ("ar", "er", "ir"):
        if lemma[-2:] in ("ar", "er", "ir") and lemma[:-2] + ending in lex.verbs:
            return lemma[:-2] + ending
    return lemma


_PARTICIPLES: dict[int, tuple[Lexicon, dict[str, str]]] = {}


def _frames_at(a: Analysis, t: Tree, i: int, topic: Topics) -> Iterator[Frame]:
    token, lex = t.tokens[i], a.lexicon
    if token.dep == "fixed":
        return
    if token.dep in ("aux", "aux:pass", "cop"):  # "está dispuesta a hablar": the wording begins at the auxiliary, the arguments hang on its head
        wordy = tuple(v for v in lex.verbs.get(token.lemma, ()) if len(v.words) > 1)
        for valency, words in _match(t, i, wordy, has_se(t, token.head)):
            yield _verb_frame(a, t, token.head, valency, words, topic)
        return
    if token.pos in ("VERB", "AUX", "ADJ"):
        lemma, form = verb_lemma(token.lemma, lex), "verb"
        if token.pos == "ADJ" or "VerbForm=Part" in token.morph:
            masculine = token.lower.rstrip("s")
            masculine = masculine[:-1] + "o" if masculine.endswith("a") else masculine
            if token.pos == "ADJ":
                lemma = participles(lex).get(masculine, "")
            if token.dep in ("acl", "amod") or token.pos == "ADJ":
                form = "participle"
        if lemma in lex.verbs:
            for valency, words in _match(t, i, lex.verbs[lemma], has_se(t, i)):
                yield (
                    _verb_frame(a, t, i, valency, words, topic) if form == "verb" else _participle_frame(a, t, i, valency, words)
                )
    if token.pos == "ADV" and token.lower == "no" and "no" in lex.verbs:
        for valency, words in _match(t, i, lex.verbs["no"], False):
            verb = next((k for k in range(i + 1, min(i + 4, len(t.tokens))) if is_verb(t.tokens[k])), None)
            if verb is not None:
                yield _verb_frame(a, t, verb, valency, words, topic)
    if token.pos in ("NOUN", "PROPN", "ADJ"):
        entries = lex.nouns.get(token.lower) or lex.nouns.get(token.lower.removesuffix("s")) or lex.nouns.get(token.lemma) or ()
        for valency, words in _match(t, i, entries, False):
            yield _noun_frame(a, t, i, valency, words, topic)
    key = token.lemma if token.lemma in lex.phrases else token.lower
    if key in lex.phrases:
        for valency, words in _match(t, i, lex.phrases[key], False):
            clause = _clause_of(t, i)
            first, end = clause_span(t, clause)
            subject = next((k for k in t.kids[clause] if t.tokens[k].dep in SUBJECTS and t.tokens[k].pos == "NOUN"), None)
            yield Frame(valency.concept, valency, t.sentence.index, i, "phrase", first, end, theme=subject, words=words)


def _clause_of(t: Tree, i: int) -> int:
    j, steps = i, 0
    while (
        t.tokens[j].head != j and steps < 20 and not is_verb(t.tokens[j]) and not any(t.tokens[k].dep == "cop" for k in t.kids[j])
    ):
        j = t.tokens[j].head
        steps += 1
    return j


def _match(t: Tree, i: int, entries: tuple[Valency, ...], se: bool) -> Iterator[tuple[Valency, int]]:
    """The entries that fit at token ``i``: all of the longest wording, one for each concept; pronominal ones win where "se" stands."""
    best, seen = 0, set()
    fitting: list[tuple[Valency, int]] = []
    concepts = {e.concept for e in entries}
    present = {case(t, k) for k in t.kids[i]}
    for entry in entries:
        if entry.pronominal and not se:
            continue
        if se and not entry.pronominal and entry.pos == "verb" and any(t.tokens[k].dep in ("xcomp", "advcl") and "VerbForm=Inf" in t.tokens[k].morph and k > i and case(t, k) == "a" for k in t.kids[i]):
            continue  # "se limitó a recordar"
        if entry.pronominal and entry.role("con") and "con" not in present and "Number=Plur" not in _finite_morph(t, i):
            continue  # "se encuentra en …" meets nobody
        if "que" in entry.words and any(p and p not in present for p, _ in entry.complements):
            continue  # "decir que no a" refuses, "decir que no contesta" does not
        if any(role == "PLACE" and p and p not in present for p, role in entry.complements):
            continue
        needed = [p for p, role in entry.complements if p and (role == "CLASS" or (len(concepts) > 1 and len(entry.words) == 1 and entry.pos == "verb"))]
        if needed and not any(p in present for p in needed) and not (entry.pronominal and se):
            continue  # "declarar X como Y" designates, "declarar" alone says
        reach = _words_follow(t, i, entry.words)
        if reach is None:
            continue
        if len(entry.words) < best:
            break
        best = len(entry.words)
        fitting.append((entry, reach))
    if se and any(e.pronominal for e, _ in fitting):
        fitting = [(e, r) for e, r in fitting if e.pronominal]
    # two valencies of one concept ("amenazar con X", "amenazar a Y con X"): the one with more of its prepositions present
    for entry, reach in sorted(fitting, key=lambda f: -sum(p in present for p, _ in f[0].complements)):
        if entry.concept not in seen:
            seen.add(entry.concept)
            yield entry, reach


def _words_follow(t: Tree, i: int, words: tuple[str, ...]) -> int | None:
    """How many tokens the wording takes from token ``i`` if its further words follow in order, with little in between."""
    j = i
    for word in words[1:]:
        if word == "se":
            continue
        for k in range(j + 1, min(j + 4, len(t.tokens))):
            token = t.tokens[k]
            if token.text in ".;:":
                return None
            if (
                word in (token.lower, token.lemma)
                or (word == "de" and token.lower == "del")
                or (word == "a" and token.lower == "al")
                or token.lower == word + "se"
            ):
                j = k
                break
        else:
            return None
    return j - i + 1


# ---------------------------------------------------------------------------------------------------------------- verbs


def _verb_frame(a: Analysis, t: Tree, i: int, v: Valency, words: int, topic: Topics) -> Frame:
    tokens = t.tokens
    passive = (
        any(
            tokens[k].dep == "nsubj:pass" or (tokens[k].dep in ("aux", "aux:pass") and tokens[k].lemma == "ser")
            for k in t.kids[i]
        )
        and "VerbForm=Part" in tokens[i].morph
    )
    patient: list[str] = []
    theme = content = cause = place = None
    pronoun: str | None = None
    agent: tuple[str, ...] = ()
    subject = Subject(None, ())
    reflexive = has_se(t, i) and not v.pronominal
    if v.subject == "AGENT":
        saying = v.concept in ("saying", "claiming", "confirming", "denies")
        subject = subject_of(a, t, i, topic, saying=saying)
        agent = subject.actors
        outlet = bool(agent) and a.resolution.actors[agent[0]].kind == "MediaOutlet"
        if saying and agent and not outlet and a.quote_at(tokens[i].start) is None and tokens[i].dep != "acl:relcl":
            topic.say(agent)
    else:
        own = [k for k in t.kids[i] if tokens[k].dep in SUBJECTS]
        theme = own[0] if own else None
        subject = Subject(theme, ())
    if passive or (reflexive and v.subject == "AGENT" and subject.token is not None and not agent):
        if passive:
            patient.extend(agent)
        theme = subject.token if subject.token is not None and subject.token != i else theme
        agent = ()
        if passive and subject.inferred:
            patient.clear()
    elif (
        reflexive
        and v.subject == "AGENT"
        and (subject.inferred or (subject.token is not None and subject.token < i and _inanimate_se(t, i)))
    ):
        # "se suspendieron las patrullas", "se detuvo a dos": whoever did it is not told
        if subject.inferred:
            agent = ()
    for k in sorted(t.kids[i]):
        token = tokens[k]
        if k == subject.token:
            continue
        preposition = case(t, k)
        if token.dep in ("obj", "obl", "obl:arg", "obl:agent", "iobj", "nmod", "nsubj") and token.pos not in ("VERB", "AUX"):
            if token.lower in ("que", "cual", "quien", "quienes") and k < i and tokens[i].dep == "acl:relcl" and preposition and subject.token != tokens[i].head:
                # "una posibilidad a la que se oponen …": what the relative takes up
                antecedent = a.actors(t, tokens[i].head)
                if antecedent and preposition == "a" and v.role("a") != "THEME":
                    patient.extend(antecedent)
                else:
                    theme = tokens[i].head
                continue
            if token.pos == "PRON" and token.lower in ("le", "les") and not any(case(t, m) == "a" for m in t.kids[i] if m != k):
                patient.extend(topic.other(agent, plural=token.lower == "les"))
                continue
            if token.pos == "PRON" and token.lower in _CLITICS and token.dep in ("obj", "obl:arg", "obl"):
                pronoun = token.lower
                continue
            if " " in preposition and set(preposition.split()[:-1]) <= set(v.words):
                preposition = preposition.split()[-1]  # "a favor de" taken for one preposition
            actors = a.actors(t, k)
            role = v.role(preposition)
            if token.dep == "obl:agent" or (preposition == "por" and passive):
                agent = agent or actors or _by_demonym(a, t, k)
            elif role == "PATIENT":
                patient.extend(actors or _by_demonym(a, t, k))
                theme = theme if actors or theme is not None else k
            elif role == "AGENT":
                agent = (*agent, *actors)
            elif role == "THEME" and (preposition or token.dep == "obj"):
                theme = tokens[i].head if token.lower == "que" and tokens[i].dep == "acl:relcl" else k
            elif role == "CAUSE":
                cause = k
            elif role == "PLACE":
                place = k
                patient.extend(x for x in actors if a.resolution.actors[x].kind == "Country")
            elif preposition == "a" and actors and token.dep != "nsubj":
                patient.extend(actors)
            elif token.lower == "que" and k < i and tokens[i].dep == "acl:relcl" and subject.token != tokens[i].head:
                theme = tokens[i].head
            elif not preposition and token.dep in ("obj", "nsubj") and k > i:
                if (
                    actors
                    and all(a.resolution.actors[x].kind != "Country" or token.dep == "obj" for x in actors)
                    and _is_somebody(a, actors)
                ):
                    patient.extend(actors)
                theme = k if theme is None else theme
            elif preposition in ("contra", "ante", "con") and actors and not v.complements:
                patient.extend(actors)
        elif token.dep == "ccomp" and k < i and content is None:
            content = k
        elif token.dep in ("ccomp", "xcomp", "advcl", "csubj", "acl:relcl", "acl") and k > i and content is None:
            marked = [tokens[m].lower for m in t.kids[k] if tokens[m].dep in ("mark", "nsubj", "obj") and m < k]
            finite = "VerbForm=Fin" in _finite_morph(t, k) or any(tokens[m].dep == "cop" and "VerbForm=Fin" in tokens[m].morph for m in t.kids[k])
            if (
                finite
                and "que" in marked
                and not ({"si", "porque", "aunque", "cuando", "mientras", "tras", "ya", "sin", "para", "hasta"} & set(marked))
            ):
                content = k
            elif not finite and token.dep in ("xcomp", "ccomp") and ("VerbForm=Inf" in token.morph or any(tokens[m].lower == "haber" for m in t.kids[k])):
                content = k
            elif not finite and "VerbForm=Inf" in token.morph and marked and v.role(marked[0]) == "THEME":
                content = k
            elif (
                not finite
                and token.dep in ("advcl", "acl")
                and "VerbForm=Inf" in token.morph
                and tokens[k - 1].lower in ("a", "de", "con", "en")
                and v.role(tokens[k - 1].lower)
            ):
                content = k
            elif finite and token.dep == "ccomp" and not marked:
                content = k
    for suffix in _ENCLITICS:
        if (
            ("VerbForm=Inf" in tokens[i].morph or "VerbForm=Ger" in tokens[i].morph)
            and tokens[i].lower.endswith(suffix)
            and len(tokens[i].lower) > 5
            and tokens[i].lemma.endswith(("ar", "er", "ir"))
        ):
            pronoun = suffix
    if content is None:
        content = _que_clause(a, t, i)
    span = _verb_span(t, i, subject.token, content)
    return Frame(
        v.concept, v, t.sentence.index, i, "verb", *span, agent=agent, patient=tuple(dict.fromkeys(p for p in patient if p not in agent or v.role("con"))),
        theme=theme, content=content, cause=cause, place=place, subject=subject.token, pronoun=pronoun,
        negated=negated(t, i) and v.words[0] != "no", tense=tense(t, i), passive=passive, inferred=subject.inferred, words=words,
    )  # fmt: skip


def _que_clause(a: Analysis, t: Tree, i: int) -> int | None:
    """The clause right behind "que" after a verb, where the parser hung it elsewhere ("negó al mismo diario que … haya existido")."""
    tokens = t.tokens
    for j in range(i + 1, min(i + 9, len(tokens))):
        if tokens[j].text in ".;:" or tokens[j].pos == "VERB":
            return None
        if tokens[j].lower == "que" and _only_circumstance(a, t, i + 1, j):
            # "replicó el viernes que …", "aseguró en la red X que …": the clause is the verb's, not the day's
            head = tokens[j].head
            return head if head > j and t.left[head] <= j and ("VerbForm=Fin" in _finite_morph(t, head) or any(tokens[k].dep == "cop" for k in t.kids[head])) else None
        if tokens[j].lower == "que" and tokens[j - 1].lower not in (
            "lo",
            "más",
            "menos",
            "el",
            "la",
            "los",
            "las",
            "sino",
            "ya",
            "antes",
        ):
            head = tokens[j].head
            if (
                head > j
                and t.left[head] <= j
                and tokens[head].dep in ("acl:relcl", "ccomp", "advcl", "acl")
                and tokens[j].lower == "que"
                and (j == i + 1 or tokens[head].dep == "ccomp" or "Mood=Sub" in _finite_morph(t, head))
            ):
                return head
            return None
    return None


def _only_circumstance(a: Analysis, t: Tree, first: int, end: int) -> bool:
    """Whether tokens ``first`` to ``end`` are a date, an outlet or an adverb, and something stands there at all."""
    if first >= end:
        return False
    dates = [d.span for d in a.dates_in(Span(t.tokens[0].start, t.tokens[-1].end))]
    for k in range(first, end):
        x = t.tokens[k]
        if x.pos in ("ADV", "DET", "ADP", "PUNCT") or any(d.start <= x.start < d.end for d in dates) or (t.sentence.index, k) in a.resolution.at or x.lower in ("red", "mismo", "misma", "conferencia", "prensa", "rueda", "comunicado", "entrevista"):
            continue
        return False
    return True


def _finite_morph(t: Tree, i: int) -> str:
    return next(
        (t.tokens[k].morph for k in t.kids[i] if t.tokens[k].dep == "aux" and "VerbForm=Fin" in t.tokens[k].morph),
        t.tokens[i].morph,
    )


def _inanimate_se(t: Tree, i: int) -> bool:
    return any(t.tokens[k].lower == "se" and t.tokens[k].dep in ("expl:pass", "expl:impers") for k in t.kids[i])


def _is_somebody(a: Analysis, actors: tuple[str, ...]) -> bool:
    return any(a.resolution.actors[x].kind != "Country" for x in actors) or bool(actors)


def _by_demonym(a: Analysis, t: Tree, k: int) -> tuple[str, ...]:
    country = a.demonym(t, k)
    return (a.government(country),) if country else ()


def _verb_between(t: Tree, subject: int, i: int) -> bool:
    """Whether another finite clause lies between a subject before the verb and the verb."""
    if subject > i:
        return False
    return any("VerbForm=Fin" in x.morph and x.dep not in ("aux", "cop", "aux:pass", "acl:relcl") for x in t.tokens[t.right[subject] : i])


def _verb_span(t: Tree, i: int, subject: int | None, content: int | None) -> tuple[int, int]:
    """The words of the clause: from its subject to its end, without coordinated clauses and without comma'd afterthoughts."""
    tokens = t.tokens
    if subject is not None and (i - subject > 30 or _verb_between(t, subject, i)):
        subject = None  # a subject that is carried over from another clause is not in this one's words
    first, end = clause_span(t, i, with_subject=subject)
    for k in t.kids[i]:  # "Según X, …" is said of the clause, not in it
        if k < i and t.right[k] <= i and case(t, k) in ("según", "de acuerdo con", "conforme a", "a juicio de"):
            first = max(first, t.right[k])
    for k in range(i + 1, end):  # what hangs on a comma is an aside
        aside = tokens[k].dep in ("acl", "acl:relcl") and tokens[t.left[k]].text == "," and t.left[k] > (content if content is not None else i)
        if aside and t.right[k] >= end - 1:
            end = min(end, t.left[k])
            break
    for k in t.kids[i]:
        # advcl and relative clauses behind a comma are other facts
        if (
            tokens[k].dep in ("advcl", "acl:relcl", "parataxis")
            and k > i
            and k != content
            and t.left[k] > i
            and tokens[t.left[k]].text == ","
        ):
            end = min(end, t.left[k])
        if tokens[k].dep in ("advcl",) and k < i and t.right[k] <= i and tokens[i].dep in ("ROOT", "conj"):
            first = max(first, min(t.right[k], subject if subject is not None and subject > t.right[k] else t.right[k]))
    if tokens[i].dep == "acl:relcl" and subject is not None and subject < t.left[i] and i - subject > 12:
        first = t.left[i]
    return trim(t, first, end)


# ---------------------------------------------------------------------------------------------------------------- participles, nouns


def _participle_frame(a: Analysis, t: Tree, i: int, v: Valency, words: int) -> Frame:
    """ "la aduana, cerrada por Rabat en 2018": the noun suffers, "por" names who did it."""
    tokens = t.tokens
    noun = tokens[i].head
    agent: tuple[str, ...] = ()
    cause = None
    for k in t.kids[i]:
        preposition = case(t, k)
        if tokens[k].dep == "obl:agent" or preposition == "por":
            agent = a.actors(t, k) or _by_demonym(a, t, k)
            cause = k if not agent else cause
    first, end = trim(t, t.left[i], t.right[i])
    return Frame(
        v.concept, v, t.sentence.index, i, "participle", first, end, agent=agent, patient=a.actors(t, noun) if noun != i else (), theme=noun if noun != i else None,
        cause=cause, negated=negated(t, i), tense="participle", passive=True, words=words,
    )  # fmt: skip


def fill_first_person(a: Analysis, frames: tuple[Frame, ...], spoken: list[tuple[int, int, tuple[str, ...]]]) -> tuple[Frame, ...]:
    """Frames in direct quotations whose verb says "I" or "we": the speaker (``spoken`` are begin, end, speaker of quotations) is the agent."""
    out = []
    for f in frames:
        t = a.trees[f.sentence]
        token = t.tokens[f.trigger]
        if f.form == "verb" and not f.agent and f.valency.subject == "AGENT" and "Person=1" in _finite_morph(t, f.trigger):
            speaker = next((who for begin, end, who in spoken if begin <= token.start < end), ())
            if speaker:
                f = replace(f, agent=speaker)
        out.append(f)
    return tuple(out)


def _noun_frame(a: Analysis, t: Tree, i: int, v: Valency, words: int, topic: Topics) -> Frame:
    tokens = t.tokens
    agent: list[str] = []
    patient: list[str] = []
    theme = content = place = None
    for k in sorted(t.kids[i]):
        if tokens[k].dep in ("nmod", "obl", "obl:agent", "acl", "appos", "obl:arg", "advcl"):
            preposition = case(t, k)
            if is_verb(tokens[k]) and tokens[k].dep in ("acl", "advcl"):
                if preposition in ("a", "de", "con", "para") or any(
                    tokens[m].lower in ("que", "a", "de") and tokens[m].dep == "mark" for m in t.kids[k]
                ):
                    content = k
                continue
            actors = a.actors(t, k)
            role = v.role(preposition)
            if preposition == "entre":
                agent.extend(actors)
            elif role == "AGENT":
                agent.extend(actors)
                if not actors and theme is None and preposition != "por":
                    theme = k
            elif role == "PATIENT":
                patient.extend(actors or _by_demonym(a, t, k))
                theme = k if theme is None else theme
            elif role == "THEME":
                theme = k if theme is None else theme
            elif preposition in ("contra", "sobre", "con", "hacia", "a") and actors:
                patient.extend(actors)
            elif preposition == "sobre" or (preposition in ("a", "para") and theme is None and actors == ()):
                theme = k
            elif preposition == "en":
                place = k
    country = a.demonym(t, i)
    if country and not (set(agent) & {country, a.government(country)}):
        who = a.government(country)
        roles = {r for _, r in v.complements}
        if "AGENT" in roles or not roles:
            if not agent:
                agent.append(who)
        elif "PATIENT" in roles and not patient and v.role("por") is None:
            agent.append(who)
        elif not agent:
            agent.append(who)
    subject_token: int | None = None
    inferred = False
    head = tokens[i].head
    if not agent and is_verb(tokens[head]) and tokens[head].lemma in _REACTING and case(t, i) == "con":
        subject = subject_of(a, t, head, topic)  # "respondió con el envío de soldados"
        agent.extend(subject.actors)
        inferred = subject.inferred
    if (
        not agent
        and head != i
        and is_verb(tokens[head])
        and tokens[head].lemma in LIGHT
        and tokens[i].dep in ("obj", "obl", "nsubj", "xcomp")
    ):
        subject = subject_of(a, t, head, topic)
        agent.extend(x for x in subject.actors if x not in patient)
        subject_token, inferred = subject.token, subject.inferred
        first, end = _verb_span(t, head, subject.token, None)
        return Frame(
            v.concept, v, t.sentence.index, i, "noun", first, end, agent=tuple(agent), patient=tuple(dict.fromkeys(patient)), theme=theme, content=content, place=place,
            subject=subject_token, negated=negated(t, head) or negated(t, i), tense=tense(t, head), inferred=inferred, words=words,
        )  # fmt: skip
    if not agent and any(tokens[k].lower in ("su", "sus") for k in t.kids[i]):
        agent.extend(topic.singular)
        inferred = True
    first, end = t.left[i], t.right[i]
    for k in t.kids[i]:
        if k > i and (
            tokens[k].dep in ("acl:relcl", "conj", "parataxis", "appos")
            or (tokens[k].dep == "acl" and tokens[t.left[k]].text == ",")
        ):
            end = min(end, t.left[k])
    first, end = trim(t, first, end)
    return Frame(
        v.concept, v, t.sentence.index, i, "noun", first, max(end, i + words), agent=tuple(dict.fromkeys(agent)), patient=tuple(dict.fromkeys(patient)), theme=theme,
        content=content, place=place, negated=negated(t, i), tense="present", inferred=inferred, words=words,
    )  # fmt: skip
