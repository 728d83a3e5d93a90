"""The command line: one file a command, a thin wrapper over a plain function."""
