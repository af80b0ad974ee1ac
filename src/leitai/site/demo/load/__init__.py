"""Writes the fiction into the rooms' tables: many rows at once, and the journal as if people had
done it all."""
