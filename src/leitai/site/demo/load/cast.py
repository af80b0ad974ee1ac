"""Who of the fiction lends the sign-in page's roles their desks."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from leitai.site.demo.names import HOME
from leitai.site.demo.plan import Plan
from leitai.site.demo.shapes import Entry, Juror, Person, Sheet
from leitai.site.demo.story import Story
from leitai.site.demo.words import Text, child

STAFF = {
    "organiser": Text("周知行", "Zhixing Zhou"),
    "secretariat": Text("沈若溪", "Ruoxi Shen"),
    "supervisor": Text("顾明澈", "Mingche Gu"),
}
OWNER = "L04"  # asks for five things: published ones, one masked, one draft, one to be vetted


def staff(role: str) -> Person:
    return Person(STAFF[role], HOME, mail(role), "")


def mail(role: str) -> str:
    return f"{role}@example.org"


def cast(story: Story) -> Story:
    """The same story, in which some of its people carry the addresses of the demo's roles."""
    told = _teams(story)
    told, juror = _juror(told, "technical", "juror")
    told, _investor = _juror(told, "investor", "investor")
    return _half_marked(told, juror)


def _teams(story: Story) -> Story:
    planted = {n for s in story.situations for n in s.entries}
    doubled = {e.duplicate_of for e in story.entries} | {None}
    free = [e for e in story.entries if e.number not in planted | doubled]
    valid = [e for e in free if e.status == "valid"]
    team = _first(
        valid or list(story.entries),
        lambda e: e.country == HOME and e.entrant.kind == "company" and len(e.answers) > 1,
        lambda e: e.country == HOME and e.entrant.kind == "company",
    )
    abroad = _first(
        [e for e in story.entries if e.status == "valid" and e.number not in doubled],
        lambda e: e.region == "overseas" and e.country == "IE" and e.number not in planted,
        lambda e: e.region == "overseas",
    )
    draft = _first(free, lambda e: e.status == "draft" and e.country == HOME)
    led = _called(team, "team")
    changed = {
        team.number: led,
        abroad.number: _called(abroad, "overseas"),
        draft.number: replace(draft, team=(led.team[0], *draft.team[1:]), entrant=led.entrant),
    }
    return replace(story, entries=[changed.get(e.number, e) for e in story.entries])


def _called(entry: Entry, role: str) -> Entry:
    captain = entry.team[0]
    person = replace(captain.person, email=mail(role))
    return replace(entry, team=(replace(captain, person=person), *entry.team[1:]))


def _first(entries: Iterable[Entry], *wishes: Callable[[Entry], bool]) -> Entry:
    """The first that fits the strictest wish that any fits."""
    for fits in wishes:
        for entry in entries:
            if fits(entry):
                return entry
    raise ValueError("The story has nobody to play this role; please take another seed.")


def _juror(story: Story, kind: str, role: str) -> tuple[Story, Juror]:
    """An ordinary juror at home, whom no planted situation speaks of."""
    planted = {n for s in story.situations for n in s.jurors}
    able = [j for j in story.jurors if j.state == "active" and j.kind == kind]
    fitting = [j for j in able if j.number not in planted and not j.overseas] or able
    chosen = replace(fitting[0], person=replace(fitting[0].person, email=mail(role)))
    jurors = [chosen if j.number == chosen.number else j for j in story.jurors]
    return replace(story, jurors=jurors), chosen


def _half_marked(story: Story, juror: Juror) -> Story:
    """Half of the juror's pile waits, some of it begun; the entries of the planted tie do not."""
    tied = {n for s in story.situations if s.key == "tie_at_cut" for n in s.entries}
    mine = [s for s in story.sheets if s.juror == juror.number]
    loose = [s for s in mine if s.entry not in tied]
    rng = child(story.plan.seed, "half marked")
    wait = {s.entry for s in rng.sample(loose, min(len(loose), len(mine) // 2))}
    begun = set(sorted(wait)[: max(1, len(wait) // 4)])
    sheets = [
        _told(story.plan, s, wait, begun) if s.juror == juror.number else s for s in story.sheets
    ]
    return replace(story, sheets=sheets)


def _told(plan: Plan, sheet: Sheet, wait: set[int], begun: set[int]) -> Sheet:
    if sheet.entry in wait:
        state = "started" if sheet.entry in begun else "assigned"
        return replace(sheet, state=state, sealed_at=None, slip=None)
    if sheet.sealed_at is not None:
        return sheet
    opens = plan.when("review_opens")
    share = child(plan.seed, f"sealed/{sheet.entry}").uniform(0.2, 0.9)
    return replace(sheet, state="sealed", sealed_at=opens + (plan.now - opens) * share)
