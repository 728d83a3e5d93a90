"""Feeds of news outlets: RSS and Atom in, the articles they list out, politely."""
