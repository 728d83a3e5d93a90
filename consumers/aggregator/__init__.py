"""The aggregator: claims -> estimates, in Redis."""
