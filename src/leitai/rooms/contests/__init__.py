"""What is held: programmes over the years, their editions, contests, roles and rules.

Takes: organisations and people.
Gives: `Contest`, `Scenario`, `RuleSet`; `permissions.organise`, `.run`, `.oversee`, which later
    rooms share.
Writes: contests.programme_founded, contests.edition_*, contests.contest_*, contests.rules_*,
    contests.organisations_ordered, contests.person_appointed, contests.appointment_ended
"""
