import { k3sScriptOf, Machine } from './machine';

const cluster = { join: '84.20.10.2' };
const script = k3sScriptOf({ role: 'agent', cluster });
const newer = k3sScriptOf({ role: 'agent', cluster, k3sVersion: 'v1.34.7+k3s1' });
const machines: Machine[] = [];
let running: Machine;

function machine(like?: Machine): Machine {
  const made = new Machine(like);
  machines.push(made);
  return made;
}

beforeAll(() => {
  running = machine();
  running.run(script);
});

afterAll(() => {
  for (const made of machines) made.close();
});

describe('an agent', () => {
  test('joins as one, without a server, etcd or a snapshot, and needs the token no longer', () => {
    expect([running.clusters(), running.has('/etc/systemd/system/k3s.service')]).toEqual(['agent\n', false]);
    expect(running.read('/etc/systemd/system/k3s-agent.service')).toContain(
      'ExecStart=/usr/local/bin/k3s agent\n',
    );
    expect(running.read('/etc/rancher/k3s/config.yaml')).toBe(
      `server: https://84.20.10.2:6443
node-name: first.example.com
node-ip: 84.20.10.1
node-label:
  - shop/redis=true
protect-kernel-defaults: true
kube-proxy-arg:
  - proxy-mode=ipvs
kubelet-arg:
  - system-reserved=cpu=100m,memory=256Mi
  - kube-reserved=cpu=250m,memory=1Gi
`,
    );
    expect(running.has('/run/systemd/system/k3s-agent.service.d/first-start.conf')).toBe(false);
  });

  test('has nothing to do the second time', () => {
    const { status, output, calls } = machine(running).run(script);
    expect([status, calls, output]).toEqual([0, [], 'first is as described. Nothing was changed.\n']);
  });

  test('waits for the API server, and asks for the token before anything is changed', () => {
    const waiting = machine();
    waiting.state('waits');
    expect(waiting.run(script).output).toContain('waiting: the API server of 84.20.10.2\n');
    const without = machine();
    without.remove('/etc/honeydue/secrets/k3s-token');
    expect([without.run(script).status, without.clusters()]).toEqual([2, '']);
  });

  test('restarts without a lock, since it is no member of etcd', () => {
    const node = machine(running);
    node.release('v1.34.7+k3s1');
    node.state('server-version', 'v1.34.7+k3s1\n');
    const { status, calls } = node.run(newer, ['--restart-k3s']);
    expect(status).toBe(0);
    expect(calls.filter((call) => /configmap|systemctl st/.test(call))).toEqual([
      'systemctl stop k3s-agent.service',
      'systemctl start --no-block k3s-agent.service',
    ]);
  });

  test('is never newer than the API server', () => {
    const node = machine(running);
    node.release('v1.34.7+k3s1');
    node.state('server-version', 'v1.34.6+k3s1\n');
    const { status, output, calls } = node.run(newer, ['--restart-k3s']);
    expect([status, calls]).toEqual([2, []]);
    expect(output).toContain(
      'the API server runs v1.34.6+k3s1, and a kubelet must not be newer, but this node would run v1.34.7+k3s1',
    );
  });

  test('does not open etcd or the API server', () => {
    expect(running.stateOf('ufw')).not.toMatch(/2379|6443/);
  });

  test.each(['--restore-etcd=/x', '--rejoin-etcd'])('has no etcd: %s', (argument) => {
    const { status, output } = machine(running).run(script, argument.split('='));
    expect([status, output]).toEqual([2, expect.stringContaining('this node is an agent and has no etcd')]);
  });
});

test('a server does not become an agent, nor an agent a server', () => {
  const server = machine();
  server.run(k3sScriptOf());
  expect(server.run(script, ['--restart-k3s']).output).toContain('this node is a k3s server');
  expect(machine(running).run(k3sScriptOf(), ['--restart-k3s']).output).toContain('this node is a k3s agent');
});
