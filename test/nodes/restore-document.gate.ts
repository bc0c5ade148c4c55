import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/configuration';
import { k3sScriptOf, Machine, peer } from './machine';

const [, etcd = ''] = readFileSync(join(root, 'docs', 'restore.md'), 'utf8').split('\n# etcd\n');

/** The commands below a heading, block by block, with the values that the document leaves out. */
function commandsOf(heading: string): string[] {
  const section = etcd.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^```bash\n([\s\S]*?)^```/gm)].map(([, block = '']) =>
    block
      .replace('etcd-s3-bucket=…', 'etcd-s3-bucket=shop-etcd')
      .replace('etcd-s3-access-key=…', 'etcd-s3-access-key=the-id')
      .replace('etcd-s3-secret-key=…', 'etcd-s3-secret-key=the-key'),
  );
}

const nodes = ['hetzner1', 'hetzner2', 'hetzner3'].map((name, index) => peer(name, `127.0.0.${index + 2}`));
const onDisk = '/var/lib/rancher/k3s/server/db/snapshots/etcd-snapshot-ubuntu-8gb-nbg1-2-1764500000.zip';
const inBucket = 'etcd-snapshot-ubuntu-8gb-nbg1-1-1764500000.zip';

/** Three servers that run, and the operator's working directory. */
class Cluster {
  readonly directory = mkdtempSync(join(tmpdir(), 'operator-'));
  readonly machines = new Map<string, Machine>();

  constructor() {
    mkdirSync(join(this.directory, 'bin'));
    mkdirSync(join(this.directory, 'dist', 'nodes'), { recursive: true });
    for (const { name, address } of nodes) {
      const machine = new Machine();
      this.machines.set(name, machine);
      machine.state('hostname', `${name}.example.com\n`);
      machine.bucketKeeps('84');
      const script = k3sScriptOf({
        ...{ name, hostname: `${name}.example.com`, address },
        cluster: {
          ...{ nodeAddress: address, firstNode: 'hetzner1' },
          peers: nodes.filter((node) => node.name !== name),
          join: name === 'hetzner1' ? '127.0.0.3' : '127.0.0.2',
        },
      });
      writeFileSync(join(this.directory, 'dist', 'nodes', `${name}.sh`), script);
      expect(machine.run(script).output).toContain('is as described');
      const zip = `import zipfile, sys; zipfile.ZipFile(sys.argv[1], 'w').writestr('snapshot', 'as it was')`;
      machine.write(onDisk, '');
      spawnSync('python3', ['-c', zip, join(machine.root, onDisk)]);
      mkdirSync(join(machine.directory, 'state', 'bucket', 'etcd'), { recursive: true });
      writeFileSync(join(machine.directory, 'state', 'bucket', 'etcd', inBucket), 'as it was in the bucket');
    }
    this.program('ssh', `node=$1\nshift\nexec "$HERE/on" "$node" "$@"\n`);
    this.program(
      'on',
      // What a script does below its --root, a command does by a path that is rewritten.
      `export MACHINE=$(readlink "$HERE/$1")
shift
[ "$1" != sudo ] || shift
PATH=$MACHINE/bin:/usr/sbin:/usr/bin:/sbin:/bin
case "$*" in
  'bash -s -- '*) shift 3; exec bash -s -- --root "$MACHINE/root" "$@" ;;
esac
for word; do
  shift
  set -- "$@" "$(echo "$word" | sed -E "s#(^|[ =>])(/etc/|/var/|/run/)#\\\\1$MACHINE/root\\\\2#g")"
done
exec "$@"
`,
    );
    for (const [name, machine] of this.machines)
      symlinkSync(machine.directory, join(this.directory, 'bin', name));
  }

  private program(name: string, text: string): void {
    const path = join(this.directory, 'bin', name);
    writeFileSync(path, `#!/bin/sh\nset -eu\nHERE=${join(this.directory, 'bin')}\n${text}`);
    chmodSync(path, 0o755);
  }

  /** Runs commands as the operator types them: here, or logged on to a node. */
  run(commands: string, node?: string, input = ''): { status: number | null; output: string } {
    if (node !== undefined) this.program('sudo', `exec "$HERE/on" ${node} "$@"\n`);
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euc', commands], {
      cwd: this.directory,
      encoding: 'utf8',
      input,
      env: { PATH: `${join(this.directory, 'bin')}:/usr/bin:/bin`, SSH_CONNECTION: '' },
    });
    return { status, output: `${stdout}${stderr}` };
  }

  machine(name: string): Machine {
    const machine = this.machines.get(name);
    if (machine === undefined) throw new Error(`no ${name}`);
    return machine;
  }

  get histories(): string[] {
    return [...this.machines.values()].map((machine) => machine.clusters());
  }

  close(): void {
    for (const machine of this.machines.values()) machine.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

const [stop = '', list = '', fromDisk = '', fromBucket = ''] = commandsOf('On the first node');
const [rejoin = ''] = commandsOf('On the two others');
const [byHand = '', byHandFromBucket = '', othersByHand = ''] = commandsOf('By hand');
const everyone = ['joined\nrestored\n', 'joined\njoined\n', 'joined\njoined\n'];

describe('the commands of docs/restore.md bring etcd back', () => {
  let cluster: Cluster;

  beforeEach(() => {
    cluster = new Cluster();
  });

  afterEach(() => {
    cluster.close();
  });

  test('from the disk of the first node, and the others join it', () => {
    const steps = [stop, list, fromDisk, rejoin].map((commands) => cluster.run(commands));
    expect(steps.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
    expect(steps[1]?.output).toContain('etcd-snapshot-ubuntu-8gb-nbg1-2-1764500000.zip');
    // The script says the document's own commands.
    for (const line of rejoin.trim().split('\n')) expect(steps[2]?.output).toContain(`next: ${line}\n`);
    expect(cluster.histories).toEqual(everyone);
  });

  test('from the bucket', () => {
    const steps = [stop, fromBucket, rejoin].map((commands) => cluster.run(commands));
    expect(steps.map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(cluster.machine('hetzner1').read('/var/lib/rancher/k3s/server/db/etcd/restored-from')).toBe(
      'as it was in the bucket',
    );
    expect(cluster.histories).toEqual(everyone);
  });

  test('by hand, from the disk', () => {
    cluster.run(stop);
    const steps = [
      cluster.run(byHand, 'hetzner1'),
      cluster.run(othersByHand, 'hetzner2'),
      cluster.run(othersByHand, 'hetzner3'),
    ];
    expect(steps).toEqual(steps.map(() => ({ status: 0, output: '' })));
    expect(cluster.histories).toEqual(everyone);
  });

  test('by hand, from the bucket, with the keys from the keyboard', () => {
    cluster.run(stop);
    const inRootShell = byHandFromBucket
      .replace(/^(?=systemctl|grep|k3s)/gm, 'sudo ')
      .replace(
        /^sudo (grep .*) > (.*)$/m,
        (_, command: string, file: string) => `sudo sh -c "${command} > ${file}"`,
      );
    expect(cluster.run(inRootShell, 'hetzner1', 'the-id\nthe-key\n')).toEqual({ status: 0, output: '' });
    expect(cluster.histories[0]).toBe('joined\nrestored\n');
  });

  test('not without what they leave out of config.yaml', () => {
    cluster.run(stop);
    const { status, output } = cluster.run(byHand.replace('(server|', '('), 'hetzner1');
    expect(status).not.toBe(0);
    expect(output).toContain('cannot perform cluster-reset while server URL is set');
    const bucket = cluster.run(
      byHand.replace(' --etcd-s3=false', '').replace('|etcd-s3[a-z-]*', ''),
      'hetzner1',
    );
    expect(bucket.output).toContain('cannot use S3 config secret when restoring snapshot');
  });
});
