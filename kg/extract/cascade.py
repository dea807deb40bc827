"""The steps of the extraction, in order, on one screen: Document → Extraction.

1. analysis      quotations, actors, dates, quantities, trees                     (analysis.py and what it calls)
2. frames        every use of a word of the lexicon, with its roles               (frames.py)
3. statements    who said what; whose word each stretch of text is                (statements.py)
4. proposals     what is put forward, with parts and addressees                   (proposals.py)
5. events        what happened, is planned, threatened; told twice is one         (events.py)
6. indicators    what is measured                                                 (indicators.py)
7. positions     who stands where on all of this                                  (positions.py)
8. linking       status of proposals, alternatives, causes, topics, the actors that take part   (linking.py)
"""

from __future__ import annotations

from kg.extract.analysis import analyse
from kg.extract.attribution import find_attributions
from kg.extract.events import find_events
from kg.extract.frames import find_frames
from kg.extract.indicators import find_indicators
from kg.extract.item_answers import item_statuses
from kg.extract.known import Known
from kg.extract.linking import link
from kg.extract.perspective import settle_quoted, settle_reported
from kg.extract.positions import find_positions
from kg.extract.proposal_answers import told_statuses
from kg.extract.proposal_outcomes import outcomes
from kg.extract.proposals import find_proposals
from kg.extract.statements import find_statements, statement_facts
from kg.model import Document, Extraction


def extract(document: Document) -> Extraction:
    """Everything the document states. Pure and deterministic: the same document gives the same extraction."""
    a = analyse(document)
    frames = find_frames(a)
    frames = settle_reported(a, frames)
    said = find_statements(a, frames)
    frames = settle_quoted(a, frames, said)
    attributions = find_attributions(a, said, frames)
    offered = find_proposals(a, frames, attributions)
    contents = tuple(stretch for o in offered for stretch in o.stretches)
    events = find_events(a, frames, attributions, contents, offered)
    indicators = find_indicators(a, frames, attributions, contents, events)
    known = Known(a, frames, said, attributions, offered, events, indicators)
    positions = find_positions(known)
    statements = statement_facts(a, said)
    return link(
        a,
        said,
        offered,
        indicators,
        events,
        positions,
        statements,
        {**told_statuses(known), **outcomes(known)},
        item_statuses(known),
    )
