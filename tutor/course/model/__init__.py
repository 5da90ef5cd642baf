"""What a course is made of: lessons, steps, questions, sources, and the text in them."""
