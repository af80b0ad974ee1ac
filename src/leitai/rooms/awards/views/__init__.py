"""The doors of the awards room."""
