"""Faults planted one by one in clean reports: each must be found where it is, and nothing else."""
