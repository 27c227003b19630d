#!/bin/sh
# Finds a Chromium for the browser tests, or has Playwright install one for this user.
set -eu
cd "$(dirname "$0")/.."
case "${PYTEST_ADDOPTS:-}" in *"--without chromium"*) exit 0 ;; esac
ready() { touch .venv/.ready-browser; exit 0; }
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && ready
done
[ -d "/Applications/Google Chrome.app" ] && ready
[ -d "/Applications/Chromium.app" ] && ready
if ! .venv/bin/python -m playwright install chromium; then
    printf '%s\n' "No Chromium was found and Playwright could not install one; install it from your system" \
        "(Debian, Ubuntu: apt install chromium fonts-noto-cjk) or run: make test PYTEST_ADDOPTS='--without chromium'" >&2
    exit 4
fi
ready
