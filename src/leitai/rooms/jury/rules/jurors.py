"""How people come onto a jury and leave it, and which addresses say where they work."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from leitai.rooms.jury.rules.states import JUROR_MOVES, JurorState
from leitai.values.verdict import YES, Verdict, no

INVITATION_LASTS = timedelta(days=30)

# Mail houses that anybody may use: two people there need not know each other.
PUBLIC_MAIL = frozenset(
    {
        "126.com", "139.com", "163.com", "189.cn", "aliyun.com", "aol.com", "example.org",
        "foxmail.com", "fastmail.com", "gmail.com", "gmx.com", "gmx.de", "gmx.net",
        "googlemail.com", "hotmail.com", "icloud.com", "live.cn", "live.com", "mac.com",
        "mail.com", "mail.ru", "me.com", "msn.com", "naver.com", "outlook.com", "proton.me",
        "protonmail.com", "qq.com", "rediffmail.com", "sina.cn", "sina.com", "sohu.com",
        "tom.com", "vip.163.com", "vip.qq.com", "vip.sina.com", "web.de", "wo.cn", "yahoo.com",
        "yahoo.co.jp", "yandex.ru", "yeah.net",
    }
)  # fmt: skip


def domain_of(email: str) -> str:
    """The domain of a house's own mail; nothing for houses that anybody may use.

    >>> domain_of("wang@Lab.Example.com"), domain_of("wang@qq.com")
    ('lab.example.com', '')
    """
    domain = email.rpartition("@")[2].strip().lower()
    return "" if domain in PUBLIC_MAIL else domain


def may_answer(state: str, *, invited_at: datetime, at: datetime) -> Verdict:
    """An invitation is answered once, and in good time."""
    if state != JurorState.INVITED:
        return no("answered", _("This invitation has been answered already."))
    if at >= invited_at + INVITATION_LASTS:
        return no("expired", _("This invitation is too old. Ask the organiser for a new one."))
    return YES


def may_leave(state: str) -> Verdict:
    if JurorState.LEFT not in JUROR_MOVES[state]:
        return no("not_on_jury", _("This person is not on the jury."))
    return YES
