"""Variants of text reports: what says the same in another shape, and what says one thing else."""
