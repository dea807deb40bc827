"""The errors a user can meet. Every message says where, what is wrong and what was expected."""

from __future__ import annotations


class KgError(Exception):
    """Base of all errors this package raises on purpose; the command line prints its text as one line."""


class InputError(KgError):
    """An article, a graph file or a query cannot be read or is not what it claims to be."""


class OntologyError(KgError):
    """A file in ``ontology/`` is broken or uses a term that is not declared."""


class EvidenceError(KgError):
    """A fact without words: its quote is empty or does not stand in the article at its offsets."""


class OutputError(KgError):
    """A result cannot be written where it was asked for."""


class ModelError(KgError):
    """A language model cannot be reached, refuses, or stays busy."""
