import { at, type Declared, type Finding, unknown } from './finding';
import { authenticationFindings, backupFindings, metricsFindings } from './platform-references';
import type { Deployment, ImagesLock } from './schema';
import { formatPath, type Path } from './source';
import { didYouMean } from './suggestion';
import { isUnresolved } from './unresolved';
import { imageReferences, isApplication, secretReferences, type Workload } from './workloads';

/** Holds every name that one place uses against the place that declares it. */
export function checkReferences(deployment: Deployment, lock: ImagesLock, declared: Declared): Finding[] {
  const workloads = Object.entries(deployment.workloads);
  const findings = [
    ...workloads.flatMap(([name, workload]) => [
      ...imageFindings(name, workload, declared),
      ...configFindings(name, workload, declared),
      ...secretFindings(name, workload, deployment, declared),
      ...variableFindings(name, workload),
      ...connectionFindings(name, workload, deployment, declared),
      ...volumeFindings(name, workload),
    ]),
    ...sharedConfigFindings(deployment),
    ...pullSecretFindings(deployment, declared),
    ...duplicateFindings(deployment),
    ...pinFindings(deployment),
    ...edgeFindings(deployment, declared),
    ...metricsFindings(deployment, declared),
    ...backupFindings(deployment),
    ...authenticationFindings(deployment, declared.secrets),
    ...sharedNameFindings(deployment),
    ...lockFindings(deployment, lock, declared),
  ];
  // A misspelt name leaves the right one unread: that is one mistake, not two.
  return findings.length === 0 && declared.complete ? unreadFindings(deployment) : findings;
}

function imageFindings(name: string, workload: Workload, { images }: Declared): Finding[] {
  return imageReferences(workload)
    .filter(({ image }) => !images.includes(image))
    .map(({ image, path }) => at(['workloads', name, ...path], unknown('the image', image, images)));
}

function configFindings(name: string, workload: Workload, { configKeys }: Declared): Finding[] {
  if (!isApplication(workload)) return [];
  const listed = workload.config === undefined || workload.config === 'all' ? [] : workload.config;
  const variables = Object.entries(workload.environment ?? {}).flatMap(([variable, value]) =>
    typeof value === 'string'
      ? []
      : [{ key: value.fromConfig, path: ['environment', variable, 'fromConfig'] as Path }],
  );
  return [...listed.map((key, index) => ({ key, path: ['config', index] as Path })), ...variables]
    .filter(({ key }) => !configKeys.includes(key))
    .map(({ key, path }) => at(['workloads', name, ...path], unknown('the key', key, configKeys)));
}

function secretFindings(
  name: string,
  workload: Workload,
  { secrets }: Deployment,
  declared: Declared,
): Finding[] {
  return secretReferences(workload).flatMap(({ secret, key, secretPath, keyPath }) => {
    if (!declared.secrets.includes(secret)) {
      return [at(['workloads', name, ...secretPath], unknown('the Secret', secret, declared.secrets))];
    }
    const contract = secrets[secret];
    if (contract === undefined || Object.hasOwn(contract.keys, key)) return [];
    const known = Object.keys(contract.keys);
    return [at(['workloads', name, ...keyPath], unknown(`a key of ${secret},`, key, known))];
  });
}

/** Only what answers on a port can be connected to: a WebService, a Redis, or an external service. */
function connectionFindings(
  name: string,
  workload: Workload,
  { workloads, external = {} }: Deployment,
  declared: Declared,
): Finding[] {
  if (!isApplication(workload)) return [];
  return (workload.connectsTo ?? []).flatMap((target, index) => {
    const place = ['workloads', name, 'connectsTo', index];
    if (target === name) return [at(place, 'names the workload itself; remove it')];
    if (!declared.destinations.includes(target)) {
      const known = declared.destinations.filter((candidate) => candidate !== name);
      return [at(place, unknown('', target, known))];
    }
    const kind = target in external ? 'External' : workloads[target]?.kind;
    if (kind === undefined || ['External', 'WebService', 'Redis'].includes(kind)) return [];
    const answers = ['MetricsAgent', 'RedisExporter'].includes(kind)
      ? 'answers the metrics agent alone'
      : 'answers on no port';
    return [at(place, `names ${target}, a ${kind}, which ${answers}; remove it`)];
  });
}

/** The API server refuses two volumes of one name, and two mounts of one directory. */
function volumeFindings(name: string, workload: Workload): Finding[] {
  if (!isApplication(workload)) return [];
  const files = isUnresolved(workload.files) ? {} : (workload.files ?? {});
  const volumes = [
    ...Object.entries(files).map(([volume, { directory }]) => ({ volume, directory, group: 'files' })),
    ...Object.entries(workload.scratch ?? {}).map(([volume, { directory }]) => ({
      volume,
      directory,
      group: 'scratch',
    })),
  ];
  const placed = (field: (entry: (typeof volumes)[number]) => string, end: string[]) =>
    volumes.map((entry) => ({
      value: field(entry),
      path: ['workloads', name, entry.group, entry.volume, ...end],
    }));
  return [
    ...repeated(placed(({ volume }) => volume, [])),
    ...repeated(placed(({ directory }) => directory.replace(/(.)\/+$/, '$1'), ['directory'])),
  ];
}

/** A variable that is set twice is dropped by some applies and wins by chance in others. */
function variableFindings(name: string, workload: Workload): Finding[] {
  if (!isApplication(workload)) return [];
  const own = new Set(Object.keys(workload.environment ?? {}));
  const listed = Array.isArray(workload.config) ? workload.config : [];
  const seen = new Map<string, string>([
    ...listed.map((key) => [key, 'config'] as const),
    ...[...own].map((variable) => [variable, 'environment'] as const),
  ]);
  return Object.entries(workload.secrets ?? {}).flatMap(([secret, { keys }]) =>
    keys.flatMap((key, index) => {
      const place = ['workloads', name, 'secrets', secret, 'keys', index];
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
        return [at(place, `"${key}" can't name a variable; mount the key by "files" instead`)];
      }
      const before = seen.get(key);
      seen.set(key, `secrets.${secret}`);
      return before === undefined ? [] : [at(place, `${key} is set by ${before} already; keep one of them`)];
    }),
  );
}

/** `envFrom` hands the shared ConfigMap to every workload, and these two are each workload's own. */
function sharedConfigFindings({ config }: Deployment): Finding[] {
  return ['PORT', 'HOSTNAME']
    .filter((key) => key in config.data)
    .map((key) => ({
      ...at(['config', 'data', key], `${key} would reach every workload; state it in each one's environment`),
      key: true,
    }));
}

/** `connectsTo` names both, so a name can mean only one of them. */
function sharedNameFindings({ workloads, external = {} }: Deployment): Finding[] {
  return Object.keys(external)
    .filter((name) => name in workloads)
    .map((name) => ({
      ...at(['external', name], 'is the name of a workload too; choose another'),
      key: true,
    }));
}

function pullSecretFindings({ imagePullSecret, secrets }: Deployment, declared: Declared): Finding[] {
  if (!declared.secrets.includes(imagePullSecret)) {
    return [at(['imagePullSecret'], unknown('the Secret', imagePullSecret, declared.secrets))];
  }
  const contract = secrets[imagePullSecret];
  if (contract === undefined || '.dockerconfigjson' in contract.keys) return [];
  return [at(['secrets', imagePullSecret, 'keys'], 'lacks .dockerconfigjson, the key of a pull secret')];
}

function duplicateFindings({ nodes, workloads }: Deployment): Finding[] {
  const hosts = Object.entries(workloads).flatMap(([name, workload]) =>
    (workload.kind === 'WebService' ? (workload.hosts ?? []) : []).map((host, index) => ({
      value: host,
      path: ['workloads', name, 'hosts', index] as Path,
    })),
  );
  const ofNodes = (field: 'address' | 'hostname') =>
    Object.entries(nodes).map(([name, node]) => ({
      value: node[field],
      path: ['nodes', name, field] as Path,
    }));
  const claims = Object.entries(workloads).flatMap(([name, workload]) =>
    workload.kind === 'Redis'
      ? [{ value: workload.storage.claim, path: ['workloads', name, 'storage', 'claim'] as Path }]
      : [],
  );
  return [hosts, ofNodes('address'), ofNodes('hostname'), claims].flatMap(repeated);
}

function repeated(entries: readonly { value: string; path: Path }[]): Finding[] {
  const first = new Map<string, Path>();
  return entries.flatMap(({ value, path }) => {
    const earlier = first.get(value);
    if (earlier === undefined) first.set(value, path);
    return earlier === undefined
      ? []
      : [at(path, `is ${value}, as ${formatPath(earlier)} is; each must be its own`)];
  });
}

/** Every public host lies in the one zone, and everything public has an edge to come through. */
function edgeFindings({ edge, workloads }: Deployment, declared: Declared): Finding[] {
  const hosts = Object.entries(workloads).flatMap(([name, workload]) =>
    workload.kind === 'WebService'
      ? (workload.hosts ?? []).map((host, index) => ({
          host,
          path: ['workloads', name, 'hosts', index] as Path,
        }))
      : [],
  );
  if (edge === undefined) {
    return hosts.map(({ host, path }) =>
      at(path, `is ${host}, and there is no edge; state edge, or remove it`),
    );
  }
  const outside = hosts
    .filter(({ host }) => host !== edge.zone && !host.endsWith(`.${edge.zone}`))
    .map(({ host, path }) =>
      at(path, `is ${host}, outside of edge.zone, ${edge.zone}; it must end with .${edge.zone}`),
    );
  const unknownSecret = declared.secrets.includes(edge.tlsSecret)
    ? []
    : [at(['edge', 'tlsSecret'], unknown('the Secret', edge.tlsSecret, declared.secrets))];
  return [...outside, ...unknownSecret];
}

/** A local volume lives on one node: its pod can run nowhere else. */
function pinFindings({ nodes, workloads }: Deployment): Finding[] {
  return Object.entries(workloads).flatMap(([name, workload]) => {
    if (workload.kind !== 'Redis') return [];
    const labels = Object.entries(workload.nodeLabel);
    const carriers = Object.entries(nodes).filter(([, node]) =>
      labels.every(([key, value]) => node.labels?.[key] === value),
    );
    if (carriers.length === 1) return [];
    const label = labels.map(([key, value]) => `${key}=${value}`).join(',');
    const found =
      carriers.length === 0 ? 'no node carries' : `${carriers.map(([node]) => node).join(' and ')} carry`;
    return [
      at(
        ['workloads', name, 'nodeLabel'],
        `${found} ${label}; exactly one must, the one that has the volume`,
      ),
    ];
  });
}

function lockFindings({ images }: Deployment, lock: ImagesLock, declared: Declared): Finding[] {
  const missing = Object.keys(images)
    .filter((name) => !(name in lock))
    .map((name) => at(['images', name], 'has no entry in the lock file; add its digest there'));
  const wrong = Object.entries(lock).flatMap(([name, { tag }]): Finding[] => {
    if (!declared.images.includes(name)) {
      const message = `locks an image that isn't declared${didYouMean(name, declared.images) || '; remove it'}`;
      return [{ file: 'lock', path: [name], key: true, message }];
    }
    const stated = images[name]?.tag;
    if (stated === undefined || tag === (isUnresolved(stated) ? undefined : stated)) return [];
    const wanted = isUnresolved(stated) ? 'which is unresolved' : `which is "${stated}"`;
    const found = tag === undefined ? 'names no tag' : `is for tag "${tag}"`;
    const message = `the digest ${found}, not for images.${name}.tag, ${wanted}; look the digest up again`;
    return [{ file: 'lock', path: [name, 'tag'], message }];
  });
  return [...missing, ...wrong];
}

function unreadFindings({
  images,
  secrets,
  imagePullSecret,
  edge,
  metrics,
  workloads,
}: Deployment): Finding[] {
  const all = Object.values(workloads);
  const authentications = new Set(
    all.map((workload) => (workload.kind === 'WebService' ? workload.basicAuth : undefined)),
  );
  const token = metrics === undefined || isUnresolved(metrics.token) ? [] : [metrics.token];
  const read = new Set(
    [...all.flatMap(secretReferences), ...token].map(({ secret, key }) => `${secret}/${key}`),
  );
  const used = new Set(all.flatMap(imageReferences).map(({ image }) => image));
  const unread = Object.entries(secrets)
    .filter(([name]) => name !== imagePullSecret && name !== edge?.tlsSecret && !authentications.has(name))
    .flatMap(([name, { keys }]) =>
      Object.keys(keys)
        .filter((key) => !read.has(`${name}/${key}`))
        .map((key) => ({
          ...at(
            ['secrets', name, 'keys', key],
            'is read by no workload; remove it, or name it where it is read',
          ),
          key: true,
        })),
    );
  const unused = Object.keys(images)
    .filter((name) => !used.has(name))
    .map((name) => ({ ...at(['images', name], 'is used by no workload; remove it'), key: true }));
  return [...unread, ...unused];
}
