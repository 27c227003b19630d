#!/bin/sh
# Compiles the locked requirements: every version and hash, no registry address, all platforms in one file.
set -eu
cd "$(dirname "$0")/.."
for name in run dev; do
    extra=console
    [ "$name" = dev ] && extra=dev
    uv pip compile pyproject.toml requirements/build.in --extra "$extra" --universal --python-version 3.11 --quiet \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o "requirements/$name.txt"
done
# The annotation server lives in an environment of its own.
uv pip compile requirements/label-studio.in --universal --python-version 3.11 --quiet \
    --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -o requirements/label-studio.txt
