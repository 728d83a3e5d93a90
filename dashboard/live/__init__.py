"""What keeps a page alive: the shared reader, the pulse, and the two components in the browser."""
