import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { k3sScriptOf, Machine, peer } from './machine';

/**
 * Addresses of this machine: the script asks them as it asks the other servers, and nothing listens there. They are of
 * this process alone, because a test of it does listen, while other tests run.
 */
const network = `127.1.${process.pid % 256}`;
const second = peer('second', `${network}.2`);
const third = peer('third', `${network}.3`);
const peers = [second, third];
/** TCP reaches no broadcast address: the answer is as that of a server that is off. */
const gone = peer('second', '255.255.255.255');

const cluster = { peers, join: `${network}.2` };
const script = k3sScriptOf({ cluster });
const snapshots = '/var/lib/rancher/k3s/server/db/snapshots';
const onDisk = `${snapshots}/etcd-snapshot-first-1764500000`;
const inBucket = 'etcd-snapshot-second-1764500000';
const bucket = `etcd-s3-endpoint=s3.us-east-005.backblazeb2.com
etcd-s3-region=us-east-005
etcd-s3-bucket=shop-etcd
etcd-s3-folder=etcd
etcd-s3-access-key=the-id
etcd-s3-secret-key=the-key
etcd-s3-retention=56
`;
const machines: Machine[] = [];
let running: Machine;

/** A copy of a server that runs, whose snapshots are on its disk and in the bucket. */
function machine(): Machine {
  const made = new Machine(running);
  machines.push(made);
  return made;
}

beforeAll(() => {
  running = new Machine();
  machines.push(running);
  running.bucketKeeps('84');
  running.run(script);
  running.write(onDisk, 'as it was');
  const folder = join(running.directory, 'state', 'bucket', 'etcd');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, inBucket), 'as it was in the bucket');
});

afterAll(() => {
  for (const made of machines) made.close();
});

const restored = (node: Machine) => node.read('/var/lib/rancher/k3s/server/db/etcd/restored-from');

describe('etcd from a snapshot on the disk', () => {
  test('is what it was, and the other servers are told to join it', () => {
    const node = machine();
    const { status, output, calls } = node.run(script, ['--restore-etcd', onDisk]);
    expect([status, restored(node)]).toEqual([0, 'as it was']);
    expect(calls.filter((call) => /k3s/.test(call)).map((call) => call.replace(/ --config \S+/, ''))).toEqual(
      [
        'systemctl stop k3s.service',
        `k3s server --cluster-reset --cluster-reset-restore-path=${node.root}${onDisk} --etcd-s3=false`,
        'systemctl start --no-block k3s.service',
        'systemctl enable --quiet k3s.service',
      ],
    );
    expect(output).toContain('next: ssh second sudo bash -s -- --rejoin-etcd < dist/nodes/second.sh\n');
    expect(output).toContain('next: ssh third sudo bash -s -- --rejoin-etcd < dist/nodes/third.sh\n');
  });

  test('leaves config.yaml as it is described, with the server to join', () => {
    const node = machine();
    node.run(script, ['--restore-etcd', onDisk]);
    expect(node.read('/etc/rancher/k3s/config.yaml')).toContain(`server: https://${network}.2:6443\n`);
    expect(node.run(script).output).toBe('first is as described. Nothing was changed.\n');
  });

  test('changes nothing by --check', () => {
    const node = machine();
    const { status, output, calls } = node.run(script, ['--check', '--restore-etcd', onDisk]);
    expect([status, calls]).toEqual([1, []]);
    expect(output).toContain(`differs: etcd is restored from ${onDisk}`);
  });

  test('is as before when the snapshot is broken', () => {
    const node = machine();
    node.write(onDisk, 'broken');
    node.write('/var/lib/rancher/k3s/server/db/etcd/mine', 'of before');
    const { status, output } = node.run(script, ['--restore-etcd', onDisk]);
    expect([status, node.read('/var/lib/rancher/k3s/server/db/etcd/mine')]).toEqual([2, 'of before']);
    expect(output).toContain('etcd was not restored, and its data is unchanged.');
    expect(output).toContain('expected sha256');
  });

  test('on a host that never ran k3s takes the token that the operator put there', () => {
    const node = machine();
    node.remove('/var/lib/rancher/k3s/server/db/etcd');
    node.remove('/var/lib/rancher/k3s/server/token');
    const { status } = node.run(script, ['--restore-etcd', onDisk]);
    expect([status, restored(node)]).toEqual([0, 'as it was']);
    expect(node.read('/var/lib/rancher/k3s/server/token')).toContain('the-token');
    expect(node.has('/run/systemd/system/k3s.service.d/first-start.conf')).toBe(false);
  });

  test('without that token is refused', () => {
    const node = machine();
    for (const path of ['server/db/etcd', 'server/token']) node.remove(`/var/lib/rancher/k3s/${path}`);
    node.remove('/etc/honeydue/secrets/k3s-token');
    const { status, output, calls } = node.run(script, ['--restore-etcd', onDisk]);
    expect([status, calls]).toEqual([2, []]);
    expect(output).toContain('/etc/honeydue/secrets/k3s-token is missing');
  });
});

describe('etcd from a snapshot in the bucket', () => {
  test('is what it was, by keys that are in no argument and in no file that stays', () => {
    const node = machine();
    node.write('/etc/honeydue/secrets/etcd-s3', bucket, 0o600);
    const { status, output, calls } = node.run(script, ['--restore-etcd', inBucket]);
    expect([status, restored(node)]).toEqual([0, 'as it was in the bucket']);
    expect(calls.join()).not.toMatch(/the-id|the-key/);
    expect(output).toContain('sudo rm /etc/honeydue/secrets/etcd-s3');
    expect(output).not.toContain('the-key');
    expect(node.read('/var/lib/honeydue/restore.log')).not.toContain('the-key');
  });

  test('asks for the bucket first: k3s reads no Secret while it restores', () => {
    const { status, output, calls } = machine().run(script, ['--restore-etcd', inBucket]);
    expect([status, calls]).toEqual([2, []]);
    expect(output).toContain('sudo install -D -m 0600 /dev/stdin /etc/honeydue/secrets/etcd-s3');
  });

  test.each([
    ['lacks the bucket', bucket.replace(/^etcd-s3-bucket.*\n/m, '')],
    ['has something else', `${bucket}password=x\n`],
  ])('refuses a file that %s', (_, text) => {
    const node = machine();
    node.write('/etc/honeydue/secrets/etcd-s3', text, 0o600);
    const { status, output } = node.run(script, ['--restore-etcd', inBucket]);
    expect([status, output]).toEqual([2, expect.stringContaining('etcd-s3 must have the lines')]);
  });
});

describe('a restore is refused', () => {
  test.each<[string, readonly string[], Parameters<typeof k3sScriptOf>[0], string]>([
    [
      'on a server that no other joins',
      [onDisk],
      { cluster: { ...cluster, firstNode: 'second' } },
      'etcd can be restored only on second',
    ],
    ['of a file that is not there', [`${snapshots}/other`], { cluster }, `${snapshots}/other is not a file`],
    ['of a relative path', ['snapshots/other'], { cluster }, 'snapshots/other is a relative path'],
    [
      'while a server gives no answer',
      [onDisk],
      { cluster: { ...cluster, peers: [gone] } },
      'add --lost-server second',
    ],
  ])('%s', (_, args, changes, message) => {
    const { status, output, calls } = machine().run(k3sScriptOf(changes), ['--restore-etcd', ...args]);
    expect([status, calls]).toEqual([2, []]);
    expect(output).toContain(message);
  });

  test('of an archive that was cut off', () => {
    const node = machine();
    node.write(`${onDisk}.zip`, 'PK');
    const { status, output } = node.run(script, ['--restore-etcd', `${onDisk}.zip`]);
    expect([status, output]).toEqual([2, expect.stringContaining('is not a complete zip archive')]);
  });

  describe('while k3s runs on another server', () => {
    let listening: Server;

    beforeAll(async () => {
      listening = createServer();
      await new Promise<void>((resolve) => listening.listen(2380, `${network}.3`, resolve));
    });

    afterAll(() => new Promise((resolve) => listening.close(resolve)));

    test.each([[[]], [['--lost-server', 'third']]])('with %j', (more) => {
      const { status, output, calls } = machine().run(script, ['--restore-etcd', onDisk, ...more]);
      expect([status, calls]).toEqual([2, []]);
      expect(output).toContain(`k3s runs on third (${network}.3) and would continue as a second cluster.`);
      expect(output).toContain('ssh third sudo systemctl stop k3s');
    });
  });

  test('but not for a server that the operator gives up', () => {
    const node = machine();
    const text = k3sScriptOf({ cluster: { ...cluster, peers: [gone, third] } });
    const { status } = node.run(text, ['--restore-etcd', onDisk, '--lost-server', 'second']);
    expect([status, restored(node)]).toEqual([0, 'as it was']);
  });
});

describe('a server that was not restored', () => {
  const stopped = () => {
    const node = machine();
    node.remove('../state/active/k3s.service');
    return node;
  };

  test('gives up its data, keeps its snapshots, and joins by the token that it had', () => {
    const node = stopped();
    node.remove('/etc/honeydue/secrets/k3s-token');
    const { status } = node.run(script, ['--rejoin-etcd']);
    expect([status, node.clusters()]).toEqual([0, 'joined\njoined\n']);
    expect([node.has(onDisk), node.has('/var/lib/rancher/k3s/server/db/etcd-before-rejoin')]).toEqual([
      true,
      true,
    ]);
    expect(node.read('/etc/honeydue/secrets/k3s-token')).toBe('K10hash::server:the-token\n');
  });

  test('is refused while its k3s runs', () => {
    const { status, output, calls } = machine().run(script, ['--rejoin-etcd']);
    expect([status, calls]).toEqual([2, []]);
    expect(output).toContain('sudo systemctl stop k3s');
  });

  test('is refused while there is nothing to join', () => {
    const node = stopped();
    node.state('waits');
    const { status, output } = node.run(script, ['--rejoin-etcd']);
    expect([status, output]).toEqual([
      2,
      expect.stringContaining(`https://${network}.2:6443 does not answer`),
    ]);
  });

  test('is refused to give up its data for nothing', () => {
    const { status, output } = stopped().run(k3sScriptOf({ cluster: { peers, join: undefined } }), [
      '--rejoin-etcd',
    ]);
    expect([status, output]).toEqual([2, expect.stringContaining('this node joins no other server')]);
  });
});

describe('the bucket', () => {
  const checked = (change: (node: Machine) => void) => {
    const node = machine();
    change(node);
    return node.run(script, ['--check']);
  };

  test("keeps as many snapshots as all servers' disks together", () => {
    expect(checked(() => undefined).status).toBe(0);
  });

  test('that keeps fewer is reported, with the command', () => {
    const { status, output } = checked((node) => node.bucketKeeps('5'));
    const message =
      'left: the bucket keeps 5 snapshots of all servers together, but must keep 84. Run: kubectl patch';
    expect([status, output]).toEqual([1, expect.stringContaining(message)]);
  });

  test("that says nothing keeps k3s' default", () => {
    const { output } = checked((node) => node.bucketKeeps(''));
    expect(output).toContain("the bucket keeps k3s' default snapshots");
  });

  test('that is not there is noted, and fails no first boot', () => {
    const { status, output } = checked((node) => node.state('bucket-secret'));
    expect([status, output]).toEqual([0, expect.stringContaining('note: there is no Secret snapshots')]);
  });
});
