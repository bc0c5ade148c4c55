import type { AlertRule, Scope, Series } from '../rule';
import { select } from '../selector';

const source = 'https://github.com/oliver006/redis_exporter, tried with 1.45 on Redis 7.0';
const answers: Series = { name: 'redis_up', standing: 'documented', source };
const used: Series = { name: 'redis_memory_used_bytes', standing: 'documented', source };
const maximum: Series = { name: 'redis_memory_max_bytes', standing: 'documented', source };

/** @param job the job of the exporter, which answers scrapes even if Redis is down */
export function redisRules(scope: Scope, job: string): AlertRule[] {
  return [down(scope, job), memoryHigh(scope, job)];
}

function down(scope: Scope, job: string): AlertRule {
  return {
    name: 'RedisDown',
    expression: `${select(answers.name, scope, job)} == 0`,
    for: '2m',
    severity: 'critical',
    summary: "Redis does not answer its exporter, so jobs can't be queued or run.",
    action: `Look at the pod and its logs: kubectl get pods -n ${scope.namespace} -l app.kubernetes.io/component=cache -o wide. Redis runs on only one node: kubectl get nodes shows whether that node is Ready. The alert also fires if only Redis or only the exporter has a new password: compare the annotation revision/ of both pods.`,
    emittedBy: job,
    series: [answers],
  };
}

/**
 * If maxmemory is 0 (no limit), the division by 0 fires the alert, because Redis could use all memory of its
 * node.
 */
function memoryHigh(scope: Scope, job: string): AlertRule {
  return {
    name: 'RedisMemoryHigh',
    expression: `${select(used.name, scope, job)} / ${select(maximum.name, scope, job)} > 0.8`,
    for: '10m',
    severity: 'warning',
    summary: 'Redis uses {{ $value | humanizePercentage }} of its maxmemory.',
    action:
      'At 100 % all writes fail, so no job can be queued (noeviction). If the queue only grows, check that the worker runs. Otherwise raise maxmemory and the memory limit, which must be twice maxmemory (book 20, scaling triggers).',
    emittedBy: job,
    series: [used, maximum],
  };
}
