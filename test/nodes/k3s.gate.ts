import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { k3sScriptOf, Machine, peer, type Run } from './machine';

const script = k3sScriptOf();
const machines: Machine[] = [];

function machine(like?: Machine): Machine {
  const made = new Machine(like);
  machines.push(made);
  return made;
}

afterAll(() => {
  for (const made of machines) made.close();
});

describe('a joining node', () => {
  test('waits for the API server', () => {
    const node = machine();
    node.state('waits');
    const { status, output } = node.run(script);
    expect([status, output]).toEqual([0, expect.stringContaining('waiting: the API server of 84.20.10.2\n')]);
  });

  test('asks for the token before anything is changed', () => {
    const node = machine();
    node.remove('/etc/honeydue/secrets/k3s-token');
    const { status, output, calls } = node.run(script);
    expect([status, calls]).toEqual([2, []]);
    expect(output).toContain('sudo install -D -m 0600 /dev/stdin /etc/honeydue/secrets/k3s-token');
  });

  test('refuses a secret that others can read', () => {
    const node = machine();
    node.write('/etc/honeydue/secrets/k3s-token', 'token', 0o644);
    expect(node.run(script).output).toContain('k3s-token must have mode 0600');
  });

  test('takes no binary that the checksums do not name', () => {
    const node = machine();
    node.state('forged');
    const { status, output } = node.run(script);
    expect([status, node.has('/usr/local/bin/k3s')]).toEqual([2, false]);
    expect(output).toMatch(
      /v1\.34\.6\+k3s1\/k3s has the SHA-256 [0-9a-f]{64}, but must have [0-9a-f]{64}\. k3s and its files were not changed/,
    );
  });

  test('waits for its private address, and tells flannel the interface', () => {
    const node = machine();
    node.state('no-address');
    const text = k3sScriptOf({
      cluster: { nodeAddress: '10.0.1.1', peers: [peer('second', '10.0.1.2')], join: '10.0.1.2' },
    });
    expect(node.run(text).status).toBe(0);
    expect(node.read('/etc/rancher/k3s/config.yaml')).toMatch(
      /node-external-ip: "84\.20\.10\.1"[\s\S]*flannel-iface: "eth1"\n/,
    );
  });
});

describe('the first node of a new cluster', () => {
  const initialising = k3sScriptOf({ cluster: { join: undefined } });
  let node: Machine;
  let persistent: string;
  let again: Run;
  let restarted: Run;
  let lost: Run;

  beforeAll(() => {
    node = machine();
    node.run(initialising);
    persistent = spawnSync('grep', ['-ri', 'cluster.init', node.root], { encoding: 'utf8' }).stdout;
    again = node.run(initialising);
    node.release('v1.34.7+k3s1');
    restarted = node.run(k3sScriptOf({ k3sVersion: 'v1.34.7+k3s1', cluster: { join: undefined } }), [
      '--restart-k3s',
    ]);
    node.remove('/var/lib/rancher');
    lost = node.run(initialising);
  });

  test('has cluster-init in no file that outlives the start', () => {
    expect(persistent).toBe('');
  });

  test('initialises the cluster once', () => {
    expect([again.status, again.calls, restarted.status]).toEqual([0, [], 0]);
    expect(node.clusters()).toMatch(/^initialised\n(?!initialised)/);
  });

  test('never initialises a second one when its data is gone', () => {
    expect([lost.status, lost.calls]).toEqual([2, []]);
    expect(lost.output).toContain(
      'To initialise again would create a second cluster. Set cluster.initialised to true',
    );
  });

  test('joins the others with the script of the initialised cluster when its data is gone', () => {
    node.release('v1.34.6+k3s1');
    node.run(script);
    expect(node.clusters()).toBe('initialised\njoined\n');
  });
});

describe('a cluster that runs', () => {
  let running: Machine;

  beforeAll(() => {
    running = machine();
    running.run(script);
  });

  /** A run on a copy of the node, after a change of it. */
  function run(
    text: string,
    args: readonly string[] = [],
    before: (node: Machine) => void = () => undefined,
  ) {
    const node = machine(running);
    before(node);
    return { node, ...node.run(text, args) };
  }

  const newer = k3sScriptOf({ k3sVersion: 'v1.34.7+k3s1' });
  const release = (node: Machine) => node.release('v1.34.7+k3s1');

  describe('refuses what it can not become:', () => {
    test.each<[string, Parameters<typeof k3sScriptOf>[0], string]>([
      [
        'another address',
        { cluster: { nodeAddress: '10.0.1.1' } },
        "An etcd member can't change its address",
      ],
      [
        'secrets encryption',
        { cluster: { secretsEncryption: true } },
        "k3s can't change this setting in a cluster that has data",
      ],
      [
        'another flannel',
        { cluster: { flannelBackend: 'wireguard-native' } },
        'an outage of the whole cluster',
      ],
      ['an older k3s', { k3sVersion: 'v1.33.1+k3s1' }, "can't go back to v1.33.1+k3s1"],
      ['a skipped minor version', { k3sVersion: 'v1.36.0+k3s1' }, 'Upgrade to v1.35 first'],
    ])('%s', (_, changes, message) => {
      const { status, output, calls } = run(k3sScriptOf(changes), ['--restart-k3s']);
      expect([status, calls]).toEqual([2, []]);
      expect(output).toContain(message);
    });

    test('to lose its secrets encryption', () => {
      const encrypted = (node: Machine) =>
        node.write('/var/lib/rancher/k3s/server/cred/encryption-config.json', '{}');
      expect(run(script, [], encrypted).output).toContain('set secretsEncryption: true');
    });
  });

  test('leaves what k3s reads as it is, and says what would change', () => {
    const { node, status, output, calls } = run(k3sScriptOf({ cluster: { embeddedRegistry: true } }));
    expect([status, node.read('/etc/rancher/k3s/config.yaml')]).toEqual([
      1,
      running.read('/etc/rancher/k3s/config.yaml'),
    ]);
    expect(calls.filter((call) => call.includes('k3s.service'))).toEqual([]);
    expect(output).toContain(
      'left: these changes need a restart of k3s (--restart-k3s, one node at a time):',
    );
    expect(output).toContain('/etc/rancher/k3s/config.yaml has different content');
  });

  test('never shows what a file with a secret would become', () => {
    const { output } = run(script, ['--check'], (node) => node.secret('registry-password', 'changed'));
    expect(output).toContain('/etc/rancher/k3s/registries.yaml has different content');
    expect(output).not.toContain('changed\n');
  });

  test('shows nothing of the secrets that an installer wrote, by --check', () => {
    const secrets = [
      'K10-the--token',
      'the-access-key',
      'the-secret-key',
      'the-password',
      'the-variable',
      'the-item',
    ];
    const [token, access, secret, password, variable, item] = secrets;
    const { output } = run(script, ['--check'], (node) => {
      node.write(
        '/etc/systemd/system/k3s.service',
        `[Service]\nType=notify\nEnvironment=K3S_TOKEN=${variable}\nExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--token' \\\n\t'${token}' \\\n\t'--etcd-s3-secret-key=${secret}'\n`,
      );
      node.append(
        '/etc/rancher/k3s/config.yaml',
        `token: ${token}\netcd-s3-access-key: ${access}\ndatastore-endpoint: postgres://k3s:${password}@db\nkube-apiserver-arg:\n  - ${item}\n`,
      );
    });
    expect(output).toContain('/etc/systemd/system/k3s.service has different content');
    expect(output).toMatch(/-token: \(not shown\)[\s\S]*-ExecStart= \(not shown\)/);
    expect(output).toMatch(
      /options that are not in the configuration of this node.*: datastore-endpoint etcd-s3-access-key etcd-s3-secret-key/,
    );
    for (const each of secrets) expect(output).not.toContain(each);
  });

  test('takes the binary by its pinned hash alone', () => {
    const release = '#!/bin/sh\nK3S_VERSION=v1.34.7+k3s1 exec k3s "$@"\n';
    const k3sSha256 = createHash('sha256').update(release).digest('hex');
    const pinned = k3sScriptOf({ k3sVersion: 'v1.34.7+k3s1', k3sSha256 });
    const right = run(pinned, ['--restart-k3s'], (node) => node.release('v1.34.7+k3s1'));
    const wrong = run(pinned, ['--restart-k3s'], (node) => node.release('v1.34.8+k3s1'));
    expect([right.status, right.node.run(pinned, ['--check']).status]).toEqual([0, 0]);
    expect([wrong.status, wrong.output]).toEqual([2, expect.stringContaining(`but must have ${k3sSha256}.`)]);
  });

  test('replaces a binary that does not run', () => {
    const { node, status } = run(script, ['--restart-k3s'], (copy) =>
      copy.write('/usr/local/bin/k3s', 'exit 1\n', 0o755),
    );
    expect(node.read('/usr/local/bin/k3s')).toBe(running.read('/usr/local/bin/k3s'));
    expect(status).toBe(0);
  });

  test('restarts when asked, under a lock that it gives back', () => {
    const { status, calls } = run(newer, ['--restart-k3s'], release);
    expect(status).toBe(0);
    expect(calls.map((call) => call.replace(/ -n kube-system.*/, ''))).toEqual([
      'curl https://github.com/k3s-io/k3s/releases/download/v1.34.7+k3s1/k3s',
      'k3s kubectl create configmap honeydue-k3s-restart',
      'systemctl daemon-reload',
      'systemctl stop k3s.service',
      'systemctl start --no-block k3s.service',
      'k3s kubectl delete configmap honeydue-k3s-restart',
    ]);
  });

  test('does not restart by --check, whatever else is said', () => {
    const { status, calls } = run(newer, ['--check', '--restart-k3s'], release);
    expect([status, calls]).toEqual([1, []]);
  });

  test.each<[string, (node: Machine) => void]>([
    [
      'is not Ready',
      (node) =>
        node.members('first.example.com 84.20.10.1 True True', 'second.example.com 84.20.10.2 False True'),
    ],
    [
      'is no voting member',
      (node) =>
        node.members('first.example.com 84.20.10.1 True True', 'second.example.com 84.20.10.2 True False'),
    ],
    ['can not read from etcd', (node) => node.state('unhealthy-84.20.10.2')],
  ])('does not restart while another member %s', (_, spoil) => {
    const { node, status, output } = run(newer, ['--restart-k3s'], (copy) => {
      release(copy);
      spoil(copy);
    });
    expect([status, node.read('/usr/local/bin/k3s')]).toEqual([2, running.read('/usr/local/bin/k3s')]);
    expect(output).toContain('not every etcd member is healthy');
    expect(output).toContain('second.example.com (84.20.10.2)');
  });

  test('does not restart while its own etcd has no leader', () => {
    const { status, output } = run(newer, ['--restart-k3s'], (node) => {
      release(node);
      node.state('unhealthy-here');
    });
    expect([status, output]).toEqual([2, expect.stringContaining('http://127.0.0.1:2381/health')]);
  });

  test('does not hold the lock for a release that can not be fetched', () => {
    const { node, status, output } = run(newer, ['--restart-k3s'], (copy) => {
      release(copy);
      copy.state('release-missing');
    });
    expect([status, output]).toEqual([
      2,
      expect.stringContaining("/k3s can't be downloaded. k3s and its files were not changed."),
    ]);
    expect(node.has('../state/lock')).toBe(false);
  });

  test('does not restart while another node does', () => {
    const { status, output } = run(newer, ['--restart-k3s'], (node) => {
      release(node);
      node.state('lock', 'second.example.com\n');
    });
    expect([status, output]).toEqual([2, expect.stringContaining('second.example.com is restarting k3s')]);
  });

  test('leaves the lock of another node to it', () => {
    const { node, status } = run(newer, ['--restart-k3s'], (copy) => {
      release(copy);
      copy.state('lock', 'second.example.com\n');
      copy.remove('../state/active/k3s.service');
    });
    expect([status, node.has('../state/lock')]).toEqual([0, true]);
  });

  test('finishes a restart that was cut off', () => {
    const cut = run(newer, ['--restart-k3s'], (node) => {
      release(node);
      node.state('killed-at-start-k3s.service');
    });
    expect(cut.status).toBe(null);
    expect(cut.node.run(newer, ['--check']).output).toContain(
      'an earlier run was interrupted before k3s had restarted',
    );
    expect(cut.node.run(newer, ['--restart-k3s']).calls).toContain('systemctl start --no-block k3s.service');
    expect(cut.node.run(newer, ['--check']).status).toBe(0);
  });

  test("changes flannel's backend only when an option names it", () => {
    const wireguard = k3sScriptOf({ cluster: { flannelBackend: 'wireguard-native' } });
    const { node, status } = run(wireguard, ['--restart-k3s', '--change-flannel-backend']);
    expect([status, node.run(wireguard, ['--check']).status]).toEqual([0, 0]);
  });

  test('is not restarted without options that the configuration does not describe', () => {
    const unit =
      "ExecStart=/usr/local/bin/k3s \\\n  server \\\n  '--cluster-init' \\\n  '--cluster-cidr=10.50.0.0/16'\n";
    const { status, output } = run(script, ['--restart-k3s'], (node) =>
      node.write('/etc/systemd/system/k3s.service', unit),
    );
    expect([status, output]).toEqual([
      2,
      expect.stringContaining('options that are not in the configuration of this node: cluster-cidr.'),
    ]);
  });

  test('reports an undescribed file that k3s reads', () => {
    const { output } = run(script, [], (node) =>
      node.write('/etc/rancher/k3s/config.yaml.d/mine.yaml', 'debug: true\n'),
    );
    expect(output).toContain(
      'left: k3s reads /etc/rancher/k3s/config.yaml.d/mine.yaml, which is not part of the configuration of this node',
    );
  });

  test('is not started after an operator stopped it', () => {
    const { status, output, calls } = run(script, [], (node) => node.remove('../state/active/k3s.service'));
    expect([status, calls]).toEqual([1, []]);
    expect(output).toContain('left: k3s does not run.');
  });

  test('is no cluster on SQLite', () => {
    const { status, output } = run(script, [], (node) => {
      node.remove('/var/lib/rancher');
      node.write('/var/lib/rancher/k3s/server/db/state.db', '');
    });
    expect([status, output]).toEqual([2, expect.stringContaining('k3s runs here on SQLite')]);
  });
});
