"""A heat that plays itself: simulated jurors, and the same deeds a real evening is made of.

Board, phones and desks see what they always see, since nothing here writes but the rooms' own
actions. A heat is played once, like any heat: its sheets are sealed and stay. Stopped half way it
is taken up again where it stood, and there are more heats to play; `--rehearsal` plays made-up
entries as often as one likes and leaves nothing behind.
"""
