"""What can go wrong when a model is published, as a sentence for people."""


class PublishingError(Exception):
    """Nothing was made public; the text says why."""
