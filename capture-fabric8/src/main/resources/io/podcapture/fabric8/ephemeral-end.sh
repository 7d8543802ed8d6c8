# Ends the main process of an ephemeral container. POSIX sh. Argument: the session's id.
# Where the pod shares its process namespace the main process is not number 1, so it is found by its mark; this text holds
# only the beginning of the mark.
mark=podcapture-main-$1
for dir in /proc/[0-9]*; do
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in *"$mark"*) kill -TERM "${dir#/proc/}"; break ;; esac
  done 2>/dev/null <"$dir/cmdline"
done
