"""The shape of an item (条) on its way through the pipeline and at rest, and the four dispositions.

Every stage sees the whole shape, so the schema is the contract: a stage fills columns, it never adds or drops any.
"""

import pyarrow as pa

ADMITTED = "admitted"
"""纳入: passed every automatic screen and was not taken out since; no verdict on the source."""
QUARANTINED = "quarantined"
"""隔离: kept apart until somebody decides."""
DUPLICATE = "duplicate"
"""重复: another item of the corpus has the same text."""
REJECTED = "rejected"
"""剔除: cannot be or must not be used."""
UNDECIDED = ""

DISPOSITIONS = (ADMITTED, QUARANTINED, DUPLICATE, REJECTED)

MEDIA = ("image", "audio", "video")
"""Types (图像、音频、视频) of items without text: registered, and quarantined until somebody has looked at them."""

REJECTED_REASONS = frozenset(
    {
        "damaged-file",
        "encoding-unsupported",
        "file-empty",
        "file-unreadable",
        "format-unsupported",
        "not-a-regular-file",
        "wrong-ending",
        "file-encrypted",
        "archive-link",
        "archive-device",
        "archive-path-escape",
        "archive-nested",
        "archive-overlap",
        "xml-entities",
    }
)
"""Reasons under which a reader gives a whole file up; every other reason of a reader quarantines one item."""

BROKEN_FILE_REASONS = REJECTED_REASONS | {"file-broke-off", "inflates-too-far", "too-many-members"}
"""Reasons that say a file was not read to its end: the job finishes with exit code 5."""

REPEATED, NEAR, GONE = "exact-duplicate", "near-duplicate", "keeper-gone"
"""Reasons of duplicates: another item has the same text, or nearly, or had it until it left with its source or user."""

RELEASED = "released"
"""Reason of an admitted item that a named person let in: its risk hits count as cleared."""

SOURCE_CAUSES = ("source-erased", "source-refused", "source-suspended", "source-withdrawn")
"""Reasons that lie in the source of an item; it comes back when the source does, unless that was withdrawn."""

PLACELESS = (*SOURCE_CAUSES, "user-erased", "user-withdrawn")
"""Reasons that lie not in what an item says but in its source or user: it keeps no place among its repeats."""

PI_SPAN = pa.struct(
    [
        pa.field("entity", pa.string(), nullable=False),
        pa.field("treatment", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("score", pa.int32(), nullable=False),
    ]
)
"""Where personal information stood, in code points of the released text, half-open; score in thousandths."""

RISK_SPAN = pa.struct(
    [
        pa.field("risk", pa.string(), nullable=False),
        pa.field("method", pa.string(), nullable=False),
        pa.field("grade", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
    ]
)
"""Where a risk was seen, in code points of the released text, half-open."""

NOTICE = pa.struct(
    [
        pa.field("notice", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
    ]
)
"""A mark of somebody's rights (版权声明、许可标头、书刊音乐标识), in code points of the released text, half-open."""

RISK_COUNT = pa.struct(
    [
        pa.field("risk", pa.string(), nullable=False),
        pa.field("method", pa.string(), nullable=False),
        pa.field("grade", pa.string(), nullable=False),
        pa.field("hits", pa.int64(), nullable=False),
    ]
)
"""How often a risk was seen; the spans beside it are capped, this is not."""

ITEM = pa.schema(
    [
        pa.field("file", pa.binary(16), nullable=False),
        pa.field("position", pa.uint64(), nullable=False),
        pa.field("intake_bytes", pa.int64(), nullable=False),
        pa.field("raw_digest", pa.binary(32), nullable=False),
        pa.field("type", pa.string(), nullable=False),
        pa.field("language", pa.string(), nullable=False),
        pa.field("language_method", pa.string(), nullable=False),
        pa.field("disposition", pa.string(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("duplicate_key", pa.binary(32)),
        pa.field("keeper", pa.binary(24)),
        pa.field("similarity", pa.int32(), nullable=False),
        pa.field("commitment", pa.binary(32)),
        pa.field("bytes", pa.int64(), nullable=False),
        pa.field("tokens", pa.int64(), nullable=False),
        pa.field("encoding", pa.string(), nullable=False),
        pa.field("mime", pa.string()),
        pa.field("width", pa.int64()),
        pa.field("height", pa.int64()),
        pa.field("duration_ms", pa.int64()),
        pa.field("screened", pa.bool_(), nullable=False),
        pa.field("ground", pa.large_string()),
        pa.field("generated", pa.string(), nullable=False),
        pa.field("generated_place", pa.string(), nullable=False),
        pa.field("producer", pa.string(), nullable=False),
        pa.field("version_known", pa.bool_(), nullable=False),
        pa.field("notices", pa.list_(NOTICE), nullable=False),
        pa.field("described", pa.bool_(), nullable=False),
        pa.field("pi", pa.list_(PI_SPAN), nullable=False),
        pa.field("risk", pa.list_(RISK_SPAN), nullable=False),
        pa.field("risk_counts", pa.list_(RISK_COUNT), nullable=False),
    ]
)
"""An item at rest.

``raw_digest`` is SHA-256 over the item key and the raw record; ``commitment`` is the same over the released text and is
null where no text is kept; ``keeper`` is the encoded id of the item this one repeats and ``similarity`` how nearly, in
millionths, zero where exactly; ``bytes`` and ``tokens`` measure the released text, or ``bytes`` the file of a medium;
``encoding`` is the one its bytes were read in, perhaps with a claim that proved wrong, and empty where none was needed;
``mime``, ``width``, ``height`` (pixels) and ``duration_ms`` are those of a medium, null where its header does not say;
``screened`` says that personal information and risks were looked for.

``ground`` names what a rejection rests on where that is a line of a document, such as ``robots:DIGEST#L12``.
``generated`` is the certainty of a label of generated content (生成合成标识: generated, possible, suspected, stated;
declared where only the source says so; or empty), ``generated_place`` where it stood, ``producer`` the company code it
names, ``version_known`` whether the generating model's version is known. ``notices`` are the marks of other people's
rights. ``described`` says that the item carries the metadata its source's kind needs (R-121).
"""

TEXT = pa.schema(
    [
        pa.field("file", pa.binary(16), nullable=False),
        pa.field("position", pa.uint64(), nullable=False),
        pa.field("text", pa.large_string()),
    ]
)
"""The released text of an item, in files of its own, so that it can be erased and kept under other rules."""

IDENTIFIER = pa.struct(
    [
        pa.field("entity", pa.string(), nullable=False),
        pa.field("key", pa.binary(16), nullable=False),
    ]
)
"""A value found by the detector as its keyed digest, by which its person can be found again."""

IDENTIFIERS = pa.schema(
    [
        pa.field("file", pa.binary(16), nullable=False),
        pa.field("position", pa.uint64(), nullable=False),
        pa.field("external_id", pa.large_string()),
        pa.field("url", pa.large_string()),
        pa.field("url_key", pa.binary(16)),
        pa.field("user_key", pa.binary(16)),
        pa.field("identifiers", pa.list_(IDENTIFIER), nullable=False),
    ]
)
"""What leads from an item to a person, an author or an address: in files of their own, so that it can be erased.

Rows without any of it are left out. ``external_id`` is the publisher's own id and ``url`` the item's address, both
stripped; ``url_key`` and ``user_key`` are keyed digests, and the user's id itself is stored nowhere.
"""

BANDS = pa.field("bands", pa.list_(pa.uint64()), nullable=False)
"""Keyed band keys of a text: texts that are alike share some."""

SIGNATURES = pa.schema([ITEM.field("file"), ITEM.field("position"), BANDS])
"""By which later items that are nearly the same find an item that kept its place; in files of their own, erasable."""

ORIGIN = pa.schema(
    [
        pa.field("user", pa.large_string()),
        pa.field("label", pa.large_string()),
        pa.field("text", pa.large_string()),
        BANDS,
    ]
)
"""What an item has on its way through the pipeline only."""

FLOWING = pa.schema([*ITEM, *(field for field in IDENTIFIERS if field.name not in ITEM.names), *ORIGIN])
"""An item in the pipeline: all that is ever written of it, and its text."""

KEYS = pa.schema(
    [
        pa.field("unit", pa.int64(), nullable=False),
        pa.field("file", pa.binary(16), nullable=False),
        pa.field("position", pa.uint64(), nullable=False),
        pa.field("duplicate_key", pa.binary(32), nullable=False),
        BANDS,
    ]
)
"""What the first pass leaves for the search for duplicates."""

SIGNED = pa.schema([*SIGNATURES, pa.field("ingest", pa.int64(), nullable=False), KEYS.field("unit")])
"""A signature of an earlier item, and the shard that holds its text."""

CANDIDATES = pa.schema(
    [*SIGNATURES, pa.field("ingest", pa.int64()), KEYS.field("unit"), pa.field("settled", pa.bool_(), nullable=False)]
)
"""An item that shares bands with others, those bands, and whether it kept its place before.

``ingest`` is null for an item that is read now, and ``unit`` is then one of the plan's.
"""

REPEATS = pa.schema(
    [
        pa.field("unit", pa.int64(), nullable=False),
        pa.field("file", pa.binary(16), nullable=False),
        pa.field("position", pa.uint64(), nullable=False),
        pa.field("keeper", pa.binary(24), nullable=False),
        ITEM.field("similarity"),
    ]
)
"""What that search leaves for the last pass: the items that repeat another, and which."""
