"""Runs of capitalised words: where a name ends.

A name is what the gazetteer knows, unless a longer name stands there ("Marina" / "Marina Real"), or a run of capitalised words, joined
over "de", "del", "y" where the first word says that it is an organisation or a person. What class of actor it names is told by
:mod:`kg.extract.name_classes`.
"""

from __future__ import annotations

from kg.extract.gazetteer import Name
from kg.extract.name_classes import class_of, descriptor
from kg.extract.reading import ARTICLES, JOINERS, PARTICLES, Line, Mention
from kg.model import Span

_ORGANIZATION_JOINERS = JOINERS | {"para", "contra", "por"}  # "Comisión para la Verdad", "Mesa por los Derechos del Migrante"
# the organisations whose names may be any words, and the small words that stand in them: "la asociación Vuelta a Casa"
_NAMED_FREELY = frozenset({"CivilOrganization", "MediaOutlet", "Party"})
_SMALL = frozenset({"a", "al", "en", "sin", "con", "por", "para"})
_ARTICLES_ABROAD = frozenset({"o", "a", "os", "as", "le", "la", "les", "the", "il"})
_FOREIGN = frozenset({"der", "den", "du", "des", "of"})  # "Van der Meulen"
_CONFESSIONS = frozenset({"católica", "evangélica", "ortodoxa", "anglicana", "protestante", "metodista", "luterana"})
# first words of bodies whose name may list several fields
_MINISTRIES = frozenset(
    {"ministerio", "secretaría", "viceministerio", "subsecretaría", "departamento", "agencia", "dirección"}
) | {
    *("superintendencia", "comisión", "instituto", "consejería"),
}
# endings of adjectives that tell a field: "Agrícola y Ganadero"
_OF_FIELDS = ("ero", "era", "al", "ales", "ico", "ica", "icos", "icas", "ivo", "iva", "ario", "aria", "arios", "arias", "oria")
_WITH_DEMONYM = frozenset({"PublicBody", "Government", "Party", "Company", "CivilOrganization"})


def name(line: Line, i: int) -> Mention | None:
    """The name that begins at token ``i``: known or not, with its demonym ("el Senado mexicano") and its acronym behind it."""
    if not line.tokens[i].text[0].isupper() and line.tokens[i].lower not in ARTICLES:
        return None
    known = line.known(i)
    capital = line.capital(i)
    if known is None and (not capital or (line.tokens[i].text == "ONG" and line.capital(i + 1))):
        return None  # "la ONG Puente Humano" is called without the noun
    if known is not None and line.tokens[i].lower in ARTICLES and known[0] == i + 1:
        known = None
    last = run_end(line, i) if capital else known[0] if known else i + 1
    if known is not None and known[0] == i + 1 and line.tokens[i].text.endswith(".") and len(line.tokens[i].text) == 2:
        last = i + 1  # "lo escribió en X. Negó que …": the sentence ends here, whatever the parser says
    described = descriptor(line, i)
    if described == "MediaOutlet" and last < len(line) and line.tokens[last].text.isdigit():
        last += 1  # "el sitio Frontera 502"
    elif described == "MediaOutlet" and last - i == 1 and _titled_by_two(line, i):
        last += 2  # "el semanario Punto y Coma"
    if known is not None and all(n.kind in ("capital", "metonym") for n in known[1]) and described == "Place":
        known = None  # "el río San Juan"
    names: tuple[Name, ...] = ()
    if known is not None and (known[0] >= last or _ends_before_person(line, i, known)):
        last, names = known
    if not names and ((line.tokens[i].lower in ARTICLES and last - i == 1) or _in_capitals(line)):
        return None
    network = line.tokens[i].text.rstrip(".") == "X" and line.before(i) == "en"
    if len(line.slice(i, last).rstrip(".")) < 2 and not network and described != "MediaOutlet":
        return None
    cls = class_of(line, i, last, names, described)
    country = line.demonym(last) or (_demonym_before(line, i) if described == cls or cls == "Company" else None)
    described_by = last < len(line) and line.tokens[last].lower in _CONFESSIONS and line.tokens[i].lower == "iglesia"
    end = last + 1 if (line.demonym(last) and cls in _WITH_DEMONYM) or described_by else last
    after = _acronym_end(line, end)
    return Mention(
        line.sentence.index,
        i,
        after or end,
        Span(line.tokens[i].start, line.tokens[(after or end) - 1].end),
        "person" if cls == "Person" else "name",
        line.slice(i, end),
        cls=cls,
        known=names,
        country=country or country_in(line, i, last),
        title=line.slice(end + 1, after - 1) if after else None,
        local=_seat(line, i, last) if cls == "Place" else None,
        place=cls == "Place",
    )


def _titled_by_two(line: Line, i: int) -> bool:
    """Whether "y" behind the one word at ``i`` goes on with an outlet's name: its noun is a single one and names it directly."""
    noun = i - 1
    while noun >= 0 and line.tokens[noun].text in ("“", "«", '"'):
        noun -= 1
    one = noun >= 0 and line.tokens[noun].text.islower() and not line.tokens[noun].lower.endswith("s")
    return (
        one and i + 2 < len(line) and line.tokens[i + 1].lower in ("y", "e") and _goes_on(line, i + 2) and not line.given(i + 2)
    )


def _seat(line: Line, i: int, last: int) -> str | None:
    """The country of the city or region that exactly these tokens name."""
    city = line.place(i)
    return city[1] if city is not None and city[0] == last else None


def _in_capitals(line: Line) -> bool:
    """Whether the whole sentence is in capitals, as headings are: they tell nothing there."""
    words = [t.text for t in line.tokens if t.text.isalpha()]
    return len(words) > 1 and all(w.isupper() for w in words)


def _demonym_before(line: Line, i: int) -> str | None:
    """The country of a demonym between a name and its noun ("la petroquímica venezolana Orinoquia Química")."""
    j = i - 1
    while j > 0 and line.tokens[j].pos == "ADJ" and not (line.demonym(j) or line.local_demonym(j)):
        j -= 1
    return line.demonym(j) or line.local_demonym(j)


def run_end(line: Line, i: int) -> int:
    """The token before which the run of name words from the capitalised token ``i`` ends."""
    tokens = line.tokens
    noun = i > 0 and (tokens[i - 1].text[:1].islower() or tokens[i - 1].text == "ONG")
    described = line.organization(i - 1) if noun else None
    opens = line.organization(i) or tokens[i].lower in ("departamento", "oficina") or (tokens[i].lower in ARTICLES and i > 0)
    joined_on = i + 1 < len(line) and tokens[i + 1].lower in JOINERS and line.after_joiner(i + 1) is not None
    abroad = joined_on and tokens[i].lower in line.words.outlet_names  # "Folha do Pantanal"
    if not abroad and tokens[i].lower in _ARTICLES_ABROAD and i + 2 < len(line) and line.after_joiner(i + 2) is not None:
        abroad = tokens[i + 1].lower in line.words.outlet_names  # "O Correio do Solimões"
    organization = bool(opens or described or abroad)
    person = line.given(i)
    vessel = i > 0 and tokens[i - 1].lower in line.words.vessels
    j, joined = i + 1, False
    while j < len(line):
        word = tokens[j].lower
        if line.capital(j):
            somebody = line.given(j) and line.capital(j + 1)
            if somebody and not person and not organization and _known_within(line, i, j):
                break  # "Texas Dale Hutchins"
            if somebody and organization and (joined or _is_whole_noun(line, i, j)):
                break  # "secretario de Estado Marco Rubio", "comandante de la Guardia Civil Juan Pérez"
            j += 1
            continue
        k = line.after_joiner(j)
        if organization and word in _ORGANIZATION_JOINERS and k is not None and (word != "por" or line.known(k) is None):
            j, joined = k, True
        elif organization and word in ("y", "e") and _goes_on(line, j + 1) and (joined or _is_second_adjective(line, j)):
            j += 2
        elif organization and joined and word in ("y", "e") and (second := _second_field(line, j + 1)):
            j = second
        elif organization and joined and word in ("y", "e") and tokens[j + 1 : j + 2] and _further_field(line, j + 1):
            j += 3
        elif joined and word == "," and line.tokens[i].lower in _MINISTRIES and list_end(line, j) > j:
            j = list_end(line, j)
        elif organization and word == "en" and _names_nationals(line, i, j) and line.place_or_country(j + 1):
            j = line.place_or_country(j + 1)
        elif person and word in PARTICLES and k is not None and not line.known(k):
            j = k + 1
        elif line.capital(j + 1) and (word in _FOREIGN or word == "&" or _is_freely_named(line, described, j)):
            j += 2
        elif vessel and word in JOINERS and k is not None and line.known(k) is None:
            j = k  # "la lancha Virgen del Carmen"
        elif not person and not described and word in JOINERS and k is not None and _is_one_name(line, i, j, k):
            j, joined = k, True
        else:
            break
    return j


def _is_freely_named(line: Line, described: str | None, j: int) -> bool:
    """Whether a small word at ``j`` stands inside a name that its noun announces ("la ONG Periodistas | sin Cadenas"): what follows
    it is nobody and no place of its own."""
    if described not in _NAMED_FREELY or line.tokens[j].lower not in _SMALL:
        return False
    k = j + 1
    return line.known(k) is None and line.place(k) is None and line.organization(k) is None and not line.given(k)


def list_end(line: Line, end: int) -> int:
    """The end of a list of capitalised fields that began before ``end``: "Desarrollo | , Industria y Comercio"."""
    tokens = line.tokens
    while end < len(line) and tokens[end].text in (",", "y", "e") and _is_field(line, end + 1) and _list_goes_on(line, end):
        end += 2
        while _is_field(line, end):
            end += 1
    return end


def _is_field(line: Line, i: int) -> bool:
    return line.capital(i) and not line.given(i)


def _list_goes_on(line: Line, j: int) -> bool:
    """Whether the comma or "y" at ``j`` continues the list and does not begin the next actor."""
    if line.tokens[j].text in ("y", "e"):
        return not line.known(j + 1)
    return any(line.tokens[k].text in ("y", "e") and line.capital(k + 1) for k in range(j + 2, min(j + 5, len(line))))


def _is_whole_noun(line: Line, i: int, j: int) -> bool:
    """Whether the name from ``i`` to ``j`` is a noun of several words for a body, which needs no name: "Protección Civil"."""
    noun = line.organization_noun(i)
    return " " in noun and noun.count(" ") + 1 == j - i and line.organization(i) == "PublicBody"


def _is_second_adjective(line: Line, j: int) -> bool:
    """Whether "y" at ``j`` joins two capitalised adjectives of one organisation: "Servicio Agrícola y | Ganadero"."""
    word = line.tokens[j + 1].lower
    return line.tokens[j - 1].text[:1].isupper() and line.organization(j - 1) is None and word.endswith(_OF_FIELDS)


def _second_field(line: Line, j: int) -> int:
    """The end of one more field of the same body with a preposition of its own, "Confederación de la Producción y | del Comercio"; 0
    where none stands at ``j``."""
    k = line.after_joiner(j) if j < len(line) and line.tokens[j].lower in ("de", "del") else None
    return k + 1 if k is not None and _goes_on(line, k) and line.place(k) is None and not line.given(k) else 0


def _further_field(line: Line, j: int) -> bool:
    """Whether an article and one more field of the same body follow: "los Mercados y | la Competencia"."""
    return line.tokens[j].lower in ARTICLES and _goes_on(line, j + 1) and not line.given(j + 1)


def _names_nationals(line: Line, i: int, j: int) -> bool:
    """Whether the name so far says of which country its members are: "Cámara Española de Comercio | en México"."""
    return any(line.gazetteer.demonyms.get(t.lower) for t in line.tokens[i:j])


def _is_one_name(line: Line, i: int, j: int, k: int) -> bool:
    """Whether the words from ``i``, which name nothing known, go on over the "de" at ``j``: "el Bloco de Esquerda", "Boca de Sarapiquí"."""
    plain = j - i <= 2 and all(t.text[1:].islower() for t in line.tokens[i:j])
    if not plain or line.place(i) is not None or line.known(i) is not None or line.given(k):
        return False
    return line.before(i) in ARTICLES or (line.known(k) is None and line.organization(k) is None)


def _goes_on(line: Line, j: int) -> bool:
    """Whether the word after "y" still belongs to the organisation's name: capitalised, and no other actor."""
    return line.capital(j) and not line.known(j) and line.organization(j) is None


def _known_within(line: Line, i: int, j: int) -> bool:
    hit = line.known(i)
    return hit is not None and hit[0] <= j


def _ends_before_person(line: Line, i: int, known: tuple[int, tuple[Name, ...]]) -> bool:
    """Whether a run that is longer than the known name goes on with a person's name only ("Texas Dale Hutchins")."""
    if line.organization(i) or line.given(i):
        return False
    return any(n.kind == "label" for n in known[1]) and line.given(known[0])


def _acronym_end(line: Line, j: int) -> int | None:
    """The token after "(ELN)" at ``j``; None where there is none."""
    tokens = line.tokens[j : j + 3]
    if len(tokens) == 3 and tokens[0].text == "(" and tokens[2].text == ")" and tokens[1].text[:1].isupper():
        return j + 3
    return None


def country_in(line: Line, i: int, last: int) -> str | None:
    """The country named inside an organisation's name, or that of a city or region ("… de la Industria de Brasil", "… de Tacna")."""
    for k in range(i + 1, last):
        hit = line.known(k)
        if hit is not None and hit[0] <= last and line.gazetteer.actors[hit[1][0].actor].kind == "Country":
            return hit[1][0].actor
    for k in range(i + 1, last):
        city = line.place(k)
        if city is not None and city[0] <= last and line.tokens[k - 1].lower in ("de", "del", "la", "el", "pro"):
            return city[1]
        word = line.tokens[k].lower
        own = line.gazetteer.demonyms.get(word) or line.gazetteer.local_demonym(word, line.countries)
        if own:
            return own  # "Agencia Portuguesa del Medio Ambiente", "Gazeta Paulista"
    return None


def exact(line: Line, first: int, last: int) -> tuple[Name, ...]:
    """What the gazetteer knows under exactly these tokens."""
    hit = line.known(first)
    return hit[1] if hit is not None and hit[0] == last else ()


def person_at(line: Line, j: int) -> tuple[int, int] | None:
    """A person's name from token ``j``, first and end: two capitalised words or more, or one that begins with a given name."""
    if not line.capital(j) or line.organization(j):
        return None
    given = line.given(j)
    hit = line.known(j)
    if hit is not None and line.gazetteer.actors[hit[1][0].actor].kind != "Person" and not given:
        return None
    end = j + 1
    while end < len(line):
        if line.capital(end):
            end += 1
            continue
        k = line.after_joiner(end)
        if line.tokens[end].lower not in PARTICLES or k is None or line.known(k):
            break
        end = k + 1
    if end - j == 1 and not given and line.before(j) in ("", ","):
        return None
    return j, end
