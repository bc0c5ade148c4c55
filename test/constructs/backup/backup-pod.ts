import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresBackup, type PostgresBackupProps } from '../../../lib/constructs/backup/postgres-backup';
import { objectsOf, ofKind } from '../../support/chart';
import { PATH } from '../../support/programs';
import { type BackupServers, isRoot } from './backup-servers';

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

interface Container {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: readonly { name: string; value?: string; valueFrom?: { secretKeyRef: { key: string } } }[];
}

interface CronJobSpec {
  readonly jobTemplate: {
    readonly spec: {
      readonly template: { readonly spec: Record<'initContainers' | 'containers', Container[]> };
    };
  };
}

/** What differs from a usual run of a container. */
interface Circumstances {
  readonly props?: Partial<PostgresBackupProps>;
  /** Variables that have another value. */
  readonly env?: Readonly<Record<string, string>>;
  /** `sh`, or `busybox` for its shell and its small programs. */
  readonly shell?: string;
}

/** No image has a name for this user, and no step may need one. */
const user = isRoot ? { uid: 65_532, gid: 65_532 } : {};

/** Directories for the pod's volumes, and its containers under the programs of this machine. */
export class BackupPod {
  readonly dump: string;
  readonly sealed: string;
  private readonly volumes: string;

  constructor(
    private readonly servers: BackupServers,
    private readonly props: PostgresBackupProps,
    private readonly secrets: Readonly<Record<string, string>>,
  ) {
    this.volumes = this.directory('pod-');
    for (const volume of ['plain', 'sealed', 'tmp']) {
      mkdirSync(join(this.volumes, volume));
      this.own(join(this.volumes, volume));
    }
    this.dump = join(this.volumes, 'plain', 'postgres.dump');
    this.sealed = join(this.volumes, 'sealed', 'postgres.dump.age');
  }

  /** The containers as the manifest has them, in their order. */
  containers(props: Partial<PostgresBackupProps> = {}): Container[] {
    const objects = objectsOf((chart) => {
      new PostgresBackup(chart, 'backup', { ...this.props, ...props });
    });
    const { jobTemplate } = ofKind(objects, 'CronJob')['spec'] as unknown as CronJobSpec;
    const { initContainers, containers } = jobTemplate.spec.template.spec;
    return [...initContainers, ...containers];
  }

  /** Runs one container as the kubelet would: with its command, its variables, and no other. */
  run(name: string, { props, env = {}, shell = 'sh' }: Circumstances = {}): Promise<Outcome> {
    const container = this.containers(props).find((each) => each.name === name);
    const [program = '', ...words] = (container?.command ?? []).map((word) => this.here(word));
    const variables = (container?.env ?? []).map(({ name: variable, value, valueFrom }) => [
      variable,
      this.here(value ?? this.secrets[valueFrom?.secretKeyRef.key ?? ''] ?? ''),
    ]);
    const path = shell === 'busybox' ? `${this.busybox()}:${PATH}` : PATH;
    return runProgram(program, words, {
      env: { PATH: path, ...this.servers.trust, ...Object.fromEntries(variables), ...env },
      cwd: '/',
      ...user,
    });
  }

  /** This machine's paths for those of the manifest. */
  private here(text: string): string {
    return text
      .replaceAll('/backup/', `${this.volumes}/`)
      .replace(/^\/tmp$/, join(this.volumes, 'tmp'))
      .replace(/^\/etc\/ssl\/certs\/ca-certificates\.crt$/, this.servers.authority);
  }

  private busybox(): string {
    const applets = this.directory('busybox-');
    for (const name of ['sh', 'wc', 'date', 'printf']) symlinkSync('/bin/busybox', join(applets, name));
    return applets;
  }

  private directory(prefix: string): string {
    const made = mkdtempSync(join(this.servers.directory, prefix));
    this.own(made);
    return made;
  }

  private own(path: string): void {
    if (user.uid !== undefined) chownSync(path, user.uid, user.gid);
  }
}

type Options = { env: Record<string, string | undefined>; cwd: string; uid?: number; gid?: number };

/** Without blocking: the stand-ins that it talks to are in this process. */
export function runProgram(program: string, words: readonly string[], options: Options): Promise<Outcome> {
  const child = spawn(program, words, options);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
