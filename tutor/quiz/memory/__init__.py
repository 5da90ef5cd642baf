"""What is remembered: cards, how well a response shows it, and the days on which they come back."""
