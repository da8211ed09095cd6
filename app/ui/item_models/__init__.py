"""Qt's item models: thin adapters over plain values. Sorting and filtering are the storage's."""
