/** Where steps hand files on, by the volume's name. The dump as it is and the dump encrypted lie apart. */
export const backupDirectories = { plain: '/backup/plain', sealed: '/backup/sealed', tmp: '/tmp' } as const;

export const dump = `${backupDirectories.plain}/postgres.dump`;
export const sealed = `${backupDirectories.sealed}/postgres.dump.age`;

/**
 * Reads back what was written. `--list` reads the table of contents, which lies at the front of the file: it
 * finds nothing wrong with one that ends in the middle. Restoring into nowhere reads and unpacks every row.
 */
export const verify = `set -eu
size=$(wc -c <${dump})
if [ "$size" -lt "$1" ]; then
  echo "the dump has $size bytes, and fewer than $1 are not plausible: not keeping it" >&2
  exit 1
fi
contents=$(pg_restore --list ${dump})
case $contents in
  *' TABLE DATA '*) ;;
  *)
    echo 'the dump holds no table: not keeping it' >&2
    exit 1
    ;;
esac
pg_restore --file=/dev/null ${dump}
echo "the dump is whole: $size bytes"
`;

/**
 * Each object has a name of its own, the second in which its upload began, so none replaces another.
 *
 * A key that can only write is refused what rclone otherwise does: creating the bucket, looking for an object
 * of that name, looking for the new one. With several threads, its way with 256 MiB and more, it looks in any
 * case.
 */
export const upload = `set -eu
object="$1/$2-$(date -u +%Y-%m-%dT%H%M%SZ).dump.age"
rclone copyto --config '' --no-check-dest --multi-thread-streams 0 ${sealed} ":s3:$object"
echo "uploaded $object"
`;

/**
 * The token reaches curl by its standard input: it is in no argument and no file. Only an answer of 2xx is
 * one of the metrics server; what stands before it answers a token that it doesn't know with a redirect to a
 * login.
 */
export const report = `set -eu
case \${PUSH_TOKEN:-} in
  '' | *[![:graph:]]*)
    echo 'PUSH_TOKEN is empty or holds a space or a line break: nobody is told of this backup' >&2
    exit 1
    ;;
esac
metrics="postgres_backup_last_success_timestamp_seconds{$2} $(date +%s)
postgres_backup_size_bytes{$2} $(wc -c <${sealed})
"
status=$(printf 'Authorization: Bearer %s\\n' "$PUSH_TOKEN" |
  curl --silent --show-error --max-time 60 --retry 5 --retry-connrefused --header @- \\
    --header 'Content-Type: text/plain' --data-binary "$metrics" \\
    --output /dev/null --write-out '%{http_code}' "$1")
case $status in
  2??) echo "$metrics" ;;
  *)
    echo "the metrics server answered $status: nobody is told of this backup" >&2
    exit 1
    ;;
esac
`;
