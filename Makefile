PYTHON ?= python3

.PHONY: docs install test browser lint format types check bench exports ci
install: ; $(PYTHON) -m pip install -e '.[test,browser,server,interop,dev]'
test: ; $(PYTHON) -m pytest -m 'not browser and not server and not spark'
browser: ; $(PYTHON) -m pytest -m 'browser or server or spark'
lint: ; ruff check . && ruff format --check .
format: ; ruff format .
types: ; mypy
check: lint types test
bench: ; $(PYTHON) tests/bench/run.py
exports: ; kg build && KG_REWRITE_README=1 $(PYTHON) -m pytest tests/test_readme.py -k shows
ci: ; .ci/run
docs: ; mkdir -p build && pylode ontology/bilateral.ttl -o build/ontology.html
