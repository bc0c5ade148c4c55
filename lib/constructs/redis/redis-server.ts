/** Where the volume is mounted: the working directory of Redis's image. */
export const dataDirectory = '/data';

/**
 * The script that starts the server, in the shell of the image. The arguments of the container are passed to
 * the server.
 *
 * - Without a password, the script fails, because `redis-server` would start without authentication.
 * - Quotes and backslashes are escaped for Redis's configuration syntax. A line break is refused, because it
 *   would end the directive.
 * - The lock is a file on the volume, because ReadWriteOnce does not exclude two pods on one node. File
 *   descriptor 9 holds the lock. The server inherits the descriptor, so the lock is released when the server
 *   exits.
 * - `exec` makes the server process 1 of the container, so that it receives SIGTERM and saves its data.
 */
const script = `set -eu
if [ -z "\${REDIS_PASSWORD:-}" ]; then
  echo 'REDIS_PASSWORD is empty: not starting a Redis without a password' >&2
  exit 1
fi
case $REDIS_PASSWORD in
  *[[:cntrl:]]*)
    echo 'REDIS_PASSWORD holds a line break or another control character: not starting' >&2
    exit 1
    ;;
esac
exec 9>>${dataDirectory}/redis.lock
flock -n 9 || { echo 'another Redis holds ${dataDirectory}: waiting until it ends' >&2; flock 9; }
password=$(printf '%s' "$REDIS_PASSWORD" | sed 's/[\\\\"]/\\\\&/g')
exec redis-server - "$@" <<END
requirepass "$password"
END
`;

/** The container's command. The last item is the name of the script in the shell's messages. */
export const startRedis = ['sh', '-c', script, 'redis'];

/**
 * Succeeds if the server responds PONG. The exit code of `redis-cli` is 0 even for an error, so the script
 * compares the response. `redis-cli` reads the password from REDISCLI_AUTH.
 */
export const pingAnswers = '[ "$(redis-cli -h 127.0.0.1 ping)" = PONG ]';
