"""The arithmetic of fairness: plain Python, numpy, scipy and HiGHS, and no framework.

Frozen values go in and come out, the seed is an argument, and beside every solver stands a
checker that also checks work done by hand.

- `assignment`  who marks what: every rule kept, the most fitting jurors, a reason for each seat
- `formulas`    from sheets to one score per entry
- `ranking`     from scores to places, ties broken by a named chain or left open
- `quotas`      places per group, the cut, reserves
- `graph`       which jurors and entries can be compared at all
- `calibration` jurors and entries from marks: the cut, its chances, the second round, the report
- `lookalike`   the same firm, the same people, the same text entered twice
- `timetable`   who meets whom, when and at which table: wishes, diaries, interpreters
- `notes`       sentences that carry their numbers, so that they can be said in any language
"""
