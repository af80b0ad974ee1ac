"""What an entry may go through, what its form asks, and what may be handed in when."""

from leitai.rooms.submissions.rules.form import *  # noqa: F403
from leitai.rooms.submissions.rules.states import *  # noqa: F403
