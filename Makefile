PYTHON ?= python3

.PHONY: install test lint types bench docs exports
install: ; $(PYTHON) -m pip install -e '.[test]'
test: ; $(PYTHON) -m pytest
lint: ; ruff check . && ruff format --check .
types: ; mypy
bench: ; $(PYTHON) tests/bench/run.py
exports: ; $(PYTHON) -m kg build
