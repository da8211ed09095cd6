"""Between the plays and the recommender: what the listener may like, and why."""
