"""Pages that show several rooms together."""
