# Removes what sessions that were killed have left in the volume of a sidecar. POSIX sh.
# Arguments: the directory of all captures; the ids of those sessions.
#
# What a process still writes or sends is left alone: its session may live, and its signs of life not have come through.
all=$1
shift

# A process may end while its arguments are read; bash then leaves the variable as it was, so it is emptied before.
used() {
  for process in /proc/[0-9]*; do
    while line= && IFS= read -r line || [ -n "$line" ]; do
      case $line in *"$1"*) return 0 ;; esac
    done 2>/dev/null <"$process/cmdline"
  done
  return 1
}

for id; do
  for dir in "$all/$id"-*; do
    if [ -d "$dir" ] && ! used "$dir"; then rm -rf "$dir"; fi
  done
done
exit 0
