import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import type { FieldSet, LiveObject } from '../../../lib/operations/cluster/live-object';
import type { LiveEvent, LivePod, LiveWorkload } from '../../../lib/operations/deploy/live-pod';
import type { DeployedRevision } from '../../../lib/operations/revisions/revision';

/** An object as the API server holds it, with the fields of some managers. */
export function live(
  object: KubernetesObject,
  managers: Readonly<Record<string, FieldSet>> = {},
  operation: 'Apply' | 'Update' = 'Update',
): LiveObject {
  const managedFields = Object.entries(managers).map(([manager, fieldsV1]) => ({
    ...{ manager, operation: manager === 'honeydue' ? 'Apply' : operation },
    ...{ time: '2026-11-30T12:00:00Z', fieldsV1 },
  }));
  return {
    ...object,
    metadata: {
      ...object.metadata,
      ...{ uid: 'u', resourceVersion: '1', creationTimestamp: '2026-11-30T11:00:00Z' },
      managedFields: managedFields as unknown as Json,
    },
  } as LiveObject;
}

export const configMap = (data: Readonly<Record<string, string>>, name = 'settings'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop' },
  data,
});

/** A pod of one container, as its node reports it. */
export function pod(
  container: object = {},
  { spec = {}, status = {} }: { readonly spec?: object; readonly status?: object } = {},
): LivePod {
  return {
    metadata: { uid: 'pod', name: 'api-1', namespace: 'shop', creationTimestamp: '' },
    spec: { nodeName: 'a', containers: [{ name: 'api', image: 'shop/api:2' }], ...spec },
    status: { phase: 'Pending', containerStatuses: [{ name: 'api', ready: false, ...container }], ...status },
  } as LivePod;
}

export const event = (reason: string, message: string, more: object = {}): LiveEvent => ({
  metadata: { uid: reason, name: reason, namespace: 'shop' },
  involvedObject: { kind: 'Pod', uid: 'pod' },
  type: 'Warning',
  reason,
  message,
  ...more,
});

export const workload = (
  status: object = {},
  spec: object = { replicas: 3 },
  generation = 2,
): LiveWorkload => ({
  metadata: { uid: 'w', name: 'api', namespace: 'shop', generation, creationTimestamp: '' },
  spec: { ...spec },
  status: { observedGeneration: generation, ...status },
});

export const revision = (number: number, more: Partial<DeployedRevision> = {}): DeployedRevision => ({
  ...{ number, state: 'superseded', digest: `sha256:${number}`, commit: '', isDirty: false },
  ...{ started: '', finished: '', by: 'a@b', prune: [], migrations: [], documents: [] },
  ...more,
});
