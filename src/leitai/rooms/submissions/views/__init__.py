"""The pages of the room: for teams, for everybody, for those who run the contest."""
