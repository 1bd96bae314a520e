# Two commands for everybody: `make run` and `make test`. The rest is for engineers.
PYTHON ?= python3
EXTRAS ?= transformers,dev
VENV := .venv
BIN := $(VENV)/bin
STORE ?= var
PORT ?= 7860
SOURCES := assistant index evals tests examples

.PHONY: install run test check format evals evals-quick bench vectors clean
install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		-c constraints.txt -e '.$(if $(EXTRAS),[$(EXTRAS)],)'
	touch $@

run: install
	$(BIN)/assistant --store $(STORE) ingest corpus/documents
	$(BIN)/assistant --store $(STORE) serve --port $(PORT)

test: install
	$(BIN)/python -m pytest

check: install
	$(BIN)/ruff format --check $(wildcard $(SOURCES))
	$(BIN)/ruff check $(wildcard $(SOURCES))
	$(BIN)/mypy

format: install
	$(BIN)/ruff format $(wildcard $(SOURCES))
	$(BIN)/ruff check --fix $(wildcard $(SOURCES))

evals: install
	$(BIN)/python -m evals

evals-quick: install
	$(BIN)/python -m evals --quick

bench: install
	$(BIN)/python -m evals.bench

vectors: install
	$(BIN)/python -m index.cache

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
