"""What is stored as rows for other tools: estimates, claims, and the field's own events."""
