"""The project's own sample reports: one declaration a report, written as text and as PDF."""
