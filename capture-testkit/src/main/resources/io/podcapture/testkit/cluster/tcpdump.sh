# Stands in for tcpdump: takes its arguments and signals to the simulated cluster, which makes what it prints. POSIX sh.
# Arguments: a directory of this container's, the cluster's pipe for new calls, the name it was called by, then tcpdump's own.
#
# Signals are caught as tcpdump catches them. Whoever starts this has made SIGINT deadly again: a shell ignores it in what it
# starts in the background, and a shell that is started so cannot catch it any more.
#
# Files are written by the cluster, so it is told where this runs and what its files may be, and whether its container may
# open raw sockets.
PATH=/usr/bin:/bin
call=$1/$$ door=$2
shift 2
mkdir "$call" && mkfifo "$call/out" "$call/err" "$call/signals" || exit 1
printf '%s\0' "$(umask)" "$(pwd)" "${SIMULATED_DENIED-}" "$@" >"$call/arguments"
# Before anything that would outlive this shell. Opened both ways the pipe does not wait for the cluster, and keeps what comes
# until then.
exec 4<>"$call/signals"
echo READY >&4
trap 'echo INT >&4' INT
trap 'echo TERM >&4' TERM
trap 'echo USR1 >&4' USR1
cat "$call/out" 4>&- & out=$!
cat "$call/err" >&2 4>&- & err=$!
printf '%s\n' "$call" >"$door"
for part in $out $err; do
  # A wait that a signal interrupts returns early.
  while kill -0 "$part" 2>/dev/null; do wait "$part"; done
done
read -r status <"$call/status" || status=1
exit "$status"
