"""A person at work through the server's own interface, as the browser would be: for the demonstration alone.

Real people use the browser. What the gate refuses is refused here by the same sentence.
"""

from collections.abc import Sequence
from typing import Any

import httpx
from label_studio_sdk.annotations.client import AnnotationsClient
from label_studio_sdk.core.api_error import ApiError
from label_studio_sdk.core.client_wrapper import SyncClientWrapper
from label_studio_sdk.tasks.client import TasksClient

from annotation.labelstudio import failures

_TIMEOUT_S = 60.0


class Worker:
    """One person's way in.

    Args:
        url: Address of the server.
        token: The person's own.
    """

    def __init__(self, url: str, token: str) -> None:
        client = httpx.Client(timeout=_TIMEOUT_S, trust_env=False)
        self._session = SyncClientWrapper(
            base_url=url.rstrip("/") + "/", api_key=token, max_retries=0, httpx_client=client
        )

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
            TasksClient(client_wrapper=self._session).get(str(task))
            AnnotationsClient(client_wrapper=self._session).create(task, result=list(result))
        except ApiError as error:
            said = error.body if isinstance(error.body, dict) else {}
            if str((said.get("display_context") or {}).get("code", "")).startswith("gate."):
                return str(said.get("detail", ""))
            failure = failures.of_status(error.status_code)
        except (httpx.HTTPError, ValueError):
            failure = failures.down()
        else:
            return ""
        raise failure
