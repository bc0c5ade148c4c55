import type { StatefulSetSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { kindOf } from '../objects/object-key';
import { valueAt } from '../path';
import type { ClaimFacts } from '../storage/claim-facts';
import { refusedByData } from './data-update';
import { immutableFieldsByKind } from './immutable-fields';
import { refusedByJob } from './job-update';
import { refusedByPod } from './pod-update';
import { changedPaths, type ObjectUpdate, type RefusedChange } from './refused-change';
import { refusedByService } from './service-update';
import { refusedByClaim, refusedByVolume } from './storage-update';

const byKind: Readonly<Record<string, (update: ObjectUpdate, claims: ClaimFacts) => RefusedChange[]>> = {
  ConfigMap: refusedByData,
  Job: refusedByJob,
  PersistentVolume: refusedByVolume,
  PersistentVolumeClaim: refusedByClaim,
  Pod: refusedByPod,
  ResourceQuota: refusedByQuota,
  Secret: refusedByData,
  Service: refusedByService,
  ServiceCIDR: refusedByRange,
  StatefulSet: refusedByStatefulSet,
};

/** Changes of an object that the API server refuses in a `kubectl apply`. */
export function findRefusedChanges(
  before: KubernetesObject,
  after: KubernetesObject,
  claims: ClaimFacts,
): RefusedChange[] {
  const kind = kindOf(after);
  const update = { before, after };
  return [
    ...changedPaths(update, immutableFieldsByKind[kind] ?? []).map((path) => ({ path })),
    ...(byKind[kind]?.(update, claims) ?? []),
  ];
}

/** The order of a quota's scopes has no meaning. */
function refusedByQuota({ before, after }: ObjectUpdate): RefusedChange[] {
  const path = 'spec.scopes';
  const [old, now] = [before, after].map((each) => JSON.stringify([...listAt(each, path)].sort()));
  return old === now ? [] : [{ path }];
}

/** A ServiceCIDR may add a second IP family, and must keep the first range. */
function refusedByRange({ before, after }: ObjectUpdate): RefusedChange[] {
  const path = 'spec.cidrs';
  const now = listAt(after, path);
  return listAt(before, path).every((range, index) => range === now[index])
    ? []
    : [{ path, limit: 'keep all ranges; one range of the other IP family may be added' }];
}

function listAt(object: KubernetesObject, path: string): readonly string[] {
  return (valueAt(object, path) ?? []) as readonly string[];
}

/**
 * If a StatefulSet sets no updateStrategy, the API server sets rollingUpdate. A later apply does not remove
 * rollingUpdate, which the type OnDelete does not allow.
 */
function refusedByStatefulSet({ before, after }: ObjectUpdate): RefusedChange[] {
  const [old, now] = [before, after].map(({ spec }) => (spec as StatefulSetSpec | undefined)?.updateStrategy);
  const isFilledIn = old?.type === undefined && old?.rollingUpdate === undefined;
  return isFilledIn && now?.type === 'OnDelete'
    ? [
        {
          path: 'spec.updateStrategy.rollingUpdate',
          limit: 'be null: the API server has set the field, and the type OnDelete does not allow it',
        },
      ]
    : [];
}
