"""Zip containers with the same bytes on every day: DOCX and XLSX are zip files that would carry the time of writing."""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)


def rezip(content: bytes) -> bytes:
    """Return the same members in the same order, every one dated 1980-01-01 and compressed alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            fixed = zipfile.ZipInfo(member.filename, _EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = 3  # or it would name the system this ran on
            fixed.external_attr = 0o600 << 16
            new.writestr(fixed, old.read(member), compresslevel=6)
    return out.getvalue()
