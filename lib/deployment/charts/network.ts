import { type App, Chart } from 'cdk8s';
import { External, ForeignPods, HostNetworkIngress, HostNetworkService } from '../../constructs/external';
import { NetworkPolicies } from '../../constructs/network-policies';
import { type Destination, partyOf } from '../../constructs/parts/connections';
import { flannelAddresses } from '../../kubernetes/k3s-network';
import { edgeHostsOf } from '../config/schema/workloads';
import { type Target, targetsOf } from '../model/flows';
import { clusterAddresses, type Model } from '../model/model';
import { chartProps } from './chart-props';
import { setOrigin } from './origin';
import type { WorkloadConstruct } from './workload';

/**
 * The NetworkPolicies, which allow only the connections under `connectsTo` and requests from the Ingress
 * controllers.
 */
export class NetworkChart extends Chart {
  constructor(app: App, model: Model, constructs: ReadonlyMap<string, WorkloadConstruct>) {
    super(app, '1-network', chartProps(model));
    setOrigin(this, ['workloads']);
    const traefik = new HostNetworkIngress('traefik', flannelAddresses());
    const sources = [...constructs.values()].filter((construct) => 'connectTo' in construct);
    const controllers: ForeignPods[] = [];
    for (const [name, workload] of model.workloads) {
      const construct = constructs.get(name);
      if (construct === undefined) continue;
      if (edgeHostsOf(workload).length > 0 && 'port' in construct) traefik.connectTo(construct);
      if (workload.kind === 'WebService' && workload.ingress !== undefined && 'port' in construct) {
        const controller = new ForeignPods(
          `${workload.ingress.class} for ${name}`,
          workload.ingress.controller,
        );
        controller.connectTo(construct);
        controllers.push(controller);
      }
      if (!('connectTo' in construct)) continue;
      for (const target of targetsOf(model, workload)) construct.connectTo(destination(model, target));
    }
    const policies = new NetworkPolicies(this, 'policies', {
      sources: [traefik, ...controllers, ...sources],
    });
    for (const [name] of model.workloads) {
      const [egress, ingress] = ['egress', 'ingress'].map((direction) =>
        policies.node.tryFindChild(`${direction}-${name}`),
      );
      if (egress !== undefined) setOrigin(egress, ['workloads', name, 'connectsTo']);
      if (ingress !== undefined) setOrigin(ingress, ['workloads', name]);
    }
  }
}

function destination(model: Model, { kind, name, port }: Target): Destination {
  switch (kind) {
    case 'workload':
      return { party: partyOf(name), port };
    case 'external':
      return new External(name, port);
    case 'nodes':
      return new HostNetworkService(name, clusterAddresses(model), port);
  }
}
