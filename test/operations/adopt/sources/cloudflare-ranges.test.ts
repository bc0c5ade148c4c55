import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cloudflareSource } from '../../../../lib/operations/adopt/cloudflare/source';
import type { AdoptRun } from '../../../../lib/operations/adopt/source';
import { edited, fixtures, withDirectoryFor, writeConfiguration } from '../../../support/configuration';
import { production } from '../../../support/production';
import { answering } from '../../../support/stand-ins/bad-days';
import type { StandInCloudflare } from '../../../support/stand-ins/cloudflare';
import { configurationOf } from '../../../support/terraform';
import { deployment, lock } from './asking';
import { cloudflareToken, proxyRanges, runningZone, withCloudflare } from './cloudflare-case';

const list = readFileSync(join(fixtures, 'cloudflare-ip-ranges.json'), 'utf8');
const day = new Date().toISOString().slice(0, 10);

/** Asks Cloudflare about a configuration with a list of ranges next to it. */
async function asked(
  ranges: string,
  proxies: StandInCloudflare['proxyRanges'] = proxyRanges,
  answer?: StandInCloudflare['answer'],
) {
  let answers: Awaited<ReturnType<ReturnType<typeof cloudflareSource>['ask']>> | undefined;
  await withCloudflare(
    [runningZone()],
    (options, standIn) =>
      withDirectoryFor(async (directory) => {
        standIn.proxyRanges = proxies;
        const config = writeConfiguration(directory, edited([]), undefined, ranges);
        const environment = { CLOUDFLARE_API_TOKEN: cloudflareToken };
        const stack = configurationOf(production);
        const run: AdoptRun = {
          ...{ config, files: [config], deployment },
          lock,
          ssh: false,
          desired: undefined,
          stack,
          environment,
        };
        answers = await cloudflareSource(options).ask([], run);
        for (const { path } of answers.records) expect(dirname(path)).toBe(directory);
      }),
    answer,
  );
  if (answers === undefined) throw new Error('nothing was asked');
  const { records, survey } = answers;
  return {
    texts: records.map(({ text }) => text),
    names: survey.undescribed.map(({ name }) => name),
    survey,
  };
}

test('a list that nobody compared gets the day on which it is the same', async () => {
  expect(list).toContain('"checked": null');
  const { texts, names } = await asked(list);
  expect(texts).toEqual([list.replace('"checked": null', `"checked": "${day}"`)]);
  expect(names).toEqual([]);
});

test('a list that was compared long ago gets the day, too', async () => {
  const { texts } = await asked(list.replace('null', '"2020-01-01"'));
  expect(texts).toEqual([list.replace('null', `"${day}"`)]);
});

test('a list that was compared today stays', async () => {
  expect((await asked(list.replace('null', `"${day}"`))).texts).toEqual([]);
});

test('ranges that differ are named, and no day is written', async () => {
  const [first = '', ...others] = proxyRanges.ipv4_cidrs;
  const { texts, survey } = await asked(list, { ...proxyRanges, ipv4_cidrs: [...others, '84.20.0.0/16'] });
  expect(texts).toEqual([]);
  expect(survey.undescribed).toEqual([
    {
      name: 'range 84.20.0.0/16 of Cloudflare: the firewalls refuse its requests',
      entry: '"84.20.0.0/16" under "ipv4" of cloudflare-ip-ranges.json',
    },
    {
      name: `range ${first} of cloudflare-ip-ranges.json is not Cloudflare's, but the firewalls allow it: remove it from "ipv4"`,
    },
  ]);
});

test('ranges that can not be read are listed, and no day is written', async () => {
  const { texts, survey } = await asked(list, proxyRanges, (request, response) =>
    request.url?.endsWith('/ips') ? answering(500)(request, response) : undefined,
  );
  expect([texts, survey.unread]).toEqual([[], [expect.stringContaining('answers with an error (500)')]]);
});
