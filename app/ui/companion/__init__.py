"""The companion's window: *You may like* beside whatever other player of the desktop is playing."""
