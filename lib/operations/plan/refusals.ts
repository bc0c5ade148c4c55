import type { ClusterIdentity } from '../cluster/identity';
import type { DesiredState } from './desired';
import type { MissingSecret } from './needed-secrets';
import type { DeploymentPlan } from './plan';
import type { PlanDrift } from './saved-plan';

/**
 * The message if the context points to a cluster that the configuration does not describe; undefined if it is the right
 * one.
 *
 * @param recorded the recorded uid; undefined before the first deployment, when node names are compared instead
 */
export function wrongCluster(
  { nodes, minor }: Pick<DesiredState, 'nodes' | 'minor'>,
  identity: ClusterIdentity,
  context: string,
  recorded: { readonly uid: string | undefined; readonly file: string },
): string | undefined {
  if (recorded.uid !== undefined && recorded.uid !== identity.uid)
    return `Context ${context} is another cluster: its uid is ${identity.uid}, but ${recorded.file} has ${recorded.uid}. Select the right context with --context. If the cluster was recreated, delete ${recorded.file}.`;
  if (recorded.uid === undefined) {
    const described = nodes.map(({ name, labels }) => labels['kubernetes.io/hostname'] ?? name);
    const missing = described.filter((name) => !identity.nodes.includes(name));
    if (missing.length > 0)
      return `Context ${context} has no recorded deployment, and its nodes (${identity.nodes.join(', ') || 'none'}) do not include ${missing.join(', ')}, which the configuration has. Select the right context with --context. If it is the right cluster, write "uid: ${identity.uid}" into ${recorded.file}.`;
  }
  if (identity.minor !== minor)
    return `The cluster runs Kubernetes ${identity.version}, but the configuration sets ${minor}, and manifests are checked against ${minor}. Set the running version under k3s in the configuration, or upgrade the cluster first (docs/tasks/upgrade-k3s.md).`;
  return undefined;
}

/** All reasons why a plan can't be deployed, as sentences. */
export function refusalsOf({ objects, missingSecrets }: DeploymentPlan): string[] {
  return [
    ...objects.flatMap(({ name, desired }) =>
      desired.kind === 'Secret'
        ? [
            `${name} is in the manifests, so its values would be stored with the revision. Remove it from the manifests, and create it with kubectl.`,
          ]
        : [],
    ),
    ...missingSecrets.map(missingSecretText),
    ...objects.flatMap(({ name, result }) =>
      result.kind === 'refused' ? [`${name}: the API server refuses this object: ${result.message}`] : [],
    ),
  ];
}

function missingSecretText({ name, keys, neededBy }: MissingSecret): string {
  const [namespace, secret] = name.split('/');
  const readers = `${neededBy.join(', ')} ${neededBy.length === 1 ? 'reads' : 'read'}`;
  if (keys === undefined)
    return `Secret ${name} does not exist, and ${readers} this Secret. Create it first: npx honeydue secrets apply, or kubectl create secret generic ${secret} -n ${namespace} --from-env-file=<file>`;
  return `Secret ${name} has no ${keys.length === 1 ? 'key' : 'keys'} ${keys.join(', ')}, which ${readers}. Add the missing keys first: npx honeydue secrets apply, or kubectl edit secret ${secret} -n ${namespace}`;
}

/** A drift as one line: object, field, manager and time. */
export function planDriftText({ object, path, what, manager, time }: PlanDrift): string {
  const subject = path === '' ? object : `${object} ${path}`;
  if (what === 'result changed')
    return `${subject}: a dry run of the same manifest now has a different result`;
  const by = manager === '' ? '' : ` by ${manager}`;
  const at = time === '' ? '' : ` at ${time}`;
  return `${subject}: was ${what}${by}${at}`;
}
