"""What `dev.py` is made of. Standard library only, but for `messages`, which runs in the venv."""
