"""The words of the app and their translations: collected from the code, kept in ``resources/translations``."""
