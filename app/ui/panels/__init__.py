"""What stands at the right of the window: suggestions and the queue."""
