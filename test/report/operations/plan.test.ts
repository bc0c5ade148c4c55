import { impact } from '../../../lib/analysis/impact/impact';
import { defaultTopology } from '../../../lib/kubernetes/k3s-network';
import type { DeploymentPlan } from '../../../lib/operations/plan/plan';
import type { OtherStep } from '../../../lib/operations/tools/other-step';
import { planJson, planText, type ReportedPlan } from '../../../lib/report/operations/plan';

const nothing = impact([], [], defaultTopology);

const plan: DeploymentPlan = {
  desired: {
    ...{ name: 'shop', documents: [], minor: '1.34', nodes: [], topology: defaultTopology },
    origin: { commit: '', isDirty: false },
  },
  ...{ digest: 'sha256:1', objects: [], prune: [], impact: nothing, revisions: [] },
  missingSecrets: [{ name: 'shop/credentials', keys: ['TOKEN'], neededBy: ['Deployment cart'] }],
};

const network: OtherStep = {
  ...{ tool: 'terraform', name: 'terraform', when: 'before', found: ['create hcloud_network.nodes'] },
  words: ['terraform', 'apply', '-target=hcloud_network.nodes'],
};
const certificate: OtherStep = {
  ...network,
  found: ['create the_certificate'],
  thenByHand: 'Fill the Secret.',
};
const node: OtherStep = {
  ...{ tool: 'node', name: 'hetzner1', when: 'before', found: [], notAsked: "ssh can't connect" },
  ...{ words: ['ssh', 'hetzner1'], input: 'dist/nodes/hetzner1.sh' },
};
const last: OtherStep = {
  ...network,
  when: 'after',
  found: ['update cloudflare_zone_setting.ssl'],
  words: ['terraform', 'apply'],
};

const reported: ReportedPlan = {
  ...{ plan, cluster: 'lane (v1.34.4)', others: [network, certificate, node, last] },
  impact: { ...nothing, base: 'what runs', head: 'shop', open: [], unused: [] },
};

test('a plan numbers the steps of all tools in their order, with what differs and what is not known', () => {
  expect(planText(reported, { colour: false, width: 100 })).toContain(`
1. terraform: terraform apply -target=hcloud_network.nodes
   create hcloud_network.nodes

2. terraform: terraform apply -target=hcloud_network.nodes
   create the_certificate
   then: Fill the Secret.

3. hetzner1: ssh hetzner1 < dist/nodes/hetzner1.sh
   not known: ssh can't connect

4. terraform: terraform apply
   update cloudflare_zone_setting.ssl
`);
});

test('a plan shows what is refused, unless the caller does', () => {
  expect(planText(reported, { colour: false })).toContain(
    '\nRefused:\n  Secret shop/credentials has no key TOKEN',
  );
  expect(planText({ ...reported, omitsRefusals: true }, { colour: false })).not.toContain('Refused');
});

test('a program gets the steps with their commands', () => {
  expect(planJson(reported).steps[2]).toEqual({
    ...{ tool: 'node', name: 'hetzner1', when: 'before', found: [], notAsked: "ssh can't connect" },
    command: 'ssh hetzner1 < dist/nodes/hetzner1.sh',
  });
});
