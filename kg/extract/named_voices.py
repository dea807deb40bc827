"""Who is named behind a verb of saying: the noun phrases, dates and asides that stand between it and its subject."""

from __future__ import annotations

from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.sources import owner
from kg.extract.syntax import SUBJECTS, Tree, is_finite, is_verb
from kg.extract.time_words import DAY_PARTS
from kg.extract.words import word_list

PREPOSITIONS: Final = frozenset(
    word_list("a al ante bajo con contra de del desde durante en entre hacia hasta mediante para por según sin sobre tras vía")
)
_CLAUSE: Final = frozenset(word_list("que y e pero mientras cuando si donde aunque porque como sino"))
_DETERMINERS: Final = frozenset(word_list("el la los las un una unos unas su sus este esta estos estas ese esa otro otra"))
_NEW_PHRASE: Final = _DETERMINERS - {"este", "esta", "estos", "estas", "ese", "esa"}
#: What a moment is told by that is counted from another one: "horas después", "días más tarde".
_MOMENTS: Final = frozenset(word_list("segundo minuto hora día semana mes mese año rato poco mucho instante"))
_LATER: Final = frozenset(word_list("después antes tarde atrás luego"))
#: What somebody's name or office begins with.
_NAMING: Final = ("DET", "NOUN", "PROPN")
#: How far behind the verb its subject may stand, in tokens, and how many commas may come between.
_REACH: Final = 18
_COMMAS: Final = 2
_PAPERS: Final = frozenset(
    word_list(
        "reporte informe reportaje nota artículo crónica texto documento comunicado estudio diario periódico escrito misiva carta correo "
        "mensaje tuit publicación declaración resolución proclama manifiesto memorando boletín editorial despacho"
    )
)
#: Words that take up whoever was spoken of: "replicó el aludido".
_MEANT: Final = frozenset(
    word_list("aludido aludida interpelado interpelada mencionado mencionada susodicho susodicha emplazado emplazada")
)
#: Papers of the press, which nobody who is told of gives out; how many sentences back a paper may have been named.
_PRESS: Final = frozenset({"diario", "periódico", "reportaje", "artículo", "crónica", "nota", "editorial"})
_PAPER_REACH: Final = 3


def named_behind(a: Analysis, t: Tree, verb: int) -> tuple[tuple[str, ...], bool, int]:
    """Who stands behind a verb without a preposition: actors, whether anybody does, and the token after them."""
    tokens, number = t.tokens, t.sentence.index
    j, commas = verb + 1, 0
    while j < len(tokens) and j < verb + _REACH:
        token = tokens[j]
        if (
            token.text in '.;:?!…«“"'
            or token.lower in _CLAUSE
            or token.lower in ("no", "ni")
            or (is_verb(token) and is_finite(token))
        ):
            break
        if token.text == ",":
            commas += 1
            after = tokens[j + 1] if j + 1 < len(tokens) else None
            closing = commas == _COMMAS  # "…", contestó, por la radio estatal, el ministro
            aside = after is not None and (
                after.lower in PREPOSITIONS or after.pos == "ADV" or (closing and after.pos in _NAMING)
            )
            if commas > _COMMAS or not aside:
                break
            j += 1
            continue
        dated = _date_end(a, t, j) or _moment_end(t, j)
        if dated is not None:
            j = dated
            continue
        if token.lower in PREPOSITIONS and (number, j) not in a.resolution.at:
            j = _behind_phrase(a, t, j + 1)
            continue
        index = a.resolution.at.get((number, j))
        if index is not None:
            mention = a.resolution.mentions[index]
            return _with_conjuncts(a, t, mention.first, mention.last, a.resolution.ids[index]), True, mention.last
        if token.lower in _DETERMINERS or token.pos == "DET":
            noun = next(
                (
                    k
                    for k in range(j + 1, min(j + 4, len(tokens)))
                    if tokens[k].pos in ("NOUN", "PROPN") or tokens[k].lower in _MEANT
                ),
                None,
            )
            if noun is not None and (number, noun) in a.resolution.at:
                mention = a.resolution.mentions[a.resolution.at[(number, noun)]]
                found = a.resolution.ids[a.resolution.at[(number, noun)]]
                return _with_conjuncts(a, t, mention.first, mention.last, found), True, mention.last
            if noun is not None and tokens[noun].lower in _MEANT and token.lower in ("el", "la"):
                return _meant(a, t, verb, tokens[noun].lower.endswith("a")), True, noun + 1
            if noun is not None:
                paper = t.tokens[noun].lemma in _PAPERS
                return (_issuer(a, t, noun) if paper else _with_name(a, t, noun)), True, noun + 1
        if token.pos in ("NOUN", "PROPN") and commas == 0 and j == verb + 1:
            return _with_name(a, t, j), True, j + 1
        j += 1
    return (), False, verb + 1


def _meant(a: Analysis, t: Tree, verb: int, feminine: bool) -> tuple[str, ...]:
    """Whom "el aludido" takes up: the person named last before the verb in its paragraph or the one before."""
    for m, ids in zip(reversed(a.resolution.mentions), reversed(a.resolution.ids), strict=True):
        if m.span.start >= t.tokens[verb].start or not ids or a.resolution.actors[ids[0]].kind != "Person":
            continue
        if a.document.sentences[m.sentence].block < t.sentence.block - 1:
            return ()
        if a.resolution.fits(ids[0], "Fem" if feminine else "Masc"):
            return ids[:1]
    return ()


def _issuer(a: Analysis, t: Tree, paper: int) -> tuple[str, ...]:
    """Whose paper it is that says something: "el comunicado de X", "la nota que X distribuyó", else the outlet that was spoken of last."""
    of = owner(a, t, paper)
    for k in () if of else t.children(paper, "acl:relcl", "acl"):
        of = of or next((found for m in t.children(k, *SUBJECTS, "obj") if (found := a.actors(t, m))), ())
    of = of or _issued_before(a, t, paper)
    if of:
        return of
    for m, found in zip(reversed(a.resolution.mentions), reversed(a.resolution.ids), strict=True):
        if found and m.span.start < t.tokens[paper].start and a.resolution.actors[found[0]].kind == "MediaOutlet":
            return found[:1]
    return ()


def _issued_before(a: Analysis, t: Tree, paper: int) -> tuple[str, ...]:
    """Who gave out the paper that "el texto", "la nota" takes up: "En un comunicado, la Cancillería lamentó … Nada, afirma el texto, …"."""
    for u in reversed(a.trees[max(0, t.sentence.index - _PAPER_REACH) : t.sentence.index + 1]):
        stop = paper if u is t else len(u.tokens)
        named = next((k for k in range(stop) if u.tokens[k].lemma in _PAPERS and u.tokens[k].lemma not in _PRESS), None)
        if named is None:
            continue
        root = next((k for k, x in enumerate(u.tokens) if x.head == k), named)
        of = owner(a, u, named) or next((found for k in u.children(root, *SUBJECTS) if (found := a.actors(u, k))), ())
        return of if of and a.resolution.actors[of[0]].kind != "MediaOutlet" else ()
    return ()


def _with_name(a: Analysis, t: Tree, noun: int) -> tuple[str, ...]:
    """The actor whose name stands right behind a noun that is none by itself: "explica el activista Juan Mora", ", Juan Mora"."""
    for k in range(noun + 1, min(noun + 8, len(t.tokens))):
        found = a.resolution.of(t.sentence.index, k)
        if found and t.tokens[k - 1].lower not in PREPOSITIONS and a.resolution.actors[found[0]].kind == "Person":
            return found
        governing = t.tokens[k].lower in PREPOSITIONS and t.tokens[k].lower not in ("de", "del")
        if t.tokens[k].text in ".;:" or is_verb(t.tokens[k]) or t.tokens[k].lower in _CLAUSE or governing:
            break
    return ()


def _with_conjuncts(a: Analysis, t: Tree, first: int, last: int, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The actors of a mention and of those coordinated with it, where the tree has them."""
    for k in range(first, last):
        found = a.actors(t, k)
        if ids and len(found) > len(ids) and found[0] == ids[0]:
            return found
    return ids


def _moment_end(t: Tree, j: int) -> int | None:
    """The token after a moment told from another that begins at token ``j``: "horas después", "unos minutos más tarde"."""
    same = t.tokens[j].pos == "DET" and t.tokens[min(j + 1, len(t.tokens) - 1)].lower in ("mismo", "misma")  # "el mismo día"
    if same and j + 2 < len(t.tokens) and t.tokens[j + 2].lower in DAY_PARTS | _MOMENTS:
        return j + 3
    for k in range(j, min(j + 3, len(t.tokens) - 1)):
        if t.tokens[k].lower.rstrip("s") in _MOMENTS:
            behind = next((m for m in range(k + 1, min(k + 3, len(t.tokens))) if t.tokens[m].lower in _LATER), None)
            return None if behind is None else behind + 1
        if t.tokens[k].pos not in ("DET", "NUM", "ADJ", "PRON") or t.tokens[k].lower in ("el", "la", "los", "las"):
            return None
    return None


def _date_end(a: Analysis, t: Tree, j: int) -> int | None:
    """The token after the date that begins at or covers token ``j``."""
    start = t.tokens[j].start
    for d in a.dates:
        if d.span.start <= start < d.span.end:
            return next((k for k in range(j, len(t.tokens)) if t.tokens[k].start >= d.span.end), len(t.tokens))
    return None


def _behind_phrase(a: Analysis, t: Tree, j: int) -> int:
    """The token behind the phrase of a preposition whose first word is ``j``: where a new phrase, or somebody's name, begins."""
    tokens, number = t.tokens, t.sentence.index
    k = j
    while k < len(tokens):
        token = tokens[k]
        governed = k == j or tokens[k - 1].lower in PREPOSITIONS or _object_behind(a, t, k)
        if not governed and token.lower in _NEW_PHRASE:
            return k
        if token.text in ",.;:" or token.lower in _CLAUSE or (is_finite(token) and is_verb(token)):
            return k
        index = a.resolution.at.get((number, k))
        if index is not None:
            ids = a.resolution.ids[index]
            person = bool(ids) and a.resolution.actors[ids[0]].kind == "Person"
            if person and not governed and tokens[k - 1].pos not in ("DET", "ADJ", "NUM"):
                return k
            k = max(a.resolution.mentions[index].last, k + 1)
            continue
        k += 1
    return k


def _object_behind(a: Analysis, t: Tree, k: int) -> bool:
    """Whether token ``k`` opens the object of an infinitive: "…", dijo antes de abordar | el avión; a person would be its subject."""
    if "VerbForm=Inf" not in t.tokens[k - 1].morph:
        return False
    noun = next((m for m in range(k, min(k + 3, len(t.tokens))) if t.tokens[m].pos in ("NOUN", "PROPN")), k)
    ids = a.resolution.of(t.sentence.index, noun)
    return not ids or a.resolution.actors[ids[0]].kind not in ("Person", "Group")
