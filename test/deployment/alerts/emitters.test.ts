import { alertRules } from '../../../lib/deployment/alerts/alert-rules';
import { checkEmitters, type Emitter } from '../../../lib/deployment/alerts/emitters';
import { redisRules } from '../../../lib/deployment/alerts/rules/redis';
import { workerRules } from '../../../lib/deployment/alerts/rules/worker';
import { watched } from './watched';

const scope = { cluster: 'shop', namespace: 'shop', agent: 'vmagent' };
const messages = (emitters: readonly Emitter[]) =>
  checkEmitters(redisRules(scope, 'redis'), emitters).map(({ rule, message }) => `${rule} ${message}`);

describe('checkEmitters', () => {
  test('has nothing against alerts whose targets are declared', () => {
    const emitters = [...watched.scraped, { job: 'postgres-backup' }];
    expect(checkEmitters(alertRules(watched), emitters)).toEqual([]);
  });

  test('names each alert that could never fire, its series, and what is declared', () => {
    expect(messages([{ job: 'api' }, { job: 'traefik' }])).toEqual([
      'RedisDown reads redis_up of the target "redis", which is not declared (the targets are "api", "traefik"), so it can never fire. Declare the target, or remove the alert',
      'RedisMemoryHigh reads redis_memory_used_bytes and redis_memory_max_bytes of the target "redis", which is not declared (the targets are "api", "traefik"), so it can never fire. Declare the target, or remove the alert',
    ]);
  });

  test('says so where nothing is declared', () => {
    expect(messages([])[0]).toContain('which is not declared (none is declared)');
  });

  test('takes a program that pushes for an emitter', () => {
    expect(messages([{ job: 'redis' }])).toEqual([]);
  });

  test('asks no target of what is unresolved', () => {
    expect(checkEmitters(workerRules(scope, { unresolved: 'give it a port' }), [])).toEqual([]);
  });
});
