"""The first round's jury: who was asked, who may not mark what, who holds which sheet, and marks."""
