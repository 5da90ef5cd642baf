"""What learners write: thoughts that a lesson asks for, notes on steps, challenges to questions."""
