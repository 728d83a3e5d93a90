"""The pages, and the mapping between what they filter and their address."""
