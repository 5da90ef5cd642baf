"""YAML as authors write it: read with its positions, and what is wrong with it found."""
