import { readFileSync } from 'node:fs';
import { withCluster } from '../../../../lib/operations/cluster/connection';
import { runDeployment } from '../../../../lib/operations/deploy/deploy';
import type { DesiredState } from '../../../../lib/operations/plan/desired';
import { makePlan } from '../../../../lib/operations/plan/plan';
import { DeploymentLock } from '../../../../lib/operations/revisions/lock';
import { keepingReporter } from './reporters';

/** A deployment in a process of its own, which a test kills: `deploy-child.ts <desired.json>`, with KUBECONFIG and PATH of the lane. */
async function main([file = '']: readonly string[]): Promise<void> {
  const desired = JSON.parse(readFileSync(file, 'utf8')) as DesiredState;
  await withCluster({}, async (cluster) => {
    const lock = await DeploymentLock.acquire(cluster.client, desired.name);
    try {
      const plan = await makePlan(cluster, desired);
      const options = { prune: { all: true, named: [] }, patience: 60_000 };
      const { diagnoses } = await runDeployment(cluster, plan, lock, keepingReporter(), options);
      process.exitCode = diagnoses.length === 0 ? 0 : 1;
    } finally {
      await lock.release();
    }
  });
}

void main(process.argv.slice(2));
