"""The extractor: the claims of one article."""
