"""What do we know about people and organisations?"""

from typing import Any

from django.db.models import QuerySet

from leitai.foundation import signals
from leitai.rooms.people.models import Affiliation, Organisation, User
from leitai.rooms.people.rules import normal_name


def affiliations(user: User) -> QuerySet[Affiliation]:
    return user.affiliations.select_related("organisation").order_by("pk")


def same_organisation(*, name: str, code: str = "") -> Organisation | None:
    """The one row of an organisation, whatever its spelling; the code decides before the name."""
    found = Organisation.objects.filter(code=code).first() if code else None
    return found or Organisation.objects.filter(key=normal_name(name)).order_by("pk").first()


def pseudonym(user: User) -> tuple[str, str]:
    """What stands in the place of a name and an address that were erased."""
    return f"№ {user.pk}", f"erased-{user.pk}@erased.invalid"


def own_data(user: User) -> dict[str, Any]:
    """Everything we keep about somebody, for them to take away; each room tells its part."""
    mine = ("email", "name", "name_latin", "language", "time_zone", "date_joined", "last_login")
    told: dict[str, Any] = {"person": {key: getattr(user, key) for key in mine}}
    told["organisations"] = list(
        user.affiliations.values("organisation__name_zh", "organisation__name_en", "title", "since")
    )
    told["consents"] = list(
        user.consents.order_by("pk").values(
            "purpose", "receiver__name_zh", "receiver__name_en", "about_type", "about_id", "fields",
            "version", "given_at", "withdrawn_at",
        )
    )  # fmt: skip
    for _room, (word, rows) in signals.own_data_asked.send(User, person=user):
        told[word] = rows
    return told
