"""Everything the server is told, as environment variables: no argument list holds a secret, nothing else passes."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from provenance.errors import GovernanceError

HOST = "127.0.0.1"
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR")

QUIET: Mapping[str, str] = {
    # Nothing leaves this machine, nothing is asked. Both addresses have a default, so they must be empty, not left out.
    "SENTRY_DSN": "",
    "FRONTEND_SENTRY_DSN": "",
    "SENTRY_RATE": "0",
    "COLLECT_ANALYTICS": "false",
    "LATEST_VERSION_CHECK": "false",
    "FEATURE_FLAGS_OFFLINE": "true",
    "SSRF_PROTECTION_ENABLED": "true",
    # Accounts are made by the platform alone, tokens expire, nothing is served from the disk.
    "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
    "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "false",
    "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED": "false",
    "DEBUG": "false",
    "LOG_LEVEL": "WARNING",
    "DJANGO_DB": "sqlite",
    "PYTHONSAFEPATH": "1",
    "PYTHONUNBUFFERED": "1",
}


@dataclass(frozen=True)
class Settings:
    """One server.

    Attributes:
        folder: Its folder: database, log, state.
        key: File with its secret, outside the workspace.
        policy: The policy's file.
        port: TCP port on the loopback address; 0 for any free one.
        database_url: ``postgresql://user:password@host:port/name``; empty for SQLite in the folder.
        workers: Processes that serve.
        threads: Requests that each of them serves at a time.
        address: How browsers reach it where a proxy stands before it, ``https://...``; empty on this machine.
    """

    folder: Path
    key: Path
    policy: Path
    port: int = 8080
    database_url: str = ""
    workers: int = 2
    threads: int = 4
    address: str = ""


def variables(settings: Settings, *, gate: str, instance: str, port: int) -> dict[str, str]:
    """Return the whole environment of the server.

    Args:
        settings: Which server.
        gate: Digest of the gate that it shall find in itself.
        instance: Names this start, so that nobody else's server is taken for it.
        port: The port it shall listen on.

    Raises:
        GovernanceError: The database's address cannot be read.
    """
    return {
        **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        **QUIET,
        **_database(settings.database_url),
        "LABEL_STUDIO_BASE_DATA_DIR": str(settings.folder / "data"),
        "LABEL_STUDIO_HOST": settings.address or f"http://{HOST}:{port}",
        "SESSION_COOKIE_SECURE": "1" if settings.address.startswith("https://") else "0",
        "YULIAO_GATE_BIND": f"{HOST}:{port}",
        "YULIAO_GATE_DIGEST": gate,
        "YULIAO_GATE_INSTANCE": instance,
        "YULIAO_GATE_KEY": str(settings.key),
        "YULIAO_GATE_POLICY": str(settings.policy),
        "YULIAO_GATE_THREADS": str(settings.threads),
        "YULIAO_GATE_WORKERS": str(settings.workers),
    }


def _database(url: str) -> dict[str, str]:
    if not url:
        return {}
    try:
        parts = urlsplit(url)
        named = parse_qs(parts.query).get("host", [parts.hostname or ""])[-1]
        port, name = parts.port or 5432, unquote(parts.path.removeprefix("/"))
    except ValueError:
        parts, name = None, ""
    if parts is None or parts.scheme.partition("+")[0] not in ("postgresql", "postgres") or not name:
        raise GovernanceError(
            "The address of the annotation server's database cannot be read.",
            code="annotation.database-url",
            remedy="Write postgresql://user:password@host:port/name in YULIAO_ANNOTATION_DATABASE_URL;"
            " percent-encode special characters of the password.",
        )
    return {
        "DJANGO_DB": "default",
        "POSTGRE_NAME": name,
        "POSTGRE_USER": unquote(parts.username or ""),
        "POSTGRE_PASSWORD": unquote(parts.password or ""),
        "POSTGRE_HOST": named,
        "POSTGRE_PORT": str(port),
    }
