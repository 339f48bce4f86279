"""Profiles made easy: drafted from a report, checked against reports, their faults told."""
