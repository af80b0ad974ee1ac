"""What broke a tie, in the reader's language."""

from django.utils.translation import gettext as _


def tie_words(key: str) -> str:
    words = {
        "untrimmed_mean": _("mean of all marks"),
        "best_mark": _("best single mark"),
        "worst_mark": _("worst single mark"),
        "handed_in_first": _("handed in first"),
        "lot": _("by lot"),
        "chair": _("by the chair"),
    }
    if key.startswith("criterion:"):
        return _("criterion %s") % key.removeprefix("criterion:")
    return words.get(key, key)
