import { isDnsLabel, isDnsSubdomain, isServiceName } from '../../../kubernetes/names';
import { kindOf } from '../../../kubernetes/objects/object-key';
import { everyObject } from '../parts';
import { rule } from '../rule';

const label = 'be a DNS label: 1 to 63 of a-z, 0-9 and "-"';
const subdomain = 'be a DNS name: 1 to 253 of a-z, 0-9, "-" and "."';

const byKind: Readonly<
  Record<string, { readonly accepts: (name: string) => boolean; readonly must: string }>
> = {
  Namespace: { accepts: isDnsLabel, must: label },
  Service: { accepts: isServiceName, must: `${label}, beginning with a letter` },
  StatefulSet: { accepts: isDnsLabel, must: `${label}, since its pods are called after it` },
  // The Job's controller adds eleven characters, and the Job is a label of its pods.
  CronJob: {
    accepts: (name) => isDnsSubdomain(name) && name.length <= 52,
    must: 'be a DNS name of at most 52',
  },
  Job: { accepts: (name) => isDnsSubdomain(name) && name.length <= 63, must: 'be a DNS name of at most 63' },
};

/** RBAC's objects may have any name that fits into a path. */
const rbac = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];

export const objectNames = rule({
  id: 'object-names',
  sentence: 'Every object has a name that its kind accepts.',
  why: 'The API server refuses any other; a CronJob whose name is too long makes Jobs that are refused.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Rename it; a new name is a new object, and the old one keeps running until it is deleted.',
  parts: everyObject,
  faults: (object) => {
    const kind = kindOf(object);
    const { name, namespace } = object.metadata;
    const { accepts, must } = byKind[kind] ?? { accepts: isDnsSubdomain, must: subdomain };
    const isRight = rbac.includes(kind) ? name !== '' && !/^\.{1,2}$|[/%]/.test(name) : accepts(name);
    return [
      !isRight && { path: 'metadata.name', must },
      namespace !== undefined && !isDnsLabel(namespace) && { path: 'metadata.namespace', must: label },
    ];
  },
});
