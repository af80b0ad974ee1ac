"""Whom the channels invited: everybody who began an entry, and those who never came."""

from datetime import timedelta

from leitai.rooms.submissions.models import Channel, Lead
from leitai.site.demo.load.forms import REGIONS, spoken
from leitai.site.demo.load.pour import pour
from leitai.site.demo.load.scene import Scene
from leitai.site.demo.names import brands
from leitai.site.demo.shapes import Entry as Told
from leitai.site.demo.words import child

STAYED_AWAY = 0.215  # so many more for each who came


def write(scene: Scene) -> None:
    came = [_came(scene, one) for one in scene.story.entries]
    pour([*came, *_stayed_away(scene)])


def _came(scene: Scene, told: Told) -> Lead:
    """Written down where and as whom the entry counts, so that the funnel only narrows."""
    row = scene.entries[told.number]
    return Lead(
        contest=scene.contest, channel=row.channel, scenario=row.scenario, region=row.region,
        name=spoken(told, told.entrant.name)[:160], entry=row,
        at=told.started_at - timedelta(days=3),
    )  # fmt: skip


def _stayed_away(scene: Scene) -> list[Lead]:
    plan = scene.story.plan
    rng = child(plan.seed, "leads")
    channels = list(Channel.objects.filter(contest=scene.contest).order_by("pk"))
    regions = [region for region in REGIONS.values() if region]
    scenarios = list(scene.scenarios.values())
    return [
        Lead(
            contest=scene.contest, channel=rng.choice(channels), scenario=rng.choice(scenarios),
            region=rng.choice(regions), name=f"{brand.zh}科技 {brand.en} Tech",
            at=plan.day(rng.uniform(-60, 30)),
        )
        for brand in rng.choices(brands(), k=round(STAYED_AWAY * plan.drafts))
    ]  # fmt: skip
