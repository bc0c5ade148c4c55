import { namespaceOf } from '../../../../kubernetes/kinds';
import { describeObject } from '../../../../kubernetes/objects/object-key';
import { findClaimFaults } from '../../../../kubernetes/start/limit-ranges';
import type { Consequence } from '../../consequence';
import type { ObjectChanges } from '../objects';

/** New or changed claims that a LimitRange of their namespace refuses. */
export function refusedClaims({ head, added, changed }: ObjectChanges): Consequence[] {
  const written = new Set([...added, ...changed.map(({ after }) => after)]);
  return head.manifests
    .of('PersistentVolumeClaim')
    .filter(({ object }) => written.has(object))
    .flatMap(({ object, fields: { spec } }) =>
      findClaimFaults({ namespace: namespaceOf(object), spec, path: 'spec' }, head.manifests).map(
        ({ path, reason, wayOut }): Consequence => ({
          ...{ class: 'fails', side: 'kubernetes', object: describeObject(object), field: path },
          reason: `${reason}. The API server refuses the claim.`,
          wayOut,
        }),
      ),
    );
}
