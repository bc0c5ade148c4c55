import { readFileSync } from 'node:fs';
import { loadAdopted, planAdoption } from '../../../../lib/operations/adopt/adopt';
import { cloudflareSource } from '../../../../lib/operations/adopt/cloudflare/source';
import { hetznerSource } from '../../../../lib/operations/adopt/hetzner/source';
import { nodesSource } from '../../../../lib/operations/adopt/nodes/source';
import { adoptionText } from '../../../../lib/report/operations/adopt';
import { startHetznerApi } from '../../../real/hetzner/api';
import { formsOf } from '../../../support/canary';
import { edited, withDirectoryFor, writeConfiguration } from '../../../support/configuration';
import { type Answer, answering, cuttingConnections } from '../../../support/stand-ins/bad-days';
import { StandInCloudflare } from '../../../support/stand-ins/cloudflare';
import { runningZone } from './cloudflare-case';
import { runningProject } from './hetzner-case';
import { withNodes } from './nodes-case';

/** A token that a header can hold. */
const canary = 'c4nary-7d1f_0e9b.5a~x';
const forms = formsOf(canary);
const sleep = async () => undefined;

/** Everything that a run with the canary as both tokens prints, sends in addresses, and shows of its processes. */
async function everythingOf(answer: Answer | undefined, token = canary, accepted = canary): Promise<string> {
  const texts: string[] = [];
  const hetzner = await startHetznerApi(runningProject(), { token: accepted, ...(answer && { answer }) });
  const cloudflare = await new StandInCloudflare([runningZone()], accepted).start();
  if (answer !== undefined) cloudflare.answer = answer;
  const before = { ...process.env };
  Object.assign(process.env, { HCLOUD_TOKEN: token, CLOUDFLARE_API_TOKEN: token });
  try {
    await withNodes((nodes) =>
      withDirectoryFor(async (directory) => {
        const config = writeConfiguration(directory, edited([]));
        const report = await planAdoption(
          { ...loadAdopted(config), config, ssh: true, desired: undefined, environment: process.env },
          [
            hetznerSource({ endpoint: hetzner.endpoint, sleep }),
            cloudflareSource({ endpoint: cloudflare.endpoint, sleep }),
            nodesSource(),
          ],
        );
        texts.push(adoptionText(report, { all: true }), JSON.stringify(report), readFileSync(config, 'utf8'));
        texts.push(...nodes.calls(), nodes.environment());
      }),
    );
  } finally {
    for (const name of ['HCLOUD_TOKEN', 'CLOUDFLARE_API_TOKEN'])
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    await hetzner.close();
    await cloudflare.stop();
  }
  texts.push(...hetzner.requests, ...cloudflare.requests);
  return texts.join('\n');
}

test.each<[string, Answer | undefined, string, string]>([
  ['that is accepted', undefined, canary, canary],
  ['that is refused', undefined, canary, 'another'],
  ['that no header can hold', undefined, `${canary}\n`, canary],
  ['that an answer repeats', answering(403, {}, 99, canary), canary, canary],
  ['that a page in place of JSON repeats', answering(200, {}, 99, canary), canary, canary],
  ['of a server that has an error', answering(500, {}, 99, canary), canary, canary],
  ['of a connection that is cut', cuttingConnections(), canary, canary],
])(
  'a token %s is printed nowhere, and is in no address and no process',
  async (_, answer, token, accepted) => {
    const text = await everythingOf(answer, token, accepted);
    expect(text).toContain('access.networks');
    expect(forms.filter((form) => text.includes(form))).toEqual([]);
  },
);
