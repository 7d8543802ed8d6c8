# Runs a program whose file is gone before it runs: nothing is left of it, whatever is killed. POSIX sh.
# Arguments: the file, the word by which others call the program, and the program's arguments.
# The file is opened for a block: where that fails for exec itself, the shell ends with a status of its own.
{
  rm -f "$1"
  shift 2
  exec /proc/self/fd/9 "$@"
} 9<"$1"
exit 126
