"""The example counted anew: plain readers and expressions of its own, nothing of the planting script or of Yuliao."""

import csv
import gzip
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import pyarrow.parquet as pq
import yaml
import zstandard

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
GENERATED = {"1": "generated", "2": "possible"}
QUARANTINED, REJECTED = "quarantined", "rejected"


class Seen(NamedTuple):
    """A record: its text, the reason for which it has none, and what else stands in it."""

    text: str | None
    flaw: str = ""
    beside: Mapping[str, Any] = {}


def table(path: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of the example."""
    return list(csv.DictReader(io.StringIO((EXAMPLES / path).read_text("utf-8"), newline="")))


KEYWORDS = table("lexicon.csv")


def records(source: str) -> Iterator[Seen]:
    """Yield every item of a source."""
    contents: set[bytes] = set()
    for path in sorted((EXAMPLES / source / "data").iterdir()):
        raw = path.read_bytes()
        if raw in contents:
            continue  # the same bytes under another name are the same items
        contents.add(raw)
        if not raw:
            yield Seen(None, "file-empty")
        elif path.suffix == ".txt":
            yield Seen(raw.decode())
        elif path.suffix == ".csv":
            yield from (Seen(row["text"]) for row in csv.DictReader(io.StringIO(raw.decode(), newline="")))
        elif path.suffix == ".parquet":
            for text in pq.read_table(io.BytesIO(raw)).column("text").to_pylist():
                yield Seen(text, "" if text else "text-missing")
        else:
            yield from map(_record, unpacked(path, raw))


def unpacked(path: Path, raw: bytes) -> list[bytes]:
    """Return the lines of a JSONL file, blank ones left out."""
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    if path.suffix == ".zst":
        raw = zstandard.ZstdDecompressor().decompressobj().decompress(raw)
    return [line for line in raw.split(b"\n") if line]


def _record(line: bytes) -> Seen:
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError:
        return Seen(None, "invalid-utf8")
    except json.JSONDecodeError:
        return Seen(None, "broken-json")
    if "text" not in row:
        return Seen(None, "wrong-columns")
    if not isinstance(row["text"], str):
        return Seen(None, "text-missing")
    return Seen(row["text"], "", row) if row["text"] else Seen(None, "text-empty")


def barred(source: str, beside: Mapping[str, Any]) -> str:
    """Return why an item may not be used, by its address or its user; nothing where it may."""
    if source == "forum-web":
        return _barred_page(beside["url"])
    return _barred_user(source, beside["user"]) if source == "chat-user" else ""


def _barred_page(url: str) -> str:
    folder, host = "forum-web/papers", urlsplit(url).hostname
    for name in ("blocked", "refused"):
        for row in table(f"lists/{name}.csv"):
            if row["value"] == (host if row["kind"] == "host" else url):
                return f"{row['kind']}-{name}"
    if host != "forum.example.com":
        return "url-outside-source"
    statuses = [row["status"] for row in table(f"{folder}/collection_log.csv") if row["url"] == url]
    if statuses != ["200"]:
        return "not-fetched" if statuses else "not-in-collection-log"
    robots = RobotFileParser()
    robots.parse((EXAMPLES / folder / "robots.txt").read_text("utf-8").splitlines())
    return "" if robots.can_fetch("*", url) else "robots-disallowed"


def _barred_user(source: str, user: str) -> str:
    stated = yaml.safe_load((EXAMPLES / source / "declaration.yaml").read_text("utf-8"))
    rows = [row for row in table(f"{source}/papers/consent_table.csv") if row["user"] == user]
    if not rows:
        return "not-authorised"
    (row,) = rows
    if row["opt_out"]:
        return "opted-out"
    if row["version"] != stated["details"]["authorisation_version"]:
        return "other-version"
    if row["scope"] != stated["details"]["authorisation_scope"]:
        return "other-scope"
    return "authorised-too-late" if row["time"][:10] > stated["collected"]["to"].isoformat() else ""


def plain(text: str) -> str:
    """Take every disguise off: full width, and characters that nobody sees."""
    return unicodedata.normalize("NFKC", text).replace("\u200b", "")


PATTERNS = {
    "CN_ID18": r"(?<!\d)\d{6} ?189\d{5} ?\d{3}[\dX]",
    "BANK_CARD": r"(?<!\d)622202\d{13}(?!\d)|6222 02\d\d \d{4} \d{4} \d{3}(?!\d)",
    "MOBILE": r"(?:(?<!\d)|(?<=\+86))1[3-9]\d([ -]?)\d{4}\1\d{4}(?!\d)",
    "LANDLINE": r"(?<!\d)0\d{2,3}-8\d{7}(?!\d)",
    "EMAIL": r"[a-z.]+\d{3}@example\.com",
    "PLATE": r"[京沪粤浙川][A-Z]·?[A-Z]\d{4}(?!\d)",
    "CN_PASSPORT": r"(?<![A-Z])E\d{8}(?!\d)",
}
NOTICES = {
    "book": r"ISBN \d{3}-\d-\d\d-\d{6}-\d",
    "copyright": r"(?:Copyright|©) 2026",
    "paper": r"doi: 10\.\d{4}/",
    "rights-reserved": r"All rights reserved|不得转载",
    "licence:MIT": r"SPDX-License-Identifier: MIT\n",
    "licence:GPL-3.0-only": r"SPDX-License-Identifier: GPL-3\.0-only\n",
}


def label(source: str, seen: Seen) -> tuple[str, bool]:
    """Return how certain it is that an item was generated, and whether the model's version is known."""
    is_synthetic = source == "dialogues-synthetic"
    matter = re.match(r"---\nAIGC:\n((?:  .+\n)+)---\n", seen.text or "")
    fields = dict(re.findall(r'(\w+): "(.*)"', matter[1])) if matter else seen.beside.get("AIGC", {})
    certainty = GENERATED.get(fields.get("Label", ""), "")
    certainty = certainty or ("stated" if "由人工智能生成" in (seen.text or "") else "declared" if is_synthetic else "")
    return certainty, is_synthetic or "ModelVersion" in fields


def keywords(text: str) -> Counter[str]:
    """Return how often the keywords of every risk stand in a text, whatever signs break them up."""
    letters = "".join(sign for sign in text if sign.isalnum())
    return Counter(row["risk"] for row in KEYWORDS for _ in range(letters.count(re.sub(r"[^\w]", "", row["keyword"]))))


def recount(source: str, earlier: set[str], *, gone: str = "") -> dict[str, Any]:
    """Count a source's items, in the order of the demonstration, and remember its texts as seen.

    Args:
        source: Its id.
        earlier: Texts that came before.
        gone: A number whose items were withdrawn; none where empty.
    """
    reasons, states, types, labels, notices = (Counter[str]() for _ in range(5))
    found, risks = Counter[tuple[str, str, str]](), Counter[tuple[str, str]]()
    personal = organisations = without_version = 0
    for seen in records(source):
        reason, text = seen.flaw, seen.text
        if text is not None:
            marks = [name for name, form in NOTICES.items() if re.search(form, text)]
            reason = barred(source, seen.beside) or _reason(text, earlier, marks)
        if gone and gone in plain(text or ""):
            reason = "person-erased"
        state = disposition(reason)
        reasons[reason] += 1
        states[state] += 1
        if text is None or state in ("duplicate", REJECTED):
            continue
        certainty, is_version_known = label(source, seen)
        labels[certainty] += 1
        without_version += bool(certainty) and not is_version_known
        notices.update(marks)
        types[kind(source, text)] += state == "admitted"
        values = {name: len(re.findall(form, plain(text))) for name, form in PATTERNS.items()}
        personal += any(values.values())
        organisations += len(re.findall(r"(?<!\w)91\d{6}MA\w{8}", text.replace("：", " ")))
        for name, times in values.items():
            found[name, state, "items"] += times > 0
            found[name, state, "occurrences"] += times
        for risk, times in keywords(text).items():
            risks[risk, "items"] += 1
            risks[risk, "hits"] += times
    for counted in (reasons, labels):
        counted.pop("", None)
    lines = b"".join(path.read_bytes() for path in (EXAMPLES / source / "data").glob("*.jsonl"))
    return {
        "items": {
            "taken_in": states.total(),
            **{name: states[name] for name in ("admitted", QUARANTINED, "duplicate", REJECTED)},
        },
        "by_reason": dict(reasons),
        "by_type": dict(+types),
        "blank_lines": sum(not line for line in lines.split(b"\n")[:-1]),
        "personal_information": {
            name: {
                state: {measure: found[name, state, measure] for measure in ("items", "occurrences")}
                for state in ("admitted", QUARANTINED)
            }
            for name in sorted({name for name, _, _ in +found})
        },
        "items_with_personal_information": personal,
        "organisation_codes": organisations,
        "risks": {
            risk: {measure: risks[risk, measure] for measure in ("items", "hits")}
            for risk in sorted({risk for risk, _ in risks})
        },
        "labels": dict(labels),
        "labelled_without_version": without_version,
        "notices": dict(notices),
    }


def _reason(text: str, earlier: set[str], marks: list[str]) -> str:
    """Return what the text itself has against it, and remember it."""
    key = " ".join(text.split())
    if key in earlier:
        return "exact-duplicate"
    is_alike = any(_resembles(key, each) for each in earlier)
    earlier.add(key)
    if is_alike:
        return "near-duplicate"
    if keywords(text):
        return "risk-keyword"
    for mark, reason in (("rights-reserved", "rights-reserved"), ("licence:GPL-3.0-only", "licence-contradicts")):
        if mark in marks:
            return reason
    return "unscreened" if re.search(r"[ぁ-ヿ]|[àâéêèîôûç]", text) else ""


def _resembles(text: str, other: str) -> bool:
    """Say whether two texts share four of five of the three signs in a row that stand in either."""
    one, another = _threes(text), _threes(other)
    return 5 * len(one & another) >= 4 * len(one | another)


@cache
def _threes(text: str) -> frozenset[str]:
    return frozenset(map("".join, zip(text, text[1:], text[2:], strict=False)))


def disposition(reason: str) -> str:
    """Return what becomes of an item that has this reason against it."""
    if reason in ("", "exact-duplicate", "near-duplicate"):
        return "duplicate" if reason else "admitted"
    return REJECTED if reason in _REJECTING else QUARANTINED


_REJECTING = frozenset(
    {
        "file-empty",
        "person-erased",
        *("robots-disallowed", "not-in-collection-log", "not-fetched", "url-outside-source"),
        *("host-blocked", "host-refused", "url-refused"),
        *("opted-out", "authorised-too-late", "other-version", "other-scope", "not-authorised"),
    }
)


def kind(source: str, text: str) -> str:
    """Return an admitted text's type: code by its source, Chinese by its share of Han characters."""
    letters = [sign for sign in text if sign.isalpha()]
    han = sum("\u4e00" <= sign <= "\u9fff" for sign in letters)
    return "code" if source == "snippets-open" else "zh_text" if 2 * han >= len(letters) else "en_text"
