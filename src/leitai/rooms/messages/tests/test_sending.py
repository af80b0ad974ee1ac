"""From the draft to the mailbox, with a real post office."""

from datetime import timedelta

import pytest

from leitai.foundation import mail, post
from leitai.foundation.models import Letter, Line
from leitai.foundation.refusals import NotPossible
from leitai.foundation.tests.sink import HANG_UP, a_sink
from leitai.rooms.contests.testing import NOON, a_contest, appointed
from leitai.rooms.messages import actions, queries
from leitai.rooms.messages.models import Preference
from leitai.rooms.messages.testing import a_mailing, confirmed, frozen
from leitai.rooms.messages.tests.season import of_captain
from leitai.rooms.people import actions as people
from leitai.rooms.people.testing import a_person

pytestmark = pytest.mark.django_db
UNDO = timedelta(minutes=5)
LATER = NOON + timedelta(hours=1)


def teams(*names):
    contest = a_contest()
    for name in names:
        of_captain(contest, name, state="draft")
    return contest


def states(mailing):
    rows = mailing.recipients.order_by("pk").values_list("letter__state", flat=True)
    return list(rows)


def told(refusal):
    return refusal.value.verdict.code


def test_each_gets_one_letter_after_the_undo_window(settings):
    contest = teams("ada", "bo")
    with a_sink(settings) as sink:
        mailing = confirmed(a_mailing(contest))
        post.post_due(at=NOON + UNDO - timedelta(seconds=1))
        assert sink.taken == []

        post.post_due(at=NOON + UNDO)

    mailing.refresh_from_db()
    assert mailing.state == "sent"
    assert sorted(sink.addresses()) == ["ada@example.org", "bo@example.org"]
    assert sink.taken[0]["Subject"] == "请尽快提交 MED-0001"
    assert "ada，您好" in sink.taken[0].get_content()
    assert list(Line.objects.values_list("verb", flat=True))[-4:] == [
        "messages.mailing_drafted", "messages.mailing_frozen", "messages.mailing_confirmed",
        "messages.mailing_sent",
    ]  # fmt: skip


def test_a_wrong_number_sends_nothing():
    mailing = frozen(a_mailing(teams("ada", "bo")))

    with pytest.raises(NotPossible) as refusal:
        confirmed(mailing, typed="3")

    assert told(refusal) == "count_wrong"
    assert not Letter.objects.exists()


def test_two_who_confirm_at_once_send_once():
    mailing = frozen(a_mailing(teams("ada")))
    twin = type(mailing).objects.get(pk=mailing.pk)
    confirmed(mailing)

    with pytest.raises(NotPossible) as refusal:
        confirmed(twin)

    assert told(refusal) == "not_frozen"
    assert Letter.objects.count() == 1


def test_what_was_frozen_is_what_is_sent():
    contest = teams("ada")
    mailing = frozen(a_mailing(contest))
    of_captain(contest, "bo", state="draft")

    changes = queries.changes(mailing)
    assert [r.name for r in changes.new] == ["bo"]
    confirmed(mailing)

    assert list(Letter.objects.values_list("to", flat=True)) == ["ada@example.org"]


def test_who_no_longer_belongs_is_not_written_to():
    contest = teams("ada", "bo")
    mailing = frozen(a_mailing(contest))
    contest.entries.filter(begun_by__name="bo").update(state="submitted", version=1)

    with pytest.raises(NotPossible) as refusal:
        confirmed(mailing)
    assert told(refusal) == "audience_changed"

    actions.refreeze_mailing(mailing=mailing, by=appointed(contest), at=NOON)
    confirmed(mailing)
    assert list(Letter.objects.values_list("to", flat=True)) == ["ada@example.org"]


def test_a_blank_without_a_value_stops_it_and_is_named():
    contest = teams("ada")
    contest.entries.update(team_name="")
    mailing = frozen(a_mailing(contest, body_zh="{name} {team}"))

    with pytest.raises(NotPossible) as refusal:
        confirmed(mailing)

    assert told(refusal) == "value_missing"
    assert [row.missing for row in queries.lacking(mailing)] == [["team"]]


def test_called_back_in_time_nobody_gets_it(settings):
    mailing = confirmed(a_mailing(teams("ada", "bo")))
    with a_sink(settings) as sink:
        held = actions.stop_mailing(mailing=mailing, by=appointed(mailing.contest), at=NOON)
        post.post_due(at=LATER)

    assert (held, sink.taken, states(mailing)) == (2, [], ["held", "held"])
    assert not queries.own(a_person("ada")).arrived(LATER).exists()


def test_stopped_in_the_middle_the_rest_is_kept_back_and_may_go_later(settings):
    contest = teams("ada", "bo", "cy", "di")
    mailing = confirmed(a_mailing(contest))
    by = appointed(contest)

    def says(phase, address):
        if phase == "from" and len(sink.taken) == 2:
            actions_done.append(phase)
            return HANG_UP
        return None

    actions_done = []
    with a_sink(settings, says) as sink:
        post.post_due(at=NOON + UNDO)
        mailing.refresh_from_db()
        assert mailing.state == "sending"
        assert actions.stop_mailing(mailing=mailing, by=by, at=NOON + UNDO) == 2
        post.post_due(at=LATER)
        assert states(mailing) == ["sent", "sent", "held", "held"]

        sink.says = lambda phase, address: None
        with pytest.raises(NotPossible):
            actions.resume_mailing(mailing=mailing, typed="4", by=by, at=LATER)
        actions.resume_mailing(mailing=mailing, typed="2", by=by, at=LATER)
        post.post_due(at=LATER + UNDO)

    assert sorted(sink.addresses()) == [f"{n}@example.org" for n in ("ada", "bo", "cy", "di")]


def test_blocked_addresses_are_shown_and_left_out(settings):
    mailing = frozen(a_mailing(teams("ada", "bo", "cy")))
    mail.suppress(address="ada@example.org", reason="bounced", at=NOON)
    mail.suppress(address="bo@example.org", reason="unsubscribed", at=NOON)

    rows = {row.name: row.blocked for row in queries.recipients(mailing)}
    assert rows == {"ada": "bounced", "bo": None, "cy": None}, "it is necessary"
    confirmed(mailing, typed="2")

    assert states(mailing) == ["blocked", "waiting", "waiting"]


def test_what_nobody_needs_can_be_unsubscribed_and_waits_for_the_daily_mail(settings):
    settings.ORIGIN = "https://leitai.example.org"
    contest = teams("ada", "bo", "cy")
    mail.suppress(address="ada@example.org", reason="complained", at=NOON)
    Preference.objects.create(user=a_person("bo"), rhythm="daily")
    mailing = confirmed(frozen(a_mailing(contest, is_necessary=False)), typed="2")

    assert states(mailing) == ["blocked", "gathered", "waiting"]
    letter = Letter.objects.get(to="cy@example.org")
    token = letter.unsubscribe.rstrip("/").rpartition("/")[2]
    assert mail.address_of(token) == "cy@example.org"
    assert letter.unsubscribe in letter.text


def test_an_uncertain_letter_waits_for_a_decision(settings):
    mailing = confirmed(a_mailing(teams("ada")))
    with a_sink(settings, lambda p, a: HANG_UP if p == "content" else None) as sink:
        post.post_due(at=NOON + UNDO)
        recipient = queries.uncertain(mailing).get()
        by = appointed(mailing.contest)
        sink.says = lambda phase, address: None
        actions.decide_letter(recipient=recipient, send_again=True, by=by, at=LATER)
        post.post_due(at=LATER)

    assert states(mailing) == ["sent"]
    assert len(set(sink.ids())) == 1
    recipient.letter.refresh_from_db()
    with pytest.raises(NotPossible):
        actions.decide_letter(recipient=recipient, send_again=True, by=by, at=LATER)


def test_only_a_draft_can_be_changed():
    mailing = frozen(a_mailing(teams("ada")))
    by = appointed(mailing.contest)

    with pytest.raises(NotPossible):
        actions.change_mailing(mailing=mailing, values={"subject_zh": "x"}, by=by, at=NOON)
    actions.thaw_mailing(mailing=mailing, by=by, at=NOON)
    actions.change_mailing(mailing=mailing, values={"subject_zh": "x"}, by=by, at=NOON)

    assert mailing.recipients.count() == 0


def test_a_confirmed_mailing_cannot_be_thrown_away():
    mailing = confirmed(a_mailing(teams("ada")))

    with pytest.raises(NotPossible):
        actions.drop_mailing(mailing=mailing, by=appointed(mailing.contest), at=NOON)


def test_whoever_leaves_is_no_longer_named():
    mailing = confirmed(a_mailing(teams("ada")))
    ada = a_person("ada")

    people.erase_person(person=ada, by=ada, at=NOON)

    row = mailing.recipients.get()
    assert (row.name, row.values, row.letter) == ("", {}, None)
    assert "ada" not in row.address
