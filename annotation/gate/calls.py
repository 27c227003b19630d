"""The gate's own two calls: that it stands, and the outbox for the platform."""

import os
from typing import Any

from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from . import refusals, state
from .models import Outbox

_PAGE = 1000


class StatusCall(APIView):
    """Tell that the gate stands, which one, and under which policy; whoever starts the server asks it."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def get(self, _request: Request) -> Response:
        """Answer with digests only."""
        try:
            policy: str | None = state.policy().digest
        except refusals.Refused:
            policy = None
        return Response({"gate": state.GATE, "policy": policy, "instance": os.environ.get("YULIAO_GATE_INSTANCE", "")})


class OutboxCall(APIView):
    """Give the chain to the platform's account, from a place on."""

    def get(self, request: Request) -> Response:
        """Answer with up to a thousand rows after ``since``, each with the very text that was hashed."""
        since: Any = request.query_params.get("since", "0")
        after = int(since) if since.isascii() and since.isdecimal() else 0
        rows = Outbox.objects.filter(seq__gt=after).order_by("seq")[:_PAGE]
        told = [{"seq": each.seq, "digest": each.digest, "body": bytes(each.body).decode()} for each in rows]
        return Response({"rows": told})
