"""The living page of the look at /_/style/: every part, with the switches in its header."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitai.foundation.doors import public

COLOURS = (
    "paper raised sunken ink ink-2 ink-3 line line-2 edge "
    "seal seal-wash jade jade-wash amber amber-wash"
)


class Sample(forms.Form):
    """One field of each kind; the page posts it nowhere."""

    title = forms.CharField(
        label=gettext_lazy("Project title"), help_text=gettext_lazy("As it will be announced.")
    )
    mail = forms.EmailField(label=gettext_lazy("E-mail"))
    scenario = forms.ChoiceField(
        label=gettext_lazy("Scenario"),
        choices=[
            ("health", gettext_lazy("Health care")),
            ("making", gettext_lazy("Manufacturing")),
        ],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Who takes part"),
        help_text=gettext_lazy("The rest of the form follows this choice."),
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        choices=[
            ("company", gettext_lazy("A company")),
            ("team", gettext_lazy("A team without a company")),
            ("institute", gettext_lazy("A university or institute")),
        ],
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Presented in"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "inline"}),
        choices=[("zh", "中文"), ("en", "English")],
        required=False,
    )
    summary = forms.CharField(label=gettext_lazy("In three sentences"), widget=forms.Textarea)
    plan = forms.FileField(
        label=gettext_lazy("Business plan"),
        help_text=gettext_lazy("PDF, at most 50 MiB. Only jurors of your panel read it."),
        required=False,
        widget=forms.FileInput(attrs={"class": "drop", "data-max-mib": "50"}),
    )
    news = forms.BooleanField(
        label=gettext_lazy("Write to me when the stage opens"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "switch"}),
    )
    terms = forms.BooleanField(label=gettext_lazy("I have read the rules"))


@public
def style(request: HttpRequest) -> HttpResponse:
    """Shown in development and in the demonstration only (urls.py)."""
    page = "site/style/sheet.html" if "sheet" in request.GET else "site/style/page.html"
    return render(request, page, _samples(request.at))


def _samples(at: datetime) -> dict[str, Any]:
    half_filled = Sample({"mail": "wang.li", "kind": "team", "summary": "…", "news": "on"})
    half_filled.full_clean()
    return {
        "colours": COLOURS.split(),
        "themes": ["light", "dark"],
        "form": half_filled,
        "soon": at + timedelta(hours=30),
        "later": at + timedelta(days=34),
        "midnight": datetime(2026, 6, 30, 16, tzinfo=UTC),
        "prize": 120_000_000,
        "raised": 19_500_000_000,
        "nav_items": _links(_("Desk"), _("Demands"), _("Entries"), _("Jury")),
        "tab_items": _tabs(),
        "crumb_items": [*_links(_("Desk"), _("Entries")), {"label": "MFG-0412"}],
        "funnel_rows": _funnel(),
        "steps": _steps(),
        "form_steps": _form_steps(),
        "rows": _rows(),
        "bands": [("0–5", _("Idea")), ("6–10", _("Laboratory")), ("11–15", _("Real data"))]
        + [("16–20", _("Accepted pilot")), ("21–25", _("In use over half a year"))],
    }


def _links(*labels: str) -> list[dict[str, Any]]:
    return [{"label": label, "url": "#main", "current": not i} for i, label in enumerate(labels)]


def _tabs() -> list[dict[str, Any]]:
    counts = [(_("All"), 1800), (_("To check"), 31), (_("Returned"), 12), (_("Passed"), 1640)]
    return [{"label": n, "count": c, "url": "#main", "current": c == 31} for n, c in counts]


def _funnel() -> list[dict[str, Any]]:
    counts = [
        (_("Registered"), 2140, 2000),
        (_("Submitted"), 1800, 1500),
        (_("Valid"), 1640, None),
        (_("Fully marked"), 1512, 1640),
        (_("Shortlisted"), 125, None),
    ]
    return [{"label": n, "value": v, "aim": a, "href": "#main"} for n, v, a in counts]


def _steps() -> list[dict[str, str]]:
    return [
        {"label": _("Call for demands"), "note": _("done"), "is": "done"},
        {"label": _("Entries"), "note": _("until 30 June, 24:00"), "is": "now"},
        {"label": _("Checks"), "note": _("1–10 July")},
        {"label": _("First review"), "note": _("three jurors an entry")},
        {"label": _("Stage contests"), "note": _("eleven, 8 + 7 minutes")},
        {"label": _("Final"), "note": _("28 projects")},
    ]


def _form_steps() -> list[dict[str, str]]:
    done = [{"label": name, "is": "done", "url": "#main"} for name in (_("Team"), _("Project"))]
    return [*done, {"label": _("Attachments"), "is": "now"}, {"label": _("Hand in")}]


def _rows() -> list[dict[str, Any]]:
    words = [
        (_("A triage clerk who speaks three dialects"), _("Health care"), "84.10", "71"),
        (_("Fall alarms that see bones, not faces"), _("Public safety"), "83.52", "55"),
        (_("Finding water leaks with a telephone"), _("City"), "83.31", "47"),
        (_("Live captions for sign language"), _("Education"), "82.40", "22"),
    ]
    return [
        {"place": 123 + i, "title": t, "scenario": s, "score": p, "chance": c, "inside": i < 2}
        for i, (t, s, p, c) in enumerate(words)
    ]
