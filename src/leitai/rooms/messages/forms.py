"""What did they send us?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leitai.foundation.models import LetterState
from leitai.rooms.contests.models import Contest
from leitai.rooms.messages import permissions, queries, rules
from leitai.rooms.messages.models import Mailing, Sender
from leitai.rooms.messages.rules import Language, Rhythm, SenderRole
from leitai.rooms.standings.models import Publication

GROUPS = {
    _("Teams"): ["drafts", "submitted", "returned", "accepted", "stage", "chosen", "reserves",
                 "not_chosen", "team"],
    _("Jury"): ["jurors_invited", "jurors_active", "jurors_open"],
    _("Others"): ["demand_owners", "partners"],
}  # fmt: skip
TEXTS = ("subject_zh", "body_zh", "subject_en", "body_en")


class MailingForm(forms.Form):
    sender = forms.ChoiceField(label=_("In whose name"))
    audience = forms.ChoiceField(label=_("To whom"))
    entry_code = forms.CharField(
        label=_("Code of the entry"), required=False, max_length=24,
        help_text=_("Only for a message to the team of one entry."),
    )  # fmt: skip
    subject_zh = forms.CharField(label=_("Subject in Chinese"), max_length=120, required=False)
    body_zh = forms.CharField(
        label=_("Text in Chinese"), max_length=6000, required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    subject_en = forms.CharField(label=_("Subject in English"), max_length=160, required=False)
    body_en = forms.CharField(
        label=_("Text in English"), max_length=10000, required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    fallback = forms.ChoiceField(
        label=_("If one language is left out"), required=False,
        choices=[("", _("it cannot be sent")), (Language.ZH, _("everybody gets the Chinese text")),
                 (Language.EN, _("everybody gets the English text"))],
    )  # fmt: skip
    is_necessary = forms.BooleanField(
        label=_("Necessary: a result, a deadline, something to do"), required=False, initial=True,
        help_text=_("Goes at once and to everybody. Other messages wait for the daily mail of "
                    "those who chose one, and carry a link to unsubscribe."),
    )  # fmt: skip

    def __init__(self, *args: Any, contest: Contest, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contest = contest
        names = permissions.names_of(user, contest)
        self.fields["sender"].choices = [
            (role, label) for role, label in SenderRole.choices if role in names
        ]
        self.fields["audience"].choices = _choices(contest, permissions.audiences_of(user, contest))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        key, _colon, of = data.get("audience", "").partition(":")
        if key not in queries.AUDIENCES:
            return data
        data["audience"], data["of_id"] = key, int(of) if of else None
        if key == "team":
            data["of_id"] = self._entry(data.get("entry_code", ""))
        allowed = queries.AUDIENCES[key].allowed
        for name in TEXTS:
            verdict = rules.check(data.get(name) or "", allowed=allowed)
            if not verdict:
                self.add_error(name, verdict.reason)
        return data

    def _entry(self, code: str) -> int | None:
        entry = self.contest.entries.filter(code__iexact=code.strip()).first()
        if entry is None:
            self.add_error("entry_code", _("No entry of this contest has this code."))
        return entry.pk if entry else None

    def values(self) -> dict[str, Any]:
        names = ("sender", "audience", "of_id", "fallback", "is_necessary")
        texts = {name: self.cleaned_data[name].replace("\r\n", "\n") for name in TEXTS}
        for name in ("subject_zh", "subject_en"):
            texts[name] = " ".join(texts[name].split())
        return {name: self.cleaned_data[name] for name in names} | texts


def initial_of(mailing: Mailing) -> dict[str, Any]:
    """A mailing as the form shows it."""
    names = ("sender", "fallback", "is_necessary", *TEXTS)
    told = {name: getattr(mailing, name) for name in names}
    is_of_one = mailing.audience == "team"
    of = "" if is_of_one or not mailing.of_id else f":{mailing.of_id}"
    entry = mailing.contest.entries.filter(pk=mailing.of_id).first() if is_of_one else None
    return {
        **told,
        "audience": f"{mailing.audience}{of}",
        "entry_code": entry.code if entry else "",
    }


def _choices(contest: Contest, keys: list[str]) -> list[Any]:
    """Audiences about a stage or a notice stand there once for each of them."""
    known: dict[Any, list[Any]] = {}
    groups = []
    for group, members in GROUPS.items():
        choices: list[tuple[str, Any]] = []
        for key in members:
            audience = queries.AUDIENCES[key]
            if key not in keys:
                continue
            if audience.of is None or key == "team":
                choices.append((key, audience.label))
                continue
            if audience.of not in known:
                known[audience.of] = list(queries.things(contest, audience))
            choices += [
                (f"{key}:{thing.pk}", f"{audience.label} · {_called(thing)}")
                for thing in known[audience.of]
            ]
        groups.append((group, choices))
    return [("", "–"), *groups]


def _called(thing: Any) -> str:
    if isinstance(thing, Publication):
        return str(_("%(stage)s, notice %(n)d")) % {
            "stage": thing.standing.stage.name, "n": thing.number,
        }  # fmt: skip
    return str(thing)


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Name, address or code"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("All")), ("blocked", _("address blocked")), *LetterState.choices],
    )  # fmt: skip

    def chosen(self) -> dict[str, str]:
        if not self.is_valid():
            return {"text": "", "state": ""}
        return {"text": self.cleaned_data["q"], "state": self.cleaned_data["state"]}


class SenderForm(forms.ModelForm):
    class Meta:
        model = Sender
        fields = ("name_zh", "name_en", "reply_to")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("name_zh", "name_en"):
            data[name] = " ".join((data.get(name) or "").split())
        if not (data["name_zh"] or data["name_en"]):
            self.add_error("name_zh", _("Please give a name in at least one language."))
        return data


class UndoForm(forms.Form):
    minutes = forms.IntegerField(
        label=_("Minutes in which a confirmed message can be called back"), min_value=0,
        max_value=rules.UNDO_MOST,
    )  # fmt: skip


class PreferenceForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=_("Messages that are not urgent"), choices=Rhythm.choices, widget=forms.RadioSelect
    )
    wants_news = forms.BooleanField(
        label=_("Also send me messages that are not necessary"), required=False,
        help_text=_("Results, deadlines and things to do always come."),
    )  # fmt: skip


class AddressForm(forms.Form):
    address = forms.EmailField(label=_("Address"))
    why = forms.CharField(label=_("Why"), max_length=200)
