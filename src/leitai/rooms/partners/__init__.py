"""Who stands behind an edition: partners, what they promised, and their plaques.

Takes: organisations, editions.
Gives: `Partner`.
Writes: partners.partner_welcomed, partners.partner_changed, partners.commitment_made,
    partners.delivery_recorded, partners.plaque_issued
"""
