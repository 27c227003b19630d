"""Keyed digests that tell nobody what stands behind them: of tasks (标注任务), and of texts as the gate names them."""

import hmac

from corpus.workspace import Workspace
from provenance.ids import ItemId

_HEX = 32


def task_key(workspace: Workspace, batch: str, item: ItemId, *about: str) -> str:
    """Return the key of a task, 32 hexadecimal digits.

    Args:
        workspace: Its item key is the secret that the key is derived from.
        batch: Id of the batch.
        item: The item shown.
        about: What else makes the task another one: for a review the answer under review.
    """
    secret = hmac.digest(workspace.item_key, b"yuliao/annotation/tasks/1", "sha256")
    message = "\0".join((batch, str(item), *about)).encode()
    return hmac.digest(secret, message, "sha256").hex()[:_HEX]


def project_key(workspace: Workspace, batch: str, function: str, group: int = 0) -> str:
    """Return the key of a project: unique in every server, since the workspace's id is part of it."""
    return f"{workspace.id}/{batch}/{function}/{group}"


def text_digest(key: bytes, text: str) -> str:
    """Return what the gate's outbox names a text by, so that both can be compared (``annotation/gate/keys.py``).

    Args:
        key: The server's secret, which lies with the workspace's other keys.
        text: The text of a task.
    """
    derived = hmac.digest(key, b"yuliao/annotation/digest", "sha256")
    message = b"\0".join((b"yuliao/gate/1", b"text", text.encode("utf-8", "surrogatepass")))
    return hmac.digest(derived, message, "sha256").hex()
