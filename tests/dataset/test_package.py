"""What callers ask of the package."""

import pipeline.dataset
from pipeline.dataset.publish import publish


def test_publish_is_asked_by_one_name():
    assert pipeline.dataset.publish is publish
