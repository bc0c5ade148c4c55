/**
 * The directories that steps share, by the volume's name. The plain dump and the encrypted dump have separate
 * volumes.
 */
export const backupDirectories = { plain: '/backup/plain', sealed: '/backup/sealed', tmp: '/tmp' } as const;

export const dump = `${backupDirectories.plain}/postgres.dump`;
export const sealed = `${backupDirectories.sealed}/postgres.dump.age`;

/**
 * Reads the dump back. `--list` reads only the table of contents at the beginning of the file, so it does not
 * detect a truncated file. A restore into /dev/null reads and unpacks every row.
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
 * The name of an object contains the second in which its upload began, so no object replaces another.
 *
 * These options prevent requests that a write-only key may not make: to create the bucket, to look for an
 * object of that name before the upload, and to look for it afterwards. With several threads, its default
 * from 256 MiB, rclone always looks for it.
 */
export const upload = `set -eu
object="$1/$2-$(date -u +%Y-%m-%dT%H%M%SZ).dump.age"
rclone copyto --config '' --no-check-dest --multi-thread-streams 0 ${sealed} ":s3:$object"
echo "uploaded $object"
`;

/**
 * curl reads the token from its standard input, so it is in no argument and no file. Only a 2xx response
 * counts as success: a proxy in front of the metrics server redirects requests with an unknown token to a
 * login.
 */
export const report = `set -eu
case \${PUSH_TOKEN:-} in
  '' | *[![:graph:]]*)
    echo 'PUSH_TOKEN is empty or holds a space or a line break: this backup is not reported' >&2
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
    echo "the metrics server answered $status: this backup is not reported" >&2
    exit 1
    ;;
esac
`;
