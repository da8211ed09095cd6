"""Thin Qt services over the slices, and the only place that starts threads."""
