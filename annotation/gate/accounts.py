"""Makes accounts and tokens, reading what is wanted from standard input, so that no secret is in an argument list.

Run as ``python -P -m yuliao_gate.accounts``. In: ``[{"account": ..., "password": ... or null, "wants_token": ...}]``.
Out: ``[{"account": ..., "token": ... or null}]``. Nobody becomes staff or superuser, and whoever was one is no more.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from .serve import load, migrate


def make(wanted: Iterable[Mapping[str, Any]]) -> list[dict[str, str | None]]:
    """Make the accounts that are not there yet, set their passwords, and give new tokens to those that want one."""
    from django.db import transaction
    from jwt_auth.models import LSAPIToken
    from organizations.models import Organization
    from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
    from users.models import User

    made: list[dict[str, str | None]] = []
    with transaction.atomic():
        for each in wanted:
            user, _ = User.objects.get_or_create(email=each["account"], defaults={"username": each["account"][:150]})
            user.is_staff = user.is_superuser = False
            if each.get("password"):
                user.set_password(each["password"])
            elif not user.has_usable_password():
                user.set_unusable_password()
            house = Organization.objects.first() or Organization.create_organization(created_by=user, title="Yuliao")
            house.add_user(user)
            user.active_organization = house
            user.save()
            token = None
            if each.get("wants_token"):
                for old in OutstandingToken.objects.filter(user=user, blacklistedtoken__isnull=True):
                    BlacklistedToken.objects.create(token=old)
                token = LSAPIToken.for_user(user).get_full_jwt()
            made.append({"account": each["account"], "token": token})
    return made


def main() -> None:
    """Answer one request for accounts."""
    wanted = json.load(sys.stdin)
    answer, sys.stdout = sys.stdout, sys.stderr  # the server prints while it loads
    load()
    migrate()
    json.dump(make(wanted), answer)
    answer.flush()


if __name__ == "__main__":
    main()
