"""What `tutor check --fix` does to a file."""
