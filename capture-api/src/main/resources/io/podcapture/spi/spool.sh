# Lets a capture tool write files of a fixed size into a directory, and ends it when that is full. POSIX sh.
# Arguments: directory, how many files may be full, the tool and its arguments. No text of a user is part of this script.
#
# The tool takes this shell's place, so that signals for it need no way through here; the watch beside it ends with it.
# It looks whether a file is there, which costs no process, twice a second. What it prints is read by the session.
dir=$1 files=$2 me=$$
shift 2
umask 077
mkdir -p "$dir" || exit 1
(
  while kill -0 "$me" 2>/dev/null; do
    if [ -e "$dir/packets.pcap$files" ]; then
      echo podcapture-spool full >&2
      kill -INT "$me"
      exit
    fi
    sleep 0.5 2>/dev/null || sleep 1
  done
) >/dev/null &
exec "$@"
