import type { ClusterIdentity } from '../cluster/identity';
import type { DesiredState } from './desired';
import type { MissingSecret } from './needed-secrets';
import type { DeploymentPlan } from './plan';
import type { PlanDrift } from './saved-plan';

/**
 * Why this is not the cluster that a configuration describes; undefined if it is.
 *
 * @param recorded undefined before the first deployment: then the names of the nodes must agree
 */
export function wrongCluster(
  { nodes, minor }: Pick<DesiredState, 'nodes' | 'minor'>,
  identity: ClusterIdentity,
  context: string,
  recorded: { readonly uid: string | undefined; readonly file: string },
): string | undefined {
  if (recorded.uid !== undefined && recorded.uid !== identity.uid)
    return `Context ${context} is another cluster: its uid is ${identity.uid}, and ${recorded.file} states ${recorded.uid}. Name the right context with --context. If the cluster was made anew, delete ${recorded.file}.`;
  if (recorded.uid === undefined) {
    const described = nodes.map(({ name, labels }) => labels['kubernetes.io/hostname'] ?? name);
    const missing = described.filter((name) => !identity.nodes.includes(name));
    if (missing.length > 0)
      return `Context ${context} is a cluster that no deployment has recorded, and its nodes (${identity.nodes.join(', ') || 'none'}) lack ${missing.join(', ')} of the configuration. Name the right context with --context. If it is the right cluster, write "uid: ${identity.uid}" into ${recorded.file}.`;
  }
  if (identity.minor !== minor)
    return `The cluster runs Kubernetes ${identity.version}, and the configuration states ${minor}: manifests are checked against that. State the version that runs under k3s, or upgrade the cluster first (docs/upgrade-k3s.md).`;
  return undefined;
}

/** What keeps a plan from being deployed, as sentences; all of them at once. */
export function refusalsOf({ objects, missingSecrets }: DeploymentPlan): string[] {
  return [
    ...objects.flatMap(({ name, desired }) =>
      desired.kind === 'Secret'
        ? [
            `${name} is among the manifests: its values would be kept with the revision. Create it by kubectl.`,
          ]
        : [],
    ),
    ...missingSecrets.map(missingSecretText),
    ...objects.flatMap(({ name, result }) =>
      result.kind === 'refused' ? [`${name}: the API server refuses it: ${result.message}`] : [],
    ),
  ];
}

function missingSecretText({ name, keys, neededBy }: MissingSecret): string {
  const [namespace, secret] = name.split('/');
  const readers = `${neededBy.join(', ')} ${neededBy.length === 1 ? 'reads' : 'read'}`;
  if (keys === undefined)
    return `Secret ${name} does not exist, and ${readers} it. Create it first: npx honeydue secrets apply, or kubectl create secret generic ${secret} -n ${namespace} --from-env-file=<file>`;
  return `Secret ${name} has no ${keys.length === 1 ? 'key' : 'keys'} ${keys.join(', ')}, which ${readers}. Add what is missing first: npx honeydue secrets apply, or kubectl edit secret ${secret} -n ${namespace}`;
}

/** A drift in a line: object, field, manager and time. */
export function planDriftText({ object, path, what, manager, time }: PlanDrift): string {
  const subject = path === '' ? object : `${object} ${path}`;
  if (what === 'result changed')
    return `${subject}: the API server now makes something else of the same manifest`;
  const by = manager === '' ? '' : ` by ${manager}`;
  const at = time === '' ? '' : ` at ${time}`;
  return `${subject}: was ${what}${by}${at}`;
}
