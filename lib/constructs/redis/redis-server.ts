/** Where the volume is mounted: the working directory of Redis's image. */
export const dataDirectory = '/data';

/**
 * What runs before the server, in the shell of the image; the arguments of the container are the server's.
 *
 * - No password, no server: `redis-server` itself would start open to everybody.
 * - Quotes and backslashes are escaped for Redis's configuration syntax; a line break would end the directive,
 *   and with it the password, so it is refused.
 * - The lock lies on the volume, because ReadWriteOnce keeps nodes apart and not two pods of one node. It is
 *   bound to descriptor 9, which the server inherits: it ends with the server, however that ends.
 * - `exec` makes the server the container's first process, so that it hears SIGTERM and saves.
 */
const script = `set -eu
if [ -z "\${REDIS_PASSWORD:-}" ]; then
  echo 'REDIS_PASSWORD is empty: not starting a Redis that is open to everybody' >&2
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

/** The container's command. The last word is the script's own name in the shell's messages. */
export const startRedis = ['sh', '-c', script, 'redis'];

/**
 * Succeeds when the server answers. `redis-cli` exits with 0 when it is refused, so only the answer counts; it
 * takes the password from REDISCLI_AUTH.
 */
export const pingAnswers = '[ "$(redis-cli -h 127.0.0.1 ping)" = PONG ]';
