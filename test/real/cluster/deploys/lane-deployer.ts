import type { Synthesis } from '../../../../lib/cli/synthesize';
import { clusterNodes } from '../../../../lib/deployment/config/cluster-nodes';
import { topologyOf } from '../../../../lib/deployment/model/addresses';
import type { KubernetesObject } from '../../../../lib/documents/kubernetes';
import { type ClusterConnection, withCluster } from '../../../../lib/operations/cluster/connection';
import {
  type DeployOptions,
  type DeployOutcome,
  runDeployment,
} from '../../../../lib/operations/deploy/deploy';
import type { DesiredState } from '../../../../lib/operations/plan/desired';
import { type DeploymentPlan, makePlan } from '../../../../lib/operations/plan/plan';
import { DeploymentLock } from '../../../../lib/operations/revisions/lock';
import type { Cluster } from '../servers/cluster';
import { keepingReporter, type SaidLine } from './reporters';

/** The manifests of a synthesis as they are to run. */
export function desiredOf(
  { model, documents }: Synthesis,
  edit: (object: KubernetesObject) => KubernetesObject | undefined = (object) => object,
): DesiredState {
  return {
    name: model.namespace,
    documents: documents.flatMap(({ file, object }) => {
      const edited = edit(object);
      return edited === undefined ? [] : [{ file, object: edited }];
    }),
    minor: model.kubernetesVersion,
    nodes: clusterNodes(model),
    topology: topologyOf(model),
    origin: { commit: '0'.repeat(40), isDirty: false },
  };
}

/** Connects as the command does: kubectl of the lane, and its proxy on a socket. */
export function connected<Result>(
  { kubectl, kubeconfig }: Cluster,
  use: (cluster: ClusterConnection) => Promise<Result>,
): Promise<Result> {
  process.env['KUBECONFIG'] = kubeconfig;
  return withCluster({ program: kubectl }, use);
}

const patience = 4_000;

/** Plans and deploys. */
export async function deployed(
  cluster: ClusterConnection,
  desired: DesiredState,
  options: Partial<DeployOptions> = {},
  reporter = keepingReporter(),
): Promise<DeployOutcome & { readonly plan: DeploymentPlan; readonly said: readonly SaidLine[] }> {
  const lock = await DeploymentLock.acquire(cluster.client, desired.name);
  try {
    const plan = await makePlan(cluster, desired);
    const all = { prune: { all: false, named: [] }, patience, ...options };
    const outcome = await runDeployment(cluster, plan, lock, reporter, all);
    return { ...outcome, plan, said: reporter.said };
  } finally {
    await lock.release();
  }
}
