import type { Deployment, ImagesLock } from '../schema/schema';
import { isUnresolved } from '../schema/unresolved';
import { imageReferences, secretKeysOf, type Workload, wholeSecretsOf } from '../schema/workloads';
import { connectionFindings, sharedNameFindings } from './connections';
import { derivedNameFindings } from './derived-names';
import { duplicateFindings, volumeFindings } from './duplicates';
import { edgeFindings } from './edge';
import { at, type ConfigFinding, type DeclaredNames, unknownImage, unknownSecret } from './finding';
import { lockFindings } from './lock';
import { otherIngressFindings } from './other-ingress';
import { authenticationFindings, backupFindings, metricsFindings } from './platform-references';
import { promiseFindings } from './promise-references';
import {
  compositionFindings,
  configFindings,
  secretFindings,
  sharedConfigFindings,
  variableFindings,
} from './variables';

/** Checks that every name that the configuration uses is declared. */
export function checkReferences(
  deployment: Deployment,
  lock: ImagesLock,
  declared: DeclaredNames,
): ConfigFinding[] {
  const workloads = Object.entries(deployment.workloads);
  const unknownImages = workloads.flatMap(([name, workload]) => imageFindings(name, workload, declared));
  const readers = [
    ...workloads.flatMap(([name, workload]) => [
      ...configFindings(name, workload, declared),
      ...secretFindings(name, workload, deployment, declared),
      ...variableFindings(name, workload),
      ...compositionFindings(name, workload, declared),
      ...connectionFindings(name, workload, deployment, declared),
      ...volumeFindings(name, workload),
    ]),
    ...sharedConfigFindings(deployment),
    ...pullSecretFindings(deployment, declared),
    ...duplicateFindings(deployment),
    ...pinFindings(deployment, declared),
    ...edgeFindings(deployment, declared),
    ...metricsFindings(deployment, declared),
    ...backupFindings(deployment),
    ...authenticationFindings(deployment, declared.secrets),
    ...otherIngressFindings(deployment, declared),
    ...sharedNameFindings(deployment),
    ...derivedNameFindings(deployment),
  ];
  // A misspelt name makes the correct name unused. Unused names are reported only if no name is misspelt.
  const unread = readers.length === 0 && declared.complete ? unreadKeys(deployment) : [];
  const unused = unknownImages.length === 0 && declared.complete ? unusedImages(deployment, lock) : [];
  return [
    ...unknownImages,
    ...readers,
    ...promiseFindings(deployment, declared),
    ...lockFindings(deployment, lock, declared),
    ...unread,
    ...unused,
  ];
}

function imageFindings(name: string, workload: Workload, { images }: DeclaredNames): ConfigFinding[] {
  return imageReferences(workload)
    .filter(({ image }) => !images.includes(image))
    .map(({ image, path }) => at(['workloads', name, ...path], unknownImage(image, images)));
}

function pullSecretFindings(
  { imagePullSecret, secrets }: Deployment,
  declared: DeclaredNames,
): ConfigFinding[] {
  if (!declared.secrets.includes(imagePullSecret)) {
    return [at(['imagePullSecret'], unknownSecret(imagePullSecret, declared.secrets, '.dockerconfigjson'))];
  }
  const contract = secrets[imagePullSecret];
  if (contract === undefined || '.dockerconfigjson' in contract.keys) return [];
  return [
    at(
      ['secrets', imagePullSecret, 'keys'],
      'has no key .dockerconfigjson, which a pull secret needs; add the key',
    ),
  ];
}

/** A Redis must be pinned to exactly one node, because its local volume is on one node. */
function pinFindings({ nodes, workloads }: Deployment, declared: DeclaredNames): ConfigFinding[] {
  // If a node is invalid, its own error is reported, and the label is not checked.
  if (declared.nodes.length > Object.keys(nodes).length) return [];
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
        `${found} ${label}; exactly one node, the one with the volume, must have the label`,
      ),
    ];
  });
}

function unreadKeys({ secrets, imagePullSecret, edge, metrics, workloads }: Deployment): ConfigFinding[] {
  const all = Object.values(workloads);
  const authentications = new Set(
    all.map((workload) => (workload.kind === 'WebService' ? workload.basicAuth : undefined)),
  );
  const token = metrics === undefined || isUnresolved(metrics.token) ? [] : [metrics.token];
  const read = new Set([...all.flatMap(secretKeysOf), ...token].map(({ secret, key }) => `${secret}/${key}`));
  const whole = new Set(all.flatMap(wholeSecretsOf).map(({ secret }) => secret));
  const ingressSecrets = new Set(
    all.map((workload) => (workload.kind === 'WebService' ? workload.ingress?.tls.secret : undefined)),
  );
  return Object.entries(secrets)
    .filter(
      ([name]) =>
        name !== imagePullSecret &&
        name !== edge?.tlsSecret &&
        !authentications.has(name) &&
        !whole.has(name) &&
        !ingressSecrets.has(name),
    )
    .flatMap(([name, { keys }]) =>
      Object.keys(keys)
        .filter((key) => !read.has(`${name}/${key}`))
        .map((key) => ({
          ...at(
            ['secrets', name, 'keys', key],
            'is not read by any workload; remove it, or add it to the workload that reads it',
          ),
          key: true,
        })),
    );
}

/** Finds images that no workload uses, and their entries in the lock file. */
function unusedImages({ images, workloads }: Deployment, lock: ImagesLock): ConfigFinding[] {
  const used = new Set(
    Object.values(workloads)
      .flatMap(imageReferences)
      .map(({ image }) => image),
  );
  return Object.keys(images)
    .filter((name) => !used.has(name))
    .flatMap((name): ConfigFinding[] => {
      const unused = { ...at(['images', name], 'is not used by any workload; remove the image'), key: true };
      if (!(name in lock)) return [unused];
      const message = 'locks an image that no workload uses; remove it';
      return [unused, { file: 'lock', path: [name], key: true, message }];
    });
}
