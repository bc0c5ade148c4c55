import { declaredFlows } from '../../../lib/deployment/model/flows';
import { nodeJob, nodeMetricsPorts, scrapeTargets } from '../../../lib/deployment/model/scrape-targets';
import { production } from '../../support/production';

const { model } = production;
const privately = {
  ...model,
  cluster: { ...model.cluster, nodeAddresses: 'private' as const },
  nodes: Object.fromEntries(
    Object.entries(model.nodes).map(([name, node], index) => [
      name,
      { ...node, privateAddress: `10.0.1.${index + 1}` },
    ]),
  ),
};

test('each node is asked at the address by which the nodes know each other', () => {
  const machines = (of: typeof model) => scrapeTargets(of).find(({ job }) => job === nodeJob)?.at;
  expect(machines(model)).toEqual({
    machines: Object.fromEntries(Object.values(model.nodes).map((node) => [node.hostname, node.address])),
  });
  expect(machines(privately)).toEqual({
    machines: Object.fromEntries(
      Object.values(privately.nodes).map((node) => [node.hostname, node.privateAddress]),
    ),
  });
});

test.each(['node', 'traefik'])('the agent is let out to %s of all nodes, there and nowhere else', (job) => {
  const peers = declaredFlows(privately)
    .filter(({ name }) => name.startsWith(`vmagent -> ${job}:`))
    .map(({ to }) => to);
  expect(peers).toEqual(
    ['10.0.1.1/32', '10.0.1.2/32', '10.0.1.3/32'].map((cidr) => ({ kind: 'addresses', cidr, except: [] })),
  );
});

test('without an agent no port is open for one', () => {
  const workloads = model.workloads.filter(([, { kind }]) => kind !== 'MetricsAgent');
  expect([nodeMetricsPorts(model), nodeMetricsPorts({ ...model, workloads })]).toEqual([[9101, 9102], []]);
});
