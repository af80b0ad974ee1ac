"""Programmes, editions, contests and their rule sets."""

from functools import cached_property

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leitai.foundation.words import bilingual
from leitai.rooms.contests.rules import OrganisationRoleKind, Role, Rules, State
from leitai.rooms.contests.rules.states import may_be_public
from leitai.rooms.contests.rules.veil import is_veiled
from leitai.rooms.people.models import Organisation
from leitai.values.verdict import Verdict


class Programme(models.Model):
    """A brand over the years."""

    slug = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    founded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    name = bilingual("name")

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One year of a programme."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="editions")
    slug = models.SlugField(max_length=40, unique=True)
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    year = models.PositiveSmallIntegerField(_("year"))
    name_zh = models.CharField(_("name in Chinese"), max_length=160, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    theme_zh = models.CharField(_("theme in Chinese"), max_length=200, blank=True)
    theme_en = models.CharField(_("theme in English"), max_length=240, blank=True)
    accent = models.CharField(
        _("its colour"), max_length=7, blank=True,
        validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}\Z", _("Six digits after #, like #C8321F."))],
        help_text=_("Like #C8321F: on boards in halls and on phones. Made lighter or darker there "
                    "until it can be read."),
    )  # fmt: skip
    about_zh = models.TextField(_("about, in Chinese"), blank=True)
    about_en = models.TextField(_("about, in English"), blank=True)
    place_zh = models.CharField(max_length=80, blank=True)
    place_en = models.CharField(max_length=120, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Asia/Shanghai")
    launch_at = models.DateTimeField(_("launch"), null=True, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)

    name = bilingual("name")
    theme = bilingual("theme")
    about = bilingual("about")
    place = bilingual("place")

    class Meta:
        ordering = ("-year", "-number")

    def __str__(self) -> str:
        return self.name

    def may_be_public(self) -> Verdict:
        return may_be_public(self.name_zh, self.name_en)


class OrganisationRole(models.Model):
    """An organisation stands behind an edition, in a typed role and an order that matters."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="organisation_roles")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=OrganisationRoleKind)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("edition", "order", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "organisation", "kind"], name="one_role_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.organisation}"


class Figure(models.Model):
    """A figure of an edition that is over, or of the world around it, with its definition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="figures")
    key = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=18, decimal_places=2)
    unit = models.CharField(max_length=20, blank=True)  # "CNY" for money in yuan
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    definition_zh = models.CharField(max_length=240, blank=True)
    definition_en = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    name = bilingual("name")
    definition = bilingual("definition")

    class Meta:
        ordering = ("order", "pk")
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="one_figure_a_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.value}"


class Scenario(models.Model):
    """One of the edition's AI scenarios."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="scenarios")
    code = models.CharField(_("code"), max_length=8)
    name_zh = models.CharField(_("name in Chinese"), max_length=60, blank=True)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    name = bilingual("name")

    class Meta:
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_scenario_a_code")
        ]

    def __str__(self) -> str:
        return self.name


class Contest(models.Model):
    """One competition within an edition."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="contests")
    slug = models.SlugField(max_length=40)
    name_zh = models.CharField(_("name in Chinese"), max_length=160, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    about_zh = models.TextField(_("about, in Chinese"), blank=True)
    about_en = models.TextField(_("about, in English"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    ruleset = models.ForeignKey(
        "RuleSet", models.PROTECT, null=True, blank=True, related_name="in_force_for"
    )  # the version in force
    # Blind stages whose judging is closed, by code: names may be shown again.
    unveiled = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    name = bilingual("name")
    about = bilingual("about")

    class Meta:
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="one_contest_a_slug")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def book_contest_id(self) -> int:
        return self.pk

    @property
    def rules(self) -> Rules:
        """The rules in force; every contest has some from its first day."""
        assert self.ruleset is not None
        return self.ruleset.rules

    @property
    def is_veiled(self) -> bool:
        """A blind stage is still to be judged, so no public page names who is behind an entry."""
        return is_veiled(self.rules, unveiled=self.unveiled)

    def may_be_public(self) -> Verdict:
        return may_be_public(self.name_zh, self.name_en)


class RuleSet(models.Model):
    """One version of a contest's rules. Never changed: a change is the next version."""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="rulesets")
    version = models.PositiveSmallIntegerField()
    body = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("contest", "-version")
        constraints = [
            models.UniqueConstraint(fields=["contest", "version"], name="one_ruleset_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} v{self.version}"

    @cached_property
    def rules(self) -> Rules:
        return Rules.model_validate(self.body)


class RuleDraft(models.Model):
    """Rules somebody is working on; they bind nobody until they are put into force."""

    contest = models.OneToOneField(Contest, models.CASCADE, related_name="rule_draft")
    body = models.JSONField()
    revision = models.PositiveIntegerField(default=1)  # tells two editors apart
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.contest_id} draft {self.revision}"

    @cached_property
    def rules(self) -> Rules:
        return Rules.model_validate(self.body)


class Appointment(models.Model):
    """A person works for an edition, or for one of its contests, in a role."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="appointments")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="appointments")
    contest = models.ForeignKey(
        Contest, models.CASCADE, null=True, blank=True, related_name="appointments"
    )  # None: all contests of the edition
    role = models.CharField(max_length=20, choices=Role)
    region = models.CharField(max_length=60, blank=True)  # of a co-host: whose entries it reads
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "edition", "contest", "role"],
                name="appointed_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
