"""The entries of contest V: who entered what, through which door, and how the check ended."""
