"""What do we know about people and organisations?"""

from django.db.models import QuerySet

from leitai.rooms.people.models import Affiliation, Organisation, User
from leitai.rooms.people.rules import normal_name


def affiliations(user: User) -> QuerySet[Affiliation]:
    return user.affiliations.select_related("organisation").order_by("pk")


def same_organisation(*, name: str, code: str = "") -> Organisation | None:
    """The one row of an organisation, whatever its spelling; the code decides before the name."""
    found = Organisation.objects.filter(code=code).first() if code else None
    return found or Organisation.objects.filter(key=normal_name(name)).order_by("pk").first()
