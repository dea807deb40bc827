"""Who a relative clause is about, and whose writing says what stands in it: antecedents, the two of a pair, the author of a note."""

from __future__ import annotations

import itertools
import re
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.named_subjects import (
    RELATIVES,
    Subject,
    agree,
)
from kg.extract.syntax import SUBJECTS, Tree, case, finite_morph, is_verb

CLITICS: Final = frozenset({"lo", "la", "los", "las"})


def day(a: Analysis, t: Tree, i: int, k: int) -> bool:
    """Whether the "subject" behind a verb is when it was done: "dijo el lunes a Radio Imbabura"."""
    return a.date_at(t.tokens[k].start) is not None


def relative_subject(a: Analysis, t: Tree, i: int) -> Subject:
    """The antecedent of a relative pronoun, or the actor behind the verb in "lo que niega el Ministerio"."""
    tokens = t.tokens
    antecedent = _antecedent(a, t, i)
    behind = [m for m in t.children(i, "obj", "obl") if m > i and not case(t, m) and a.actors(t, m)]
    if not antecedent.actors and behind and not any(tokens[m].lower in CLITICS for m in t.kids[i]):
        return Subject(behind[0], a.actors(t, behind[0]))
    return antecedent


def _antecedent(a: Analysis, t: Tree, i: int) -> Subject:
    """Who the relative clause of verb ``i`` is about; in the plural both of two people ("encabezado por A y B, que no comparecieron")."""
    head = t.tokens[i].head
    actors = a.actors(t, head) or _author(a, t, head)
    if len(actors) == 1 and "Number=Plur" in finite_morph(t, i) and a.resolution.actors[actors[0]].kind == "Person":
        pair = pair_in(a, t, i)
        actors = pair if actors[0] in pair else actors
    return Subject(head, actors)


def author_of(a: Analysis, t: Tree, i: int) -> tuple[str, ...]:
    """Who says what stands in the relative clause of verb ``i`` about a writing: "una nota en la que reclama …"."""
    return _author(a, t, t.tokens[i].head) if t.tokens[i].dep == "acl:relcl" else ()


def _author(a: Analysis, t: Tree, noun: int) -> tuple[str, ...]:
    """Whose word a writing is: "el Senado aprobó una moción que insta a Lima …", "una nota de Quito que exige …"."""
    if t.tokens[noun].lemma not in a.lexicon.classes["missive"]:
        return ()
    own = noun_agent(a, t, noun)
    verb = t.tokens[noun].head
    if own or not is_verb(t.tokens[verb]) or t.tokens[noun].dep not in ("obj", "obl"):
        return own
    if t.tokens[noun].dep == "obl" and case(t, noun) not in ("en", "con", "mediante", "por"):
        return ()
    return next((a.actors(t, k) for k in t.children(verb, "nsubj") if a.actors(t, k)), ())


def pair_in(a: Analysis, t: Tree, before: int) -> tuple[str, ...]:
    """The two coordinated actors named earlier in the sentence, for "el primero … el segundo"."""
    for i in range(before):
        if t.tokens[i].dep in SUBJECTS:
            actors = a.actors(t, i)
            if len(actors) == 2:
                return actors
    named = [
        (m.span, ids[0])
        for m, ids in zip(a.resolution.mentions, a.resolution.ids, strict=True)
        if m.sentence == t.sentence.index and m.last <= before and ids
    ]
    for (one, first), (other, second) in itertools.pairwise(named):
        if re.fullmatch(r",?\s*(?:ni|y|e)\s+(?:(?:el|la|los|las)\s+)?", a.text[one.end : other.start]):
            return first, second
    return ()


def of_relative(a: Analysis, t: Tree, i: int) -> Subject | None:
    """The subject of a relative clause without a marked one: the antecedent, or the actor behind the verb ("que pide Washington")."""
    tokens = t.tokens
    relative = [k for k in t.kids[i] if tokens[k].lower in ("que", "quien", "quienes")]
    objects = [k for k in t.children(i, "obj") if tokens[k].lower != "que" and not case(t, k)]
    timed = any(day(a, t, i, k) for k in t.children(i, "nsubj"))  # "el ministro, que el martes amenazó": no other subject
    if relative and not objects and (timed or tokens[relative[0]].dep not in ("obj", "obl", "obl:arg")):
        return _antecedent(a, t, i)
    behind = [k for k in objects if k > i and a.actors(t, k)]
    return Subject(behind[0], a.actors(t, behind[0])) if behind else None


def noun_agent(a: Analysis, t: Tree, noun: int) -> tuple[str, ...]:
    """The agent that a noun brings along: "la propuesta de México de …", "la decisión argentina de …"."""
    for k in t.children(noun, "nmod"):
        if case(t, k) == "de":
            found = a.actors(t, k)
            if found:
                return found
    country = a.demonym(t, noun)
    return (a.government(country),) if country else ()


def _of_thing(a: Analysis, t: Tree, i: int) -> Subject | None:
    """The subject of the clause in which the thing stands that the relative clause of verb ``i`` is about."""
    tokens = t.tokens
    thing = tokens[i].head
    if tokens[i].dep != "acl:relcl" or thing > i or a.actors(t, thing) or not any(tokens[k].lower == "que" for k in t.kids[i]):
        return None
    verb = tokens[thing].head
    if tokens[thing].dep not in ("obj", "obl") or not is_verb(tokens[verb]) or verb > thing:
        return None
    subject = next((k for k in t.children(verb, "nsubj") if k < verb and a.actors(t, k)), None)
    if subject is None or not agree(finite_morph(t, verb), finite_morph(t, i)):
        return None
    return Subject(subject, a.actors(t, subject))


def of_main_clause(a: Analysis, t: Tree, i: int) -> Subject | None:
    """ "Chega exigió la dimisión de X, a la que acusa …": a relative clause about another one goes on with the main clause's subject.

    So does one about a thing with the subject of the clause that the thing stands in: "Lima retirará la queja que presentó en 2021".
    """
    tokens = t.tokens
    owner = _of_thing(a, t, i)
    if owner is not None:
        return owner
    root = next((k for k, x in enumerate(tokens) if x.head == k), i)
    if root >= i or not is_verb(tokens[root]) or not agree(finite_morph(t, root), finite_morph(t, i)):
        return None
    relative = next((k for k in t.kids[i] if k < i and tokens[k].lower in RELATIVES and case(t, k)), None)
    subject = next((k for k in t.children(root, "nsubj") if a.actors(t, k)), None)
    if relative is None or subject is None or ";" in {x.text for x in tokens[root:i]}:
        return None
    return Subject(subject, a.actors(t, subject))
