"""Eleven stage contests, going on now.

They belong to a contest of their own, the direct track: entries that partners and hosts abroad sent
straight to the stage. So the venture contest can still be in its first round, and nobody learns
from a list of heats who will be shortlisted there. One heat is over, the next one may be played
(`leitai demo play`), the others are prepared as far as their day is away.
"""

from leitai.site.demo.load.halls import played, prepared, track
from leitai.site.demo.load.scene import Scene


def write(scene: Scene) -> None:
    """`scene` is the venture contest's; its jurors sit here as well."""
    hall = track.write(scene)
    heats = prepared.write(hall)
    sheets = played.write(hall, heats[0])
    hall.scene.diary.close()
    played.close(hall, heats[0], sheets)
