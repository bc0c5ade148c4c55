import { terraformImpact } from '../../../lib/analysis/impact/terraform/terraform';
import { outputOf } from '../../../lib/cli/output';
import { productionWith } from '../../support/production';
import { withResource } from './outputs';

/** Three servers and an agent, of which two may be deleted. */
const output = ['hetzner2', 'hetzner4'].reduce(
  (left, name) =>
    withResource(left, `hcloud_server.${name}`, (body) => {
      Object.assign(body, { delete_protection: false, rebuild_protection: false });
    }),
  outputOf(
    productionWith([
      '  hetzner2:\n',
      '  hetzner4:\n    address: 192.0.2.4\n    hostname: fourth\n    type: cx33\n    location: nbg1\n    image: ubuntu-24.04\n    role: agent\n  hetzner2:\n',
    ]),
  ),
);

function reasonWithout(...names: string[]): string[] {
  const head = names.reduce(
    (left, name) => withResource(left, `hcloud_server.${name}`, () => 'gone'),
    output,
  );
  return terraformImpact(output, head, () => [])
    .filter(({ object }) => object.startsWith('hcloud_server.'))
    .map(({ reason }) => reason);
}

test('a server that goes is one of three members of etcd, whatever agents there are', () => {
  expect(reasonWithout('hetzner2')).toEqual([expect.stringContaining('etcd goes from 3 members to 2')]);
});

test('an agent that goes takes no member of etcd with it', () => {
  expect(reasonWithout('hetzner4')).toEqual([
    expect.stringContaining('The server is a k3s agent, so etcd loses no member.'),
  ]);
  expect(reasonWithout('hetzner2', 'hetzner4')[0]).toContain('etcd goes from 3 members to 2');
});
