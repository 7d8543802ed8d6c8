# Looks whether this container can capture, and for the first directory in which a program can be written and run. POSIX sh: dash,
# bash and busybox read it alike.
# Arguments: the name of a file that nobody has, and directories, or none; a point is the working directory.
# stdout: `arch NAME`; where they can be told `user NUMBER`, `caps HEX` (effective), `tool VERSION`; then `not WHY DIRECTORY` for each
# that will not do, at last `in DIRECTORY`.
name=$1
shift
umask 077
arch=$(uname -m 2>/dev/null)
case $arch in x86_64) arch=amd64 ;; aarch64) arch=arm64 ;; esac
printf 'arch %s\n' "${arch:-unknown}"
user=$(id -u 2>/dev/null) && printf 'user %s\n' "$user"
[ ! -r /proc/self/status ] || while read -r key value; do
  [ "$key" != CapEff: ] || printf 'caps %s\n' "$value"
done </proc/self/status
if tool=$(tcpdump --version 2>&1); then
  printf '%s\n' "$tool" | while read -r line; do
    case $line in 'tcpdump version'*) printf 'tool %s\n' "$line" ;; esac
  done
fi
for dir; do
  [ "$dir" != . ] || dir=$(pwd)
  file=${dir%/}/$name why=
  # A file without a first line for the kernel: the shell reads it by itself, wherever it may lie in this image.
  if [ ! -d "$dir" ]; then
    why=missing
  elif ! (echo : >"$file") 2>/dev/null; then
    why=unwritable
  elif ! { chmod 700 "$file" && "$file"; } >/dev/null 2>&1; then
    why=noexec
  fi
  rm -f "$file" 2>/dev/null
  if [ -z "$why" ]; then
    printf 'in %s\n' "$dir"
    exit 0
  fi
  printf 'not %s %s\n' "$why" "$dir"
done
