#!/bin/sh
# Runs once, when Postgres makes its cluster: a database for the hub and for each reference system, owned by a plain role of the same name
# that alone can enter it. The superuser is for Postgres itself and for whoever looks after it: no program knows its password.
set -eu

for name in cinch adipose bellyfat; do
  case $name in
    cinch) password=$CINCH_DB_PASSWORD ;;
    adipose) password=$ADIPOSE_DB_PASSWORD ;;
    bellyfat) password=$BELLYFAT_DB_PASSWORD ;;
  esac
  psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" --set=name="$name" --set=password="$password" <<-'SQL'
	create role :"name" login password :'password' nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
	create database :"name" owner :"name" template template0;
	revoke connect, temporary on database :"name" from public;
SQL
done
