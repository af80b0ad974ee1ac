"""Pages about standings: the organiser's, the public's and the team's."""
