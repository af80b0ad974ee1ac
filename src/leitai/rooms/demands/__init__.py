"""Enterprises say what they need, in terms that a test can decide.

Takes: contests, scenarios, organisations.
Gives: `Demand` with its indicators; `queries.published`, `permissions.read_demand`.
Writes: demands.demand_drafted, demands.demand_changed, demands.demand_sent,
    demands.demand_returned, demands.demand_published, demands.demand_withdrawn,
    demands.answerer_invited
"""
