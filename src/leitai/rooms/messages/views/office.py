"""Who writes under which name, and addresses that get nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leitai.foundation import keyset
from leitai.foundation.doors import admit
from leitai.foundation.models import Letter, Suppression
from leitai.rooms.messages import actions, permissions, queries
from leitai.rooms.messages.forms import AddressForm, SenderForm, UndoForm
from leitai.rooms.messages.rules import SenderRole
from leitai.rooms.messages.views.writing import contest_row


def senders(request: HttpRequest, contest_id: int) -> HttpResponse:
    contest = contest_row(contest_id)
    admit(request, permissions.name_senders, contest)
    chosen = request.POST.get("role", "")
    kept = queries.senders(contest)
    forms = {
        role: SenderForm(request.POST if chosen == role else None, instance=kept[role], prefix=role)
        for role in SenderRole.values
    }
    undo = UndoForm(
        request.POST if chosen == "undo" else None,
        initial={"minutes": queries.undo_minutes(contest)},
    )
    if chosen in forms and forms[chosen].is_valid():
        actions.name_sender(
            edition=contest.edition, role=chosen, values=forms[chosen].cleaned_data,
            contest=contest, by=request.user, at=request.at,
        )  # fmt: skip
    elif chosen == "undo" and undo.is_valid():
        actions.set_undo(
            contest=contest, minutes=undo.cleaned_data["minutes"], by=request.user, at=request.at
        )
    else:
        rows = [(SenderRole(role).label, role, form) for role, form in forms.items()]
        context = {"contest": contest, "rows": rows, "undo": undo}
        status = 422 if chosen else 200
        return render(request, "messages/senders.html", context, status=status)
    messages.success(request, _("Saved."))
    return redirect("messages:senders", contest.pk)


def addresses(request: HttpRequest) -> HttpResponse:
    """Blocked addresses of the whole installation, and the platform's own uncertain letters."""
    admit(request, permissions.keep_addresses)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.block_address(**form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, _("This address gets no more mail."))
        return redirect("messages:addresses")
    text = request.GET.get("q", "")[:80]
    cursor = request.GET.get("cursor", "")
    page = keyset.page(queries.suppressions(text=text), by=["-id"], cursor=cursor)
    context = {"form": form, "page": page, "q": text, "loose": queries.loose_ends()[:50]}
    status = 422 if form.is_bound else 200
    return render(request, "messages/addresses.html", context, status=status)


@require_POST
def free(request: HttpRequest, pk: int) -> HttpResponse:
    admit(request, permissions.keep_addresses)
    row = get_object_or_404(Suppression, pk=pk)
    actions.free_address(row=row, by=request.user, at=request.at)
    messages.success(request, _("This address gets mail again."))
    return redirect("messages:addresses")


@require_POST
def decide_loose(request: HttpRequest, pk: int) -> HttpResponse:
    admit(request, permissions.keep_addresses)
    letter = get_object_or_404(Letter, pk=pk, recipient=None)
    again = request.POST.get("again") == "yes"
    actions.decide_loose_letter(letter=letter, send_again=again, by=request.user, at=request.at)
    messages.success(request, _("Noted."))
    return redirect("messages:addresses")
