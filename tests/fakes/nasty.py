"""Texts made to set two readers of expressions against each other: all the characters and joints that are seldom seen.

Values are made when a test runs; every one of them is invented.
"""

import random

from tests.fakes.identities import card, citizen, mobile

CHARACTERS = (
    *"0123456789abzABZxX_-.,:;/@#()[]+~'\"<>%$ \t\n\r",
    *"\u0130\u0131\u017f\u212a",  # fold to ASCII letters where case is ignored, for one engine or another
    *"０１９ａＺ＿．：（）＋－／＠～　",  # full width
    *"٠١٩۰߀०๐𝟎𝟗𞥐𑁦",  # digits of other scripts, some newer than an engine
    *"²³¹½①⑨⒈㈠",  # numbers that are letters to one engine only
    *"\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\ufe0f\u0301\u0308\u20e3",  # without width, and combining
    *"\u0085\u2028\u00a0\u1680\u001c\u000b",  # kinds of space
    *"的号在电话京，。：、",
    *"éßẞµςσΣÅÅжЖﬁﬀǅᾳ",  # cases that are more than a pair
    *"😀𠀀𪛖𪜀\U00030000\U0001e900\U0001f1e8",  # beyond the first plane
    *"\ud800\udfff",
)
JOINTS = (
    *(
        "http://",
        "https://www.",
        "www.",
        ".com",
        ".co.uk/",
        ".py",
        "/a?b=c#d",
        "@",
        "user",
        "ext. 12",
        " x",
        " #",
        ";ext=",
    ),
    *(
        "+1 ",
        "+86",
        "0049 ",
        "(0)",
        "::",
        "::1",
        "fe80:",
        ":0:",
        "%eth0",
        "192.168.",
        "255.",
        "/24",
        "bc1",
        "DE89 ",
        "GB",
    ),
    *(
        "T12:30:00Z",
        "-JAN-",
        "12/",
        "2019-03-",
        "電話",
        "手机",
        "AA",
        "V1234567",
        "int ",
        "доб",
        "tel:",
        "\n\n",
        "{",
        "}",
    ),
)


def nasty(seed: int, length: int = 14) -> str:
    """Return a text of at most ``length`` parts, the same for the same seed."""
    rng = random.Random(seed)
    return "".join(_part(rng) for _ in range(rng.randint(0, length)))


def _part(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.3:
        return "".join(rng.choices(CHARACTERS, k=rng.randint(1, 3)))
    if kind < 0.55:
        return rng.choice(JOINTS)
    if kind < 0.75:
        return "".join(rng.choices("0123456789", k=rng.choice((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 22))))
    value = rng.choice(_VALUES)(rng.randrange(10**6))
    if kind < 0.9:
        return value
    place = rng.randrange(len(value))
    return value[:place] + rng.choice(CHARACTERS) + value[place + rng.randint(0, 1) :]


_VALUES = (
    mobile,
    citizen,
    lambda seed: card(seed, "411111", 16),
    lambda seed: f"+44 20 7946 {seed % 10000:04}",
    lambda seed: f"(212) 555-{seed % 10000:04}",
    lambda seed: f"user{seed}@example.com",
    lambda seed: f"https://www.example{seed % 97}.com/u/{seed}",
    lambda seed: f"10.{seed % 256}.{seed % 199}.{seed % 251}",
    lambda seed: f"2001:db8:{seed % 65536:x}::{seed % 4096:x}",
    lambda seed: f"{seed % 600 + 100:03}-{seed % 89 + 10:02}-{seed % 8999 + 1000}",
    lambda seed: f"{seed % 12 + 1}/{seed % 28 + 1}/19{seed % 90 + 10}",
    lambda seed: f"19{seed % 90 + 10}-0{seed % 9 + 1}-1{seed % 9}",
    lambda seed: f"00:1a:2b:{seed % 256:02x}:{seed % 199:02x}:ff",
    lambda seed: f"{'ABFMPR'[seed % 6]}{'AKZ'[seed % 3]}{seed:07}",
    lambda seed: f"{seed:08x}-0000-4000-8000-{seed:012x}",
    lambda seed: f"485 777 {seed % 10000:04}",
    lambda seed: f"0{seed % 9 + 1}{seed % 100000}",
)
