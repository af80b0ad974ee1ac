"""Mailings, who gets them, and how people want to be written to."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.foundation.models import Letter
from leitai.foundation.words import bilingual
from leitai.rooms.contests.models import Contest, Edition
from leitai.rooms.messages import rules
from leitai.rooms.messages.rules import UNDO_MINUTES, Language, Rhythm, SenderRole, State
from leitai.values.verdict import Verdict


class Sender(models.Model):
    """Under which name a role of the edition writes, and who gets the answers.

    The address itself is always the platform's: mail in a stranger's name is thrown away.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="senders")
    role = models.CharField(_("role"), max_length=20, choices=SenderRole)
    name_zh = models.CharField(_("name in Chinese"), max_length=80, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    reply_to = models.EmailField(_("answers go to"), blank=True)

    name = bilingual("name")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["edition", "role"], name="one_sender_a_role")
        ]

    def __str__(self) -> str:
        return self.name


class Undo(models.Model):
    """How long a confirmed mailing of the edition waits, for second thoughts."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="undo")
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=UNDO_MINUTES)

    def __str__(self) -> str:
        return f"{self.edition_id} {self.minutes}"


class Mailing(models.Model):
    """One message to an audience of a contest."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="mailings")
    sender = models.CharField(_("sender"), max_length=20, choices=SenderRole)
    audience = models.CharField(_("audience"), max_length=30)  # a key of `queries.AUDIENCES`
    of_id = models.BigIntegerField(null=True, blank=True)  # the stage, publication or entry
    subject_zh = models.CharField(_("subject in Chinese"), max_length=120, blank=True)
    subject_en = models.CharField(_("subject in English"), max_length=160, blank=True)
    body_zh = models.TextField(_("text in Chinese"), max_length=6000, blank=True)
    body_en = models.TextField(_("text in English"), max_length=10000, blank=True)
    fallback = models.CharField(max_length=10, choices=Language, blank=True)
    is_necessary = models.BooleanField(default=True)  # results, deadlines: always and at once
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    sends_at = models.DateTimeField(null=True, blank=True)  # the end of the undo window
    ended_at = models.DateTimeField(null=True, blank=True)

    subject = bilingual("subject")
    body = bilingual("body")

    class Meta:
        ordering = ("-pk",)
        indexes = [models.Index(fields=["contest", "-id"], name="mailing_recent")]

    def __str__(self) -> str:
        return self.subject

    @property
    def written(self) -> dict[str, tuple[str, str]]:
        """Subject and text, in each language that has both."""
        both = {
            Language.ZH.value: (self.subject_zh, self.body_zh),
            Language.EN.value: (self.subject_en, self.body_en),
        }
        return {language: said for language, said in both.items() if all(s.strip() for s in said)}

    def words_in(self, language: str) -> tuple[str, str]:
        """What somebody who reads this language gets, with its blanks."""
        said = self.written
        return said.get(language) or said.get(self.fallback) or ("", "")

    def filled(self, language: str, values: Mapping[str, str]) -> tuple[str, str]:
        subject, body = self.words_in(language)
        return " ".join(rules.fill(subject, values).split())[:200], rules.fill(body, values)

    def may_edit(self) -> Verdict:
        return rules.may_edit(self.state)

    def may_stop(self) -> Verdict:
        return rules.may_stop(self.state)

    def may_drop(self) -> Verdict:
        return rules.may_drop(self.state)

    def may_freeze(self, *, receivers: int) -> Verdict:
        return rules.may_freeze(
            self.state, written=set(self.written), fallback=self.fallback, receivers=receivers
        )


class Recipient(models.Model):
    """Somebody a mailing is for, as known when it was frozen."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="recipients")
    address = models.EmailField()  # in small letters
    about = models.CharField(max_length=40)  # entry:12; a captain of two entries gets two letters
    name = models.CharField(max_length=160)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=10, choices=Language)
    values = models.JSONField(default=dict)  # of each blank
    letter = models.OneToOneField(Letter, models.SET_NULL, null=True, related_name="recipient")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "address", "about"], name="one_letter_a_receiver"
            )
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def book_contest_id(self) -> int:
        return self.mailing.contest_id

    @property
    def missing(self) -> list[str]:
        """Blanks the text uses for which nothing is known of this person."""
        return rules.missing(self.values, *self.mailing.words_in(self.language))


class Preference(models.Model):
    """How somebody wants letters that are not urgent."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_preference"
    )
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.AS_THEY_COME)

    def __str__(self) -> str:
        return self.rhythm
