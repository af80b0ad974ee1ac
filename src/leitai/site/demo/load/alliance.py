"""Who stands behind the edition: bodies in their order, partners, promises, plaques."""

from datetime import timedelta

from leitai.rooms.contests.models import OrganisationRole
from leitai.rooms.contests.rules import OrganisationRoleKind
from leitai.rooms.partners.models import Commitment, Partner, Plaque
from leitai.rooms.partners.rules import PartnerKind
from leitai.rooms.people.models import Affiliation
from leitai.site.demo.load.cast import OWNER, mail
from leitai.site.demo.load.pour import pour
from leitai.site.demo.load.scene import Scene
from leitai.site.demo.shapes import Commitment as Promise

BODIES = {"guiding": "government", "host": "government", "overseas": "incubator"}
KINDS = {
    "multinational": PartnerKind.MULTINATIONAL, "large_local": PartnerKind.LARGE,
    "fund": PartnerKind.FUND, "service": PartnerKind.SERVICE,
}  # fmt: skip


def write(scene: Scene) -> None:
    _register(scene)
    _bodies(scene)
    _partners(scene)


def _register(scene: Scene) -> None:
    for body in scene.story.bodies:
        kind = BODIES.get(body.role, "service")
        scene.houses.add(body.name, kind=kind, country=body.country)
    for partner in scene.story.partners:
        house = scene.houses.add(
            partner.name, kind=partner.kind, country=partner.country, code=partner.credit_code
        )
        role = mail("enterprise") if partner.code == OWNER else ""
        scene.partners[partner.code] = house
        scene.speakers[partner.code] = scene.people.add(partner.contact, email=role)
    scene.houses.save()
    scene.people.save()
    since = (scene.story.timeline["survey"] - timedelta(days=400)).date()
    pour(
        Affiliation(
            user=scene.speakers[code], organisation=house, speaks_for_it=True, since=since
        )
        for code, house in scene.partners.items()
    )  # fmt: skip


def _bodies(scene: Scene) -> None:
    pour(
        OrganisationRole(
            edition=scene.edition, organisation=scene.houses[body.name], order=body.order,
            kind=OrganisationRoleKind(body.role),
        )
        for body in scene.story.bodies
    )  # fmt: skip


def _partners(scene: Scene) -> None:
    told = scene.story.partners
    made = pour(
        Partner(
            edition=scene.edition, organisation=scene.partners[partner.code],
            kind=KINDS[partner.kind], order=order,
        )
        for order, partner in enumerate(told, 1)
    )  # fmt: skip
    pour(_commitment(row, one) for row, partner in zip(made, told) for one in partner.commitments)
    signed = scene.story.timeline["launch"]
    pour(
        Plaque(
            partner=row, number=partner.plaque, issued_on=signed.date(),
            until=(signed + timedelta(days=365)).date(),
        )
        for row, partner in zip(made, told)
        if partner.plaque
    )  # fmt: skip


def _commitment(row: Partner, promised: Promise) -> Commitment:
    return Commitment(
        partner=row, what_zh=promised.promise.zh, what_en=promised.promise.en,
        quantity=promised.quantity, delivered=promised.delivered, due_on=promised.due_at.date(),
    )  # fmt: skip
