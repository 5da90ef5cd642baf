"""What a class handed in: found in folders, graded anew, and put together."""
