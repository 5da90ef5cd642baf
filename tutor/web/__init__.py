"""The app in a browser: who may come in, the pages, and a program for each learner at work."""
