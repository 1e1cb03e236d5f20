# The commands everybody relies on. `make run` and `make test` bring what they need.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
TOO_OLD := Python 3.11 or newer is needed. Where it has another name than python3: make run PYTHON=python3.13

# Python keeps what it compiled: each command starts in half the time. Some machines are set to keep nothing.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install install-dev chromium run test test-all check format bench lock clean

install: $(VENV)/installed
install-dev: $(VENV)/installed-dev

$(VENV)/installed: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and '$(TOO_OLD)')"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q courseware player
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# The browser tests' browser, where the machine has none.
chromium: install-dev
	@$(BIN)/python -m tests.chromium

# Compiles the courses, imports them and serves the player with demo accounts; `make run PORT=8001` where 8000 is taken.
PORT := 8000
run: install
	@$(BIN)/python -m player demo --port $(PORT)

test: install-dev chromium
	@$(BIN)/python -m pytest -n 2 --dist loadscope -m "not full" --durations=25

test-all: install-dev chromium
	@$(BIN)/python -m pytest -n 2 --dist loadscope

check: install-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: install-dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: install-dev chromium
	@$(BIN)/python -m tests.bench

# Locked with hashes, naming no index.
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
lock:
	@$(BIN)/python -m pip install --quiet uv
	@$(LOCK) --group build -o requirements.txt
	@$(LOCK) --group build --group dev --group otherlms -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf $(VENV) packages/*.zip
