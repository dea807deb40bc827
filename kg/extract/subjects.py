"""Who does what a verb says: its own subject, its antecedent's, its governor's, the nearest before it, the topic.

Each of these is a question of its own; :func:`subject_of` asks them in order. Arcs of the parser are checked against number, mood and
punctuation, because a subject hung on the wrong clause is the parser's most costly mistake.
"""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.listed_verbs import before_colon, in_capital, joined_by_comma
from kg.extract.named_subjects import (
    RELATIVES,
    Subject,
    agree,
    apposed,
    by_source,
    consulted,
    coordinated_before,
    cut_off,
    interposed,
    named_last,
    nearest_before,
    of_aside,
    opening,
    other_words,
    speaker_before,
)
from kg.extract.relative_subjects import CLITICS, day, noun_agent, of_main_clause, of_relative, pair_in, relative_subject
from kg.extract.syntax import SUBJECTS, Tree, case, finite_morph, is_finite, is_verb
from kg.extract.topics import Topics, whose
from kg.extract.words import word_list

#: "El primero dijo …; la segunda …": which of two actors named together.
_ORDINAL_OF_PAIR: Final = {"primero": 0, "segundo": 1, "primera": 0, "segunda": 1}
#: Subjects that are somebody, and nobody known: "no todos lo celebran".
_QUANTIFIERS: Final = frozenset(
    word_list("todos todas nadie muchos muchas pocos pocas algunos algunas otros otras ninguno ninguna varios quien")
)
_PERSONAL: Final = frozenset({"él", "ella", "ellos", "ellas"})
#: Verbs whose object does what their infinitive says ("pidió a México retirar …"): object control, a property of the verb's grammar.
_OBJECT_CONTROL: Final = frozenset(
    word_list(
        "pedir exigir solicitar instar urgir llamar invitar emplazar obligar permitir ordenar prohibir impedir acusar culpar"
        " responsabilizar exhortar conminar reclamar proponer ofrecer recomendar rogar dejar autorizar forzar animar"
    )
)
#: Verbs that bind whoever says them: what the clause below tells is their own deed.
_COMMISSIVE: Final = frozenset(word_list("garantizar prometer jurar comprometer"))
#: Papers that say something for who issued them: "el documento recuerda que …".
PAPERS: Final = frozenset(
    word_list("texto documento comunicado escrito misiva carta nota declaración resolución manifiesto boletín oficio")
)
#: As many sentences back "ella" may look for its person.
_NEAR: Final = 3
#: How many clauses a subject is passed down through.
_DEPTH: Final = 6


def subject_of(a: Analysis, t: Tree, i: int, topic: Topics | None = None, depth: int = 0, saying: bool = False) -> Subject:
    """The subject of verb ``i``.

    Without ``topic`` nothing is carried over from earlier sentences. ``depth`` counts the clauses gone up through; ``saying`` prefers
    the last speaker to the last subject. A subject that is nobody known has a token and no actors.
    """
    if topic is not None or depth or saying:
        return _subject_of(a, t, i, topic, depth, saying)
    at = (t.sentence.index, i)
    known: Subject | None = a.subjects.get(at)
    if known is None:
        known = a.subjects[at] = _subject_of(a, t, i, None, 0, False)
    return known


def _subject_of(a: Analysis, t: Tree, i: int, topic: Topics | None, depth: int, saying: bool) -> Subject:
    own = [
        k
        for k in t.kids[i]
        if (t.tokens[k].dep in ("nsubj", "nsubj:pass") or _bare_pronoun(t, k))
        and not consulted(t, k)
        and not by_source(t, k)
        and not other_words(a, t, i, k)
        and not day(a, t, i, k)
        and not _object_behind(t, i, k)
    ]
    if len(own) > 1:
        own.sort(key=lambda k: (t.tokens[k].lower not in _PERSONAL, t.tokens[k].lower == "que"))
    pronoun = any(_bare_pronoun(t, k) for k in own)
    if saying and topic is not None and not pronoun and interposed(t, i) and cut_off(t, i, own):
        return of_aside(a, t, i, topic)
    if own:
        return _own_subject(a, t, i, own, topic, saying)
    found = of_relative(a, t, i) if t.tokens[i].dep == "acl:relcl" else opening(a, t, i)
    if found is None and t.tokens[i].dep == "conj" and "Number=Sing" in finite_morph(t, i):
        found = coordinated_before(a, t, i)  # "invitó a Bogotá a una cita en Cúcuta y Bogotá aceptó"
    if found is None and depth < _DEPTH and t.tokens[i].head != i:
        found = _of_coordinate(a, t, i, topic, depth) or _of_governor(a, t, i, topic, depth)
    if found is None and depth < _DEPTH and (announcing := before_colon(a, t, i)) is not None:
        found = _announced(a, t, announcing, topic, depth)
    if found is None and ("VerbForm=Fin" in t.tokens[i].morph or t.children(i, "aux")):
        found = _dropped(a, t, i, topic, saying)
    return found or Subject(None, ())


def _announced(a: Analysis, t: Tree, verb: int, topic: Topics | None, depth: int) -> Subject | None:
    """Who does what stands behind the colon after ``verb``: its subject, or whose that is, "la respuesta de Lima llegó: retiró …"."""
    found = subject_of(a, t, verb, topic, depth + 1)
    if found.actors or found.token is None:
        return found if found.actors else None
    of = noun_agent(a, t, found.token)
    return Subject(None, of) if of else None


def named_subject(a: Analysis, t: Tree, i: int) -> tuple[str, ...]:
    """The subject of verb ``i`` that its own sentence names, whatever the parser made of it."""
    return subject_of(a, t, i).actors


def _own_subject(a: Analysis, t: Tree, i: int, own: list[int], topic: Topics | None, saying: bool) -> Subject:
    """Who the subjects ``own`` that the parser gave the verb stand for."""
    tokens = t.tokens
    if any(x.lower in ("cuyo", "cuya", "cuyos", "cuyas") for x in tokens[own[0] + 1 : i]):
        near = nearest_before(a, t, i)  # "la Cámara, cuyo presidente, X, instó": the parser hung the main clause's subject on it
        if near is not None:
            return near
    for k in own:
        word = tokens[k].lower
        if word in RELATIVES:
            return relative_subject(a, t, i)
        if topic is not None and tokens[k].pos == "PRON" and word in _PERSONAL:
            return Subject(k, topic.plural if word.endswith("s") else _personal(a, t, i, k, topic), True)
        if topic is not None and topic.recent and word in _ORDINAL_OF_PAIR:
            pair = pair_in(a, t, k) or next((r for r in reversed(topic.recent) if len(r) == 2), ())
            if pair:
                return Subject(k, (pair[_ORDINAL_OF_PAIR[word]],))
        if topic is not None and word in ("último", "última") and tokens[k - 1].lower in ("este", "esta"):
            return Subject(k, named_last(a, t, k))
        actors = a.actors(t, k) or apposed(a, t, k)
        if actors:
            return Subject(k, actors)
    beside = coordinated_before(a, t, i) if all(k < i for k in own) else None
    if beside is not None:
        return beside
    given = all(k > i for k in own) and any(tokens[k].lower in ("le", "les") for k in t.kids[i] if k < i)
    listed = joined_by_comma(a, t, i) if given else None  # "citó al embajador, le entregó una nota": what is handed over
    if listed is not None:
        return listed
    everybody = tokens[own[0]].lower in _QUANTIFIERS
    if topic is not None and not everybody and all(k < i for k in own) and _clitic_before(t, i, own[0]):
        behind = next((k for k in t.children(i, "obj", "appos") if k > i and not case(t, k) and a.actors(t, k)), None)
        if behind is not None:  # "su aplazamiento lo atribuyó la colombiana Catalina Uribe a …"
            return Subject(behind, a.actors(t, behind))
        return Subject(
            None, topic.subject(finite_morph(t, i), saying), True
        )  # "El cuarto lo rechazó": the fronted object is no subject
    if saying and topic is not None and own[0] < i and tokens[own[0]].lemma in PAPERS:
        return _issuer(a, t, i, own[0], topic)
    suffering = any(tokens[k].lemma == "ser" for k in t.children(i, "aux", "aux:pass"))
    writing = tokens[own[0]].lemma in a.lexicon.classes["missive"] and own[0] < i and not suffering
    return Subject(own[0], noun_agent(a, t, own[0]) if writing else ())  # nobody: "el ataque"; "el documento peruano propone …"


def _issuer(a: Analysis, t: Tree, i: int, paper: int, topic: Topics) -> Subject:
    """Whose paper it is that says something: "la nota de la Cancillería recuerda que …"; a paper known before is the last speaker's."""
    tokens = t.tokens
    of = next((found for k in t.children(paper, "nmod") if case(t, k) == "de" and (found := a.actors(t, k))), ())
    if of:
        return Subject(paper, of)
    definite = any(tokens[k].lower in ("el", "la", "ese", "esa", "este", "esta", "dicho", "dicha") for k in t.kids[paper])
    if not definite or t.children(paper, "nmod", "acl:relcl", "acl") or a.demonym(t, paper):
        return Subject(paper, ())
    return Subject(paper, topic.subject(finite_morph(t, i), True), True)


def _bare_pronoun(t: Tree, k: int) -> bool:
    """Whether token ``k`` is "él", "ella" without a preposition, which is a subject wherever the parser hung it: "repuso él"."""
    return t.tokens[k].lower in _PERSONAL and t.tokens[k].pos == "PRON" and not case(t, k)


def _personal(a: Analysis, t: Tree, i: int, k: int, topic: Topics) -> tuple[str, ...]:
    """Whom "ella" or "él" at token ``k`` means: the subject of a clause above, whom somebody turned to in the sentence, else the person
    of that gender named last."""
    gender = "Fem" if t.tokens[k].lower == "ella" else "Masc"
    for above in t.ancestors(i):
        found = subject_of(a, t, above).actors if is_verb(t.tokens[above]) and above < i else ()
        if len(found) == 1 and gender in a.resolution.genders.get(found[0], ()):
            return found
    number = t.sentence.index
    named = a.resolution.person_before(number, k, gender, 0)
    if not named and topic.turned_in == number and a.resolution.fits(topic.turned_to[0], gender):
        return topic.turned_to
    spoken_of = topic.singular if topic.singular and a.resolution.fits(topic.singular[0], gender) else ()
    if not named and spoken_of and a.resolution.actors[spoken_of[0]].kind == "Person":
        return spoken_of
    return named or a.resolution.person_before(number, k, gender, _NEAR) or spoken_of


def _object_behind(t: Tree, i: int, k: int) -> bool:
    """Whether the "subject" behind a verb disagrees with it in number, so that it is its object: "suspendió los vuelos"."""
    apart = t.tokens[k].pos == "NOUN" and k > i and t.tokens[k].dep == "nsubj" and not case(t, k) and t.tokens[i].lemma != "haber"
    return apart and "Number=Plur" in t.tokens[k].morph and "Number=Sing" in finite_morph(t, i) and not t.children(i, "cop")


def _clitic_before(t: Tree, i: int, subject: int) -> bool:
    """Whether an object pronoun stands between ``subject`` and the verb that can mean it: "los motoristas lo votarán" it does not."""
    plural = "Number=Plur" in t.tokens[subject].morph
    return any(
        t.tokens[k].lower in CLITICS
        and t.tokens[k].pos == "PRON"
        and subject < k < i
        and (t.tokens[k].lower.endswith("s") == plural or t.tokens[subject].pos not in ("NOUN", "PROPN"))
        for k in t.kids[i]
    )


def _of_coordinate(a: Analysis, t: Tree, i: int, topic: Topics | None, depth: int) -> Subject | None:
    """The subject of the verb that ``i`` is coordinated with, where person and number agree."""
    tokens = t.tokens
    other = tokens[i].head
    governor = tokens[other].head
    nominal = tokens[i].dep == "conj" and tokens[other].dep == "ccomp" and t.children(other, "cop") and is_verb(tokens[governor])
    told = all("Person=3" in t.tokens[k].morph and "Tense=Past" in t.tokens[k].morph for k in (governor, i))
    if tokens[i].dep == "ccomp" and is_verb(tokens[other]) and _behind_answer(t, i):
        return subject_of(a, t, other, topic, depth + 1)
    if nominal and told and governor < other and agree(finite_morph(t, governor), finite_morph(t, i)):
        return subject_of(a, t, governor, topic, depth + 1)  # "alegó que no es competencia suya y le sugirió …"
    if tokens[i].dep != "conj" or not is_verb(tokens[other]):
        return None
    other = _beside(t, i, other)
    above = tokens[other].head
    conjunction = next(iter(t.children(i, "cc")), i)
    comma = conjunction > 0 and tokens[conjunction - 1].text == ","
    if comma and tokens[other].dep == "ccomp" and is_verb(tokens[above]) and above < other:
        other = above  # "declaró que …, y sugirió …"
    if "Mood=Ind" in finite_morph(t, i):  # "propone que … faenen … y exige": the parser hung the second verb on the wrong clause
        while "Mood=Sub" in finite_morph(t, other) and tokens[other].head != other and is_verb(tokens[tokens[other].head]):
            other = tokens[other].head
    if not agree(finite_morph(t, other), finite_morph(t, i)):
        return None
    liking = _experiencer(a, t, other)
    if liking:
        return Subject(None, liking)
    found = subject_of(a, t, other, topic, depth + 1)
    above = tokens[other].head
    if found.actors or tokens[other].dep not in ("ccomp", "advcl", "acl:relcl") or not is_verb(tokens[above]):
        return found
    return subject_of(a, t, above, topic, depth + 1)  # "declaró que algo … y sugirió …"


def _behind_answer(t: Tree, i: int) -> bool:
    """Whether verb ``i`` follows a whole answer: "dijo que no y planteó otra cosa"."""
    words = [x.lower for x in t.tokens[t.left[i] : i]]
    return words[:1] == ["que"] and words[1:2] in (["no"], ["sí"]) and words[2:3] in (["y"], ["pero"])


def _experiencer(a: Analysis, t: Tree, verb: int) -> tuple[str, ...]:
    """Who likes or minds something, and goes on acting: "a Itamaraty no le gusta la idea y propone …"."""
    if not any(v.subject == "THEME" and v.role("a") == "AGENT" for v in a.lexicon.verbs.get(t.tokens[verb].lemma, ())):
        return ()
    return next((a.actors(t, k) for k in t.kids[verb] if k < verb and case(t, k) == "a" and a.actors(t, k)), ())


def _beside(t: Tree, i: int, other: int) -> int:
    """The finite verb right before the conjunction of ``i``, whatever the parser says: "gesto que agradeció, pero declinó"."""
    j = min([i, *t.children(i, "cc")]) - 1
    while j > other and t.tokens[j].text == ",":
        j -= 1
    if j > other and is_verb(t.tokens[j]) and is_finite(t.tokens[j]):
        return j
    # "ninguno lo apoya: el primero lo tildó de «cesión» y pidió …": behind a colon the verb before the conjunction is the nearer one
    apart = [k for k in t.children(other, "parataxis") if other < k < i and is_finite(t.tokens[k]) and t.children(k, *SUBJECTS)]
    return apart[-1] if apart and any(x.text in ":;" for x in t.tokens[other : apart[-1]]) else other


def _of_governor(a: Analysis, t: Tree, i: int, topic: Topics | None, depth: int) -> Subject | None:
    """Who is to do what an infinitive or gerund says: whom the verb above makes do it, else the subject or agent of what it hangs on."""
    tokens = t.tokens
    head, morph = tokens[i].head, tokens[i].morph
    gerund = "VerbForm=Ger" in morph
    compound = any("VerbForm=Inf" in tokens[k].morph for k in t.children(i, "aux"))  # "negó haber recibido"
    bare = (gerund or compound or "VerbForm=Inf" in morph) and "VerbForm=Fin" not in finite_morph(t, i)
    if not bare or tokens[i].dep not in ("xcomp", "advcl", "acl", "ccomp", "obj", "obl", "nmod"):
        return None
    if is_verb(tokens[head]) or tokens[head].pos == "ADJ":
        governed = _controller(a, t, head)
        if governed:
            return governed
        found = subject_of(a, t, head, topic, depth + 1)
        while gerund and not found.actors and tokens[head].head != head and is_verb(tokens[tokens[head].head]):
            head = tokens[head].head  # "negó que el retraso …, argumentando que …": nobody in the clause below argues
            found = subject_of(a, t, head, topic, depth + 1)
        return found
    if tokens[head].pos == "NOUN":
        by = noun_agent(a, t, head)
        if by:
            return Subject(None, by)
        above = tokens[head].head
        return subject_of(a, t, above, topic, depth + 1) if above != head and is_verb(tokens[above]) else Subject(None, ())
    return None


def _controller(a: Analysis, t: Tree, verb: int) -> Subject | None:
    """Who is to do what an infinitive under ``verb`` says when it is not the verb's subject: "pidió a México retirar"."""
    if t.tokens[verb].lemma not in _OBJECT_CONTROL:
        return None
    for k in t.children(verb, "obj", "obl", "obl:arg", "iobj"):
        if case(t, k) == "a":
            actors = a.actors(t, k)
            if actors:
                return Subject(k, actors)
    return None


def _dropped(a: Analysis, t: Tree, i: int, topic: Topics | None, saying: bool) -> Subject | None:
    """The subject of a finite verb that the parser gave none: the actor before it, one behind it, or what the text goes on about."""
    tokens = t.tokens
    near = nearest_before(a, t, i) or joined_by_comma(a, t, i) or in_capital(a, t, i) or _behind_colon(a, t, i)
    if near is not None:
        return near
    behind = [k for k in t.children(i, "obj", "appos", "obl") if k > i and not case(t, k) and a.actors(t, k)]
    clausal = bool(t.children(i, *SUBJECTS)) and any(tokens[k].dep == "obj" for k in behind)
    if behind and not clausal:
        return Subject(behind[0], a.actors(t, behind[0]))
    head = tokens[i].head
    told = tokens[i].dep == "parataxis" and head < i and any(x.text == ":" for x in tokens[head:i])
    first = next((k for k in t.children(head, "nsubj") if k < head and a.actors(t, k)), None) if told else None
    if first is not None and not is_verb(tokens[head]) and "Number=Sing" in finite_morph(t, i):
        return Subject(first, a.actors(t, first))  # "fue más allá: pidió romper relaciones"
    above = (speaker_before(a, t, i) if saying and topic is not None else None) or of_main_clause(a, t, i)
    if above is not None:
        return above
    if tokens[i].dep == "ccomp" and tokens[tokens[i].head].lemma in _COMMISSIVE:
        promising = tokens[i].head  # "mientras la Argentina no garantice que no volverá a cortar el suministro"
        owner = next((k for k in t.children(promising, "nsubj") if a.actors(t, k)), None)
        if owner is not None and agree(finite_morph(t, promising), finite_morph(t, i)):
            return Subject(owner, a.actors(t, owner))
    if topic is not None and "Number=Plur" in finite_morph(t, i):
        root = next((k for k, x in enumerate(tokens) if x.head == k), i)
        acting = next((found for k in t.children(root, "nsubj") if root != i and (found := whose(a, t, k))), ())
        if acting:
            return Subject(None, acting, True)
    return None if topic is None else Subject(None, topic.subject(finite_morph(t, i), saying), True)


def _behind_colon(a: Analysis, t: Tree, i: int) -> Subject | None:
    """Who acts in what a colon explains, where nobody else does: "Madrid replicó esa tarde: declaró persona non grata a …"."""
    tokens, head = t.tokens, t.tokens[i].head
    colon = next((k for k in range(i - 1, -1, -1) if tokens[k].text in ":;" or is_finite(tokens[k])), None)
    if colon is None or tokens[colon].text != ":" or head >= colon or not is_verb(tokens[head]) or a.quote_at(tokens[i].start):
        return None
    subject = next((k for k in t.children(head, "nsubj") if k < colon and a.actors(t, k)), None)
    if subject is None or not agree(finite_morph(t, head), finite_morph(t, i)):
        return None
    return Subject(subject, a.actors(t, subject))
