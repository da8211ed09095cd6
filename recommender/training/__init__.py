"""From many listeners' plays to a community model."""
