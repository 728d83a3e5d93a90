#!/bin/sh
# Makes the secrets of docker-compose.yml, once: a password for Redis and the key names are hashed by.
#
# The folder is closed to other users of this machine. The files in it are readable, because the
# containers that are given one run as another user than you.
set -eu
folder=$(dirname "$0")/secrets
[ -d "$folder" ] && exit 0
umask 077
made=$(mktemp -d "$folder.XXXXXX")
random() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
password=$(random)
printf '%s' "$password" > "$made/redis_password"
printf 'redis://:%s@redis:6379/0' "$password" > "$made/vigil_redis"
random > "$made/vigil_names_key"
chmod 444 "$made"/*
mv "$made" "$folder"
echo "made the secrets in $folder: keep them, the names in Redis are hashed by one of them"
