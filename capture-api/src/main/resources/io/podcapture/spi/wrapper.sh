# Runs a capture command behind a stream that may break at any moment. POSIX sh: dash, bash and busybox read it alike.
# Arguments: nonce, seconds that one `keep` lasts, command and its arguments. No text of a user is ever part of this script.
#
# stdin   verbs, one a line: stop (end politely), stats (tell the counts; not behind a stop), clock (tell the time), keep (renew the
#         lease), ack (all was received). Its end stops the command, and hard when it does not heed.
# stdout  the command's own, then a trailer: all of it is there when the trailer is.
# stderr  the command's own, lines of ours that begin with "podcapture" and the nonce, and a heartbeat octet now and then.
#
# Only this shell signals the command, so that no signal ever hits a process that got the number later.
nonce=$1 lease=$2
shift 2
exec 3<&0 </dev/null
child= over=0
# The next two are begun before TERM is trapped: what hits them before their own trap is set then ends them, and is not lost in
# a trap of ours that they inherit. Else this shell might wait for them for good. A `keep` that comes too early is lost.
trap '' USR1

# The heartbeat. It is written by a process of its own, so that TERM ends this one even when nobody reads.
(
  trap '{ kill -KILL $!; wait; } 2>/dev/null; exit' TERM
  while kill -0 $$ 2>/dev/null; do
    sleep 3 2>/dev/null & wait $!
    printf '\006' >&2 & wait $!
  done
) >/dev/null 3<&- &
beat=$!

# The lease: the command ends when nobody has said `keep` for that long.
(
  trap 'left=$lease' USR1
  trap 'kill $nap 2>/dev/null; wait; exit' TERM
  left=$lease nap=
  while [ "$left" -gt 0 ]; do
    sleep 2 & nap=$!
    while kill -0 $nap 2>/dev/null; do wait $nap; done
    left=$((left - 2))
    kill -0 $$ 2>/dev/null || exit
  done
  while kill -TERM $$ 2>/dev/null; do sleep 2 & nap=$!; wait $nap; done
) >/dev/null 2>&1 3<&- &
clock=$!

# USR1: tell the counts. USR2: end politely. TERM: the reader is gone or silent: end, and each time harder. HUP would not do for
# any of them: below nohup no shell can trap it.
trap '[ -z "$child" ] || kill -INT "$child" 2>/dev/null' USR2
# Of a command that has just ended it says nothing, nor where a further signal comes meanwhile: dash then gives the wait's status.
trap '[ -z "$child" ] || {
  kill -USR1 "$child" 2>/dev/null
  [ $? -eq 1 ] && [ -e "/proc/$child" ] && printf "podcapture %s deaf\n" "$nonce" >&2
}' USR1
# A terminal that hangs up must not end this shell before the command.
trap : HUP
trap 'over=$((over + 1))
[ -z "$child" ] || case $over in 1) kill -INT "$child" ;; 2) kill -TERM "$child" ;; *) kill -KILL "$child" ;; esac 2>/dev/null' TERM

# A wait that a trap interrupts says 128 and more, as does a command that a signal ended: ask again until it is gone. What was
# said last is asked for again even then: bash tells of a signal that came between two waits in the one after it. What wait
# prints of a command that a signal ended nobody may read: this shell must not be held up by it.
await() {
  wait "$1" 2>/dev/null; status=$?
  while kill -0 "$1" 2>/dev/null; do
    wait "$1" 2>/dev/null; status=$?
  done
  for try in 1 2 3; do
    [ "$status" -gt 128 ] || return 0
    wait "$1" 2>/dev/null; again=$?
    [ "$again" -eq 127 ] || status=$again
  done
}

sh -c 'printf "podcapture %s pid %s\n" "$1" "$$" >&2; shift; exec "$@"' podcapture "$nonce" "$@" 3<&- &
child=$!

# Who asked for the time may be gone before it is told: then this must live on, to see the end of standard input. Behind a stop
# nothing is asked: a signal so close behind it makes bash forget the stop.
(
  trap '' PIPE
  asked=
  while IFS= read -r verb; do
    case $verb in
      stop) asked=1; kill -USR2 $$ ;;
      stats) [ -n "$asked" ] || kill -USR1 $$ ;;
      # Not every date knows nanoseconds; what it prints instead of them is no number.
      clock) printf 'podcapture %s clock %s\n' "$nonce" "${EPOCHREALTIME-$(date +%s.%N 2>/dev/null)}" >&4 ;;
      keep) kill -USR1 $clock ;;
      ack) exit 0 ;;
    esac
  done <&3
  exec 4>&-
  nap=
  trap 'kill $nap 2>/dev/null; wait; exit' TERM
  while kill -TERM $$ 2>/dev/null; do sleep 2 & nap=$!; wait $nap; done
) 4>&2 >/dev/null 2>&1 &
watch=$!
exec 3<&-

await "$child"
# From here on the next TERM means: leave. Whoever sends them does so every two seconds.
ended=$status child= over=0
trap : USR1 USR2
# Written by a process of its own: when nobody reads, this shell must still heed the end of the lease.
{
  printf 'podcapture %s exit %s\n' "$nonce" "$ended" >&2
  printf '\npodcapture %s %03d\n' "$nonce" "$ended"
} &
last=$!
while kill -0 $last 2>/dev/null && [ "$over" -eq 0 ]; do wait $last 2>/dev/null; done
# Held until all was received: some servers drop what is unread when the process ends.
while kill -0 $watch 2>/dev/null && [ "$over" -eq 0 ]; do wait $watch 2>/dev/null; done
[ "$over" -eq 0 ] || kill -KILL $last 2>/dev/null
trap : TERM
kill -TERM $watch $clock $beat 2>/dev/null
wait 2>/dev/null
exit "$ended"
