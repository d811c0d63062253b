#!/usr/bin/env bash
# start_synapse.sh WORKDIR PORT: a Matrix homeserver (Synapse, PyPI) on 127.0.0.1:PORT that federates with nobody
#   env: SYNAPSE_VENV (default WORKDIR/venv; made where it is missing), PYTHON, SERVER_NAME (bot.test), SYNAPSE_USERS
#   ("alice bob bot", password "pw-<name>"; further ones may register by themselves), ROOM_VERSION (12, whose room ids
#   have no server part, or 11), RC_MESSAGE (how many messages somebody may send, "{per_second: 1, burst_count: 3}").
# Prints READY.  Run again on the same WORKDIR: the same data.  Stop: kill $(cat WORKDIR/homeserver.pid)
# start_synapse.sh --install: only makes the environment SYNAPSE_VENV.
set -euo pipefail
. "$(dirname "$0")/environment.sh"
if [ "$1" = --install ]; then W=$1; else W=$(mkdir -p "$1" && cd "$1" && pwd); PORT=$2; fi
V=${SYNAPSE_VENV:-$W/venv}; SN=${SERVER_NAME:-bot.test}
USERS=${SYNAPSE_USERS:-alice bob bot}
WANTED=(matrix-synapse==1.163.2)
make_environment "$V" "${WANTED[@]}"
[ "$W" = --install ] && exit
cd "$W"
NEW=0
if [ ! -f homeserver.yaml ]; then
  NEW=1
  SECRET=$("$V/bin/python" -c 'import secrets;print(secrets.token_hex(16))')
  cat > log.yaml <<Y
version: 1
formatters: {p: {format: '%(asctime)s %(levelname)s %(name)s %(message)s'}}
handlers: {f: {class: logging.FileHandler, filename: "$W/homeserver.log", formatter: p}}
root: {level: WARNING, handlers: [f]}
disable_existing_loggers: false
Y
  cat > homeserver.yaml <<Y
server_name: "$SN"
public_baseurl: "http://127.0.0.1:$PORT/"
pid_file: "$W/synapse.pid"
listeners:
  - {port: $PORT, bind_addresses: ["127.0.0.1"], type: http, tls: false, x_forwarded: false,
     resources: [{names: [client], compress: false}]}      # no "federation" resource
database: {name: sqlite3, args: {database: "$W/homeserver.db"}}
log_config: "$W/log.yaml"
media_store_path: "$W/media"
signing_key_path: "$W/signing.key"
registration_shared_secret: "$SECRET"
macaroon_secret_key: "$SECRET-m"
form_secret: "$SECRET-f"
enable_registration: true
enable_registration_without_verification: true
report_stats: false
default_room_version: "${ROOM_VERSION:-12}"
trusted_key_servers: []
suppress_key_server_warning: true
federation_domain_whitelist: []          # federate with nobody
presence: {enabled: false}
url_preview_enabled: false
password_config: {policy: {enabled: false}}
bcrypt_rounds: 4                          # fast logins
rc_message: ${RC_MESSAGE:-{per_second: 10000, burst_count: 10000\}}
rc_registration: &hi {per_second: 10000, burst_count: 10000}
rc_login: {address: *hi, account: *hi, failed_attempts: *hi}
rc_joins: {local: *hi, remote: *hi}
rc_joins_per_room: *hi
rc_invites: {per_room: *hi, per_user: *hi, per_issuer: *hi}
rc_admin_redaction: *hi
rc_room_creation: *hi
rc_reports: *hi
rc_presence: {per_user: *hi}
rc_delayed_event_mgmt: *hi
Y
  "$V/bin/python" -m synapse.app.homeserver -c homeserver.yaml --generate-keys >&2
fi
setsid nohup "$V/bin/python" -m synapse.app.homeserver -c homeserver.yaml >stdout.log 2>&1 </dev/null &
PID=$!; echo $PID > homeserver.pid
for _ in $(seq 1200); do
  curl -fsS "http://127.0.0.1:$PORT/health" >/dev/null 2>&1 && break
  kill -0 $PID 2>/dev/null || { echo "FAILED, see $W/stdout.log" >&2; tail -20 stdout.log >&2; exit 1; }
  sleep 0.1
done
curl -fsS "http://127.0.0.1:$PORT/_matrix/client/versions" >/dev/null
if [ $NEW = 1 ]; then
  for u in $USERS; do
    "$V/bin/register_new_matrix_user" -c homeserver.yaml -u "$u" -p "pw-$u" --no-admin "http://127.0.0.1:$PORT" >&2
  done
fi
echo "READY pid=$PID url=http://127.0.0.1:$PORT server_name=$SN"
