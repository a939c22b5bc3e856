#!/bin/sh
# Prints the secrets that docker-compose.yml asks for, made here and now: sh docker/make-env.sh > .env
set -eu
umask 077

secret() {
  head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'
}

for name in POSTGRES_PASSWORD CINCH_DB_PASSWORD ADIPOSE_DB_PASSWORD BELLYFAT_DB_PASSWORD AUTH_SECRET TOKEN_SECRET \
  ADMIN_PASSWORD ADMIN_TOKEN ADIPOSE_ADAPTER_TOKEN BELLYFAT_ADAPTER_TOKEN; do
  printf '%s=%s\n' "$name" "$(secret)"
done
printf 'ADIPOSE_HUB_KEY=cinch_adipose_%s\n' "$(secret)"
printf 'BELLYFAT_HUB_KEY=cinch_bellyfat_%s\n' "$(secret)"
