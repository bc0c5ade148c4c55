import { buildPrograms } from './build';
import { pinnedKubernetes } from './versions';

/** Runs once, before the lane's suites. */
export default async function setup(): Promise<void> {
  await buildPrograms(pinnedKubernetes(), (line) => process.stderr.write(`${line}\n`));
}
