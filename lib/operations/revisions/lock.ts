import { hostname, userInfo } from 'node:os';
import { describeSeconds } from '../../documents/duration';
import type { ClusterClient } from '../cluster/client';
import { ClusterError } from '../cluster/cluster-error';
import type { LiveObject } from '../cluster/live-object';
import { OperationRefused } from '../refused';
import { recordNamespace } from './revision';

const base = `/apis/coordination.k8s.io/v1/namespaces/${recordNamespace}/leases`;

/** How long a lock is valid after its last renewal, in seconds. */
const duration = 30;

interface Lease {
  readonly metadata: LiveObject['metadata'];
  readonly spec: {
    readonly holderIdentity?: string;
    readonly acquireTime?: string;
    readonly renewTime?: string;
  };
}

/** Identifies this process in the lock. */
export function holderIdentity(): string {
  return `${deployer()} (process ${process.pid})`;
}

/** Who deploys: `user@host`. */
export function deployer(): string {
  return `${userInfo().username}@${hostname()}`;
}

export interface LockOptions {
  /** Whether to take the lock even if another process holds it. */
  readonly breaks?: boolean;
}

/** The lock of a deployment: a Lease that is renewed for as long as the lock is held. */
export class DeploymentLock {
  private readonly timer: NodeJS.Timeout;
  private isLost = false;

  private constructor(
    private readonly client: ClusterClient,
    private readonly name: string,
  ) {
    this.timer = setInterval(() => void this.renew(), (duration / 3) * 1000);
    this.timer.unref();
  }

  /** @throws OperationRefused with the holder and the age of the lock, if another process holds the lock */
  static async acquire(
    client: ClusterClient,
    deployment: string,
    { breaks = false }: LockOptions = {},
  ): Promise<DeploymentLock> {
    const name = `${deployment}-deployment`;
    const held = await client.get<Lease>(`${base}/${name}`);
    if (held !== undefined && !breaks && isHeld(held))
      throw new OperationRefused(heldMessage(deployment, held));
    try {
      await client.write(held === undefined ? 'POST' : 'PUT', held === undefined ? base : `${base}/${name}`, {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        // With the resourceVersion, the write fails if another process takes the lock at the same moment.
        metadata: {
          name,
          namespace: recordNamespace,
          ...(held && { resourceVersion: held.metadata.resourceVersion }),
        },
        spec: {
          holderIdentity: holderIdentity(),
          leaseDurationSeconds: duration,
          acquireTime: microTime(),
          renewTime: microTime(),
        },
      });
    } catch (error) {
      if (!(error instanceof ClusterError) || error.code !== 409) throw error;
      throw new OperationRefused(
        `Deployment ${deployment} has just been locked by another process. Run the command again.`,
      );
    }
    return new DeploymentLock(client, name);
  }

  /** @throws OperationRefused if another process has taken the lock */
  async check(): Promise<void> {
    const held = await this.client.get<Lease>(`${base}/${this.name}`);
    if (this.isLost || held?.spec.holderIdentity !== holderIdentity())
      throw new OperationRefused(
        'Another process took the lock of this deployment, so this process stops. npx honeydue status shows what runs.',
      );
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    const held = await this.client.get<Lease>(`${base}/${this.name}`);
    if (held?.spec.holderIdentity !== holderIdentity()) return;
    await this.client.send('DELETE', `${base}/${this.name}`, {
      preconditions: { resourceVersion: held.metadata.resourceVersion },
    });
  }

  private async renew(): Promise<void> {
    try {
      const held = await this.client.get<Lease>(`${base}/${this.name}`);
      if (held === undefined || held.spec.holderIdentity !== holderIdentity()) {
        this.isLost = true;
        return;
      }
      const spec = { ...held.spec, renewTime: microTime() };
      await this.client.write('PUT', `${base}/${this.name}`, { ...held, spec });
    } catch {
      // The next renewal retries; after 30 s without a renewal the lock expires.
    }
  }
}

/** A lock is no longer held if it has expired, or if its process ran on this machine and has ended. */
function isHeld({ spec: { holderIdentity: holder = '', renewTime = '' } }: Lease, now = Date.now()): boolean {
  if (holder === '' || holder === holderIdentity()) return false;
  if (now - Date.parse(renewTime) > duration * 1000) return false;
  const [, user, pid] = /^(\S+) \(process (\d+)\)$/.exec(holder) ?? [];
  return user !== deployer() || isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function heldMessage(deployment: string, { spec }: Lease): string {
  const age = Math.max(0, Math.round((Date.now() - Date.parse(spec.acquireTime ?? '')) / 1000));
  return `Deployment ${deployment} has been locked by ${spec.holderIdentity} for ${describeSeconds(age)}. Wait until that process ends. If it no longer runs, the lock expires ${duration} s after the last renewal; --break-lock takes the lock now.`;
}

function microTime(): string {
  return new Date().toISOString().replace('Z', '000Z');
}
