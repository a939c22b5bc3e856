#!/bin/sh
# Writes the secrets that docker-compose.yml asks for into .env, made here and now, for its owner alone. What stands there already stays.
set -eu
umask 077
file=${1:-.env}
touch "$file"
chmod 600 "$file"
# A last line without an end would take in what is added.
[ -z "$(tail -c 1 "$file")" ] || echo >>"$file"

secret() {
  head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'
}

add() {
  grep -q "^$1=." "$file" || printf '%s=%s%s\n' "$1" "${2-}" "$(secret)" >>"$file"
}

for name in POSTGRES_PASSWORD CINCH_DB_PASSWORD ADIPOSE_DB_PASSWORD BELLYFAT_DB_PASSWORD AUTH_SECRET TOKEN_SECRET \
  ADMIN_PASSWORD ADMIN_TOKEN ADIPOSE_ADAPTER_TOKEN BELLYFAT_ADAPTER_TOKEN; do
  add "$name"
done
add ADIPOSE_HUB_KEY cinch_adipose_
add BELLYFAT_HUB_KEY cinch_bellyfat_
