"""A person at work through the server's own interface, as the browser would be: for the demonstration alone.

Real people use the browser. What the gate refuses is refused here by the same sentence.
"""

import weakref
from collections.abc import Sequence
from typing import Any

import httpx

from annotation.labelstudio import failures

_TIMEOUT_S = 60.0


class Worker:
    """One person's way in.

    Args:
        url: Address of the server.
        token: The person's own; it is exchanged for one that lives for minutes.
    """

    def __init__(self, url: str, token: str) -> None:
        self._client = httpx.Client(base_url=url, timeout=_TIMEOUT_S, trust_env=False)
        self._token = token
        weakref.finalize(self, self._client.close)

    def answer(self, task: int, result: Sequence[dict[str, Any]]) -> str:
        """Open a task and submit an answer to it.

        Args:
            task: Its number in the server.
            result: The answer in the server's words.

        Returns:
            The sentence by which the gate refused it, empty where it was stored.

        Raises:
            GovernanceError: The server does not answer.
        """
        try:
            access = self._client.post("/api/token/refresh/", json={"refresh": self._token}).json()["access"]
            self._client.headers["Authorization"] = f"Bearer {access}"
            self._client.get(f"/api/tasks/{task}/")
            reply = self._client.post(f"/api/tasks/{task}/annotations/", json={"result": list(result)})
            said = {} if reply.is_success else reply.json()
        except (httpx.HTTPError, ValueError, KeyError):
            raise failures.down() from None
        if str((said.get("display_context") or {}).get("code", "")).startswith("gate."):
            return str(said["detail"])
        if not reply.is_success:
            raise failures.of_status(reply.status_code)
        return ""
