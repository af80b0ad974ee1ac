"""The eight scenarios an edition starts with; every edition may choose its own."""

from typing import NamedTuple


class ScenarioWords(NamedTuple):
    code: str
    zh: str
    en: str


DEFAULT_SCENARIOS = (
    ScenarioWords("MED", "智慧医疗", "Smart health"),
    ScenarioWords("TRF", "智慧交通", "Smart transport"),
    ScenarioWords("MFG", "智能制造", "Smart manufacturing"),
    ScenarioWords("FIN", "智慧金融", "Smart finance"),
    ScenarioWords("EDU", "智慧教育", "Smart education"),
    ScenarioWords("COM", "智慧商业（含文旅）", "Smart commerce and tourism"),
    ScenarioWords("GOV", "城市治理与政务", "City governance and public services"),
    ScenarioWords("SAF", "公共安全与智慧社区", "Public safety and smart communities"),
)
