"""A Learning Record Store that a school runs: hand-ins sent to it, and a class read back."""
