#!/bin/sh
# Makes .venv from a locked requirements file (run or dev) and installs the project into it. Needs no root.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
say() { printf '%s\n' "$*" >&2; }

if ! command -v "$python" >/dev/null 2>&1; then
    say "Python is missing; install Python 3.11 or later, or name it: make PYTHON=/path/to/python3 ..."
    exit 4
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "Yuliao needs Python 3.11 or later and $python is older; name another: make PYTHON=/path/to/python3.11 ..."
    exit 4
fi
if command -v uv >/dev/null 2>&1; then
    [ -x .venv/bin/python ] || uv venv --quiet --python "$python" .venv
    uv pip install --quiet --python .venv/bin/python --require-hashes -r "requirements/$1.txt"
    uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
    exit 0
fi
if [ ! -x .venv/bin/pip ]; then
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        say "Python's venv module is incomplete here; on Debian and Ubuntu run: apt install python3-venv"
        exit 4
    fi
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$1.txt"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
