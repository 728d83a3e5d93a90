"""Resolution: from the claims of a bucket to its estimate, as pure functions."""
