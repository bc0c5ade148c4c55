import { join } from 'node:path';
import { toMatchFile } from 'jest-file-snapshot';
import { traceText } from '../../../lib/report/trace';
import { traced } from './deployment';

expect.extend({ toMatchFile });

const requests: readonly (readonly [request: string, why: string, client?: string])[] = [
  ['https://app.myhoneydue.com/login', 'a page of web'],
  ['https://api.myhoneydue.com/api/health/', 'the API'],
  ['https://api.myhoneydue.com/api/tasks/', 'the API, from a node', '178.104.247.152'],
  ['https://myhoneydue.com/', 'the landing page, which Cloudflare caches'],
  ['https://admin.myhoneydue.com/_next/static/app.js', 'a static file of admin'],
  ['http://app.myhoneydue.com/', 'without TLS'],
  ['https://app.myhoneydue.com/.env', 'a file that a custom rule blocks'],
  ['https://shop.myhoneydue.com/', 'a host that does not exist'],
  ['https://api.myhoneydue.com/unresolved', 'the private path of the metrics'],
  ['api redis', 'a connection to a Service'],
  ['api postgres', 'a connection to an external service'],
  ['web postgres:5432', 'a connection that is not declared'],
  ['web redis:6379', 'a connection that neither end allows'],
  ['redis 1.1.1.1:443', 'an address of the internet'],
  ['vmagent api', 'a scrape of the metrics'],
];

test('traces of production', () => {
  const parts = requests.map(([request, why, client]) => {
    const report = traced(request, client === undefined ? {} : { client });
    return `## ${why}\n\n\`\`\`\n${traceText(report)}\`\`\`\n`;
  });
  expect(['# Requests through production\n', ...parts].join('\n')).toMatchFile(
    join(__dirname, '__snapshots__', 'production.md'),
  );
});
