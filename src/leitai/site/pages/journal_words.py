"""The journal in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from leitai.foundation.models import Line

WORDS = {
    "contests.contest_opened": _("opened the contest"),
    "demands.demand_drafted": _("began a demand"),
    "demands.demand_changed": _("changed a demand"),
    "demands.demand_sent": _("sent a demand in for vetting"),
    "demands.demand_returned": _("returned a demand for correction"),
    "demands.demand_published": _("published a demand"),
    "demands.demand_withdrawn": _("withdrew a demand"),
    "demands.answerer_invited": _("invited somebody to read a demand"),
    "people.consent_given": _("gave a consent"),
    "people.consent_withdrawn": _("withdrew a consent"),
}


def told(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Each line with its words; one that has none yet tells its verb."""
    return [
        {
            "line": line,
            "words": WORDS.get(line.verb) or line.verb.split(".")[-1].replace("_", " "),
            "about": f"{line.about_type.split('.')[-1]} {line.about_id}",
        }
        for line in lines
    ]
