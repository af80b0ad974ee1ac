"""The doors of the contests room."""
