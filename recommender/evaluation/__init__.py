"""Honest numbers about recommendations: splits, measures, certainty, reports."""
