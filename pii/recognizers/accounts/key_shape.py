"""Keys that show what they are: credentials whose issuers gave them a shape, so that no word is needed.

Amazon AKIA, GitHub ghp_ and github_pat_, GitLab glpat-, OpenAI and Anthropic sk-, Slack xox, Google AIza, Alibaba Cloud
LTAI, Tencent Cloud AKID, npm_, Hugging Face hf_, Stripe sk_live_, DingTalk robots, JSON Web Tokens (RFC 7519) and
private keys in PEM (RFC 7468). The issuers' documentation gives prefixes and lengths.
"""

import re
from typing import ClassVar

from pii.gate import Cue
from pii.recognizers.cued import CuedRecognizer, Found

_SHAPES = (
    "A(?:KIA|SIA)[0-9A-Z]{16}",
    "gh[pousr]_[A-Za-z0-9]{36}",
    "github_pat_[A-Za-z0-9_]{22,90}",
    r"glpat-[A-Za-z0-9_\-]{20}",
    r"sk-(?:proj-|ant-(?:api03-)?|or-v1-)?[A-Za-z0-9_\-]{20,180}",
    "(?:sk|rk)_live_[A-Za-z0-9]{16,100}",
    r"xox[abprs]-[A-Za-z0-9\-]{10,120}",
    r"AIza[0-9A-Za-z_\-]{35}",
    "LTAI[0-9A-Za-z]{12,24}",
    "AKID[0-9A-Za-z]{32}",
    "npm_[A-Za-z0-9]{36}",
    "hf_[A-Za-z0-9]{34}",
    r"eyJ[A-Za-z0-9_\-]{10,400}\.eyJ[A-Za-z0-9_\-]{10,2000}(?:\.[A-Za-z0-9_\-]{0,700})?",
)
_LONGEST = 4096
"""Characters of the longest key: RSA of 4,096 bits in PEM has some 3,300."""
_PEM = "-----BEGIN (?:[A-Z0-9]{2,12} ){0,2}PRIVATE KEY-----"


class KeyShapeRecognizer(CuedRecognizer):
    """Finds keys and tokens by the shapes of their issuers, and private keys in PEM (RFC 7468, RFC 7519)."""

    COUNTRY_CODE: ClassVar[str | None] = None
    entities: ClassVar = ("ACCOUNT_SECRET",)
    cues: ClassVar = (
        Cue(
            "(?:A[KS]IA|gh[pousr]_|github_pat_|glpat-|sk-|[sr]k_live_|xox[abprs]-|AIza|LTAI|AKID|npm_|hf_|eyJ)[A-Za-z0-9]",
            before=0,
            after=_LONGEST,
        ),
        Cue(_PEM, before=0, after=_LONGEST),
    )
    expressions: ClassVar = (
        re.compile(rf"(?<![A-Za-z0-9_\-])(?:{'|'.join(_SHAPES)})(?![A-Za-z0-9_])"),
        re.compile(rf"{_PEM}[A-Za-z0-9+/=\s\\:,]{{16,{_LONGEST}}}(?:-----END [A-Z0-9 ]{{0,24}}PRIVATE KEY-----)?"),
    )

    def judge(self, text: str, match: re.Match[str]) -> Found | None:  # noqa: ARG002 - the shape is the proof
        """Refuse what is no key but a placeholder in its shape: no digit, or one character over and over."""
        value = match[0]
        if not any(map(str.isdigit, value)) or len(set(value)) < 9 or re.search("(?i)x{6}|example", value):
            return None
        return Found(*match.span(), "ACCOUNT_SECRET", 960)
