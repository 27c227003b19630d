"""Starts the server: tables first, then gunicorn with several workers over one loaded program.

Run as ``python -P -m yuliao_gate.serve`` with everything it needs in the environment; nothing secret is an argument.
"""

import os
import sys
from pathlib import Path
from typing import Any


def load() -> Any:
    """Load Label Studio with the gate, and return it as a WSGI application."""
    import label_studio

    sys.path.insert(0, str(Path(label_studio.__file__).parent))  # its own modules are named from there
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"{__package__}.settings")
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def migrate() -> None:
    """Bring the tables up to date."""
    from django.core.management import call_command
    from django.db import connection, connections
    from django.db.migrations.executor import MigrationExecutor

    if connection.vendor == "sqlite" and not connection.introspection.table_names():
        with connection.cursor() as cursor:  # a new file holds nothing to lose; this connection ends below
            cursor.execute("PRAGMA synchronous=OFF")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()  # a connection does not survive the fork into workers


def main() -> None:
    """Serve until told to end."""
    application = load()
    migrate()
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in _SETTINGS.items():
                self.cfg.set(name, value)
            self.cfg.set("bind", os.environ["YULIAO_GATE_BIND"])
            self.cfg.set("workers", int(os.environ.get("YULIAO_GATE_WORKERS", "2")))
            self.cfg.set("threads", int(os.environ.get("YULIAO_GATE_THREADS", "4")))

        def load(self) -> Any:
            return application

    Server().run()


_SETTINGS = {
    "worker_class": "gthread",
    "preload_app": True,
    "timeout": 120,
    "graceful_timeout": 20,
    "keepalive": 5,
    "control_socket_disable": True,
    "proc_name": "yuliao-annotate",
}

if __name__ == "__main__":
    main()
