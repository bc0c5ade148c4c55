import { parseQuantity } from '../../kubernetes/quantity';
import type { PropProblem } from '../props-error';

/** The server that receives the metrics. */
export interface RemoteWrite {
  /** Such as `https://metrics.example.com/api/v1/write`. */
  readonly url: string;
  /** The size of the buffer that keeps metrics while the server is down, in bytes. */
  readonly buffer: number;
  /** The file with the bearer token. vmagent reads the file every second. */
  readonly tokenFile: string;
}

export const agentPort = 8429;

/** The directories that are mounted into vmagent's container. */
export const agentDirectories = {
  config: '/etc/vmagent',
  token: '/etc/remote-write',
  buffer: '/var/lib/vmagent',
} as const;

/** The key in the ConfigMap, which is also the name of the mounted file. */
export const scrapeFile = 'scrape.yml';

/** @see https://docs.victoriametrics.com/victoriametrics/vmagent/#advanced-usage */
export function agentArguments({ url, buffer, tokenFile }: RemoteWrite): string[] {
  return [
    `-httpListenAddr=:${agentPort}`,
    `-promscrape.config=${agentDirectories.config}/${scrapeFile}`,
    `-remoteWrite.url=${url}`,
    `-remoteWrite.bearerTokenFile=${tokenFile}`,
    `-remoteWrite.tmpDataPath=${agentDirectories.buffer}`,
    `-remoteWrite.maxDiskUsagePerURL=${buffer}`,
    // With one queue, samples arrive in order: Prometheus and Mimir refuse a sample that is older than the
    // previous one.
    '-remoteWrite.queues=1',
  ];
}

/** The size of vmagent's buffer files, in MiB. vmagent rounds a smaller buffer limit up to one file. */
const chunk = 512;
const mebibyte = 2 ** 20;

/**
 * The disk space for a buffer of this many bytes. vmagent removes a chunk only after all of its data is sent,
 * so there may be one chunk more. The metadata of vmagent needs up to 64 MiB.
 */
export function diskForBuffer(buffer: number): string {
  return `${Math.ceil(buffer / mebibyte) + chunk + 64}Mi`;
}

const defaultBufferSize = '1Gi';

/** @param bufferSize a Kubernetes quantity */
export function bufferBytes(bufferSize = defaultBufferSize): number {
  return Math.floor(parseQuantity(bufferSize) ?? 0);
}

export function bufferProblem(bufferSize = defaultBufferSize): PropProblem | undefined {
  if ((parseQuantity(bufferSize) ?? 0) >= chunk * mebibyte) return undefined;
  const message = `is "${bufferSize}"; it must be a quantity of at least ${chunk}Mi, because vmagent rounds a smaller size up to it`;
  return { path: ['bufferSize'], message };
}

export function urlProblem(url: string): PropProblem | undefined {
  const path = ['remoteWrite', 'url'];
  const { protocol, username, password } = URL.canParse(url)
    ? new URL(url)
    : { protocol: '', username: '', password: '' };
  if (username !== '' || password !== '') {
    return { path, message: 'contains a user or a password, which the manifest would show; use the token' };
  }
  if (protocol === 'https:') return undefined;
  return {
    path,
    message: `is "${url}"; it must begin with https://, because otherwise the token is sent unencrypted`,
  };
}
