"""The screens, each with its style beside it; each is imported only when it is opened."""
