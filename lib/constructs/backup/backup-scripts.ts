/**
 * The directories that the backup steps share, by volume name. The plain dump and the encrypted dump have
 * separate volumes.
 */
export const backupDirectories = { plain: '/backup/plain', sealed: '/backup/sealed', tmp: '/tmp' } as const;

export const dump = `${backupDirectories.plain}/postgres.dump`;
export const sealed = `${backupDirectories.sealed}/postgres.dump.age`;

/**
 * Checks that the dump is complete. `pg_restore --list` reads only the table of contents at the beginning of
 * the file, so it does not detect a truncated file. A restore into /dev/null reads and decompresses every
 * row.
 */
export const verify = `set -eu
size=$(wc -c <${dump})
if [ "$size" -lt "$1" ]; then
  echo "the dump has $size bytes, less than the minimum of $1: the dump is not uploaded" >&2
  exit 1
fi
contents=$(pg_restore --list ${dump})
case $contents in
  *' TABLE DATA '*) ;;
  *)
    echo 'the dump contains no table: the dump is not uploaded' >&2
    exit 1
    ;;
esac
pg_restore --file=/dev/null ${dump}
echo "the dump is complete: $size bytes"
`;

/**
 * The object's name contains the second in which its upload began, so no object replaces another.
 *
 * A write-only key may not create the bucket, or look for the object before or after the upload. The options
 * here and in the environment of the step prevent such requests. With several threads, the default from 256
 * MiB, rclone always looks for the object.
 */
export const upload = `set -eu
object="$1/$2-$(date -u +%Y-%m-%dT%H%M%SZ).dump.age"
rclone copyto --config '' --no-check-dest --multi-thread-streams 0 ${sealed} ":s3:$object"
echo "uploaded $object"
`;

/**
 * curl reads the token from standard input, so the token is in no argument and no file. Only a 2xx status
 * counts as success: a proxy in front of the metrics server redirects requests with an unknown token to a
 * login page.
 */
export const report = `set -eu
case \${PUSH_TOKEN:-} in
  '' | *[![:graph:]]*)
    echo 'PUSH_TOKEN is empty or contains a space or a line break: this backup is not reported' >&2
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
    echo "the metrics server responded with status $status: this backup is not reported" >&2
    exit 1
    ;;
esac
`;
