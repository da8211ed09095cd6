"""What can be wrong with a model file, as a sentence for people."""


class ModelFileError(Exception):
    """A model file that is not to be used; the text says why."""
