import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/free-port';
import { PATH } from '../../support/programs';

/** Postgres refuses to run as root. */
export const isRoot = process.getuid?.() === 0;
const postgres = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {};

function idOf(option: string): number {
  return Number(spawnSync('id', [option, 'postgres'], { encoding: 'utf8' }).stdout);
}

/** A request as a stand-in sees it, and what it answers. */
interface Request {
  readonly authorization: string;
  readonly method: string;
  readonly url: string;
  readonly body: Buffer;
}
interface Answer {
  readonly status: number;
  readonly body?: string | Buffer;
}

/** An S3 bucket that knows two keys: one may write new objects and nothing else, the other list and read. */
export class Bucket {
  readonly objects = new Map<string, Buffer>();
  readonly requests: string[] = [];

  constructor(private readonly writer: string) {}

  answer({ authorization, method, url, body }: Request): Answer {
    this.requests.push(`${method} ${url}`);
    const [path = '', query] = url.split('?');
    const denied = {
      status: 403,
      body: '<Error><Code>AccessDenied</Code><Message>not entitled</Message></Error>',
    };
    if (authorization.includes(`Credential=${this.writer}/`)) {
      if (method !== 'PUT' || !/^\/[^/]+\/./.test(path) || this.objects.has(path)) return denied;
      this.objects.set(path, body);
      return { status: 200 };
    }
    if (!authorization.includes('Credential=reader/')) return denied;
    const object = this.objects.get(path);
    if (object !== undefined) return { status: 200, body: object };
    return query === undefined ? { status: 404 } : { status: 200, body: this.listing() };
  }

  private listing(): string {
    const modified = '<LastModified>1970-01-01T00:00:00Z</LastModified>';
    const entries = [...this.objects].map(([path, { length }]) => {
      const name = path.split('/').at(-1);
      return `<Contents><Key>${name}</Key><Size>${length}</Size>${modified}</Contents>`;
    });
    return `<ListBucketResult><IsTruncated>false</IsTruncated>${entries.join('')}</ListBucketResult>`;
  }
}

/** VictoriaMetrics' import, behind a bearer token. */
export class MetricsServer {
  readonly pushed: string[] = [];
  status = 204;

  constructor(private readonly token: string) {}

  answer({ authorization, body }: Request): Answer {
    this.pushed.push(body.toString());
    return { status: authorization === `Bearer ${this.token}` ? this.status : 401 };
  }
}

/** The arguments of every process of this machine. */
export function everybodysArguments(): string {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return ''; // ended meanwhile
      }
    })
    .join('\n');
}

/** Everything that a backup talks to, on loopback, with TLS of one authority that only the tests trust. */
export class BackupServers {
  readonly directory = mkdtempSync(join(tmpdir(), 'backup-'));
  /** Authority and server in one certificate. It names localhost, and no address. */
  readonly authority = join(this.directory, 'authority.pem');
  /** All processes' arguments while a request is answered: then rclone or curl is running. */
  readonly seenWhileAnswering: string[] = [];
  private readonly key = join(this.directory, 'server.key');
  private readonly data = join(this.directory, 'data');
  private readonly close: (() => void)[] = [];
  private port = 0;

  /** The operator's own way to Postgres. */
  get operator(): Record<string, string> {
    const user = { PGUSER: 'operator', PGPASSWORD: 'for-the-operator' };
    return { PATH, PGHOST: 'localhost', PGPORT: String(this.port), ...user };
  }

  /** Where rclone and curl find the authority, as they find an image's by themselves. */
  get trust(): Record<string, string> {
    return { SSL_CERT_FILE: this.authority, CURL_CA_BUNDLE: this.authority };
  }

  /** Starts Postgres with a role `backup`; returns its port. */
  async startPostgres(password: string): Promise<number> {
    chmodSync(this.directory, 0o755);
    this.makeCertificate();
    this.port = await freePort();
    for (const path of [this.data, join(this.directory, 'sockets')]) {
      mkdirSync(path, { mode: 0o700 });
      own(path);
    }
    const passwordFile = join(this.directory, 'operator');
    writeFileSync(passwordFile, 'for-the-operator');
    const access = ['-U', 'operator', '-A', 'scram-sha-256', '--pwfile', passwordFile];
    this.run('initdb', ['-D', this.data, ...access, '-E', 'UTF8', '--locale', 'C', '--no-sync']);
    const settings = {
      ...{ listen_addresses: '127.0.0.1', port: this.port, fsync: 'off' },
      unix_socket_directories: join(this.directory, 'sockets'),
      ...{ ssl: 'on', ssl_cert_file: this.authority, ssl_key_file: this.key },
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
    appendFileSync(join(this.data, 'postgresql.conf'), lines.join(''));
    this.run('pg_ctl', ['-D', this.data, '-w', '-l', join(this.data, 'log'), 'start']);
    this.close.push(() => this.run('pg_ctl', ['-D', this.data, '-m', 'immediate', 'stop']));
    this.sql('postgres', `CREATE ROLE backup LOGIN PASSWORD '${password.replaceAll("'", "''")}'`);
    return this.port;
  }

  /** Starts a stand-in; returns its URL. */
  async serve(standIn: { answer(request: Request): Answer }): Promise<string> {
    const server = createHttpsServer({ key: readFileSync(this.key), cert: readFileSync(this.authority) });
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        this.seenWhileAnswering.push(everybodysArguments());
        const { method = '', url = '', headers } = request;
        const authorization = headers.authorization ?? '';
        const { status, body = '' } = standIn.answer({
          ...{ authorization, method, url },
          body: Buffer.concat(chunks),
        });
        const content = { 'content-length': Buffer.byteLength(body) };
        response.writeHead(status, { ...content, 'last-modified': new Date(0).toUTCString() });
        response.end(method === 'HEAD' ? undefined : body);
      });
    });
    this.close.push(() => server.close());
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () =>
        resolve(`https://localhost:${(server.address() as AddressInfo).port}`),
      );
    });
  }

  /** What the commands print, as the operator. */
  sql(database: string, ...commands: string[]): string {
    const words = commands.map((command) => `--command=${command}`);
    return execFileSync('psql', ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', ...words], {
      env: { ...this.operator, PGDATABASE: database },
      encoding: 'utf8',
    });
  }

  stop(): void {
    for (const close of this.close) close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private run(program: string, words: string[]): void {
    execFileSync(program, words, { env: { PATH, LC_ALL: 'C' }, cwd: '/', stdio: 'ignore', ...postgres });
  }

  private makeCertificate(): void {
    const kind = ['-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const files = ['-keyout', this.key, '-out', this.authority];
    execFileSync('openssl', ['req', ...kind, ...names, ...files], { stdio: 'ignore' });
    chmodSync(this.authority, 0o644);
    own(this.key);
  }
}

function own(path: string): void {
  if (postgres.uid !== undefined && postgres.gid !== undefined) chownSync(path, postgres.uid, postgres.gid);
}
