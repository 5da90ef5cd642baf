"""How a course and its lessons look: the rows of home, what stands beside them, outline and end."""
