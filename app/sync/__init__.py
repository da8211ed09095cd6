"""Models from elsewhere: asked for, checked, put in the place of the one in use. Off unless the listener agrees."""
