#!/bin/sh
# Grants what kafka-acls.txt lists, with Kafka's own tool: one call for each user and operation, since each
# starts a Java of its own. Granting twice changes nothing.
#
#   KAFKA_ACLS="kafka-acls.sh --bootstrap-server kafka.example:9093 --command-config admin.properties" deploy/kafka-acls.sh
set -eu
tool=${KAFKA_ACLS:?set it to the command that calls the kafka-acls.sh of Kafka, with its address}
sed 's/#.*//' "$(dirname "$0")/kafka-acls.txt" | awk '
  NF { who = $1 " " $2; if (!(who in on)) order[++count] = who; on[who] = on[who] " --" $3 " " $4 }
  END { for (i = 1; i <= count; i++) print order[i] on[order[i]] }
' | while read -r user may on; do
  # shellcheck disable=SC2086  # a command with its options, and options with their values
  $tool --add --allow-principal "User:$user" --operation "$may" $on </dev/null
done
