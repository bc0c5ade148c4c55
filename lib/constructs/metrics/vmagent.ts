import { parseQuantity } from '../../kubernetes/quantity';
import type { PropProblem } from '../props-error';

/** The server that receives the metrics. */
export interface RemoteWrite {
  /** Such as `https://metrics.example.com/api/v1/write`. */
  readonly url: string;
  /** The size of the buffer, in bytes, for the time in which the server is down. */
  readonly buffer: number;
  /** The file with the bearer token. vmagent reads it again every second. */
  readonly tokenFile: string;
}

export const agentPort = 8429;

/** The directories that are mounted into vmagent's container. */
export const agentDirectories = {
  config: '/etc/vmagent',
  token: '/etc/remote-write',
  buffer: '/var/lib/vmagent',
} as const;

/** The key of the ConfigMap, and so the name of the file. */
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
    // One after the other, so that samples arrive in order: Prometheus and Mimir refuse older ones.
    '-remoteWrite.queues=1',
  ];
}

/** vmagent keeps the buffer in files of this size, and rounds a smaller limit up to one file. */
const chunk = 512;
const mebibyte = 2 ** 20;

/**
 * The size on disk of a buffer of so many bytes. A chunk is removed only when all of it is sent, so there may
 * be one more chunk; vmagent's own metadata is added.
 */
export function diskForBuffer(buffer: number): string {
  return `${Math.ceil(buffer / mebibyte) + chunk + 64}Mi`;
}

const defaultBufferSize = '1Gi';

/** @param bufferSize a quantity, by default about a week of 2,000 series */
export function bufferBytes(bufferSize = defaultBufferSize): number {
  return Math.floor(parseQuantity(bufferSize) ?? 0);
}

export function bufferProblem(bufferSize = defaultBufferSize): PropProblem | undefined {
  if ((parseQuantity(bufferSize) ?? 0) >= chunk * mebibyte) return undefined;
  const message = `is "${bufferSize}"; it must be a quantity of at least ${chunk}Mi: vmagent takes less for as much`;
  return { path: ['bufferSize'], message };
}

export function urlProblem(url: string): PropProblem | undefined {
  const path = ['remoteWrite', 'url'];
  const { protocol, username, password } = URL.canParse(url)
    ? new URL(url)
    : { protocol: '', username: '', password: '' };
  if (username !== '' || password !== '') {
    return { path, message: 'holds a user or a password, and would show it in the manifest; use the token' };
  }
  if (protocol === 'https:') return undefined;
  return { path, message: `is "${url}"; it must be https, because otherwise the token is sent unencrypted` };
}
