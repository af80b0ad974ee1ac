"""Who is told about a demand?"""

from datetime import datetime

from leitai.foundation import mail
from leitai.rooms.demands.models import Demand, Invitation


def demand_returned(demand: Demand, *, at: datetime) -> None:
    _to_poster(demand, "demands/mail/returned", at=at)


def demand_published(demand: Demand, *, at: datetime) -> None:
    _to_poster(demand, "demands/mail/published", at=at)


def answerer_invited(invitation: Invitation, *, at: datetime) -> None:
    mail.send(
        to=invitation.email,
        template="demands/mail/invited",
        context={"demand": invitation.demand},
        at=at,
    )


def _to_poster(demand: Demand, template: str, *, at: datetime) -> None:
    poster = demand.posted_by
    if poster is not None and poster.is_active:
        context = {"demand": demand, "name": str(poster)}
        mail.send(
            to=poster.email, template=template, context=context, at=at, language=poster.language
        )
