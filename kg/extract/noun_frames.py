"""Frames of nouns: "la captura de X por Y", "la propuesta argentina de …", "hubo una reunión entre …".

A noun's roles come from its valency and its prepositions, from a demonym, from the subject of a light verb, from "su".
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.appointments import appointed, put_off
from kg.extract.frame import Frame, verb_span
from kg.extract.lexicon import Valency, lemmas_of
from kg.extract.noun_complements import BY, Complement, carried_out, complements
from kg.extract.relative_subjects import CLITICS
from kg.extract.subjects import subject_of
from kg.extract.syntax import Tree, case, is_verb, negated, tense, trim
from kg.extract.topics import Topics
from kg.extract.triggers import verb_lemma
from kg.extract.verb_frames import by_demonym
from kg.extract.words import word_list
from kg.vocabulary import event_types, plover_type

#: Verbs that add little to their noun: whose subject does what the noun says ("celebraron una reunión"). They are a class of
#: grammar, not of politics, and therefore stand here and not in the ontology.
LIGHT: Final = frozenset(
    word_list(
        "lograr conseguir intensificar multiplicar resucitar renovar reiterar plantear anunciar retomar reanudar retrasar aplazar"
        " posponer celebrar mantener sostener realizar efectuar haber tener llevar hacer dar producir registrar presentar lanzar"
        " traer emitir ejercer alcanzar cerrar sellar protagonizar iniciar concluir encabezar expresar formular preparar organizar convocar"
        " programar planear emprender comenzar empezar declarar secundar acatar montar"
    )
)
#: Verbs that are light with the noun that their relative clause is about: "las multas que les puso".
PUTTING: Final = frozenset(word_list("poner imponer aplicar dictar cursar interponer entablar promover rendir"))
#: Verbs by which whoever may do so has done what their object says: "decretó la expulsión del agregado".
ORDERING: Final = frozenset(word_list("ordenar decretar disponer decidir aprobar ejecutar cometer perpetrar adoptar"))
#: What is ordered: nouns of these kinds.
_ORDERED: Final = frozenset({"sanction", "coerce", "mobilize", "retreat", "concede", "assault", "aid"})
#: Verbs that tell of an event that it came about, when, how long and with what outcome.
_OCCURRING: Final = frozenset(
    word_list(
        "ocurrir acontecer suceder producir registrar estallar desatar sacudir golpear azotar asolar dejar causar provocar durar"
        " comenzar empezar arrancar terminar finalizar concluir tener cobrar arrasar anegar afectar desplazar paralizar"
        " instalar inaugurar desarrollar recorrer"
        " sepultar inundar contaminar aparecer surgir brotar propagar destruir aislar arrastrar matar costar aislar derribar"
        " cortar bloquear cerrar interrumpir obstruir"
    )
)
_ASPECT: Final = frozenset({"llegar", "volver", "tardar"})
#: Verbs whose "con" tells the reaction: "respondió con el envío de soldados".
_REACTING: Final = frozenset(word_list("responder reaccionar contestar replicar corresponder castigar contraatacar"))
_BEFORE_CONTENT: Final = frozenset({"a", "de", "con", "para"})
#: Prepositions of a meeting during or after which its subject does something.
_MEANWHILE: Final = frozenset(
    {"durante", "en", "tras", "después de", "luego de", "al término de", "al final de", "a la salida de"}
)
#: "a petición de los pequeños productores de Florida": who asked stands within this many tokens.
_ASKING_REACH: Final = 6
#: Prepositions that put somebody opposite the agent where the entry says nothing of its complements.
_OPPOSITE: Final = frozenset({"contra", "sobre", "con", "hacia", "a"})


@dataclass(slots=True)
class _Roles:
    """The roles of one noun while its complements are read."""

    agent: list[str] = field(default_factory=list)
    patient: list[str] = field(default_factory=list)
    theme: int | None = None
    content: int | None = None
    place: int | None = None


def noun_frame(a: Analysis, t: Tree, i: int, v: Valency, words: int, topic: Topics) -> Frame:
    """The frame of entry ``v``, which takes ``words`` tokens, at noun ``i``."""
    roles = _Roles()
    parts = complements(t, i, v, words)
    for part in parts:
        _read_complement(a, t, part, v, roles)
    inside = a.actors(t, i + words - 1) if words > 1 and t.tokens[i + words - 1].pos == "NOUN" else ()
    if inside and not roles.patient:  # "devolución de migrantes": the wording has them with it
        roles.patient.extend(inside)
    if not roles.agent and v.concept == "request":
        roles.agent.extend(_asked_by(a, t, i))
    done = carried_out(t, i)
    if done is not None and not roles.agent:
        roles.agent.extend(_agents_of(a, t, done))
    if roles.theme is None and roles.content is None:
        roles.theme = _deeper(a, t, i, v)
    _read_demonym(a, t, i, v, roles)
    inferred = _read_reaction(a, t, i, roles, topic)
    _read_meeting(a, t, i, v, roles, topic)
    fixing = appointed(a, t, i)
    if fixing is None:
        fixing = put_off(a, t, i)
    if fixing is not None:
        found = _light_frame(a, t, i, v, words, roles, topic, fixing)
        held = t.children(fixing, "cop") and found.tense == "past"  # "la reunión fue el lunes"
        return found if held else replace(found, tense="future", subject=i)
    if not roles.agent and (_under_light_verb(a, t, i) or ordered(t, i, v)):
        return _light_frame(a, t, i, v, words, roles, topic, t.tokens[i].head)
    if _occurring(a, t, i):
        return _light_frame(a, t, i, v, words, roles, topic, t.tokens[i].head)
    behind = _relative_light(t, i)
    if behind is not None and not roles.agent:
        return _light_frame(a, t, i, v, words, roles, topic, behind)
    if not roles.agent and any(t.tokens[k].lower in ("su", "sus") for k in t.kids[i]):
        roles.agent.extend(topic.singular)
        inferred = True
    first, end = _noun_span(t, i)
    end = max(
        end,
        i + words,
        *(
            _before_comment(t, part)
            for part in parts
            if t.tokens[part.token].dep != "appos" and not is_verb(t.tokens[part.token])
        ),
    )
    if done is not None:
        end = max(end, t.right[done])
    first, end = trim(t, first, end)
    return Frame(
        v.concept,
        v,
        t.sentence.index,
        i,
        "noun",
        first,
        end,
        agent=tuple(dict.fromkeys(roles.agent)),
        patient=tuple(dict.fromkeys(roles.patient)),
        theme=roles.theme,
        content=roles.content,
        place=roles.place,
        negated=negated(t, i),
        inferred=inferred,
        words=words,
    )


def _asked_by(a: Analysis, t: Tree, i: int) -> tuple[str, ...]:
    """Who stands behind "a petición de", "a instancias de", wherever the parser hung them."""
    tokens = t.tokens
    if not i or tokens[i - 1].lower != "a" or i + 2 >= len(tokens) or tokens[i + 1].lower not in ("de", "del"):
        return ()
    named = (found for k in range(i + 2, min(i + _ASKING_REACH, len(tokens))) if (found := a.actors(t, k)))
    return next(named, ())


def _light_frame(a: Analysis, t: Tree, i: int, v: Valency, words: int, roles: _Roles, topic: Topics, verb: int) -> Frame:
    """The frame of a noun with a light verb: the verb's subject acts, its clause is the evidence, its tense and negation count."""
    subject = subject_of(a, t, verb, topic)
    suffers = t.tokens[i].dep in ("nsubj", "nsubj:pass")  # "el cierre fue decretado por Lima"
    agents = roles.agent or list(_agents_of(a, t, verb) if suffers else subject.actors)
    if not agents and any(t.tokens[k].lower in CLITICS and t.tokens[k].pos == "PRON" for k in t.kids[verb]):
        # "la reunión la encabezaron A y B": the fronted object is no subject
        agents = [x for k in t.children(verb, "nsubj", "obj") if k > verb for x in a.actors(t, k)]
    first, end = verb_span(t, verb, subject.token, None)
    if verb > i and t.tokens[verb].dep == "acl:relcl":
        first = min(first, t.left[i])  # "la visita que hará": the noun belongs to its words
    return Frame(
        v.concept,
        v,
        t.sentence.index,
        i,
        "noun",
        first,
        end,
        agent=tuple(x for x in dict.fromkeys(agents) if x not in roles.patient),
        patient=tuple(dict.fromkeys(roles.patient)),
        theme=roles.theme,
        content=roles.content,
        place=roles.place,
        subject=subject.token,
        negated=negated(t, verb) or negated(t, i),
        tense=tense(t, verb),
        inferred=subject.inferred,
        words=words,
    )


def _under_light_verb(a: Analysis, t: Tree, i: int) -> bool:
    head = t.tokens[i].head
    governed = t.tokens[i].dep in ("obj", "obl", "nsubj", "xcomp")
    if head == i or not governed or not is_verb(t.tokens[head]):
        return False
    asked = (
        t.tokens[i].dep == "obj"
        and t.tokens[head].lemma in PUTTING
        and t.tokens[i].lemma in lemmas_of(a.document.article.language, "request", "noun")
    )
    return asked or verb_lemma(t.tokens[head].lemma, a.lexicon) in LIGHT


def ordered(t: Tree, i: int, v: Valency) -> bool:
    """Whether the noun at ``i`` is what a verb of ordering brings about: "ordenó | el despliegue de la Armada"."""
    head = t.tokens[i].head
    if not is_verb(t.tokens[head]) or t.tokens[head].lemma not in ORDERING:
        return False
    done = any(t.tokens[k].lemma == "ser" for k in t.children(head, "aux", "aux:pass"))
    if t.tokens[i].dep != "obj" and not (t.tokens[i].dep in ("nsubj", "nsubj:pass") and done):
        return False
    return v.concept in event_types() and plover_type(v.concept) in _ORDERED


def _occurring(a: Analysis, t: Tree, i: int) -> bool:
    """Whether the noun is the subject of a verb that tells when and with what outcome it came about: "un sismo sacudió ayer …"."""
    verb = t.tokens[i].head
    if t.tokens[i].dep not in ("nsubj", "nsubj:pass") or not is_verb(t.tokens[verb]):
        return False
    if t.tokens[verb].lemma in _ASPECT:  # "la reunión no llegó a celebrarse"
        return any(t.tokens[k].lemma in LIGHT | _OCCURRING for k in t.children(verb, "xcomp"))
    return verb_lemma(t.tokens[verb].lemma, a.lexicon) in _OCCURRING


def _relative_light(t: Tree, i: int) -> int | None:
    """The light or occurring verb of a relative clause about the noun: "la visita que hará a Lima", "la guerra que estalló en 1879"."""
    if i + 1 < len(t.tokens) and t.tokens[i + 1].lower == "que" and t.tokens[i + 1].dep == "obj":
        verb = t.tokens[i + 1].head  # "y de la visita que la ministra hizo a Lima": the parser hung the clause on another noun
        if verb > i and t.tokens[verb].lemma in LIGHT | PUTTING:
            return verb
    for k in t.children(i, "acl:relcl"):
        lemma = t.tokens[k].lemma
        if lemma in _OCCURRING or (lemma in LIGHT | PUTTING and any(t.tokens[m].lower == "que" for m in t.kids[k])):
            return k
    return None


def _agents_of(a: Analysis, t: Tree, participle: int) -> tuple[str, ...]:
    """Who did it, by the "por" of a participle."""
    for k in t.kids[participle]:
        if t.tokens[k].dep == "obl:agent" or case(t, k) == "por" or case(t, k) in BY:
            found = a.actors(t, k) or by_demonym(a, t, k)
            if found:
                return found
    return ()


def _deeper(a: Analysis, t: Tree, i: int, v: Valency) -> int | None:
    """The theme that the parser hung on the owner: "el respaldo de los industriales de Guayaquil al arancel"."""
    prepositions = [p for p, role in v.complements if role == "THEME" and p not in ("", "de")]
    for k in range(i + 2, t.right[i]):
        if (
            case(t, k) in prepositions
            and t.tokens[k].dep in ("nmod", "obl")
            and t.tokens[k].pos == "NOUN"
            and t.tokens[k].head != i
        ):
            return None if a.actors(t, k) else k
    return None


def _read_complement(a: Analysis, t: Tree, part: Complement, v: Valency, roles: _Roles) -> None:
    """Put a complement of a noun into its role."""
    k, preposition = part.token, part.preposition
    if t.tokens[k].dep in ("acl", "advcl") and is_verb(t.tokens[k]):
        if preposition in _BEFORE_CONTENT or any(t.tokens[m].lower in ("que", "a", "de") for m in t.children(k, "mark")):
            roles.content = k
        return
    actors, role = a.actors(t, k), v.role(preposition)
    if t.tokens[k].pos in ("NOUN", "PROPN") and any(case(t, m) == "entre" for m in t.children(k, "nmod")):
        actors = ()  # "las negociaciones del Tratado entre A, B y C": the parser lists B and C beside the treaty
    if preposition == "entre":
        roles.agent.extend(actors)
    elif preposition in BY:
        roles.agent[:0] = actors or by_demonym(a, t, k)
    elif role == "AGENT":
        roles.agent.extend(actors)
        if not actors and roles.theme is None and preposition != "por":
            roles.theme = k
    elif role == "PATIENT":
        roles.patient.extend(actors or by_demonym(a, t, k))
        roles.theme = k if roles.theme is None else roles.theme
    elif role == "THEME":
        roles.theme = k if roles.theme is None else roles.theme
    elif preposition in _OPPOSITE and actors:
        roles.patient.extend(actors)
    elif preposition == "sobre" or (preposition in ("a", "para") and roles.theme is None and not actors):
        roles.theme = k
    elif preposition == "en":
        roles.place = k


def _read_demonym(a: Analysis, t: Tree, i: int, v: Valency, roles: _Roles) -> None:
    """The government of a demonym acts ("la propuesta argentina") where nobody else does; beside a free patient it does anyway."""
    country = a.demonym(t, i)
    if not country:
        return
    government = a.government(country)
    if set(roles.agent) & {country, government}:
        return
    known = {role for _, role in v.complements}
    beside = "PATIENT" in known and "AGENT" not in known and not roles.patient and v.role("por") is None
    if not roles.agent or beside:
        roles.agent.append(government)


def _read_reaction(a: Analysis, t: Tree, i: int, roles: _Roles, topic: Topics) -> bool:
    """Who reacts acts: "respondió con el envío de soldados". Returns whether they were carried over from outside the sentence."""
    verb = t.tokens[i].head
    if roles.agent or not is_verb(t.tokens[verb]) or t.tokens[verb].lemma not in _REACTING or case(t, i) != "con":
        return False
    subject = subject_of(a, t, verb, topic)
    roles.agent.extend(subject.actors)
    return subject.inferred


def _read_meeting(a: Analysis, t: Tree, i: int, v: Valency, roles: _Roles, topic: Topics) -> None:
    """Who meets is the subject of the clause the meeting stands in: "Durante una llamada con Trump, Sheinbaum dejó …"."""
    verb = t.tokens[i].head
    known = roles.agent or not roles.patient or v.concept not in event_types() or plover_type(v.concept) != "consult"
    if known or t.tokens[i].dep != "obl" or case(t, i) not in _MEANWHILE or not is_verb(t.tokens[verb]):
        return
    subject = subject_of(a, t, verb, topic)
    if subject.token is not None and not subject.inferred and not set(subject.actors) & set(roles.patient):
        roles.agent.extend(subject.actors)


def _before_comment(t: Tree, part: Complement) -> int:
    """Where a complement ends: before what an apposition with a clause of its own says of it ("…, acusación que Bogotá rechaza")."""
    said = (k for k in t.children(part.token, "appos") if t.tokens[t.left[k] - 1].text == "," or t.tokens[t.left[k]].text == ",")
    commented = [t.left[k] for k in said if k > part.token and t.tokens[k].pos == "NOUN" and t.children(k, "acl:relcl")]
    return min([part.end, *commented])


def _noun_span(t: Tree, i: int) -> tuple[int, int]:
    """The tokens of the noun phrase without relative clauses, conjuncts and what follows a comma."""
    first, end = t.left[i], t.right[i]
    for k in t.kids[i]:
        dep = t.tokens[k].dep
        apart = dep in ("acl:relcl", "conj", "parataxis", "appos") or (dep == "acl" and t.tokens[t.left[k]].text == ",")
        if k > i and apart:
            end = min(end, t.left[k])
        elif k > i:
            end = min(end, _before_comment(t, Complement(k, "", end)))
    return trim(t, first, end)
