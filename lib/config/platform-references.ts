import { at, type Declared, type Finding, unknown } from './finding';
import type { Deployment } from './schema';
import { isUnresolved } from './unresolved';

/**
 * Metrics need an agent, which needs a server; whatever names an external service names one that is there.
 */
export function metricsFindings(deployment: Deployment, declared: Declared): Finding[] {
  const { metrics, workloads } = deployment;
  const entries = Object.entries(workloads);
  const agents = entries.filter(([, { kind }]) => kind === 'MetricsAgent').map(([name]) => name);
  const watched = entries.flatMap(([name, workload]) => {
    if (workload.kind === 'RedisExporter') return [['workloads', name]];
    return 'metrics' in workload && workload.metrics !== undefined ? [['workloads', name, 'metrics']] : [];
  });
  const several = agents
    .slice(1)
    .map((name) => at(['workloads', name], `is a second MetricsAgent beside ${agents[0]}; remove one`));
  const unscraped = agents.length > 0 ? [] : watched;
  return [
    ...several,
    ...unscraped.map((path) => at(path, 'is scraped by nobody; add a workload of kind MetricsAgent')),
    ...(metrics === undefined
      ? withoutServer(deployment)
      : serverFindings(deployment, metrics, declared.secrets)),
    ...entries.flatMap(([name, workload]) => {
      if (workload.kind !== 'RedisExporter') return [];
      const found = workloads[workload.redis];
      // One that is there and wrong is told of where it stands.
      if (found?.kind === 'Redis' || (found === undefined && declared.destinations.includes(workload.redis)))
        return [];
      const redis = entries.filter(([, { kind }]) => kind === 'Redis').map(([each]) => each);
      return [at(['workloads', name, 'redis'], unknown('the Redis', workload.redis, redis))];
    }),
  ];
}

function withoutServer({ workloads }: Deployment): Finding[] {
  return Object.entries(workloads)
    .filter(([, { kind }]) => kind === 'MetricsAgent' || kind === 'PostgresBackup')
    .map(([name, { kind }]) =>
      at(['workloads', name], `is a ${kind}, and there is no server that it could tell; state metrics`),
    );
}

function serverFindings(
  { external = {}, secrets, workloads }: Deployment,
  { server, token }: NonNullable<Deployment['metrics']>,
  declared: readonly string[],
): Finding[] {
  const findings: Finding[] = [];
  if (!Object.values(workloads).some(({ kind }) => kind === 'MetricsAgent')) {
    findings.push(at(['metrics'], 'is written to by nobody; add a workload of kind MetricsAgent'));
  }
  if (!(server in external)) {
    findings.push(at(['metrics', 'server'], unknown('the external service', server, Object.keys(external))));
  }
  if (isUnresolved(token)) return findings;
  if (!declared.includes(token.secret)) {
    findings.push(at(['metrics', 'token', 'secret'], unknown('the Secret', token.secret, declared)));
  }
  const contract = secrets[token.secret];
  if (contract !== undefined && !Object.hasOwn(contract.keys, token.key)) {
    const known = Object.keys(contract.keys);
    findings.push(at(['metrics', 'token', 'key'], unknown(`a key of ${token.secret},`, token.key, known)));
  }
  return findings;
}

/** A backup reads from one external service and writes to another. */
export function backupFindings({ external = {}, workloads }: Deployment): Finding[] {
  return Object.entries(workloads).flatMap(([name, workload]) => {
    if (workload.kind !== 'PostgresBackup') return [];
    return (['database', 'bucket'] as const)
      .filter((end) => !(workload[end].server in external))
      .map((end) => {
        const message = unknown('the external service', workload[end].server, Object.keys(external));
        return at(['workloads', name, end, 'server'], message);
      });
  });
}

/** Traefik reads the users from one key of the Secret, and lets nobody in without it. */
export function authenticationFindings(
  { secrets, workloads }: Deployment,
  declared: readonly string[],
): Finding[] {
  return Object.entries(workloads).flatMap(([name, workload]) => {
    if (workload.kind !== 'WebService' || workload.basicAuth === undefined) return [];
    const secret = workload.basicAuth;
    if (!declared.includes(secret))
      return [at(['workloads', name, 'basicAuth'], unknown('the Secret', secret, declared))];
    const contract = secrets[secret];
    if (contract === undefined || 'users' in contract.keys) return [];
    return [at(['secrets', secret, 'keys'], 'lacks users, the key from which Traefik reads who may pass')];
  });
}
