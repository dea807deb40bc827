"""Whether a verb of asking, offering or wanting puts something forward, and where the words that tell it stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.frames import Frame
from kg.extract.homes import country_of
from kg.extract.offered import PROPOSAL_NOUNS, other_side
from kg.extract.proposal_parts import condition_of_offer
from kg.extract.syntax import Tree, case, is_verb, tense
from kg.extract.words import word_list
from kg.vocabulary import event_types, plover_type

ASKING: Final = ("request", "demand", "petition")
#: What is put on the table, presented or offered without anybody having to say yes: "plantear dudas", "ofrecer un informe".
_NOT_OFFERED: Final = frozenset(
    word_list(
        "duda pregunta problema reto interrogante resistencia batalla desafío cuestión excusa disculpa dificultad queja objeción informe"
        " dato oportunidad garantía versión explicación credencial comentario declaración respuesta ejemplo resultado denuncia imagen"
        " espacio servicio detalle rueda conferencia mismo balance homenaje"
    )
)
#: What is asked for in everyday speech: the floor, anonymity; and, with these verbs, pardon.
_NOT_ASKED: Final = frozenset(word_list("vez anonimato silencio palabra turno credencial calma paciencia"))
_PARDON: Final = frozenset(word_list("disculpa disculpas perdón excusa excusas"))
_PARDONING: Final = frozenset({"pedir", "solicitar"})
#: "llamar a la calma", "llamar al diálogo"; whatever else one calls something is a name for it.
_CALLS: Final = frozenset(
    word_list(
        "diálogo unidad paz huelga paro boicot movilización responsabilidad cordura concordia negociación cooperación consenso mesa"
        " conversación desescalada moderación contención prudencia sensatez serenidad solidaridad tregua retirada entendimiento"
    )
)
#: What they demand is law, and no proposal.
NORMS: Final = frozenset(
    word_list("constitución ley código reglamento tratado convenio protocolo convención estatuto norma carta")
)
#: Kinds of deed that are asked for by their noun.
_DONE: Final = frozenset({"retreat", "concede", "cooperate", "aid", "sanction", "assault", "coerce"})
_SEEKING: Final = frozenset({"buscar", "pretender", "aspirar"})
#: Verbs of saying that, before a subjunctive, tell somebody to do something: "mandó decir a Quito que retire los buques".
_BIDDING: Final = frozenset(
    word_list("decir avisar escribir comunicar transmitir contestar responder telefonear indicar repetir")
)
_ADDRESSING: Final = frozenset({"saying", "pressure"})
#: What one wants to do with the other side needs its yes: "quiere comprar a Perú 200 megavatios", "quiere renegociar el tratado".
_DEALING: Final = frozenset(
    word_list(
        "comprar vender alquilar arrendar renegociar negociar firmar pactar acordar suscribir crear establecer exportar importar extraditar"
        " construir instalar explotar compartir intercambiar revisar modificar prorrogar ampliar reabrir abrir enviar desplegar operar"
    )
)
_TREATIES: Final = frozenset(
    word_list("tratado acuerdo convenio pacto contrato protocolo memorando arancel tarifa precio cuota límite")
)
_REOPENING: Final = frozenset(word_list("renegociar revisar modificar prorrogar renovar negociar pactar acordar firmar"))
#: What a prosecutor asks a court for.
_PENALTIES: Final = frozenset(word_list("cárcel prisión condena pena multa reclusión absolución archivo sobreseimiento"))
_DENYING: Final = frozenset({"negar", "desmentir", "rechazar", "descartar"})
#: How far behind its verb an object is looked for that the parser hung elsewhere, in tokens.
_REACH: Final = 20


def no_proposal(concept: str, verb: str, noun: str) -> bool:
    """Whether asking for ``noun``, or offering it, puts nothing forward: "pidió disculpas", "planteó dudas"."""
    if concept == "offering":
        return noun in _NOT_OFFERED
    return noun in _NOT_ASKED or (noun in _PARDON and verb in _PARDONING)


def proposes(a: Analysis, f: Frame) -> bool:
    """Whether the verb of frame ``f`` puts something forward."""
    t = a.trees[f.sentence]
    lemma = t.tokens[f.theme].lemma if f.theme is not None else ""
    verb = t.tokens[f.trigger].lemma
    if f.negated or not f.agent or _denied(t, f) or (f.content is None and f.theme is None):
        return False
    if f.content is None and (no_proposal(f.concept, verb, lemma) or _bare_word(a, t, f) or _sentence_asked(t, f)):
        return False
    if verb == "llamar" and f.content is None and (f.theme is None or t.tokens[f.theme].lemma not in _CALLS):
        return False  # "a eso lo llamo una puerta entornada"
    if f.content is not None and f.trigger < f.content < f.trigger + f.words:
        return False  # "volver a pedir": the inner verb asks
    if f.concept == "wanting":
        return _wants(a, t, f)
    if f.concept == "offering":
        if verb in ("recomendar", "aconsejar") and not f.patient and not other_side(a, f.agent):
            return False  # "los médicos recomiendan beber agua"
        if verb in ("presentar", "formular", "registrar", "someter"):
            return lemma in PROPOSAL_NOUNS
        # "sugirió que podría atacar" says, "sugirió que se reúnan" proposes
        if f.content is None or tense(t, f.content) == "subjunctive":
            return True
        if f.content < f.trigger and verb in ("ofrecer", "proponer", "plantear") and _finite_tense(t, f.content) == "conditional":
            return True  # "Uruguay podría servir de sede, ofreció su canciller"
        return _finite_tense(t, f.content) not in ("conditional", "future", "past")
    law = a.resolution.actors[f.agent[0]].label.split()[0].lower() in NORMS
    if f.concept == "promise":  # "se comprometió a comprar gas a cambio de que bajen el peaje": the yes of the other is open
        return not law and condition_of_offer(t, f) is not None
    if f.concept in _ADDRESSING:
        return not law and _bids(a, t, f)
    if law or not any(a.lexicon.is_a(f.concept, c) for c in ASKING):
        return False
    if f.content is None and f.theme is not None and f.theme == t.tokens[f.trigger].head:
        known = a.lexicon.nouns.get(lemma) or a.lexicon.nouns.get(t.tokens[f.theme].lower) or ()
        if t.tokens[f.theme].pos != "NOUN" or any(a.lexicon.is_a(v.concept, "consult") for v in known):
            return False  # "la llamada que solicitó" is told elsewhere
    return True


def _bare_word(a: Analysis, t: Tree, f: Frame) -> bool:
    """ "Pedimos agua, no caridad": one word in a quotation sums up what was asked for, and asks for nothing new."""
    assert f.theme is not None
    return a.quote_at(t.tokens[f.theme].start) is not None and not t.kids[f.theme] and t.tokens[f.theme].pos == "NOUN"


def with_object(a: Analysis, f: Frame) -> Frame:
    """The frame with the noun phrase behind its verb as theme where the parser gave it none: "pide auxilio a Washington"."""
    if f.content is not None or f.theme is not None or f.pronoun is not None or not f.agent:
        return f
    t = a.trees[f.sentence]
    behind = f.trigger + f.words
    if f.words > 1 and behind + 1 < len(t.tokens) and t.tokens[behind - 1].pos == "NOUN" and t.tokens[behind].text == ":":
        return replace(f, theme=behind - 1)  # "puso una condición: que Bogotá retire las lanchas"
    dates = [d.span for d in a.dates_in(t.span(0, len(t.tokens)))]
    for k in range(f.trigger + f.words, min(f.trigger + _REACH, len(t.tokens))):
        token = t.tokens[k]
        if token.text in (";", ".", ":") or (is_verb(token) and "VerbForm=Fin" in token.morph) or token.lower == "que":
            return f
        sum_ = token.pos == "NUM" and (k + 1 == len(t.tokens) or t.tokens[k + 1].pos not in ("NOUN", "NUM", "ADP"))
        free = (
            (token.pos == "NOUN" or sum_)
            and not case(t, k)
            and (f.sentence, k) not in a.resolution.at
            and token.dep not in ("nmod", "flat")
        )
        if free and not any(d.start <= token.start < d.end for d in dates) and t.left[k] > f.trigger:
            return replace(f, theme=k)
    return f


def rather(t: Tree, f: Frame) -> Frame:
    """The frame of what is asked for instead: "no pide dinero, sino la retirada de las boyas"."""
    if not f.negated or f.form != "verb":
        return f
    but = next((k for k in range(f.trigger + 1, len(t.tokens)) if t.tokens[k].lower == "sino"), None)
    if but is None or any(x.text in ".;:" for x in t.tokens[f.trigger : but]):
        return f
    head = t.tokens[but].head
    if head <= but or t.tokens[head].pos not in ("NOUN", "VERB") or t.tokens[head].dep != "conj":
        return f
    if is_verb(t.tokens[head]):
        return replace(f, negated=False, theme=None, content=head)
    return replace(f, negated=False, theme=head, content=None)


def _as_asked(t: Tree, f: Frame) -> bool:
    """Whether the verb's clause is "como había pedido X" behind a comma: what stands behind it is who asked."""
    return (
        any(t.tokens[k].lower == "como" and k < f.trigger for k in t.kids[f.trigger])
        and f.theme is not None
        and f.theme > f.trigger
    )


def asked_before(t: Tree, f: Frame) -> Frame:
    """The frame with what its clause refers back to: "acepta que …, como había pedido Madrid", "las visitas que venía pidiendo"."""
    tokens, head = t.tokens, t.tokens[f.trigger].head
    if f.content is not None or f.pronoun is not None or (f.theme is not None and not _as_asked(t, f)):
        return f
    if any(tokens[k].lower == "como" and k < f.trigger for k in t.kids[f.trigger]) and is_verb(tokens[head]) and head < f.trigger:
        granted = next((k for k in t.children(head, "ccomp", "xcomp") if head < k < f.trigger), None)
        return replace(f, content=granted, theme=None) if granted is not None else f
    if tokens[head].dep == "acl:relcl" and any(tokens[k].lower == "que" and k < f.trigger for k in t.kids[head]):
        noun = tokens[head].head
        return replace(f, theme=noun) if tokens[noun].pos == "NOUN" and noun < head else f
    return f


def _wants(a: Analysis, t: Tree, f: Frame) -> bool:
    """ "quiere que las dragas salgan", "quiere un gravamen"; what one wants to do oneself is put to the other side if that is in it."""
    verb = t.tokens[f.trigger].lemma
    if f.content is None:
        if (
            f.theme is None
            or t.tokens[f.theme].pos not in ("NOUN", "NUM")
            or not (t.kids[f.theme] or t.tokens[f.theme].pos == "NUM")
        ):
            return False  # "quiere paz"
        return verb == "querer" or (verb == "insistir" and _deed(a, t, f.theme))
    if tense(t, f.content) == "subjunctive":
        return True
    if "VerbForm=Inf" in t.tokens[f.content].morph:
        dealing = verb in _SEEKING or (verb in ("querer", "desear") and t.tokens[f.content].lemma in _DEALING)
        treaty = any(t.tokens[k].lemma in _TREATIES for k in t.children(f.content, "obj"))  # "quiere renegociar el tratado"
        return dealing and (_concerns(a, t, f.content, f.agent) or (treaty and t.tokens[f.content].lemma in _REOPENING))
    # behind "querer que" every verb is a subjunctive, whatever the tagger says
    marked = any(t.tokens[k].lower == "que" and k < f.content for k in t.children(f.content, "mark"))
    return marked and verb in ("querer", "buscar", "pretender")


def _deed(a: Analysis, t: Tree, noun: int) -> bool:
    """Whether what one insists on is something to be done by another: "insiste en la devolución de las barcazas", not "en el diálogo"."""
    known = a.lexicon.nouns.get(t.tokens[noun].lemma, ())
    definite = any(t.tokens[k].lower in ("la", "el", "los", "las", "su", "sus") for k in t.kids[noun])
    types = {plover_type(v.concept) for v in known if v.concept in event_types()}
    return definite and bool(types & _DONE)


def _bids(a: Analysis, t: Tree, f: Frame) -> bool:
    """Whether a verb of saying or pressing tells the other side to do something: "le mandó decir a Quito que retire los buques"."""
    if f.content is None or f.content < f.trigger or tense(t, f.content) != "subjunctive":
        return False
    if f.concept == "pressure":
        return bool(f.patient)
    marked = any(t.tokens[k].lower == "que" and k < f.content for k in t.children(f.content, "mark", "nsubj"))
    if t.tokens[f.trigger].lemma not in _BIDDING or not marked:
        return False
    subjects = [k for k in t.children(f.content, "nsubj") if t.tokens[k].lower != "que"]
    named = [x for k in subjects for x in a.actors(t, k)]
    # "dijo a Lima que el convenio siga": whoever is told is to do it, or the other side is
    told = f.patient or [x for k in range(f.trigger, f.content) if case(t, k) == "a" for x in a.actors(t, k)]
    return not (subjects and not named) and any(x not in f.agent for x in (*told, *named))


def _sentence_asked(t: Tree, f: Frame) -> bool:
    """ "El fiscal pidió diez años de cárcel": asked of a court."""
    assert f.theme is not None
    return any(x.lemma in _PENALTIES for x in t.tokens[f.theme : min(t.right[f.theme], f.theme + 3)])


def _concerns(a: Analysis, t: Tree, head: int, agent: tuple[str, ...]) -> bool:
    """Whether the words headed by ``head`` name the other of the article's two sides: "pretende alquilar la base a Estados Unidos"."""
    mine = {country_of(a, x) for x in agent}
    theirs = set(a.resolution.pair) - mine
    if len(theirs) != 1:
        return False
    inside = range(head, t.right[head])
    named = {country_of(a, x) for k in inside for x in a.resolution.of(t.sentence.index, k)}
    return bool(theirs & (named | {a.gazetteer.demonyms.get(t.tokens[k].lower) for k in inside}))


def _finite_tense(t: Tree, i: int) -> str | None:
    """The tense of a clause with a finite verb, a modal's included ("podría atacar": conditional); None for an infinitive."""
    forms = [
        t.tokens[k].morph
        for k in (*t.kids[i], i)
        if (k == i or t.tokens[k].dep in ("aux", "cop")) and "VerbForm=Fin" in t.tokens[k].morph
    ]
    if not forms:
        return None
    if "Mood=Cnd" in forms[0]:
        return "conditional"
    if "Mood=Sub" in forms[0]:
        return "subjunctive"
    return "future" if "Tense=Fut" in forms[0] else "past" if "Tense=Past" in forms[0] or "Tense=Imp" in forms[0] else "present"


def _denied(t: Tree, f: Frame) -> bool:
    """ "negó que haya ofrecido dinero": what is denied is not put forward."""
    token = t.tokens[f.trigger]
    governed = token.dep in ("ccomp", "xcomp", "acl:relcl") and token.head < f.trigger
    return governed and t.tokens[token.head].lemma in _DENYING
