"""What later rooms must hear of at once, in the same transaction.

`consent_withdrawing` (consent, by, at) is sent before the row is held: rows it is about come first.
`person_leaving` (person, by, at) is sent before anything of a person is erased; a room that cannot
let them go raises a refusal. `own_data_asked` (person) wants (word, list of dicts) of each room.
`post_round_ended` (at) is sent when a worker has handed over the letters that were due.
"""

from django.dispatch import Signal

consent_withdrawing = Signal()
person_leaving = Signal()
own_data_asked = Signal()
post_round_ended = Signal()
