"""Marks that an item carries itself: labels of generated content (GB 45438) and numbers of books, all invented."""

PRODUCER = "001191110101MA00000000" + "00000"
"""A producer's code in its form of 27 characters; no organisation has it."""


def label(value: str, number: int, version: str = "") -> dict[str, str]:
    """Return an implicit label, with the model's version where there is one, which the standard does not ask for."""
    found = {"Label": value, "ContentProducer": PRODUCER, "ProduceID": f"example-{number:04}"}
    return found | ({"ModelVersion": version} if version else {})


def front_matter(fields: dict[str, str], text: str) -> str:
    """Return a Markdown text with a label in its front matter."""
    told = "".join(f'  {name}: "{value}"\n' for name, value in fields.items())
    return f"---\nAIGC:\n{told}---\n{text}"


def isbn(body: str) -> str:
    """Return a book's number with its check digit.

    Args:
        body: Its first twelve digits.
    """
    total = sum(int(digit) * (1 + 2 * (at % 2)) for at, digit in enumerate(body))
    return f"{body[:3]}-{body[3]}-{body[4:6]}-{body[6:]}-{-total % 10}"
