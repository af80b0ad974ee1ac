"""The first round's jury: who was asked, who may not mark what, the sheets and their marks."""
