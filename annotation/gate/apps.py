"""Puts the gate up when the server starts, or lets the server not start."""

import os

from django.apps import AppConfig

from . import source

VARIABLE = "YULIAO_GATE_DIGEST"
"""What the platform counted when it copied the gate."""
SERVER = "1.23.2"
"""The one version whose insides the gate knows."""


class Gate(AppConfig):
    """The gate as an app of the server; the last in the list, so that everything it wraps is there."""

    name = __package__
    label = "yuliao_gate"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Check what the gate stands on, then wrap the server's writes and views.

        Raises:
            RuntimeError: The gate was changed after it was copied, or the server is another version.
        """
        from label_studio import __version__

        if os.environ.get(VARIABLE) != source.digest():
            raise RuntimeError(
                "The gate is not the one that the platform installed; run `yuliao annotate server install`."
            )
        if __version__ != SERVER:
            raise RuntimeError(f"The gate is made for Label Studio {SERVER} and found {__version__}.")
        from . import guard, visit

        guard.install()
        visit.install()
