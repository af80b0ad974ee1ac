"""Planning heats, a heat's hall and time, an entry's place in it, a point of the run of show."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from leitai.foundation.moments import MomentField
from leitai.rooms.finals.models import Cue, Heat, Slot
from leitai.rooms.finals.queries.plans import JuryWish
from leitai.rooms.finals.rules import CueKind, zones
from leitai.rooms.finals.rules.planning import Wish

BY = (
    ("scenario", gettext_lazy("by scenario")),
    ("place", gettext_lazy("by where teams come from")),
    ("quota", gettext_lazy("by size, every scenario spread")),
)
SIZES = re.compile(r"\d{1,3}([,，;、\s]+\d{1,3})*")


class PlanForm(forms.Form):
    by = forms.ChoiceField(label=pgettext_lazy("heats", "Divide"), choices=BY, initial="scenario")
    number = forms.IntegerField(label=gettext_lazy("Heats"), min_value=1, max_value=200)
    capacity = forms.IntegerField(
        label=gettext_lazy("Most entries in a heat"), min_value=1, max_value=200, initial=20
    )
    sizes = forms.CharField(
        label=gettext_lazy("Sizes, one a heat"), required=False, max_length=1000,
        help_text=gettext_lazy("Only when divided by size, for example: 12, 12, 11."),
    )  # fmt: skip

    def clean_sizes(self) -> tuple[int, ...]:
        typed = self.cleaned_data["sizes"].strip()
        if not typed:
            return ()
        if not SIZES.fullmatch(typed):
            raise ValidationError(_("Write whole numbers with commas between them."))
        return tuple(int(number) for number in re.findall(r"\d+", typed))

    def wish(self) -> Wish:
        asked = self.cleaned_data
        sizes = asked["sizes"] if asked["by"] == "quota" else ()
        return Wish(by=asked["by"], number=asked["number"], capacity=asked["capacity"], sizes=sizes)


class JuryForm(forms.Form):
    each = forms.IntegerField(
        label=gettext_lazy("Most heats for one juror"), min_value=1, max_value=20, initial=1
    )
    strict = forms.BooleanField(
        label=gettext_lazy("Nobody sits where they have a tie to any entry"),
        required=False,
        initial=True,
    )
    most_ties = forms.IntegerField(
        label=gettext_lazy("Otherwise, at most so many entries to stand down for"), min_value=1,
        max_value=20, initial=1,
    )  # fmt: skip
    seed = forms.IntegerField(
        label=gettext_lazy("Number of the proposal"), min_value=1, max_value=1_000_000, initial=1,
        help_text=gettext_lazy("Another number gives another proposal that is just as good."),
    )  # fmt: skip

    def wish(self) -> JuryWish:
        return JuryWish(**self.cleaned_data)


def zone_choices(*, also: str = "", blank: Any = None) -> list[tuple[str, Any]]:
    found = [(zone, name) for zone, name in zones.CITIES.items()]
    if also and also not in zones.CITIES:
        found.append((also, zones.city(also)))
    return [("", blank), *found] if blank is not None else found


class PlaceForm(forms.ModelForm):
    """The time is typed on the clock of the hall."""

    starts_at = MomentField(label=gettext_lazy("Begins, on the clock there"), required=False)
    time_zone = forms.ChoiceField(label=gettext_lazy("Clock of the hall"))

    class Meta:
        model = Heat
        fields = ("name_zh", "name_en", "hall_zh", "hall_en", "time_zone", "starts_at", "capacity")

    def __init__(self, data: Any = None, *, heat: Heat) -> None:
        super().__init__(data, instance=heat, label_suffix="")
        self.before = {name: getattr(heat, name) for name in self._meta.fields}
        zone = self["time_zone"].value() or heat.time_zone
        self.fields["time_zone"].choices = zone_choices(also=heat.time_zone)
        self.fields["starts_at"].zone = zone if zone in zones.CITIES else heat.time_zone

    def _post_clean(self) -> None:
        """The row is not written here: the deed does that, under a lock and in the journal."""


class SlotForm(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Joins from"), required=False,
        help_text=gettext_lazy("For a team that is not in the hall: turns are kept to its day, "
                               "08:00 to 22:00, where the order allows."),
    )  # fmt: skip
    picture = forms.FileField(
        label=gettext_lazy("Picture"), required=False,
        help_text=gettext_lazy("PNG, JPEG or WebP, up to 8 MB; everybody in the hall sees it."),
    )  # fmt: skip

    class Meta:
        model = Slot
        fields = ("time_zone",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["time_zone"].choices = zone_choices(
            also=self.instance.time_zone, blank=gettext_lazy("in the hall")
        )

    def _post_clean(self) -> None:
        """See PlaceForm."""


class CueForm(forms.ModelForm):
    file = forms.FileField(
        label=gettext_lazy("Video file"), required=False,
        help_text=gettext_lazy("MP4, up to 400 MB. The board plays it from the hall's computer."),
    )  # fmt: skip

    class Meta:
        model = Cue
        fields = ("kind", "title_zh", "title_en", "minutes", "slot")

    def __init__(self, *args: Any, heat: Heat, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        slot = self.fields["slot"]
        slot.queryset = heat.slots.select_related("entry").order_by("position")
        slot.label, slot.required = _("Entry, for a pitch"), False
        slot.label_from_instance = _slot_words
        self.fields["minutes"].min_value = 1

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or self.cleaned_data
        if asked.get("kind") != CueKind.PITCH:
            asked["slot"] = None
        if not (asked.get("slot") or asked.get("title_zh") or asked.get("title_en")):
            raise ValidationError(_("Give the point a title, or say which entry pitches."))
        return asked

    def _post_clean(self) -> None:
        """See PlaceForm."""


def _slot_words(slot: Slot) -> str:
    return f"{slot.position}. {slot.entry.code} {slot.entry.title}"
