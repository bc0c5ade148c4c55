import { clusterNodes } from '../../../deployment/config/cluster-nodes';
import { type ClusterConnection, withCluster } from '../../cluster/connection';
import { wrongCluster } from '../../plan/refusals';
import { clusterFile, clusterRecord, recordedCluster } from '../../recorded-cluster';
import { OperationRefused } from '../../refused';
import { readLiveSecrets } from '../../secrets/live-secrets';
import { type AdoptRun, adoptSource } from '../source';
import { clusterResolvers } from './resolvers';
import { RunningNamespace } from './running-namespace';
import { surveyCluster } from './survey/survey';

interface AdoptedCluster {
  readonly cluster: ClusterConnection;
  readonly namespace: RunningNamespace;
}

/** The source for values of the cluster, read with kubectl. */
export const clusterSource = adoptSource<AdoptedCluster>({
  name: 'the cluster',
  needs: 'a context of the kubeconfig (`--context`)',
  resolvers: clusterResolvers.map((resolver) => ({
    ...resolver,
    find: (value, { namespace }) => resolver.find(value, namespace),
  })),
  connect: ({ context, signal, config, deployment }, ask) =>
    withCluster({ context, signal }, (cluster) => {
      refuseOther(cluster, config, deployment);
      const { namespace } = deployment;
      const readSecrets = () => readLiveSecrets(cluster.kubectl, namespace);
      return ask({ cluster, namespace: new RunningNamespace(cluster.client, namespace, readSecrets) });
    }),
  survey: ({ cluster, namespace }, run) => surveyCluster(cluster, namespace, run),
  records: ({ cluster }, { config }) =>
    recordedCluster(config) === undefined ? [clusterRecord(config, cluster.identity)] : [],
});

/** @throws OperationRefused if the cluster is not the one of the configuration, because its values would be wrong */
function refuseOther(
  { identity, context }: ClusterConnection,
  config: string,
  deployment: AdoptRun['deployment'],
): void {
  const described = {
    nodes: clusterNodes(deployment),
    minor: deployment.k3s.split('.').slice(0, 2).join('.'),
  };
  const recorded = { uid: recordedCluster(config), file: clusterFile(config) };
  const wrong = wrongCluster(described, identity, context, recorded);
  if (wrong !== undefined) throw new OperationRefused(`${wrong} Nothing was written.`);
}
