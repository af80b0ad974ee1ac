"""Accounts and organisations: asked for one by one, written all at once, each only once."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Model

from leitai.rooms.people.models import Organisation, User
from leitai.rooms.people.rules import OrganisationKind, normal_name
from leitai.site.demo.load.pour import pour
from leitai.site.demo.shapes import Person
from leitai.site.demo.words import Text

NO_PASSWORD = "!demo"  # noqa: S105 - begins as Django marks what no password fits
ZONES = {
    "CN": "Asia/Shanghai", "FR": "Europe/Paris", "IE": "Europe/Dublin",
    "ZA": "Africa/Johannesburg", "SG": "Asia/Singapore", "DE": "Europe/Berlin",
    "US": "America/New_York", "GB": "Europe/London", "IL": "Asia/Jerusalem", "ID": "Asia/Jakarta",
}  # fmt: skip
KINDS = {
    "company": OrganisationKind.COMPANY, "institute": OrganisationKind.INSTITUTE,
    "multinational": OrganisationKind.COMPANY, "large_local": OrganisationKind.COMPANY,
    "fund": OrganisationKind.FUND, "service": OrganisationKind.SERVICE,
    "government": OrganisationKind.GOVERNMENT, "incubator": OrganisationKind.INCUBATOR,
}  # fmt: skip


def country_of(code: str) -> str:
    """The fiction's rest of the world needs an address as well."""
    return "ID" if code == "XX" else code


class People:
    """Accounts by e-mail address."""

    def __init__(self, *, joined: datetime) -> None:
        self._rows: dict[str, User] = {}
        self._joined = joined

    def add(self, person: Person, *, email: str = "", **fields: object) -> User:
        email = email or person.email
        country = country_of(person.country)
        if email not in self._rows:
            self._rows[email] = User(
                email=email, name=person.name.zh, name_latin=person.name.en, password=NO_PASSWORD,
                language="zh-hans" if country == "CN" else "en", time_zone=ZONES[country],
                date_joined=self._joined, **fields,
            )  # fmt: skip
        return self._rows[email]

    def save(self) -> None:
        save_new(self._rows.values())


class Houses:
    """Organisations by their name in both languages, over all editions."""

    def __init__(self) -> None:
        self._rows: dict[Text, Organisation] = {}

    def add(
        self, name: Text, *, kind: str, country: str = "CN", code: str = "", region: str = ""
    ) -> Organisation:
        if name not in self._rows:
            self._rows[name] = Organisation(
                name_zh=name.zh, name_en=name.en, key=normal_name(name.zh or name.en), code=code,
                kind=KINDS[kind], country=country_of(country), region=region,
            )  # fmt: skip
        return self._rows[name]

    def __getitem__(self, name: Text) -> Organisation:
        return self._rows[name]

    def save(self) -> None:
        save_new(self._rows.values())


def save_new(rows: Collection[Model]) -> None:
    """Those that are not written yet, in the order in which they were asked for."""
    pour(row for row in rows if row.pk is None)
