"""The doors of the stages room."""
