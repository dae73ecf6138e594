# The only commands anyone needs. Each works alone on a machine that has make and python3 (3.11 or newer).

VENV := .venv
BIN := $(VENV)/bin
LOCKED := pyproject.toml uv.lock tools/setup_venv.py
PYTHONS := python3 python3.13 python3.12 python3.11 python3.14
TESTS := tests
SECONDS := 300

.PHONY: setup run test lint bench attack fuzz dist screenshots clean
.DELETE_ON_ERROR:

setup: $(VENV)/.development $(VENV)/.test-packages

# Opens the practice township; without a screen it does the whole main job and leaves every file to look at.
run: $(VENV)/.runtime
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "没有显示器：在练习乡镇上把主要工作做一遍"; \
		$(BIN)/anyue demo --out out/demo && echo "全部文件在 out/demo/"; \
	else \
		$(BIN)/python tools/system_packages.py window && $(BIN)/anyue --practice; \
	fi

test: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist loadfile $(TESTS)

lint: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/test_structure.py

bench: setup
	@for measurement in $$(grep -l '^if __name__' benchmarks/*.py); do \
		$(BIN)/python -m benchmarks.$$(basename $$measurement .py) || exit; \
	done

# The large campaigns: every bit and length of every kind of file, then the property tests at length.
attack: setup
	$(BIN)/python tools/attack.py --seconds $(SECONDS)
	ATTACK=20 QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(TESTS)/exchange/test_fuzzed_parsers.py \
		$(TESTS)/exchange/test_chain_machine.py

# Coverage-guided; what it learns stays in out/fuzz. Linux on x86-64, where atheris has wheels.
fuzz: $(VENV)/.fuzz
	$(BIN)/python tools/fuzz.py --seconds $(SECONDS)

dist: $(VENV)/.dist $(VENV)/.window-packages
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	dist/anyue/anyue --version
	dist/anyue/anyue demo --out out/dist-demo

screenshots: setup
	xvfb-run -a -s "-screen 0 1366x768x24" $(BIN)/python tools/screenshots.py

# Leaves the environment: an office without a network could not make it again.
clean:
	rm -rf build dist out .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +

$(VENV)/.runtime: SYNC := --no-dev
$(VENV)/.development: SYNC :=
$(VENV)/.dist: SYNC := --group dist
$(VENV)/.fuzz: SYNC := --group fuzz
$(VENV)/.development $(VENV)/.dist $(VENV)/.fuzz: | $(VENV)/.runtime  # one after the other, also with -j
$(VENV)/.runtime $(VENV)/.development $(VENV)/.dist $(VENV)/.fuzz: $(LOCKED)
	@for python in $(PYTHONS); do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			$$python tools/setup_venv.py $(VENV) $(SYNC) && touch $@; exit; \
		fi; \
	done; \
	echo "需要 Python 3.11 或更新的版本（找过 $(PYTHONS)）" >&2; exit 1

$(VENV)/.window-packages $(VENV)/.test-packages: $(VENV)/.%-packages: tools/system_packages.py | $(VENV)/.runtime
	$(BIN)/python tools/system_packages.py $*
	@touch $@
