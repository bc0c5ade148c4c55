import { parseQuantity } from '../../kubernetes/quantity';
import type { PropProblem } from '../props-error';

/** Where the metrics go. */
export interface RemoteWrite {
  /** Such as `https://metrics.example.com/api/v1/write`. */
  readonly url: string;
  /** How much is kept, in bytes, while that doesn't answer. */
  readonly buffer: number;
  /** The file that holds the bearer token. It is read anew every second. */
  readonly tokenFile: string;
}

export const agentPort = 8429;

/** The directories that vmagent is given. */
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
 * What the disk may have to hold for a buffer of so many bytes: a chunk is removed when all of it is sent, so one more
 * can be there, and vmagent keeps notes beside them.
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
  return { path, message: `is "${url}"; it must be https: anybody on the way could read the token` };
}
