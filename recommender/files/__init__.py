"""Fitted models on disk: a manifest in JSON and the arrays in safetensors, checked before anything is believed."""
