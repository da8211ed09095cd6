"""Recommendations for one listener on one machine: numpy and scipy, start at ``listener``."""
