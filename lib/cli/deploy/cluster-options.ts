import type { Command } from 'commander';
import { Option } from 'commander';
import { clusterNodes } from '../../deployment/config/cluster-nodes';
import { topologyOf } from '../../deployment/model/addresses';
import type { ClusterConnection } from '../../operations/cluster/connection';
import type { DesiredState, ManifestOrigin } from '../../operations/plan/desired';
import type { Synthesis } from '../synthesize';

/** Which cluster a command asks. */
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

/** What a synthesis wants to run. */
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

/** A cluster as people know it: `production (v1.34.6+k3s1)`. */
export function clusterName({ context, identity }: Pick<ClusterConnection, 'context' | 'identity'>): string {
  return `${context} (${identity.version})`;
}
