import type { Command } from 'commander';
import { Option } from 'commander';
import { clusterNodes } from '../../deployment/config/cluster-nodes';
import { topologyOf } from '../../deployment/model/addresses';
import type { ClusterConnection } from '../../operations/cluster/connection';
import type { DesiredState, ManifestOrigin } from '../../operations/plan/desired';
import type { Synthesis } from '../synthesize';

/** The options that select the cluster. */
export interface ClusterOptions {
  readonly context?: string;
}

/** Adds `--context`. */
export function addClusterOptions(command: Command): Command {
  return command.addOption(
    new Option('--context <name>', 'the kubeconfig context of the cluster').default(
      undefined,
      'the current context',
    ),
  );
}

/** The desired state of the cluster, from a synthesis. */
export function desiredState(
  { model, documents }: Pick<Synthesis, 'model' | 'documents'>,
  origin: ManifestOrigin,
): DesiredState {
  return {
    name: model.namespace,
    documents: documents.map(({ file, object }) => ({ file, object })),
    minor: model.kubernetesVersion,
    nodes: clusterNodes(model),
    topology: topologyOf(model),
    origin,
  };
}

/** The display name of a cluster: `production (v1.34.6+k3s1)`. */
export function clusterName({ context, identity }: Pick<ClusterConnection, 'context' | 'identity'>): string {
  return `${context} (${identity.version})`;
}
