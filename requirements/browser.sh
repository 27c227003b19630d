#!/bin/sh
# Finds a Chromium for the browser tests, or has Playwright install one for this user.
set -eu
cd "$(dirname "$0")/.."
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -d "/Applications/Google Chrome.app" ] && exit 0
[ -d "/Applications/Chromium.app" ] && exit 0
if ! .venv/bin/python -m playwright install chromium; then
    printf '%s\n' "No Chromium was found and Playwright could not install one; install it from your system" \
        "(Debian, Ubuntu: apt install chromium fonts-noto-cjk) or run: make test PYTEST_ADDOPTS='--without chromium'" >&2
    exit 4
fi
