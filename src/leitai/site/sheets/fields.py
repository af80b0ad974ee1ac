"""What a table may tell, under the headers people use for it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leitai.foundation.tables.mapping import Field
from leitai.foundation.tables.parsers import BadCell, Parse, integer, items, plain, text
from leitai.foundation.tables.table import Value

ENTRY = ("entry", "id", "proposal", "project", "submission", "编号", "项目编号", "作品编号", "项目")
JUROR = ("juror", "reviewer", "judge", "expert", "评委", "专家", "评审", "评委编号", "专家编号")
TAGS = ("keywords", "topics", "expertise", "标签", "关键词", "领域", "专长")
FIRM = ("organization", "company", "employer", "institution", "单位", "机构", "公司")
TONGUES = ("language", "语言")
WORDS = ("abstract", "summary", "description", "bio", "摘要", "简介", "文本")


def field(key: str, label: str, parse: Parse, *names: str, required: bool = False) -> Field:
    return Field(key, label, parse, required, names)


def name_of(key: str, label: str, names: tuple[str, ...]) -> Field:
    return field(key, label, text(), *names, required=True)


def entry() -> list[Field]:
    return [
        name_of("entry", pgettext_lazy("sheets", "entry"), ENTRY),
        field(
            "title",
            pgettext_lazy("sheets", "title"),
            text(max_length=1000),
            "name",
            "标题",
            "名称",
            "项目名称",
        ),
        field("tags", pgettext_lazy("sheets", "tags"), items(), *TAGS),
        field("text", pgettext_lazy("sheets", "text"), text(max_length=200_000), *WORDS),
        field("organisation", pgettext_lazy("sheets", "organisation"), text(), *FIRM),
        field("languages", pgettext_lazy("sheets", "languages"), items(), *TONGUES),
        field(
            "k",
            pgettext_lazy("sheets", "jurors wanted"),
            integer(low=0, high=99),
            "k",
            "panel",
            "评委数",
        ),
        field(
            "group",
            pgettext_lazy("sheets", "group"),
            text(),
            "track",
            "category",
            "scenario",
            "赛道",
            "组别",
            "场景",
        ),
    ]


def juror() -> list[Field]:
    return [
        name_of("juror", pgettext_lazy("sheets", "juror"), (*JUROR, "id")),
        field("name", pgettext_lazy("sheets", "name"), text(), "姓名"),
        field("kind", pgettext_lazy("sheets", "kind"), text(), "type", "role", "类型", "类别"),
        field("tags", pgettext_lazy("sheets", "tags"), items(), *TAGS),
        field("text", pgettext_lazy("sheets", "text"), text(max_length=200_000), *WORDS),
        field("organisation", pgettext_lazy("sheets", "organisation"), text(), *FIRM),
        field("languages", pgettext_lazy("sheets", "languages"), items(), *TONGUES),
        field(
            "load_min",
            pgettext_lazy("sheets", "least load"),
            integer(low=0, high=9999),
            "min",
            "最少",
        ),
        field(
            "load_max",
            pgettext_lazy("sheets", "highest load"),
            integer(low=0, high=9999),
            "max",
            "load",
            "最多",
        ),
    ]


def pair() -> list[Field]:
    return [
        name_of("entry", pgettext_lazy("sheets", "entry"), ENTRY),
        name_of("juror", pgettext_lazy("sheets", "juror"), JUROR),
    ]


def party(side: str) -> list[Field]:
    hosts = ("host", "enterprise", "investor", "企业", "投资机构", "主方")
    teams = ("team", "entry", "project", "团队", "项目")
    names = hosts if side == "host" else teams
    label = pgettext_lazy("sheets", "host") if side == "host" else pgettext_lazy("sheets", "team")
    return [
        name_of(side, label, (*names, "id", "编号")),
        field("name", pgettext_lazy("sheets", "name"), text(), "名称"),
        field(
            "most",
            pgettext_lazy("sheets", "most meetings"),
            integer(low=0, high=999),
            "max",
            "most",
            "最多",
        ),
        field(
            "free",
            pgettext_lazy("sheets", "free slots"),
            slots(),
            "free",
            "slots",
            "available",
            "时段",
            "空闲时段",
        ),
        field("languages", pgettext_lazy("sheets", "languages"), items(), *TONGUES),
        field("needs", pgettext_lazy("sheets", "needs"), items(), "needs", "需要"),
        field("only", pgettext_lazy("sheets", "only with"), items(), "only", "exclusive", "仅限"),
    ]


def wish() -> list[Field]:
    return [
        name_of("who", pgettext_lazy("sheets", "who"), ("from", "who", "wisher", "谁", "发起方")),
        name_of(
            "whom", pgettext_lazy("sheets", "whom"), ("to", "whom", "wished", "对象", "约见对象")
        ),
        field(
            "wish",
            pgettext_lazy("sheets", "wish"),
            integer(low=0, high=3),
            "rank",
            "score",
            "意愿",
            required=True,
        ),
    ]


def meeting() -> list[Field]:
    return [
        field("slot", pgettext_lazy("sheets", "slot"), integer(low=1), "时段", required=True),
        name_of("host", pgettext_lazy("sheets", "host"), ("enterprise", "企业")),
        name_of("team", pgettext_lazy("sheets", "team"), ("团队", "项目")),
    ]


def helper() -> list[Field]:
    return [
        name_of(
            "id", pgettext_lazy("sheets", "interpreter"), ("interpreter", "name", "译员", "翻译")
        ),
        field("languages", pgettext_lazy("sheets", "languages"), items(), *TONGUES, required=True),
        field("free", pgettext_lazy("sheets", "free slots"), slots(), "free", "slots", "时段"),
    ]


def table() -> list[Field]:
    return [
        name_of("id", pgettext_lazy("sheets", "table"), ("table", "name", "桌号", "桌")),
        field("features", pgettext_lazy("sheets", "features"), items(), "features", "设备"),
        field("free", pgettext_lazy("sheets", "free slots"), slots(), "free", "slots", "时段"),
    ]


def slots() -> Parse:
    """1-4, 7: slots counted from 1, as people do; kept from 0."""

    def parse(value: Value) -> frozenset[int]:
        found: set[int] = set()
        for part in items()(value):
            first, _dash, last = part.partition("-")
            if not first.strip().isdigit() or (last and not last.strip().isdigit()):
                raise BadCell(
                    _("“{value}” is not a list of slots."),
                    _("Write numbers and ranges, such as 1-4, 7."),
                    value=plain(value)[:60],
                )
            found |= set(range(int(first) - 1, int(last or first)))
        return frozenset(found)

    return parse
