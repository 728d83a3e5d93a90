"""What ``vigil doctor`` looks at: the machine, Kafka, Redis, and who has been heard of."""
