"""Small things a contest is made of: plain Python, no framework, no clock."""
