"""Reasons that jurors tick beside their comment, so that every team reads at least a few words."""

from leitai.rooms.contests.rules.basics import Code, Line, Words

Tags = tuple[tuple[Code, Line], ...]

STRENGTHS: Tags = (
    ("real-need", Words(zh="需求真实明确", en="A real need, clearly told")),
    ("strong-evidence", Words(zh="证据扎实", en="Evidence is strong")),
    ("new-approach", Words(zh="技术路线有新意", en="A new approach")),
    ("fitting-team", Words(zh="团队与课题匹配", en="The team fits the task")),
    ("copyable", Words(zh="可直接复制推广", en="Can be copied as it is")),
)
WEAKNESSES: Tags = (
    ("thin-evidence", Words(zh="证据不足", en="Evidence is thin")),
    ("unclear-costs", Words(zh="成本不清", en="Costs are unclear")),
    ("vague-plan", Words(zh="实施计划笼统", en="The plan is vague")),
    ("known-already", Words(zh="与已有方案差别不大", en="Little beyond what there is")),
    ("hard-to-copy", Words(zh="难以复制推广", en="Hard to copy elsewhere")),
)
