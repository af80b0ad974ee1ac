"""The Haiwan edition, written rather than typed: fiction a first-time reader can walk through.

Plain Python with no database. `story.write(plan(...))` returns everything the demo edition holds as
frozen values; a loader elsewhere carries them through the rooms' own actions. Each table draws from
its own child of one seed, so a change in one does not shift the others. Firms, people, phones and
codes are invented: phones start with 100, mail goes to example.org, credit codes fail their check.
"""
