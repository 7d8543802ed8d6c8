# Ends the main process of an ephemeral container. POSIX sh. Argument: the session's id.
# Where the pod shares its process namespace the main process is not number 1, so it is found by its mark; this text holds
# only the beginning of the mark.
# A process may end while its arguments are read; bash then leaves the variable as it was, so it is emptied before.
mark=podcapture-main-$1
for dir in /proc/[0-9]*; do
  while line= && IFS= read -r line || [ -n "$line" ]; do
    case $line in *"$mark"*) kill -TERM "${dir#/proc/}"; break ;; esac
  done 2>/dev/null <"$dir/cmdline"
done
