# Takes a program from standard input into a file, which is there until the program has been started. POSIX sh.
# Arguments: the file, its octets, and seconds after which nobody will start it any more.
# stdin   the octets; then a line, or the end, when the file has served.
# stdout  `sha256 HEX` of what lies in the file; without HEX where nothing can tell it.
# The status is 0 if the file is gone.
#
# This shell keeps its outputs to its end: some runtimes cut the input short when they are given up.
file=$1 size=$2 left=$3
umask 077

# The watch removes the file when this shell is killed, or when its time is up.
(
  nap=
  trap 'kill $nap 2>/dev/null; wait; exit' TERM
  while [ "$left" -gt 0 ] && kill -0 $$ 2>/dev/null; do
    sleep 2 & nap=$!
    wait $nap
    left=$((left - 2))
  done
  [ "$left" -gt 0 ] || kill $$
  rm -f "$file"
) </dev/null >/dev/null 2>&1 &
watch=$!

if head -c "$size" >"$file" && chmod 700 "$file"; then
  sum=$(sha256sum 2>/dev/null <"$file")
  printf 'sha256 %s\n' "${sum%% *}"
  read -r served
fi
rm -f "$file"
gone=$?
kill $watch 2>/dev/null
wait
exit $gone
