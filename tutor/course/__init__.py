"""What a course is and how it is read; knows no screen, no database, no scores."""
