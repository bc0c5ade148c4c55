import { hostname, userInfo } from 'node:os';
import { describeSeconds } from '../../documents/duration';
import type { ClusterClient } from '../cluster/client';
import { ClusterError } from '../cluster/cluster-error';
import type { LiveObject } from '../cluster/live-object';
import { OperationRefused } from '../refused';
import { recordNamespace } from './revision';

const base = `/apis/coordination.k8s.io/v1/namespaces/${recordNamespace}/leases`;

/** So long a lock counts after its holder last renewed it, in seconds. */
const duration = 30;

interface Lease {
  readonly metadata: LiveObject['metadata'];
  readonly spec: {
    readonly holderIdentity?: string;
    readonly acquireTime?: string;
    readonly renewTime?: string;
  };
}

/** This process, as it is named to others. */
export function holderIdentity(): string {
  return `${deployer()} (process ${process.pid})`;
}

/** Who deploys: `user@host`. */
export function deployer(): string {
  return `${userInfo().username}@${hostname()}`;
}

export interface LockOptions {
  /** Take the lock of another holder, too. */
  readonly breaks?: boolean;
}

/** The lock of a deployment: one Lease, renewed for as long as it is held. */
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

  /** @throws OperationRefused with the holder and the age of the lock, while another process holds it */
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
        // The version holds this against a process that takes the lock at the same moment.
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
        `Deployment ${deployment} was locked by another process at this moment. Run the command again.`,
      );
    }
    return new DeploymentLock(client, name);
  }

  /** @throws OperationRefused if another process took the lock meanwhile */
  async check(): Promise<void> {
    const held = await this.client.get<Lease>(`${base}/${this.name}`);
    if (this.isLost || held?.spec.holderIdentity !== holderIdentity())
      throw new OperationRefused(
        'Another process broke the lock of this deployment: this one stops. honeydue status shows what runs.',
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
      // The next renewal tries again; after 30 s without one the lock is free.
    }
  }
}

/** A lock is stale if its process on this machine has ended, or if it was not renewed for too long. */
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
  return `Deployment ${deployment} is locked by ${spec.holderIdentity} for ${describeSeconds(age)}. Wait until it ends. If that process no longer runs, the lock ends ${duration} s after it; --break-lock takes it now.`;
}

function microTime(): string {
  return new Date().toISOString().replace('Z', '000Z');
}
