import { isDnsLabel, isDnsSubdomain, isServiceName } from '../../../kubernetes/names';
import { kindOf } from '../../../kubernetes/objects/object-key';
import { everyObject } from '../parts';
import { rule } from '../rule';

const label = 'be a DNS label: 1 to 63 characters of a-z, 0-9 and "-"';
const subdomain = 'be a DNS subdomain: 1 to 253 characters of a-z, 0-9, "-" and "."';

const byKind: Readonly<
  Record<string, { readonly accepts: (name: string) => boolean; readonly must: string }>
> = {
  Namespace: { accepts: isDnsLabel, must: label },
  Service: { accepts: isServiceName, must: `${label}, beginning with a letter` },
  StatefulSet: { accepts: isDnsLabel, must: `${label}, because the names of its pods begin with it` },
  // The CronJob controller appends eleven characters, and the name of the Job becomes a label value of its pods.
  CronJob: {
    accepts: (name) => isDnsSubdomain(name) && name.length <= 52,
    must: 'be a DNS subdomain of at most 52 characters',
  },
  Job: {
    accepts: (name) => isDnsSubdomain(name) && name.length <= 63,
    must: 'be a DNS subdomain of at most 63 characters',
  },
};

/** Names of RBAC objects may contain any character that is allowed in a path segment. */
const rbac = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];

export const objectNames = rule({
  id: 'object-names',
  sentence: 'Every object has a name that is valid for its kind.',
  why: 'The API server refuses an invalid name. A CronJob with a name that is too long creates Jobs that the API server refuses.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Rename the object. Then delete the object with the old name: apply does not remove it.',
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
