#!/usr/bin/env bash
# start_mailman.sh WORKDIR PORT: GNU Mailman 3 core (PyPI) and a small mail hub, all on 127.0.0.1
#   PORT = SMTP hub (mail to the list goes in here, subscribers' mail lands in WORKDIR/mail/<address>/), PORT+1 = Mailman's
#   LMTP, PORT+2 = Mailman's REST (restadmin:restpass).  env: MAILMAN_VENV (default WORKDIR/venv; made where it is missing),
#   PYTHON, LIST (ptg@lists.test), MEMBERS ("bot@bot.test alice@example.test bob@example.test").
# Prints READY.  Stop: WORKDIR/mm stop, and kill $(cat WORKDIR/hub.pid).  No mail server of the system is used.
# start_mailman.sh --install: only makes the environment MAILMAN_VENV.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
. "$HERE/environment.sh"
if [ "$1" = --install ]; then W=$1; else W=$(mkdir -p "$1" && cd "$1" && pwd); P=$2; L=$((P+1)); R=$((P+2)); fi
V=${MAILMAN_VENV:-$W/venv}; LIST=${LIST:-ptg@lists.test}; DOM=${LIST#*@}
MEMBERS=${MEMBERS:-bot@bot.test alice@example.test bob@example.test}
# Without the pin SQLAlchemy 2.1 is taken, with which parts of the REST API answer 500.
WANTED=(mailman==3.3.10 'sqlalchemy<2.1' aiosmtpd)
make_environment "$V" "${WANTED[@]}"
[ "$W" = --install ] && exit
cd "$W"; mkdir -p var mail
if [ ! -f tls.pem ]; then openssl req -x509 -newkey rsa:2048 -nodes -keyout tls.key -out tls.pem -days 3650 -subj /CN=localhost -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" 2>/dev/null; fi
cat > mailman.cfg <<C
[mailman]
site_owner: owner@$DOM
layout: t
[paths.t]
var_dir: $W/var
bin_dir: $V/bin
[mta]
incoming: mailman.mta.null.NullMTA
outgoing: mailman.mta.deliver.deliver
smtp_host: 127.0.0.1
smtp_port: $P
lmtp_host: 127.0.0.1
lmtp_port: $L
[webservice]
hostname: 127.0.0.1
port: $R
admin_user: restadmin
admin_pass: restpass
[archiver.prototype]
enable: yes
[runner.retry]
sleep_time: 5s
[runner.bounces]
start: no
[runner.digest]
start: no
[runner.nntp]
start: no
C
ROOT=""; [ "$(id -u)" = 0 ] && ROOT=--run-as-root
printf '#!/bin/sh\nexec "%s/bin/mailman" %s -C "%s/mailman.cfg" "$@"\n' "$V" "$ROOT" "$W" > mm; chmod +x mm
setsid nohup "$V/bin/python" "$HERE/mailhub.py" $P $L "$DOM" "$W/mail" tls.pem tls.key > hub.out 2>&1 </dev/null & echo $! > hub.pid
setsid ./mm start --force >start.out 2>&1 </dev/null   # must not keep our output open: its children live on
rest() { curl -sS -u restadmin:restpass -o /dev/null -w '%{http_code}' "$@"; }
for _ in $(seq 240); do [ "$(rest http://127.0.0.1:$R/3.1/system/versions 2>/dev/null)" = 200 ] && break; sleep 0.25; done
for _ in $(seq 240); do (exec 3<>/dev/tcp/127.0.0.1/$L) 2>/dev/null && break; sleep 0.25; done
B=http://127.0.0.1:$R/3.1
if [ "$(rest $B/lists/$LIST)" != 200 ]; then
  rest -d mail_host=$DOM $B/domains >/dev/null
  [ "$(rest -d fqdn_listname=$LIST -d style_name=legacy-default $B/lists)" = 201 ]
  rest -X PATCH -d send_welcome_message=false -d admin_immed_notify=false -d max_message_size=200 $B/lists/$LIST/config >/dev/null
  for m in $MEMBERS; do
    c=$(rest -d list_id=${LIST/@/.} -d subscriber=$m -d pre_verified=true -d pre_confirmed=true -d pre_approved=true $B/members)
    [ "$c" = 201 ] || { echo "subscribe $m: $c" >&2; exit 1; }
  done
fi
echo "READY smtp=$P lmtp=$L rest=$B list=$LIST"
