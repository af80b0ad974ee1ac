"""The doors of the hall."""
