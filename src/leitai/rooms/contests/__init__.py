"""What is held: programmes over the years, their editions, contests, roles and rules.

Takes: organisations and people.
Gives: `Contest`, `Scenario`, `RuleSet`; `permissions.organise`, `.run`, `.oversee`, which later
    rooms share.
Writes: contests.programme_founded, contests.edition_founded, contests.edition_changed,
    contests.edition_scenarios_set, contests.edition_published, contests.edition_unpublished,
    contests.edition_archived, contests.edition_copied, contests.edition_imported,
    contests.organisation_named, contests.organisation_removed, contests.organisations_ordered,
    contests.contest_opened, contests.contest_changed, contests.contest_published,
    contests.contest_unpublished, contests.contest_archived, contests.rules_written,
    contests.person_appointed, contests.appointment_ended, contests.export_asked,
    contests.export_taken, contests.veil_lifted
"""
