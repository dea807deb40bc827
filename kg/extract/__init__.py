"""From a parsed document to facts: one module a step, the steps in order in :mod:`kg.extract.cascade`."""
