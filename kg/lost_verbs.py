"""Finds verbs inside a sentence that the tagger took for nouns, adjectives or names, and hangs their clauses on them.

"Comisiones Obreras la acusa de …", "…, cosa que la institución niega", "… y la Corte no lo ratifica": a form that the lexicon's verbs
have and no noun or adjective looks like is a verb wherever it stands; one that looks like a noun is a verb behind "lo", "le" or "no",
and "duda" is one before "de que".
What stands before it in its clause and hangs elsewhere becomes its subject or object, what follows its complement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from kg.model import Token


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Forms of the lexicon's verbs that are nouns, adjectives or small words as well.
HOMOGRAPHS: Final = _words(
    "acerca activa alarma alerta alza amenaza amnistía amplia ansia aprisa apuesta arenga arriba arruga asesina asesora"
    " atenta aventura avería ayuda baja baraja basta bebe beca bota brega burla busca captura carga causa cena censura cerca"
    " charla ciega cierra cifra cita clausura cobra combate compra concreta condena conferencia consola consulta contraoferta"
    " contrata corea corta cosecha costa cuenta cuesta culpa custodia da debate demanda demora denuncia derrama descarga"
    " diferencia digna disculpa dispensa dispersa disputa distancia dona draga duda dura enmienda entera entrega entrevista"
    " escala escolta escucha espera esposa espía esquiva esta estampa estima estrecha estrella etiqueta evidencia excusa"
    " expresa externa extraña factura faena falla falta figura fija firma forja forma fuerza fuga funda gana gira glosa"
    " habla hermana huerta incauta indigna inquieta intermedia interna lanza libra lidia liga lima llama lucha ma man"
    " manifiesta marca marcha mata media mejora mengua merma mina mira mofa molesta muda muestra multa nota oferta osa paga"
    " para parte pasa patrulla pausa peca pelea perita pesa pesca pica pinta planta precisa pregunta presa propicia propina"
    " protesta queja quema querella rada rebaja reforma renuncia represa represalia resumen ronda saca salva sentencia siembra"
    " silla sincera sobra sospecha subasta suelta sujeta suma tacha tala tapia tasa tinta tira toca toma tortura traba traje"
    " trata traza tripa tumba vacuna vacía vale valla valía vara veda vendas veta vida vieja vino violenta visita volcan vía"
    " zarpa"
)
#: Forms that follow "no" or a pronoun as what they usually are: "no se", "le da la vida".
_NEVER: Final = frozenset({"se", "ma", "vida", "esta", "para"})
_MISSED: Final = frozenset({"NOUN", "PROPN", "ADJ", "ADV", "INTJ", "PRON"})
_NOMINAL: Final = frozenset({"PROPN", "NOUN", "PRON", "NUM"})
_PRONOUNS: Final = frozenset({"lo", "le", "les", "se", "me", "nos", "te"})
#: Pronouns that stand before a verb; three of them are articles, too.
CLITICS: Final = _PRONOUNS | {"la", "las", "los"}
_RELATIVE: Final = frozenset({"que", "quien", "quienes", "cual", "cuales", "donde"})
_SUBORDINATORS: Final = frozenset({"aunque", "porque", "cuando", "si", "mientras", "como", "pues", "donde", "según"})
_JOINING: Final = frozenset({"y", "e", "pero", "ni", "o", "sino"})
_STOPS: Final = frozenset({";", ":", "—", "–", "(", ")", "“", "”", "«", "»", '"'})
#: Nouns and pronouns that sum up what was told: who stands behind the verb of their relative clause does what it says.
_SUMMING: Final = frozenset({"cosa", "hecho", "lo", "algo", "extremo", "versión", "acusación", "reproche"})


def find_lost(tokens: list[Token], known: Mapping[str, tuple[str, str]]) -> list[Token]:
    """The sentence with the lost verbs among the forms of ``known`` found; its root must be one that carries it."""
    for i in range(1, len(tokens)):
        if _lost(tokens, i, known):
            tokens = _placed(tokens, i, known[tokens[i].lower])
    return tokens


def surely_verb(tokens: list[Token], i: int, known: Mapping[str, tuple[str, str]]) -> bool:
    """Whether the form of token ``i`` can only be a verb's, by itself or by the word before it."""
    token = tokens[i]
    if token.lower not in known or token.lower in _NEVER:
        return False
    before = tokens[i - 1] if i else None
    if token.lower not in HOMOGRAPHS:
        clitic = before is not None and before.lower in CLITICS
        return before is None or clitic or before.pos not in ("DET", "ADP", "NUM")
    if token.lower == "duda" and " ".join(x.lower for x in tokens[i + 1 : i + 3]) in ("de que", "de si"):
        # "ella duda de que alcance", not "no cabe duda de que", "puso en duda que"
        return (
            before is None or before.pos in ("PRON", "PROPN", "PUNCT", "NOUN", "ADV") or before.lower in ("aunque", "y", "pero")
        )
    return before is not None and (before.lower in _PRONOUNS - {"se", "te"} or before.lower == "no" or _joined(tokens, i))


def _joined(tokens: list[Token], i: int) -> bool:
    """Whether a word without an article is joined to a finite verb, and governs as one: "Moscú lo niega y amenaza con suspender …"."""
    token, before = tokens[i], tokens[i - 1]
    return (
        token.dep == "conj"
        and before.lower in _JOINING
        and token.head < i
        and _finite(tokens[token.head])
        and i + 1 < len(tokens)
        and (tokens[i + 1].pos in ("ADP", "DET", "SCONJ", "PROPN"))
    )


def _lost(tokens: list[Token], i: int, known: Mapping[str, tuple[str, str]]) -> bool:
    token = tokens[i]
    if token.pos not in _MISSED or not token.text.islower() or token.head == i:
        return False
    return surely_verb(tokens, i, known)


def _finite(token: Token) -> bool:
    return token.pos in ("VERB", "AUX") and "VerbForm=Fin" in token.morph


def _opening(tokens: list[Token], i: int) -> int:
    """Where the clause of the verb ``i`` begins."""
    j = i
    while j > 0:
        j -= 1
        word = tokens[j].lower
        if word == ",":
            j = _relative_aside(tokens, j)
            continue
        if tokens[j].text in _STOPS or _finite(tokens[j]) or word in _RELATIVE | _SUBORDINATORS:
            return j + 1
        if word in _JOINING and any(_finite(x) for x in tokens[:j]):
            return j + 1
    return 0


def _relative_aside(tokens: list[Token], comma: int) -> int:
    """The comma that opens the relative clause that ``comma`` closes, "…, que no fue consultada, lo deplora"; else ``comma``."""
    for k in range(comma - 1, 0, -1):
        if tokens[k].text in _STOPS:
            break
        if tokens[k].text == ",":
            opens = any(x.lower in _RELATIVE for x in tokens[k + 1 : k + 3])
            return k if opens and any(_finite(x) for x in tokens[k:comma]) else comma
    return comma


def _placed(tokens: list[Token], i: int, reading: tuple[str, str]) -> list[Token]:
    """The sentence with token ``i`` as the verb of its clause."""
    lemma, morph = reading
    root = next(k.i for k in tokens if k.head == k.i)
    first = _opening(tokens, i)
    opener = tokens[first - 1] if first else None
    dep, head, takes_root = "conj", root, False
    antecedent = None
    if opener is not None and opener.lower in _RELATIVE:
        antecedent = _antecedent(tokens, first - 1)
    if antecedent is not None:
        dep, head = "acl:relcl", antecedent
    elif opener is not None and opener.lower in _SUBORDINATORS | {"que"}:
        above = next((k.i for k in reversed(tokens[: first - 1]) if k.pos == "VERB"), root)
        dep, head = ("ccomp" if opener.lower == "que" else "advcl"), above
    elif root > i:
        takes_root = any(x.text in ";:" for x in tokens[i:root])
        dep = "parataxis"
    own = range(first, i)
    mine = "Person=1" in morph  # whose subject is whoever speaks
    subject = None if mine else next((k for k in own if _stands_alone(tokens, k, own)), None)
    out = list(tokens)
    out[i] = replace(tokens[i], pos="VERB", lemma=lemma, morph=morph, dep=dep, head=i if takes_root else head)
    if takes_root:
        out[i] = replace(out[i], dep="ROOT")
        out[root] = replace(out[root], dep="parataxis", head=i)
    for k in own:
        if not (first <= tokens[k].head < i) or tokens[k].head == k:
            out[k] = _before(tokens[k], i, subject)
    if opener is not None and opener.text not in _STOPS and not _finite(opener) and head != opener.i:
        role = "obj" if subject is not None else "nsubj"
        if antecedent is not None and subject is None and tokens[antecedent].lower in _SUMMING:
            role = "obj"
        label = role if antecedent is not None else "cc" if opener.lower in _JOINING else "mark"
        out[opener.i] = replace(opener, dep=label, head=i, pos="PRON" if antecedent is not None else opener.pos)
    shared = opener is not None and opener.lower in _JOINING  # "aceptó lo primero y silencio"
    _behind(
        tokens, out, i, subject is None and not (shared or mine) and (antecedent is None or tokens[antecedent].lower in _SUMMING)
    )
    return out if is_tree(out) else tokens


def _antecedent(tokens: list[Token], relative: int) -> int | None:
    """The noun that the relative pronoun takes up; None where "que" opens a clause of its own."""
    j = relative - 1
    if j >= 0 and tokens[j].lower == "lo":
        return j
    while j >= 0 and tokens[j].lower in ("el", "la", "los", "las", "a", "al", "de", "del", "con", "por", "en", ","):
        j -= 1
    if j >= 0 and tokens[j].lower in _SUMMING:
        return j
    return j if j >= 0 and tokens[j].pos in ("NOUN", "PROPN", "PRON", "ADJ") and tokens[j].lower not in _PRONOUNS else None


def _stands_alone(tokens: list[Token], k: int, own: range) -> bool:
    """Whether a noun before the verb hangs outside its clause or on the verb, and no preposition governs it."""
    token = tokens[k]
    if token.pos not in _NOMINAL or token.lower in _PRONOUNS or token.head in own:
        return False
    return not any(x.head == k and x.dep == "case" and x.i in own for x in tokens[: k + 1])


def _before(token: Token, verb: int, subject: int | None) -> Token:
    """A word before the verb that comes to hang on it."""
    if token.i == verb - 1 and token.lower in CLITICS:
        return replace(token, pos="PRON", dep="obj", head=verb)
    if token.i == subject:
        return replace(token, dep="nsubj", head=verb)
    if token.pos in _NOMINAL:
        return replace(token, dep="obl", head=verb)
    kept = ("punct", "mark", "cc", "advmod", "case")
    return replace(token, dep=token.dep if token.dep in kept else "advmod", head=verb)


def _behind(tokens: list[Token], out: list[Token], verb: int, subject_behind: bool) -> None:
    """Hang on the verb what follows it in its clause and hung on something before it, and name its objects so."""
    clause = any(x.lower == "que" for x in tokens[verb + 1 : verb + 3])
    for k in range(verb + 1, len(tokens)):
        token = tokens[k]
        if token.text in ";:":
            return
        beside = any(x.pos in ("CCONJ", "PUNCT") for x in tokens[verb:k])
        apart = ("punct", "cc", "parataxis", "ROOT") + (("conj",) if beside else ())
        crossing = token.head < verb and token.dep not in apart
        if _finite(token) and not (clause and (crossing or token.head == verb)):
            return
        if crossing or token.head == verb:
            marked = any(x.head == k and x.dep == "case" for x in tokens[verb + 1 : k])
            label = token.dep
            if _finite(token):
                label, clause = "ccomp", False
            elif token.pos in _NOMINAL:
                label = "obl" if marked else "nsubj" if subject_behind else "obj"
                subject_behind = subject_behind and marked
            elif label in ("amod", "appos", "nmod", "flat", "acl"):
                label = "advmod" if token.pos == "ADV" else "xcomp"
            out[k] = replace(token, dep=label, head=verb)


def is_tree(tokens: list[Token]) -> bool:
    """Whether every word leads up to the one root."""
    if sum(token.head == token.i for token in tokens) != 1:
        return False
    for token in tokens:
        seen, at = 0, token
        while at.head != at.i:
            at = tokens[at.head]
            seen += 1
            if seen > len(tokens):
                return False
    return True
