"""Chinese recognisers: ordinary Presidio recognisers, one idea per file, usable in plain Presidio too.

In plain Presidio::

    registry = RecognizerRegistry(recognizers=recognizers(), supported_languages=["zh"])
    AnalyzerEngine(registry=registry, nlp_engine=..., supported_languages=["zh"])
"""

from pii.recognizers.accounts.account_secret import AccountSecretRecognizer
from pii.recognizers.accounts.bank_card import BankCardRecognizer
from pii.recognizers.accounts.card_secret import CardSecretRecognizer
from pii.recognizers.accounts.key_shape import KeyShapeRecognizer
from pii.recognizers.accounts.login_account import LoginAccountRecognizer
from pii.recognizers.accounts.qq import QqRecognizer
from pii.recognizers.accounts.securities import SecuritiesAccountRecognizer
from pii.recognizers.accounts.social_account import SocialAccountRecognizer
from pii.recognizers.accounts.told_account import ToldAccountRecognizer
from pii.recognizers.accounts.told_secret import ToldSecretRecognizer
from pii.recognizers.accounts.wechat import WeChatRecognizer
from pii.recognizers.contact.address import AddressRecognizer
from pii.recognizers.contact.broken_email import BrokenEmailRecognizer
from pii.recognizers.contact.contacts import ContactsRecognizer
from pii.recognizers.contact.disguised_telephone import DisguisedTelephoneRecognizer
from pii.recognizers.contact.email_address import EmailAddressRecognizer
from pii.recognizers.contact.foreign_telephone import ForeignTelephoneRecognizer
from pii.recognizers.contact.landline import LandlineRecognizer
from pii.recognizers.contact.local_telephone import LocalTelephoneRecognizer
from pii.recognizers.contact.mobile import MobileRecognizer
from pii.recognizers.contact.regional_telephone import RegionalTelephoneRecognizer
from pii.recognizers.cued import CuedRecognizer
from pii.recognizers.devices.advertising_id import AdvertisingIdRecognizer
from pii.recognizers.devices.gps import GpsRecognizer
from pii.recognizers.devices.ip_address import IpAddressRecognizer
from pii.recognizers.devices.mac_address import HardwareAddressRecognizer
from pii.recognizers.devices.mobile_equipment import MobileEquipmentRecognizer
from pii.recognizers.devices.plate import PlateRecognizer
from pii.recognizers.devices.track import TrackRecognizer
from pii.recognizers.devices.travel import TravelRecognizer
from pii.recognizers.devices.vehicle_identification import VehicleIdentificationRecognizer
from pii.recognizers.documents.disability_certificate import DisabilityCertificateRecognizer
from pii.recognizers.documents.driver_licence import DriverLicenceRecognizer
from pii.recognizers.documents.foreign_resident import ForeignResidentRecognizer
from pii.recognizers.documents.former_organisation import FormerOrganisationRecognizer
from pii.recognizers.documents.hong_kong_macao_id import HongKongMacaoIdRecognizer
from pii.recognizers.documents.id_card import IdCardRecognizer
from pii.recognizers.documents.military_id import MilitaryIdRecognizer
from pii.recognizers.documents.old_id_card import OldIdCardRecognizer
from pii.recognizers.documents.organisation import OrganisationCodeRecognizer
from pii.recognizers.documents.passport import PassportRecognizer
from pii.recognizers.documents.social_security import SocialSecurityRecognizer
from pii.recognizers.documents.taiwan_id import TaiwanIdRecognizer
from pii.recognizers.documents.travel_permit import TravelPermitRecognizer
from pii.recognizers.statements.belief import BeliefRecognizer
from pii.recognizers.statements.biometric import BiometricRecognizer
from pii.recognizers.statements.birth_date import BirthDateRecognizer
from pii.recognizers.statements.career import CareerRecognizer
from pii.recognizers.statements.chat import ChatRecognizer
from pii.recognizers.statements.credit import CreditRecognizer
from pii.recognizers.statements.crime import CrimeRecognizer
from pii.recognizers.statements.education_work import EducationWorkRecognizer
from pii.recognizers.statements.medical import MedicalRecognizer
from pii.recognizers.statements.minor import MinorRecognizer
from pii.recognizers.statements.orientation import OrientationRecognizer
from pii.recognizers.tables.columns import ColumnsRecognizer

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
    DisguisedTelephoneRecognizer,
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
    LocalTelephoneRecognizer,
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
    ToldAccountRecognizer,
    ToldSecretRecognizer,
    TrackRecognizer,
    TravelPermitRecognizer,
    TravelRecognizer,
    VehicleIdentificationRecognizer,
    WeChatRecognizer,
)


def recognizers(supported_language: str = "zh") -> list[CuedRecognizer]:
    """Return a new instance of every recogniser."""
    return [each(supported_language) for each in _CLASSES]
