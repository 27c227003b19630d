"""How strongly a server enforces the annotation rules: refused before it is stored, or only found afterwards.

An unmodified Label Studio Community enforces none of AR-1 to AR-5 and AR-9: every member may do everything. Where a
team insists on its own, the rules are checked at collection, and every report says so.
"""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

_ASK_S = 5
_PATH = "/yuliao/gate/"


@dataclass(frozen=True)
class Strength:
    """What a server answered.

    Attributes:
        is_up: Whether it answers at all.
        gate: Digest of the gate in it, empty where there is none.
        policy: Digest of the policy in force, empty where nothing is open.
        instance: The name of its start.
        expected: Digest of the gate that should be in it, empty where any will do.
    """

    is_up: bool
    gate: str = ""
    policy: str = ""
    instance: str = ""
    expected: str = ""

    @property
    def is_enforced(self) -> bool:
        """Whether writes that break the rules are refused before they are stored."""
        return bool(self.gate) and self.gate == (self.expected or self.gate)

    @property
    def statement_zh(self) -> str:
        """The sentence that every report carries."""
        if not self.is_up:
            return "标注服务没有应答，规则执行情况未知。"
        if self.is_enforced:
            return "标注规则由服务端闸门在写入之前强制执行。"
        if self.gate:
            return "标注服务中的闸门与本版本不一致，规则仅在收回标注后核查（事后核查，弱于事前拦截）。"
        return "标注服务未安装闸门，规则仅在收回标注后核查（事后核查，弱于事前拦截）。"

    @property
    def statement(self) -> str:
        """The same in English."""
        if not self.is_up:
            return "The annotation server does not answer; how the rules are enforced is unknown."
        if self.is_enforced:
            return "The annotation rules are enforced by the gate in the server, before anything is stored."
        if self.gate:
            return (
                "The gate in this server is not of this release: rules are checked after the fact only, at collection."
            )
        return "This server has no gate: the annotation rules are checked after the fact only, at collection."


def ask(url: str, *, expected: str = "") -> Strength:
    """Ask a server, ours or a team's own.

    Args:
        url: Its address, ``http://`` or ``https://``.
        expected: Digest of the gate that should be in it.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        return Strength(is_up=False)
    answer = _get(url.rstrip("/") + _PATH)
    if answer is None:
        return Strength(is_up=_get(url.rstrip("/") + "/health/") is not None, expected=expected)
    return Strength(
        is_up=True,
        gate=str(answer.get("gate") or ""),
        policy=str(answer.get("policy") or ""),
        instance=str(answer.get("instance") or ""),
        expected=expected,
    )


def _get(url: str) -> dict[str, object] | None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=_ASK_S) as reply:
            answer = json.loads(reply.read(65536))
    except (OSError, ValueError, urllib.error.URLError):
        return None
    return answer if isinstance(answer, dict) else None
