import type { KubernetesObject } from '../../documents/kubernetes';
import { deleteCommand, resourceType } from '../../kubernetes/objects/kubectl';
import type { ClusterConnection } from '../cluster/connection';
import { fieldManager } from '../cluster/field-owners';
import { OperationError } from '../error';
import type { PlannedObject } from '../plan/planned-object';
import type { PruneCandidate } from '../plan/prune';
import type { DeployReporter } from './reporter';

/** The words of a server-side apply of ours. Conflicts were shown by the plan: what is described wins. */
const serverSide = [
  'apply',
  '--server-side',
  '--force-conflicts',
  `--field-manager=${fieldManager}`,
  '-f',
  '-',
];

/**
 * Writes objects with kubectl.
 *
 * @throws OperationError with what kubectl printed, if an object is refused
 */
export async function applyObjects(
  cluster: ClusterConnection,
  objects: readonly PlannedObject[],
  reporter: Pick<DeployReporter, 'applied'>,
): Promise<void> {
  const written = objects.filter(({ action }) => action !== 'keep' && action !== 'skip');
  for (const each of written) await prepare(cluster, each);
  const kinds = written.filter(({ desired }) => desired.kind === 'CustomResourceDefinition');
  const others = written.filter((each) => !kinds.includes(each));
  for (const batch of [kinds, others].filter(({ length }) => length > 0)) {
    const items = batch.map(({ desired }) => desired);
    await cluster.kubectl.read(serverSide, { input: listOf(items) });
    for (const { name, action } of batch) reporter.applied(name, action);
    if (batch === kinds) await untilEstablished(cluster, kinds);
  }
}

/** What must happen before an object can be applied. */
async function prepare(
  { kubectl }: ClusterConnection,
  { adoption, action, desired }: PlannedObject,
): Promise<void> {
  const where = ['-n', desired.metadata.namespace ?? 'default'];
  const [type, name] = [resourceType(desired), desired.metadata.name];
  if (action === 'rerun')
    await kubectl.read([
      'delete',
      type,
      name,
      ...where,
      '--ignore-not-found',
      '--cascade=foreground',
      '--timeout=120s',
    ]);
  if (adoption === undefined) return;
  const patch = ['patch', type, name, ...where, '--type=json', `--field-manager=${fieldManager}`];
  await kubectl.read([...patch, '--patch-file=/dev/stdin'], { input: JSON.stringify(adoption.patch) });
}

async function untilEstablished(
  { kubectl, paths }: ClusterConnection,
  kinds: readonly PlannedObject[],
): Promise<void> {
  const names = kinds.map(({ desired }) => `crd/${desired.metadata.name}`);
  await kubectl.read(['wait', '--for=condition=Established', '--timeout=60s', ...names]);
  paths.forget();
}

/** Deletes what was confirmed, and waits until it is gone. */
export async function pruneObjects(
  { kubectl }: ClusterConnection,
  candidates: readonly PruneCandidate[],
  reporter: Pick<DeployReporter, 'applied'>,
): Promise<void> {
  for (const { live, name } of candidates) {
    const { status, stderr } = await kubectl.run([
      ...['delete', resourceType(live), live.metadata.name, '-n', live.metadata.namespace ?? 'default'],
      ...['--ignore-not-found', '--timeout=120s'],
    ]);
    if (status !== 0)
      throw new OperationError(
        `${name} was not deleted:\n${stderr.trimEnd()}\nEverything else is done. Then run: ${deleteCommand(live)}`,
      );
    reporter.applied(name, 'prune');
  }
}

function listOf(items: readonly KubernetesObject[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
