"""Dashboard: Redis -> snapshot -> figures -> browser."""
