import { serverCountWarnings } from '../../../lib/deployment/config/findings/server-count';
import { productionWith } from '../../support/production';

type Nodes = Parameters<typeof serverCountWarnings>[0]['nodes'];

function warned(...roles: ('server' | 'agent' | undefined)[]): string[] {
  const node = {
    address: '84.20.10.1',
    hostname: 'a',
    type: 'cx33',
    location: 'nbg1',
    image: 'ubuntu-24.04',
  };
  const nodes = roles.map((role, index) => [
    `node${index + 1}`,
    { ...node, ...(role !== undefined && { role }) },
  ]);
  return serverCountWarnings({ nodes: Object.fromEntries(nodes) as Nodes });
}

describe('the number of servers', () => {
  test.each([1, 3, 5])('%i is odd, and nothing is said', (count) => {
    expect(warned(...Array.from({ length: count }, () => undefined))).toEqual([]);
  });

  test('four survive the loss of one, as three do', () => {
    expect(warned(undefined, 'server', undefined, undefined)).toEqual([
      'nodes has 4 servers (node1, node2, node3, node4): etcd with 4 members survives the loss of 1, as with 3. Use an odd number: if the newest server only adds capacity, set nodes.node4.role: agent, or add one more server.',
    ]);
  });

  test('two survive the loss of none, as one does', () => {
    expect(warned(undefined, undefined)[0]).toContain('survives the loss of 0, as with 1');
  });

  test('the advice names no server that runs', () => {
    const warnings = productionWith([
      '  hetzner2:\n',
      '  another:\n    address: 192.0.2.4\n    hostname: fourth\n    type: cx33\n    location: nbg1\n    image: ubuntu-24.04\n  hetzner2:\n',
    ]).warnings;
    expect(warnings).toEqual([expect.stringContaining('set nodes.another.role: agent')]);
  });

  test('an agent does not count', () => {
    expect(warned(undefined, undefined, undefined, 'agent')).toEqual([]);
  });

  test('is a warning of every synth', () => {
    const synthesis = productionWith([
      '  hetzner2:\n',
      '  hetzner4:\n    address: 192.0.2.4\n    hostname: fourth\n    type: cx33\n    location: nbg1\n    image: ubuntu-24.04\n  hetzner2:\n',
    ]);
    expect(synthesis.warnings).toEqual([expect.stringContaining('nodes has 4 servers')]);
  });
});
