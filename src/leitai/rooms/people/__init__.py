"""Who is here: people, organisations, who works where, and what each person has agreed to.

Gives: `User`, `Organisation`, `Affiliation`, `Holding`, `Consent`.
Writes: people.profile_changed, people.organisation_named, people.consent_given,
    people.consent_withdrawn, people.person_erased
"""
