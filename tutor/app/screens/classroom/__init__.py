"""What goes to a teacher and comes back: handing in, a test that is held, feedback."""
