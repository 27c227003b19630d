"""Letters that stand for digits (形近字符): what text recognition, and who hides a number, writes instead of them.

Only something that proves the number, or names it, makes a digit of such a letter.
"""

LETTERS = "OoQDlIiZzSsBbGgq"
"""All of them, for a class."""
MOST = 3
"""Letters in one number: with more of them it is a word or a key."""

DIGIT_AHEAD = "(?=[^0-9]{0,12}[0-9])"
"""So one of its first characters is a digit; an expression that says so is not scanned for in texts without any."""

_DIGITS = str.maketrans(LETTERS, "0000111225586699")


def meant(number: str) -> str:
    """Return a number with its look-alike letters as the digits they stand for; a check character X stays."""
    return number.translate(_DIGITS)


def letters(number: str) -> int:
    """Return how many look-alike letters a number has."""
    return sum(1 for character in number if character in LETTERS)
