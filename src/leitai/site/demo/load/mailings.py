"""Messages of the edition: one that went out, one that waits for its number, one draft; and a few
letters in the inboxes of the demo's roles."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress

from leitai.foundation import mail
from leitai.foundation.models import Letter, LetterState
from leitai.rooms.messages import actions, queries
from leitai.rooms.messages.models import Mailing, Sender
from leitai.rooms.messages.rules import SenderRole, State
from leitai.rooms.people.models import User
from leitai.site.demo.load.scene import Scene
from leitai.site.demo.words import Text, pair

NO_SUCH_USER = "550 5.1.1 <{to}>: no such user here"
GONE, UNSURE = (3, 11, 29), 17  # receivers whose letters came back, and one nobody knows about
OFFICES = {
    SenderRole.ORGANISER: (pair("海湾杯组委会|Haiwan organising committee"), "office@example.org"),
    SenderRole.JURY_OFFICE: (pair("海湾杯评审办公室|Haiwan jury office"), "jury@example.org"),
}
BEGUN = {
    "sender": SenderRole.JURY_OFFICE, "audience": "jurors_active",
    "subject_zh": "初评已开始：{contest}", "subject_en": "Marking has begun: {contest}",
    "body_zh": "{name}，您好：\n\n初评已经开始，您的评分表在这里：{link}\n\n感谢您的支持！",
    "body_en": "Dear {name},\n\nMarking has begun; your sheets are here: {link}\n\nThank you!",
}  # fmt: skip
FINALS = {
    "sender": SenderRole.ORGANISER, "audience": "accepted",
    "subject_zh": "{code} 资格审查已通过：后续安排",
    "subject_en": "{code} is valid: what comes next",
    "body_zh": "{name}，您好：\n\n贵队项目“{title}”（{code}）已通过资格审查，进入初评。"
    "结果公布后我们会立即通知您：{link}",
    "body_en": "Dear {name},\n\nyour entry “{title}” ({code}) is valid and being marked. We will "
    "write as soon as there is a result: {link}",
}  # fmt: skip
FAIR = {
    "sender": SenderRole.ORGANISER, "audience": "partners", "is_necessary": False,
    "subject_zh": "邀请：{organisation}参加项目展",
    "subject_en": "An invitation for {organisation}",
    "body_zh": "{name}，您好：\n\n总决赛期间将举办项目展，诚邀贵机构参加。",
    "body_en": "Dear {name},\n\nduring the finals there will be an exhibition; please come.",
}  # fmt: skip
WELCOME = pair("欢迎来到 Leitai 演示|Welcome to the Leitai demo")
SEEN = pair("本届日程已公布|The timetable of this edition is out")
WELCOME_TEXT = pair(
    "这里是您的消息。平台发往您已验证地址的每一封邮件，都可以在这里读到。"
    "|These are your messages. Every letter to your confirmed address can be read here."
)
SEEN_TEXT = pair(
    "各阶段的起止时间见赛事页面。|When each stage opens and closes stands on the contest's page."
)


def write(scene: Scene, *, roles: Iterable[str]) -> None:
    for role, (name, answers) in OFFICES.items():
        Sender.objects.create(
            edition=scene.edition, role=role, name_zh=name.zh, name_en=name.en, reply_to=answers
        )
    now = scene.story.plan.now
    _sent(scene, at=now - timedelta(days=2))
    actions.freeze_mailing(
        mailing=_draft(scene, FINALS, at=now - timedelta(hours=3)), by=scene.hands.organiser,
        at=now - timedelta(hours=2),
    )  # fmt: skip
    _draft(scene, FAIR, at=now - timedelta(hours=1))
    _inboxes(scene, list(roles))


def _draft(scene: Scene, values: dict, *, at: datetime) -> Mailing:
    return actions.draft_mailing(
        contest=scene.contest, values=values, by=scene.hands.organiser, at=at
    )


def _sent(scene: Scene, *, at: datetime) -> None:
    by, mailing = scene.hands.organiser, _draft(scene, BEGUN, at=at)
    actions.freeze_mailing(mailing=mailing, by=by, at=at)
    n = queries.count(mailing)
    if not n:
        return
    actions.confirm_mailing(mailing=mailing, typed=str(n), by=by, at=at + timedelta(minutes=4))
    left = at + timedelta(minutes=10)
    letters = list(Letter.objects.filter(recipient__mailing=mailing).order_by("pk"))
    for k, letter in enumerate(letters):
        letter.message_id = _id(letter)
        letter.attempts, letter.claimed_at = 1, left
        letter.state, letter.sent_at = LetterState.SENT, left
        if k in GONE or k == UNSURE:
            letter.sent_at = None
            letter.state = LetterState.REFUSED if k in GONE else LetterState.UNCERTAIN
        if k in GONE:
            letter.answer = NO_SUCH_USER.format(to=letter.to)
            mail.suppress(address=letter.to, reason="bounced", why=letter.answer, at=left)
    changed = ["message_id", "attempts", "claimed_at", "state", "sent_at", "answer"]
    Letter.objects.bulk_update(letters, changed, batch_size=500)
    Mailing.objects.filter(pk=mailing.pk).update(state=State.SENDING)
    actions.tend_mailings(by=None, at=left)


def _inboxes(scene: Scene, addresses: list[str]) -> None:
    """Each role has proved its address, has read one letter, and has another to read."""
    people = list(User.objects.filter(email__in=addresses).order_by("pk"))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True)
        for person in people
    )
    at = scene.story.plan.now - timedelta(days=5)
    letters = [
        letter
        for person in people
        for letter in (
            _letter(person, SEEN, SEEN_TEXT, at=at, read_at=at + timedelta(hours=3)),
            _letter(person, WELCOME, WELCOME_TEXT, at=at + timedelta(days=4), read_at=None),
        )
    ]
    Letter.objects.bulk_create(letters)


def _letter(
    person: User, subject: Text, text: Text, *, at: datetime, read_at: datetime | None
) -> Letter:
    in_english = person.language == "en"
    letter = Letter(
        to=person.email, subject=subject.en if in_english else subject.zh,
        text=text.en if in_english else text.zh, language=person.language, state=LetterState.SENT,
        written_at=at, due_at=at, sent_at=at, read_at=read_at, attempts=1,
    )  # fmt: skip
    letter.message_id = _id(letter)
    return letter


def _id(letter: Letter) -> str:
    """The same story makes the same letters, down to their numbers."""
    told = f"{letter.to} {letter.subject} {letter.written_at.isoformat()} {letter.text}"
    return f"<demo-{hashlib.sha256(told.encode()).hexdigest()[:32]}@example.org>"
