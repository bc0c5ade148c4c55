import type { WebServiceConfig } from '../schema/applications';
import type { Deployment } from '../schema/schema';
import { isUnresolved } from '../schema/unresolved';
import { at, type ConfigFinding, type DeclaredNames, unknown } from './finding';

/** Metrics need an agent, and an agent needs a metrics server, which must be a declared external service. */
export function metricsFindings(deployment: Deployment, declared: DeclaredNames): ConfigFinding[] {
  const { metrics, workloads } = deployment;
  const entries = Object.entries(workloads);
  const agents = entries.filter(([, { kind }]) => kind === 'MetricsAgent').map(([name]) => name);
  const watched = entries.flatMap(([name, workload]) => {
    if (workload.kind === 'RedisExporter') return [['workloads', name]];
    return 'metrics' in workload && workload.metrics !== undefined ? [['workloads', name, 'metrics']] : [];
  });
  const several = agents
    .slice(1)
    .map((name) =>
      at(['workloads', name], `is a second MetricsAgent, next to ${agents[0]}; remove one of them`),
    );
  const unscraped = agents.length > 0 ? [] : watched;
  return [
    ...several,
    ...unscraped.map((path) =>
      at(path, 'is not scraped, because no workload has the kind MetricsAgent; add one'),
    ),
    ...(metrics === undefined
      ? withoutServer(deployment)
      : serverFindings(deployment, metrics, declared.secrets)),
    ...(agents.length > 0 ? exporterFindings(deployment, declared) : []),
    ...entries.flatMap(([name, workload]) =>
      workload.kind === 'WebService' ? publicMetricsFindings(name, workload) : [],
    ),
  ];
}

/** With metrics, every Redis needs exactly one exporter, because alerts read the exporter's metrics. */
function exporterFindings({ workloads }: Deployment, { destinations }: DeclaredNames): ConfigFinding[] {
  const entries = Object.entries(workloads);
  const redis = entries.filter(([, { kind }]) => kind === 'Redis').map(([name]) => name);
  const exporters = new Map<string, string>();
  const findings = entries.flatMap(([name, workload]) => {
    if (workload.kind !== 'RedisExporter') return [];
    const place = ['workloads', name, 'redis'];
    const first = exporters.get(workload.redis);
    if (first !== undefined)
      return [
        at(
          place,
          `is ${workload.redis}, which already has the exporter ${first}; remove one of the exporters`,
        ),
      ];
    exporters.set(workload.redis, name);
    // An undeclared Redis is reported by another check.
    if (workloads[workload.redis] === undefined && destinations.includes(workload.redis)) return [];
    return redis.includes(workload.redis) ? [] : [at(place, unknown('the Redis', workload.redis, redis))];
  });
  const unwatched = redis
    .filter((name) => !exporters.has(name))
    .map((name) =>
      at(
        ['workloads', name],
        'has no exporter, so the alerts on this Redis can never fire; add a workload of kind RedisExporter for it',
      ),
    );
  return [...findings, ...(findings.length === 0 ? unwatched : [])];
}

/**
 * If metrics are on a public port, the metrics path and all paths below it are denied to the public, so
 * probes must not use them.
 */
function publicMetricsFindings(name: string, { metrics, port, probes }: WebServiceConfig): ConfigFinding[] {
  if (metrics === undefined || metrics.port !== port || isUnresolved(metrics.path)) return [];
  const prefix = metrics.path;
  const used = [probes.startup, probes.readiness, probes.liveness].flatMap((probe) => probe?.path ?? []);
  const taken =
    prefix === '/'
      ? '/'
      : used.find((path) => path === prefix || path.startsWith(`${prefix.replace(/\/$/, '')}/`));
  if (taken === undefined) return [];
  const message = `is ${prefix}. Public requests for this path and all paths below it are denied, including the probe path ${taken}; choose a path that contains nothing but metrics`;
  return [at(['workloads', name, 'metrics', 'path'], message)];
}

function withoutServer({ workloads }: Deployment): ConfigFinding[] {
  return Object.entries(workloads)
    .filter(([, { kind }]) => kind === 'MetricsAgent' || kind === 'PostgresBackup')
    .map(([name, { kind }]) =>
      at(
        ['workloads', name],
        `is a ${kind}, which needs the section metrics to know the metrics server; add the section`,
      ),
    );
}

function serverFindings(
  { external = {}, secrets, workloads }: Deployment,
  { server, token }: NonNullable<Deployment['metrics']>,
  declared: readonly string[],
): ConfigFinding[] {
  const findings: ConfigFinding[] = [];
  if (!Object.values(workloads).some(({ kind }) => kind === 'MetricsAgent')) {
    findings.push(at(['metrics'], 'has no workload that sends metrics; add a workload of kind MetricsAgent'));
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

/** A backup reads from one external service and writes to another; both must be declared. */
export function backupFindings({ external = {}, workloads }: Deployment): ConfigFinding[] {
  return Object.entries(workloads).flatMap(([name, workload]) => {
    if (workload.kind !== 'PostgresBackup') return [];
    const { name: bucket, uploads } = workload.bucket;
    const shared =
      bucket === uploads
        ? [
            at(
              ['workloads', name, 'bucket', 'name'],
              `is ${uploads}, the bucket of the uploads; the lifecycle rules of the backup would delete uploads. Choose another bucket`,
            ),
          ]
        : [];
    const missing = (['database', 'bucket'] as const).filter((end) => !(workload[end].server in external));
    return [
      ...shared,
      ...missing.map((end) => {
        const message = unknown('the external service', workload[end].server, Object.keys(external));
        return at(['workloads', name, end, 'server'], message);
      }),
    ];
  });
}

/**
 * Basic authentication: Traefik reads the accounts from one key of the Secret. Without the key, Traefik
 * refuses all requests.
 */
export function authenticationFindings(
  { secrets, workloads }: Deployment,
  declared: readonly string[],
): ConfigFinding[] {
  return Object.entries(workloads).flatMap(([name, workload]) => {
    if (workload.kind !== 'WebService' || workload.basicAuth === undefined) return [];
    const secret = workload.basicAuth;
    if ((workload.hosts ?? []).length === 0) {
      return [
        at(['workloads', name, 'basicAuth'], 'has no effect without hosts; add hosts, or remove basicAuth'),
      ];
    }
    if (!declared.includes(secret))
      return [at(['workloads', name, 'basicAuth'], unknown('the Secret', secret, declared))];
    const contract = secrets[secret];
    if (contract === undefined || 'users' in contract.keys) return [];
    return [
      at(['secrets', secret, 'keys'], 'has no key users, from which Traefik reads the accounts; add the key'),
    ];
  });
}
