"""The living page of the look at /_/style/: every part, with the switches in its header.

Its words carry the context "sample", so that they bind nobody else's translations.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext, pgettext_lazy

from leitai.foundation.doors import public

COLOURS = (
    "paper raised sunken ink ink-2 ink-3 line line-2 edge "
    "seal seal-wash jade jade-wash amber amber-wash"
)


class Sample(forms.Form):
    """One field of each kind; the page posts it nowhere."""

    title = forms.CharField(
        label=pgettext_lazy("sample", "Project title"),
        help_text=pgettext_lazy("sample", "As it will be announced."),
    )
    mail = forms.EmailField(label=pgettext_lazy("sample", "E-mail"))
    scenario = forms.ChoiceField(
        label=pgettext_lazy("sample", "Scenario"),
        choices=[
            ("health", pgettext_lazy("sample", "Health care")),
            ("making", pgettext_lazy("sample", "Manufacturing")),
        ],
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("sample", "Who takes part"),
        help_text=pgettext_lazy("sample", "The rest of the form follows this choice."),
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        choices=[
            ("company", pgettext_lazy("sample", "A company")),
            ("team", pgettext_lazy("sample", "A team without a company")),
            ("institute", pgettext_lazy("sample", "A university or institute")),
        ],
    )
    languages = forms.MultipleChoiceField(
        label=pgettext_lazy("sample", "Presented in"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "inline"}),
        choices=[("zh", "中文"), ("en", "English")],
        required=False,
    )
    summary = forms.CharField(
        label=pgettext_lazy("sample", "In three sentences"), widget=forms.Textarea
    )
    plan = forms.FileField(
        label=pgettext_lazy("sample", "Business plan"),
        help_text=pgettext_lazy(
            "sample", "PDF, at most 50 MiB. Only jurors of your panel read it."
        ),
        required=False,
        widget=forms.FileInput(attrs={"class": "drop", "data-max-mib": "50"}),
    )
    news = forms.BooleanField(
        label=pgettext_lazy("sample", "Write to me when the stage opens"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "switch"}),
    )
    terms = forms.BooleanField(label=pgettext_lazy("sample", "I have read the rules"))


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
        "later": at + timedelta(days=34, hours=1),
        "midnight": datetime(2026, 6, 30, 16, tzinfo=UTC),
        "prize": 120_000_000,
        "raised": 19_500_000_000,
        "nav_items": _links(
            pgettext("sample", "Desk"),
            pgettext("sample", "Demands"),
            pgettext("sample", "Entries"),
            pgettext("sample", "Jury"),
        ),
        "tab_items": _tabs(),
        "crumb_items": [
            *_links(pgettext("sample", "Desk"), pgettext("sample", "Entries")),
            {"label": "MFG-0412"},
        ],
        "funnel_rows": _funnel(),
        "steps": _steps(),
        "form_steps": _form_steps(),
        "rows": _rows(),
        "bands": _bands(),
    }


def _bands() -> list[tuple[str, str]]:
    words = [
        pgettext("sample", "Idea"),
        pgettext("sample", "Laboratory"),
        pgettext("sample", "Real data"),
        pgettext("sample", "Accepted pilot"),
        pgettext("sample", "In daily use"),
    ]
    return list(zip(["0–5", "6–10", "11–15", "16–20", "21–25"], words))


def _links(*labels: str) -> list[dict[str, Any]]:
    return [{"label": label, "url": "#main", "current": not i} for i, label in enumerate(labels)]


def _tabs() -> list[dict[str, Any]]:
    counts = [
        (pgettext("sample", "All"), 1800),
        (pgettext("sample", "To check"), 31),
        (pgettext("sample", "Returned"), 12),
        (pgettext("sample", "Passed"), 1640),
    ]
    return [{"label": n, "count": c, "url": "#main", "current": c == 31} for n, c in counts]


def _funnel() -> list[dict[str, Any]]:
    counts = [
        (pgettext("sample", "Registered"), 2140, 2000),
        (pgettext("sample", "Submitted"), 1800, 1500),
        (pgettext("sample", "Valid"), 1640, None),
        (pgettext("sample", "Fully marked"), 1512, 1640),
        (pgettext("sample", "Shortlisted"), 125, None),
    ]
    return [{"label": n, "value": v, "aim": a, "href": "#main"} for n, v, a in counts]


def _steps() -> list[dict[str, str]]:
    return [
        {
            "label": pgettext("sample", "Call for demands"),
            "note": pgettext("sample", "done"),
            "is": "done",
        },
        {
            "label": pgettext("sample", "Entries"),
            "note": pgettext("sample", "until 30 June, 24:00"),
            "is": "now",
        },
        {"label": pgettext("sample", "Checks"), "note": pgettext("sample", "1–10 July")},
        {
            "label": pgettext("sample", "First review"),
            "note": pgettext("sample", "three jurors an entry"),
        },
        {
            "label": pgettext("sample", "Stage contests"),
            "note": pgettext("sample", "eleven, 8 + 7 minutes"),
        },
        {"label": pgettext("sample", "Final"), "note": pgettext("sample", "28 projects")},
    ]


def _form_steps() -> list[dict[str, str]]:
    done = [
        {"label": name, "is": "done", "url": "#main"}
        for name in (pgettext("sample", "Team"), pgettext("sample", "Project"))
    ]
    return [
        *done,
        {"label": pgettext("sample", "Attachments"), "is": "now"},
        {"label": pgettext("sample", "Hand in")},
    ]


def _rows() -> list[dict[str, Any]]:
    words = [
        (
            pgettext("sample", "A triage clerk who speaks three dialects"),
            pgettext("sample", "Health care"),
            "84.10",
            "71",
        ),
        (
            pgettext("sample", "Fall alarms that see bones, not faces"),
            pgettext("sample", "Public safety"),
            "83.52",
            "55",
        ),
        (
            pgettext("sample", "Finding water leaks with a telephone"),
            pgettext("sample", "City"),
            "83.31",
            "47",
        ),
        (
            pgettext("sample", "Live captions for sign language"),
            pgettext("sample", "Education"),
            "82.40",
            "22",
        ),
    ]
    return [
        {"place": 123 + i, "title": t, "scenario": s, "score": p, "chance": c, "inside": i < 2}
        for i, (t, s, p, c) in enumerate(words)
    ]
