"""People and organisations."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leitai.foundation.words import bilingual
from leitai.rooms.people.rules import OrganisationKind, OrganisationSize, Purpose, normal_name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, is_host=True, **fields
        )

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. One name field: not everybody has a family name."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    name_latin = models.CharField(_("name in Latin letters"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    is_host = models.BooleanField(_("may found programmes"), default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_e_mail")]

    def __str__(self) -> str:
        return self.name or self.email.split("@")[0]

    def get_short_name(self) -> str:
        return str(self)

    @property
    def email_domain(self) -> str:
        return self.email.rpartition("@")[2].lower()


class Organisation(models.Model):
    """A firm, fund, bank, incubator, university or public body; one row over all the years."""

    name_zh = models.CharField(_("name in Chinese"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    key = models.CharField(max_length=160, db_index=True, editable=False)
    code = models.CharField(_("registration code"), max_length=40, blank=True, db_index=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    size = models.CharField(_("size"), max_length=10, choices=OrganisationSize, blank=True)
    country = models.CharField(_("country"), max_length=2, default="CN")
    region = models.CharField(_("region"), max_length=60, blank=True)
    email_domains = ArrayField(models.CharField(max_length=100), default=list, blank=True)

    name = bilingual("name")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = normal_name(self.name_zh or self.name_en)
        super().save(*args, **kwargs)


class Affiliation(models.Model):
    """Somebody works for an organisation, or speaks for it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="affiliations")
    title = models.CharField(max_length=80, blank=True)
    speaks_for_it = models.BooleanField(default=False)  # may post demands, sign, answer for it
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="one_affiliation_each")
        ]

    def __str__(self) -> str:
        return f"{self.user} @ {self.organisation}"


class Holding(models.Model):
    """An investor holds a stake in a firm; needed to keep investors away from their own."""

    investor = models.ForeignKey(Organisation, models.CASCADE, related_name="holdings")
    firm = models.ForeignKey(Organisation, models.CASCADE, related_name="holders")
    source = models.CharField(max_length=200, blank=True)  # who said so, or which register
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["investor", "firm"], name="one_holding_each")
        ]

    def __str__(self) -> str:
        return f"{self.investor} → {self.firm}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)

    def about(self, row: models.Model) -> "ConsentQuerySet":
        return self.filter(about_type=row._meta.label_lower, about_id=row.pk)


class Consent(models.Model):
    """One person agreed that one receiver gets these fields for this purpose."""

    person = models.ForeignKey(User, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=40, choices=Purpose)
    receiver = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="consents_received"
    )  # None: the public, or the contest's own organisers, as the purpose says
    about_type = models.CharField(max_length=80, blank=True)
    about_id = models.BigIntegerField(null=True)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    version = models.CharField(max_length=20)  # of the wording that was shown
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["about_type", "about_id", "purpose"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose}"

    def held(self, at: datetime) -> bool:
        return self.given_at <= at and (self.withdrawn_at is None or at < self.withdrawn_at)
