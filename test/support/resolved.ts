import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bech32 } from '@scure/base';
import { parse } from 'yaml';
import { edited, editedLock, fixtures, withConfiguration } from './configuration';

/** Production's configuration with a value for everything that it leaves open. */
export function withResolvedConfiguration<T>(use: (path: string) => T): T {
  const digest = `sha256:${'5'.repeat(64)}`;
  const text = edited([])
    .replaceAll(/tag:(.*\n)? +unresolved:.*/g, 'tag: v1')
    .replace(/user:\n +unresolved: kubectl get secret gitea.*/, 'user: puller')
    .replaceAll(/user:(.*\n)? +unresolved:.*/g, 'user: 1000')
    .replace(/authorizedKeys:\n +unresolved:.*/, `authorizedKeys: ["ssh-ed25519 ${'A'.repeat(68)} operator"]`)
    .replace(/networks:(.*\n) +unresolved:.*/, 'networks: [84.30.0.0/24]')
    .replaceAll(/command:(.*\n)? +unresolved:.*/g, 'command: [/app/migrate]')
    .replaceAll(/([pP]ath):(.*\n)? +unresolved:.*/g, '$1: /metrics')
    .replaceAll(/(host|name|latencyHistogram):(.*\n)? +unresolved:.*/g, '$1: known.example')
    .replaceAll('latencyHistogram: known.example', 'latencyHistogram: request_seconds')
    .replaceAll(/token:(.*\n)? +unresolved:.*/g, 'token: { secret: honeydue-backup, key: B2_KEY_ID }')
    .replaceAll(/minimumBytes:(.*\n)? +unresolved:.*/g, 'minimumBytes: 1000')
    .replaceAll(
      /publicKey:(.*\n)? +unresolved:.*/g,
      `publicKey: ${bech32.encode('age', bech32.toWords(new Uint8Array(32).fill(7)))}`,
    )
    .replaceAll(/ +(others|files):(.*\n) +unresolved:.*\n/g, '')
    .replaceAll(/([A-Z_]+):.*\n(?: +#.*\n)? +unresolved:.*/g, '$1: known');
  const lock = Object.keys(parse(editedLock([])) as object).map((name) => {
    const tag = { api: '237c6b8', redis: '7-alpine' }[name] ?? 'v1';
    return `${name}: { tag: "${tag}", digest: "${digest}" }\n`;
  });
  const ranges = readFileSync(join(fixtures, 'cloudflare-ip-ranges.json'), 'utf8');
  return withConfiguration(
    text,
    use,
    lock.join(''),
    ranges.replace('"checked": null', '"checked": "2026-11-01"'),
  );
}
