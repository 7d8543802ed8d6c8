# The main process of an ephemeral container or a helper pod: stays as long as a capture of its session runs beside it, and a little longer.
# Nobody can remove an ephemeral container, and nobody may be there to remove a pod: so it must end by itself, whatever has
# become of the session.
# POSIX sh: dash, bash and busybox read it alike. Argument: the session's id.
#
# The captures are the wrapper scripts started by exec; they carry a mark in their arguments, as do the commands that look
# around before. This text holds only the beginning of the marks, so that this process never takes itself for one. A zombie
# has no arguments.
session=$1 nap=
trap 'kill $nap 2>/dev/null; exit 0' TERM INT HUP

# Tells whether a process carries the mark with this word. The shell's own read drops the zero octets between the arguments.
# A process may end while its arguments are read; bash then leaves the variable as it was, so it is emptied before.
marked() {
  while line= && IFS= read -r line || [ -n "$line" ]; do
    case $line in *"podcapture-$2-$session"*) return 0 ;; esac
  done 2>/dev/null <"/proc/$1/cmdline"
  return 1
}

# Finds a process that carries the mark with this word. One grep where there is one: a node may have thousands, with long
# arguments. Its own arguments are a pattern that does not match itself.
look() {
  found=
  if [ -n "$grep" ]; then
    found=$(grep -ls "podcaptur[e]-$1-$session" /proc/[0-9]*/cmdline)
    found=${found%%/cmdline*}
    found=${found#/proc/}
    return
  fi
  for dir in /proc/[0-9]*; do
    if marked "${dir#/proc/}" "$1"; then
      found=${dir#/proc/}
      return
    fi
  done
}

# Rounds of two seconds: eight until the first capture comes, four after the last one. All together, with what a container
# needs for its end, it must be gone within 30 s. On a slow node the looks before the first capture may take longer: the eight
# begin anew with each round that sees one, but no more than fifteen times, since no lease ends them.
grep=$(command -v grep)
left=8 looks=15 found=
while [ "$left" -gt 0 ]; do
  # As long as the one found last is there, the others need no look.
  [ -n "$found" ] && marked "$found" wrapper || look wrapper
  if [ -n "$found" ]; then
    left=4
  else
    left=$((left - 1))
    [ "$looks" -eq 0 ] || look look
    [ -z "$found" ] || left=8 looks=$((looks - 1)) found=
  fi
  # In the background: a signal interrupts the wait, but no command in the foreground.
  sleep 2 &
  nap=$!
  wait $nap
done
