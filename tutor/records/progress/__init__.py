"""What progress is read from: sums of the events, kept as they come in, and the finished runs."""
