import type { AlertRule, Scope, Series } from '../rule';
import { select } from '../selector';

const source = 'https://github.com/oliver006/redis_exporter, tried with 1.45 on Redis 7.0';
const answers: Series = { name: 'redis_up', standing: 'documented', source };
const used: Series = { name: 'redis_memory_used_bytes', standing: 'documented', source };
const maximum: Series = { name: 'redis_memory_max_bytes', standing: 'documented', source };

/** @param job the exporter's job: the exporter answers also if Redis is down */
export function redisRules(scope: Scope, job: string): AlertRule[] {
  return [down(scope, job), memoryHigh(scope, job)];
}

function down(scope: Scope, job: string): AlertRule {
  return {
    name: 'RedisDown',
    expression: `${select(answers.name, scope, job)} == 0`,
    for: '2m',
    severity: 'critical',
    summary: 'Redis does not answer its exporter: no job can be queued or run.',
    action: `kubectl get pods -n ${scope.namespace} -l app.kubernetes.io/component=cache -o wide, and its logs. It runs on one node only: kubectl get nodes shows whether that node is Ready. A password that only one of the two has read looks the same: compare the annotation revision/ of both pods.`,
    emittedBy: job,
    series: [answers],
  };
}

/** Without maxmemory the division by 0 fires the alert: such a Redis could use its node's memory. */
function memoryHigh(scope: Scope, job: string): AlertRule {
  return {
    name: 'RedisMemoryHigh',
    expression: `${select(used.name, scope, job)} / ${select(maximum.name, scope, job)} > 0.8`,
    for: '10m',
    severity: 'warning',
    summary: 'Redis holds {{ $value | humanizePercentage }} of its maxmemory.',
    action:
      'At 100 % writes fail, and no job is queued (noeviction). If the queue only grows, check that the worker runs. Otherwise raise maxmemory and the memory limit, which must be twice as large (book 20, scaling triggers).',
    emittedBy: job,
    series: [used, maximum],
  };
}
