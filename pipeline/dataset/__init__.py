from pipeline.dataset.publish import Version, publish

__all__ = ["Version", "publish"]
