"""What follows the noun of an office, a group or a body: adjectives, demonyms, "de" + body or country, "por" + region."""

from __future__ import annotations

from typing import NamedTuple

from kg.extract.gazetteer import Name
from kg.extract.names import country_in, list_end, person_at, run_end
from kg.extract.reading import ARTICLES, PAIR_NOUNS, Line

_PREPOSITIONS = frozenset({"de", "del", "por", "para", "ante", "en"})
# offices that are held at a place: "el embajador en Lima"
_POSTED = frozenset(
    {
        "embajador",
        "embajadora",
        "cónsul",
        "cónsula",
        "representante",
        "delegado",
        "delegada",
        "enviado",
        "enviada",
        "corresponsal",
    }
)
# offices that a region elects, without their endings: "la senadora por Zulia"
_ELECTED = frozenset(
    {"senador", "diputad", "eurodiputad", "congresist", "legislador", "representante", "asambleíst", "concejal", "concejer"}
    | {"parlamentari", "alcalde", "candidat", "consejer", "aspirante", "procurador", "edil"}
)
_OWNERS = frozenset({"su", "sus", "esa", "ese", "esta", "este", "dicha", "dicho", "una", "un"})
_WHEN = frozenset({"madrugada", "noche", "día", "inmediato", "momento", "nuevo", "pronto", "hecho", "acuerdo", "paso"})
_STATES = frozenset({"cuestión", "funciones", "jefe", "ejercicio", "retiro", "activo"})  # "la embajadora en cuestión"


#: Verbs whose "de" tells of what: it ends the words for whom.
_CHARGING = frozenset(
    {"acusar", "culpar", "tildar", "tachar", "calificar", "informar", "acusado", "inculpar", "imputar", "advertir"}
)
_NEAR = 12  # tokens between such a verb and the noun at most


class Complements(NamedTuple):
    """The token they end before, the country they tell, the organisation (or person, or place) they name, the place's country."""

    end: int
    country: str | None = None
    org: str | None = None
    local: str | None = None


def complements(line: Line, j: int) -> Complements:
    """Read the complements of a noun from token ``j``, the first behind it: "[ministro] de Defensa colombiano"."""
    country: str | None = None
    org: str | None = None
    local: str | None = None
    end = j
    while end < len(line):
        demonym = line.demonym(end)
        if demonym:
            country = demonym
            end += 1
            continue
        if line.local_demonym(end):
            local = line.local_demonym(end)
            end += 1
            continue
        if _without(line, end):
            end = _without(line, end)
            continue
        if _describes(line, end) or _coordinates(line, end, j):
            end += 1
            continue
        if line.tokens[end].lower not in _PREPOSITIONS or end + 1 >= len(line):
            break
        k = end + 1
        if line.tokens[k].lower in ARTICLES and line.tokens[k].text[:1].islower():
            k += 1
        if line.tokens[k].lower in _OWNERS and line.capital(k + 1) and line.organization(k + 1):
            k += 1  # "un funcionario de su Cancillería"
        if line.capital(k):
            if line.tokens[end].lower == "en" and line.tokens[j - 1].lower not in _POSTED:
                break  # "la mandataria habló | en Madrid"
            if line.tokens[end].lower == "por" and line.tokens[j - 1].lower.removesuffix("a").removesuffix("o") not in _ELECTED:
                break  # "la expulsión del cónsul chileno | por Lima"
            proper = _proper(line, end, k)
            if proper is None:
                break
            country = country or proper.country
            org = proper.org or org
            local = proper.local or local
            end = list_end(line, proper.end)
            continue
        described = _described_name(line, end, k)
        if described is not None:
            country, org, end = country or described.country, described.org, described.end
            continue
        told = country or org or local
        common = _common_end(line, end, k) if not (told and _charged_with(line, j - 1, end)) else None
        if common is None or (common == k + 1 and _introduces_person(line, k)):
            break
        end = common
    return Complements(end, country, org, local)


def _charged_with(line: Line, noun: int, i: int) -> bool:
    """Whether "de" at ``i`` behind the noun belongs to the verb above it: "acusó a los pescadores peruanos | de robo"."""
    if line.tokens[i].lower != "de" or noun < 1:
        return False
    verb = next((k for k in range(noun - 1, max(-1, noun - _NEAR), -1) if line.tokens[k].pos == "VERB"), None)
    return (
        verb is not None and line.tokens[verb].lemma in _CHARGING and any(x.lower in ("a", "al") for x in line.tokens[verb:noun])
    )


def _without(line: Line, i: int) -> int:
    """The end of "sin documentos", "sin sus padres" at ``i``; 0 where there is none."""
    if line.tokens[i].lower != "sin" or i + 1 >= len(line):
        return 0
    k = i + 1 + (line.tokens[i + 1].lower in _OWNERS)
    return k + 1 if k < len(line) and line.tokens[k].pos in ("NOUN", "ADJ") and line.tokens[k].text[:1].islower() else 0


def _coordinates(line: Line, i: int, first: int) -> bool:
    """Whether "y" at ``i`` joins a second named complement to the first: "los gremios de Loja y del Cañar"."""
    if line.tokens[i].lower not in ("y", "e") or i == first or not line.tokens[i - 1].text[:1].isupper():
        return False
    return i + 2 < len(line) and line.tokens[i + 1].lower in ("de", "del") and line.after_joiner(i + 1) is not None


def _introduces_person(line: Line, k: int) -> bool:
    """Whether the common noun at ``k`` belongs to the name behind it: "los autores del secuestro | del ingeniero Raúl Pabón"."""
    token = line.tokens[k]
    return token.lower in line.words.roles | line.words.groups and person_at(line, k + 1) is not None


def _describes(line: Line, i: int) -> bool:
    """Whether token ``i`` is an adjective of the noun before it; the tagger takes the one or other for a noun ("los buques pesqueros")."""
    token = line.tokens[i]
    if not token.text[:1].islower():
        return False
    if token.lower in line.words.groups and line.words.people(line.tokens[i - 1].lower) and not token.lower.endswith("s"):
        return True  # "indígenas wayuu"
    if token.pos == "ADJ":
        mistaken = line.tokens[i - 1].head == i and line.tokens[i - 1].dep == "amod"  # "pescadores artesanales"
        return token.dep in ("amod", "flat", "appos", "conj") or mistaken
    agrees = line.tokens[i - 1].lower[-1:] == token.lower[-1:] == "s"
    return token.pos == "NOUN" and token.dep in ("amod", "appos", "flat") and agrees


def _described_name(line: Line, i: int, k: int) -> Complements | None:
    """A complement that is an organisation's noun with its name: "hombres de la banda | Los Caimanes"; the noun is at ``k``."""
    if line.tokens[i].lower not in ("de", "del") or not line.organization(k) or line.tokens[k].pos == "ADJ":
        return None
    name = k + 1 + line.organization_noun(k).count(" ")
    while name < min(len(line), k + 4) and line.tokens[name].pos == "ADJ" and line.tokens[name].text.islower():
        name += 1
    if name >= len(line):
        return None
    first = name + (line.tokens[name].text in ("Los", "Las", "El", "La"))
    if not line.capital(first) or line.given(first):
        return None
    stop = run_end(line, first)
    known = line.known(name)
    if known is not None and known[0] >= stop:
        actor = line.gazetteer.actors[known[1][0].actor]
        return None if actor.kind in ("Country", "Person") else Complements(known[0], actor.country, line.slice(name, known[0]))
    return Complements(stop, country_in(line, name, stop), line.slice(name, stop))


def _common_end(line: Line, i: int, k: int) -> int | None:
    """The end of a complement without a name: preposition at ``i``, first word after its article at ``k``."""
    if k >= len(line):
        return None
    tokens = line.tokens
    if tokens[i].lower == "en":
        return k + 1 if tokens[k].lower in _STATES else None
    if (
        tokens[i].lower == "de"
        and tokens[k].lower in ("ambos", "ambas")
        and k + 1 < len(line)
        and tokens[k + 1].lower in PAIR_NOUNS
    ):
        return k + 2
    if tokens[i].lower == "de" and k + 1 < len(line) and tokens[k].pos == "ADJ" and tokens[k + 1].pos == "NOUN":
        return k + 2  # "de alto perfil"
    if tokens[i].lower == "de" and tokens[k].lower in _OWNERS and k + 1 < len(line) and tokens[k + 1].pos in ("NOUN", "PROPN"):
        return k + 2  # "un funcionario de su Cancillería", "un vocero de esa cartera"
    if tokens[k].lower in _WHEN:
        return None
    if tokens[i].lower in ("de", "del") and tokens[k].pos in ("NOUN", "ADJ") and tokens[k].text[:1].islower():
        return k + 1
    return None


def _proper(line: Line, i: int, k: int) -> Complements | None:
    """A complement that is a name: preposition at ``i``, name from ``k``. None where it belongs to the verb ("en Bruselas")."""
    known = line.known(k)
    stop = run_end(line, k)
    if known is not None and k < known[0] <= stop - 2 and _is_group_of_people(line, known[1][0]):
        stop = known[0]  # "diputado de Vox Hermenegildo Cueto"
    elif stop - k > 1 and line.organization(k) is None:
        # "de Estado Marco Rubio", but "de la Casa Blanca"
        stop = next((m for m in range(k + 1, stop - 1) if line.given(m)), stop)
    if known is not None and known[0] >= stop:
        if line.tokens[i].lower in ("en", "ante", "para"):
            return Complements(known[0])  # "el embajador en Lima" is not of Peru
        actor = line.gazetteer.actors[known[1][0].actor]
        if actor.kind == "Country":
            return Complements(known[0], actor.id)
        return Complements(known[0], actor.country, line.slice(k, known[0]))
    city = line.place(k)
    if city is not None and city[0] >= stop:
        return (
            None
            if line.tokens[i].lower in ("en", "ante", "para")
            else Complements(city[0], None, line.slice(k, city[0]), city[1])
        )
    acronym = stop - k == 1 and line.tokens[k].text.isupper()
    field = line.tokens[i].lower == "para" and line.tokens[i - 1].pos != "VERB"  # "viceministra para Asuntos Haitianos"
    if line.organization(k) or acronym or field or line.tokens[i].lower in ("de", "del"):
        return Complements(stop, country_in(line, k, stop), line.slice(k, stop))
    return None if line.tokens[i].lower in ("en", "ante", "para") else Complements(stop)


def _is_group_of_people(line: Line, name: Name) -> bool:
    """Whether a known name is that of an organisation with members, which a person's name may follow without a comma."""
    return name.kind == "label" and line.gazetteer.actors[name.actor].kind in ("Party", "Company", "CivilOrganization")
