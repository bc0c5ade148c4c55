import { type App, Chart } from 'cdk8s';
import { External, HostNetworkIngress } from '../constructs/external';
import { NetworkPolicies } from '../constructs/network-policies';
import type { Destination } from '../constructs/parts/connections';
import { flannelAddresses } from '../model/addresses';
import { connectionsOf } from '../model/flows';
import type { Model } from '../model/model';
import { chartProps } from './chart-props';
import type { WorkloadConstruct } from './workload';

/** Who may talk to whom: what the configuration's `connectsTo` and `hosts` say, and nothing else. */
export class NetworkChart extends Chart {
  constructor(app: App, model: Model, constructs: ReadonlyMap<string, WorkloadConstruct>) {
    super(app, '1-network', chartProps(model));
    const traefik = new HostNetworkIngress('traefik', flannelAddresses());
    const sources = [...constructs.values()].filter((construct) => 'connectTo' in construct);
    for (const [name, workload] of model.workloads) {
      const construct = constructs.get(name);
      if (construct === undefined) continue;
      if (workload.kind === 'WebService' && 'port' in construct && (workload.hosts ?? []).length > 0) {
        traefik.connectTo(construct);
      }
      if (!('connectTo' in construct)) continue;
      for (const target of connectionsOf(workload))
        construct.connectTo(destination(model, constructs, target));
    }
    new NetworkPolicies(this, 'policies', { sources: [traefik, ...sources] });
  }
}

function destination(
  { external }: Model,
  constructs: ReadonlyMap<string, WorkloadConstruct>,
  name: string,
): Destination {
  const outside = external[name];
  if (outside !== undefined) return new External(name, outside.port);
  const construct = constructs.get(name);
  if (construct === undefined || !('port' in construct))
    throw new Error(`nothing called ${name} answers on a port`);
  return construct;
}
