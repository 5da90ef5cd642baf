"""What learners write of their own accord: notes on steps, and challenges to questions."""
