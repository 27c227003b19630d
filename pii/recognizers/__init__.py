"""Chinese recognisers: ordinary Presidio recognisers, one idea per file, usable in plain Presidio too.

In plain Presidio::

    registry = RecognizerRegistry(recognizers=recognizers(), supported_languages=["zh"])
    AnalyzerEngine(registry=registry, nlp_engine=..., supported_languages=["zh"])
"""

from pii.recognizers.account_secret import AccountSecretRecognizer
from pii.recognizers.address import AddressRecognizer
from pii.recognizers.advertising_id import AdvertisingIdRecognizer
from pii.recognizers.bank_card import BankCardRecognizer
from pii.recognizers.belief import BeliefRecognizer
from pii.recognizers.biometric import BiometricRecognizer
from pii.recognizers.birth_date import BirthDateRecognizer
from pii.recognizers.broken_email import BrokenEmailRecognizer
from pii.recognizers.card_secret import CardSecretRecognizer
from pii.recognizers.career import CareerRecognizer
from pii.recognizers.chat import ChatRecognizer
from pii.recognizers.columns import ColumnsRecognizer
from pii.recognizers.contacts import ContactsRecognizer
from pii.recognizers.credit import CreditRecognizer
from pii.recognizers.crime import CrimeRecognizer
from pii.recognizers.cued import CuedRecognizer
from pii.recognizers.disability_certificate import DisabilityCertificateRecognizer
from pii.recognizers.driver_licence import DriverLicenceRecognizer
from pii.recognizers.education_work import EducationWorkRecognizer
from pii.recognizers.email_address import EmailAddressRecognizer
from pii.recognizers.foreign_resident import ForeignResidentRecognizer
from pii.recognizers.foreign_telephone import ForeignTelephoneRecognizer
from pii.recognizers.former_organisation import FormerOrganisationRecognizer
from pii.recognizers.gps import GpsRecognizer
from pii.recognizers.hong_kong_macao_id import HongKongMacaoIdRecognizer
from pii.recognizers.id_card import IdCardRecognizer
from pii.recognizers.ip_address import IpAddressRecognizer
from pii.recognizers.key_shape import KeyShapeRecognizer
from pii.recognizers.landline import LandlineRecognizer
from pii.recognizers.login_account import LoginAccountRecognizer
from pii.recognizers.mac_address import HardwareAddressRecognizer
from pii.recognizers.medical import MedicalRecognizer
from pii.recognizers.military_id import MilitaryIdRecognizer
from pii.recognizers.minor import MinorRecognizer
from pii.recognizers.mobile import MobileRecognizer
from pii.recognizers.mobile_equipment import MobileEquipmentRecognizer
from pii.recognizers.old_id_card import OldIdCardRecognizer
from pii.recognizers.organisation import OrganisationCodeRecognizer
from pii.recognizers.orientation import OrientationRecognizer
from pii.recognizers.passport import PassportRecognizer
from pii.recognizers.plate import PlateRecognizer
from pii.recognizers.qq import QqRecognizer
from pii.recognizers.regional_telephone import RegionalTelephoneRecognizer
from pii.recognizers.securities import SecuritiesAccountRecognizer
from pii.recognizers.social_account import SocialAccountRecognizer
from pii.recognizers.social_security import SocialSecurityRecognizer
from pii.recognizers.taiwan_id import TaiwanIdRecognizer
from pii.recognizers.track import TrackRecognizer
from pii.recognizers.travel import TravelRecognizer
from pii.recognizers.travel_permit import TravelPermitRecognizer
from pii.recognizers.vehicle_identification import VehicleIdentificationRecognizer
from pii.recognizers.wechat import WeChatRecognizer

__all__ = ["CuedRecognizer", "recognizers"]

_CLASSES: tuple[type[CuedRecognizer], ...] = (
    AccountSecretRecognizer,
    AddressRecognizer,
    AdvertisingIdRecognizer,
    BankCardRecognizer,
    BeliefRecognizer,
    BiometricRecognizer,
    BirthDateRecognizer,
    BrokenEmailRecognizer,
    CardSecretRecognizer,
    CareerRecognizer,
    ChatRecognizer,
    ColumnsRecognizer,
    ContactsRecognizer,
    CreditRecognizer,
    CrimeRecognizer,
    DisabilityCertificateRecognizer,
    DriverLicenceRecognizer,
    EducationWorkRecognizer,
    EmailAddressRecognizer,
    ForeignResidentRecognizer,
    ForeignTelephoneRecognizer,
    FormerOrganisationRecognizer,
    GpsRecognizer,
    HongKongMacaoIdRecognizer,
    IdCardRecognizer,
    IpAddressRecognizer,
    KeyShapeRecognizer,
    LandlineRecognizer,
    LoginAccountRecognizer,
    HardwareAddressRecognizer,
    MedicalRecognizer,
    MilitaryIdRecognizer,
    MinorRecognizer,
    MobileEquipmentRecognizer,
    MobileRecognizer,
    OldIdCardRecognizer,
    OrganisationCodeRecognizer,
    OrientationRecognizer,
    PassportRecognizer,
    PlateRecognizer,
    QqRecognizer,
    RegionalTelephoneRecognizer,
    SecuritiesAccountRecognizer,
    SocialAccountRecognizer,
    SocialSecurityRecognizer,
    TaiwanIdRecognizer,
    TrackRecognizer,
    TravelPermitRecognizer,
    TravelRecognizer,
    VehicleIdentificationRecognizer,
    WeChatRecognizer,
)


def recognizers(supported_language: str = "zh") -> list[CuedRecognizer]:
    """Return a new instance of every recogniser."""
    return [each(supported_language) for each in _CLASSES]
