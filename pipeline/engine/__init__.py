"""Where documents are worked on: supervised processes; a hostile report loses only itself."""

from pipeline.engine.crew import EngineError
from pipeline.engine.jobs import Job, Limits, Outcome
from pipeline.engine.local import run_all

__all__ = ["EngineError", "Job", "Limits", "Outcome", "run_all"]
