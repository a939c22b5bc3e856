#!/bin/sh
# Runs once, when Postgres makes its cluster: a database for each reference system that only its own role can enter.
set -eu

for system in adipose bellyfat; do
  case $system in
    adipose) password=$ADIPOSE_DB_PASSWORD ;;
    bellyfat) password=$BELLYFAT_DB_PASSWORD ;;
  esac
  psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" --set=name="$system" --set=password="$password" <<-'SQL'
	create role :"name" login password :'password';
	create database :"name" owner :"name" template template0;
	revoke connect, temporary on database :"name" from public;
SQL
done
