"""Who stands behind an edition: partners, what they promised, and their plaques.

Takes: organisations, editions.
Gives: `Partner`.
Writes: partners.partner_welcomed, partners.commitment_made, partners.plaque_issued
"""
