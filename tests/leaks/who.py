"""Who may read which words: a line for each class of words, a cell for each kind of person.

A cell holds words with a colon and phases behind them where it depends on the phase of judging:
`i`ndependent, `d`iscussion, `c`losed. `all`: everybody's; `team`: of one's own entry; `self`: what
one wrote, or what is about oneself; `seat`: of entries on which one has a sheet; `a`, `b`: of that
entry alone. What is not named is not read. `*` is everybody who has no own cell.

Blind panels are meant; where an open one tells more stands in `OPEN`.
"""

ROLES = (
    "anonymous", "passer-by", "rival captain", "captain", "member", "juror", "juror elsewhere",
    "conflicted juror", "chair", "organiser", "conflicted organiser", "secretariat", "supervisor",
    "co-host of another region", "demand owner", "partner", "panelist", "organiser elsewhere",
)  # fmt: skip
JURORS = ("juror", "juror elsewhere", "conflicted juror", "chair")
RUN = dict.fromkeys(("organiser", "conflicted organiser", "secretariat"), "all")
OVERSEE = {**RUN, "supervisor": "all"}
ORGANISE = {"organiser": "all", "conflicted organiser": "all"}
MARKS = {"organiser": "all", "conflicted organiser": "b", "secretariat": "all:c",
         "supervisor": "all:c"}  # fmt: skip
PANEL = {"juror": "self seat:dc", "juror elsewhere": "self seat:dc", "chair": "self all:dc"}
UNTIED = {"organiser": "all", "conflicted organiser": "b"}
HEAR = {**UNTIED, "panelist": "all"}

ALLOWED: dict[str, dict[str, str]] = {
    # behind an entry
    "team": {"*": "self team all:c", **OVERSEE, "demand owner": "a all:c"},
    "house": {"*": "team all:c", **OVERSEE, **dict.fromkeys(JURORS, "all"),
              "demand owner": "a all:c"},
    "team's address": {"*": "self team", **RUN},
    "team's background": {"*": "self team", **RUN},
    "registration code": {"*": "team", **RUN},
    # what it handed in
    "draft": {"*": "team"},
    "teaser": {"*": "team seat", **OVERSEE, "demand owner": "a"},
    "paper": {"*": "self team seat", **RUN},
    "answer": {"*": "team", **RUN, "demand owner": "a"},
    "withdrawal": {"*": "team", **RUN},
    "check": {"*": "team", **RUN},
    "taken out": {"*": "", **OVERSEE},
    # of the jury
    "juror": {"*": "self", **OVERSEE},
    "juror's address": {"*": "self", **RUN},
    "juror's profile": {"*": "self", **OVERSEE},
    "pool": {"*": "self", **RUN, "organiser elsewhere": "all"},
    "colleague": {"*": "self", **RUN},
    "tie": {"*": "self", **ORGANISE},
    "conflict": {"*": "self", **RUN},
    "objection": {"*": "team", **RUN},
    "reminder": {"*": "", **RUN},
    "sample's key": {"*": "self", **ORGANISE},
    "own profile": {"*": "self", **RUN},
    "holding": {"*": "", **RUN},
    # marks and words
    "mark": {"*": "self", **PANEL, **MARKS},
    "comment": {"*": "self", **PANEL, **MARKS},
    "evidence": {"*": "self", **PANEL, **MARKS},
    "private note": {"*": "self"},
    "remark": {"*": "self", **PANEL, **MARKS},
    "reopening": {"*": "self", **UNTIED, "secretariat": "all", "supervisor": "all"},
    # results
    "standing": {"*": "", "organiser": "all"},
    "decision": {"*": "", "organiser": "all"},
    "special place": {"*": "", "organiser": "all"},
    "offer": {"*": "team", **OVERSEE},
    "released comment": {"*": "team", **MARKS},
    "held comment": {"*": "", **MARKS},
    # objections to a result; the rival's captain objects to A, A's to B
    "appeal": {"*": "self", **HEAR},
    "objector": {"*": "self", **HEAR},
    "hearing": {"*": "team", **HEAR},
    "vote": {"*": "self", **HEAR},
    "correction": {"*": "team", **RUN},
    # halls that are being prepared, with a rehearsal
    "heat": {"*": "", "juror": "all", **OVERSEE},  # the juror sits there
    "hall's words": {"*": "", **OVERSEE},
    "lot's seed": {"*": ""},
    "said in the hall": {"*": "", "organiser": "all"},
    "further check": {"*": "", **RUN},
    # awards that are proposed, and papers
    "awards": {"*": "", "organiser": "all", "supervisor": "all"},
    "certificate": {"*": "team", **RUN},
    "revocation": {"*": "", **RUN},
    # demands
    "public demand": {"*": "all"},
    "public firm": {"*": "all"},
    "hidden demand": {"*": "", **RUN},
    "demand's contact": {"*": "self", **RUN},
    "demand's guest": {"*": "", **RUN},
    # the desk
    "staff": {"*": "self", **OVERSEE},
    "staff's address": {"*": "self", **RUN},
    "lead": {"*": "", **OVERSEE},
    "rules' history": {"*": "", **OVERSEE},
    "mailing": {"*": "", **RUN},
    "letter": {"*": "self"},
    "blocked address": {"*": ""},
}  # fmt: skip
OPEN = {
    "team": {"*": "all"},
    "house": {"*": "all"},
    "juror": {"juror": "self all:dc", "juror elsewhere": "self all:dc", "chair": "self all:dc"},
}
