"""Windows over a screen that say something or ask one thing, and return the answer."""
