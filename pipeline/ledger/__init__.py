"""What was read before, kept by the content of each file, so that a refresh reads only what is new.

Imports nothing, so that a worker can load the codec alone.
"""
