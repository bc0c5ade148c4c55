import type { AlertRule, Scope, Series } from '../rule';
import { select } from '../selector';

const source = 'https://github.com/oliver006/redis_exporter, tried with 1.45 on Redis 7.0';
const answers: Series = { name: 'redis_up', standing: 'documented', source };
const used: Series = { name: 'redis_memory_used_bytes', standing: 'documented', source };
const maximum: Series = { name: 'redis_memory_max_bytes', standing: 'documented', source };

/** @param job the target of the exporter: it answers while Redis itself may be gone */
export function redisRules(scope: Scope, job: string): AlertRule[] {
  return [down(scope, job), memoryHigh(scope, job)];
}

function down(scope: Scope, job: string): AlertRule {
  return {
    name: 'RedisDown',
    expression: `${select(answers.name, scope, job)} == 0`,
    for: '2m',
    severity: 'critical',
    summary: 'Redis does not answer its exporter: nothing is queued, and no job runs.',
    action: `kubectl get pods -n ${scope.namespace} -l app.kubernetes.io/component=cache -o wide, and its logs. It runs on one node only: is that node there? A password that was changed for one of the two looks the same: compare the revision in their annotations.`,
    emittedBy: job,
    series: [answers],
  };
}

/** A Redis without maxmemory divides by 0, and fires: it would take its node's memory. */
function memoryHigh(scope: Scope, job: string): AlertRule {
  return {
    name: 'RedisMemoryHigh',
    expression: `${select(used.name, scope, job)} / ${select(maximum.name, scope, job)} > 0.8`,
    for: '10m',
    severity: 'warning',
    summary: 'Redis holds {{ $value | humanizePercentage }} of its maxmemory.',
    action:
      'At 100 % writes fail, and no job is queued (noeviction). A queue that only grows: is the worker running? Else raise maxmemory with the memory limit, which must be twice as large (chapter 20, scaling triggers).',
    emittedBy: job,
    series: [used, maximum],
  };
}
