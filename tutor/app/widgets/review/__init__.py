"""What a review shows around a question: the cover over its options, and when it comes back."""
