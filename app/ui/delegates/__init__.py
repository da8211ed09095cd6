"""What paints one row or one card. Each paints a whole row at once; none keeps state."""
