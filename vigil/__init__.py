"""What producers, consumers and the dashboard share: values, settings, connections, commands."""
