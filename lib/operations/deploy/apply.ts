import type { KubernetesObject } from '../../documents/kubernetes';
import { deleteCommand, resourceType } from '../../kubernetes/objects/kubectl';
import { describeObject } from '../../kubernetes/objects/object-key';
import type { ClusterConnection } from '../cluster/connection';
import { fieldManager } from '../cluster/field-owners';
import type { LiveObject } from '../cluster/live-object';
import { OperationError } from '../error';
import { adoptionOf } from '../plan/adoption';
import type { PlannedObject } from '../plan/planned-object';
import type { PruneCandidate } from '../plan/prune';
import type { DeployReporter } from './reporter';

/** The arguments of a server-side apply. It forces conflicts, because the plan has already listed them. */
const serverSide = [
  'apply',
  '--server-side',
  '--force-conflicts',
  `--field-manager=${fieldManager}`,
  '-f',
  '-',
];

/**
 * Applies objects with kubectl.
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

/** Deletes a failed Job, or takes over fields from other managers, so that the object can be applied. */
async function prepare(cluster: ClusterConnection, planned: PlannedObject): Promise<void> {
  const { action, desired, adoption } = planned;
  if (action === 'rerun') {
    const how = ['--ignore-not-found', '--cascade=foreground', '--timeout=120s'];
    await cluster.kubectl.read(['delete', ...namedBy(desired), ...how]);
  }
  if (adoption !== undefined) await handOver(cluster, planned);
}

/** A patch is repeated, because a controller may update the object's status at the same moment. */
const handOverAttempts = 10;

async function handOver(
  { kubectl, client }: ClusterConnection,
  { desired, path }: PlannedObject,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const live = path === undefined ? undefined : await client.get<LiveObject>(path);
    const adoption = live && adoptionOf(live, desired);
    if (adoption === undefined) return;
    // The patch can be a command-line argument: it contains no values except those of an update strategy.
    const patch = ['patch', ...namedBy(desired), '--type=json', `--patch=${JSON.stringify(adoption.patch)}`];
    const { status, stderr } = await kubectl.run([...patch, `--field-manager=${fieldManager}`]);
    if (status === 0) return;
    if (attempt === handOverAttempts)
      throw new OperationError(
        `${describeObject(desired)}: kubectl could not take over the fields of other managers:\n${stderr.trimEnd()}`,
      );
  }
}

/** The kubectl arguments that select an object. */
function namedBy(object: KubernetesObject): string[] {
  return [resourceType(object), object.metadata.name, '-n', object.metadata.namespace ?? 'default'];
}

async function untilEstablished(
  { kubectl, paths }: ClusterConnection,
  kinds: readonly PlannedObject[],
): Promise<void> {
  const names = kinds.map(({ desired }) => `crd/${desired.metadata.name}`);
  await kubectl.read(['wait', '--for=condition=Established', '--timeout=60s', ...names]);
  paths.forget();
}

/** Deletes the objects that the user confirmed, and waits until they are gone. */
export async function pruneObjects(
  { kubectl }: ClusterConnection,
  candidates: readonly PruneCandidate[],
  reporter: Pick<DeployReporter, 'applied'>,
): Promise<void> {
  for (const { live, name } of candidates) {
    const { status, stderr } = await kubectl.run([
      ...['delete', ...namedBy(live), '--ignore-not-found', '--timeout=120s'],
    ]);
    if (status !== 0)
      throw new OperationError(
        `${name} was not deleted:\n${stderr.trimEnd()}\nEverything else is done. Remove the cause, then run: ${deleteCommand(live)}`,
      );
    reporter.applied(name, 'prune');
  }
}

function listOf(items: readonly KubernetesObject[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
