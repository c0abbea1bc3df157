"""What ties the registers to a person and a date. So far: a person's own work."""
