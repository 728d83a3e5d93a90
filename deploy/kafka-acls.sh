#!/bin/sh
# Grants what kafka-acls.txt lists, with Kafka's own tool. Granting twice changes nothing.
#
#   KAFKA_ACLS="kafka-acls.sh --bootstrap-server kafka:9093 --command-config admin.properties" deploy/kafka-acls.sh
set -eu
tool=${KAFKA_ACLS:?set it to the command that calls the kafka-acls.sh of Kafka, with its address}
sed 's/#.*//' "$(dirname "$0")/kafka-acls.txt" | while read -r user may kind name; do
  [ -n "$user" ] || continue
  # shellcheck disable=SC2086  # a command with its options
  $tool --add --allow-principal "User:$user" --operation "$may" "--$kind" "$name" </dev/null
done
