"""Chinese recognisers: ordinary Presidio recognisers, one idea per file, usable in plain Presidio too.

In plain Presidio::

    registry = RecognizerRegistry(recognizers=recognizers(), supported_languages=["zh"])
    AnalyzerEngine(registry=registry, nlp_engine=..., supported_languages=["zh"])
"""

from pii.recognizers.bank_card import BankCardRecognizer
from pii.recognizers.cued import CuedRecognizer
from pii.recognizers.email_address import EmailAddressRecognizer
from pii.recognizers.id_card import IdCardRecognizer
from pii.recognizers.landline import LandlineRecognizer
from pii.recognizers.mobile import MobileRecognizer
from pii.recognizers.organisation import OrganisationCodeRecognizer
from pii.recognizers.passport import PassportRecognizer
from pii.recognizers.plate import PlateRecognizer

__all__ = ["CuedRecognizer", "recognizers"]

_CLASSES: tuple[type[CuedRecognizer], ...] = (
    BankCardRecognizer,
    EmailAddressRecognizer,
    IdCardRecognizer,
    LandlineRecognizer,
    MobileRecognizer,
    OrganisationCodeRecognizer,
    PassportRecognizer,
    PlateRecognizer,
)


def recognizers(supported_language: str = "zh") -> list[CuedRecognizer]:
    """Return a new instance of every recogniser."""
    return [each(supported_language) for each in _CLASSES]
