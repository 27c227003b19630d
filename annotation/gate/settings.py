"""The server's settings with the gate in them.

The server's base settings are taken over first: its own read them back through Django while this file is half loaded.
"""

import os

from .keys import derived

os.environ["SECRET_KEY"] = derived("sessions").hex()  # else the server writes one into its folder of data

from label_studio.core.settings.base import *  # noqa: F403
from label_studio.core.settings.label_studio import *  # noqa: F403
from label_studio.core.settings.label_studio import DATABASES, INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, f"{__package__}.apps.Gate"]
MIDDLEWARE = [*MIDDLEWARE, f"{__package__}.visit.Middleware"]
ROOT_URLCONF = f"{__package__}.urls"
SESSION_COOKIE_SAMESITE = "Lax"
CORS_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_NUMBER_FILES = 1000

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A transaction takes the write lock when it begins: two that read first and wrote then would refuse each other.
    # What is deleted is overwritten: the texts of a batch that ended.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 60,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
    }
