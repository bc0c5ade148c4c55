import type { Picture } from '../../../lib/analysis/picture/picture';
import { pageOfDeployment } from '../../../lib/cli/report/page';
import { pictureOf } from '../../../lib/report/page/assemble';
import { production } from '../../support/production';

const picture: Picture = pictureOf(pageOfDeployment(production));

function box(id: string) {
  return picture.boxes.find((each) => each.id === id);
}

describe("production's picture", () => {
  test('leads a request from the visitor to the pods', () => {
    const way = picture.lines.filter(({ layer }) => layer === 'traffic').map(({ id }) => id);
    expect(way).toEqual(
      expect.arrayContaining([
        'visitor -> cloudflare',
        'cloudflare -> nodes',
        'nodes -> Service honeydue/api',
        'Service honeydue/api -> Deployment honeydue/api',
      ]),
    );
  });

  test("has Cloudflare's rules in their order", () => {
    expect(box('cloudflare')?.parts.map(({ title }) => title)).toEqual([
      'DNS records',
      'TLS',
      'custom rules',
      'rate limit',
      'cache rules',
    ]);
  });

  test('has a line for each service outside of the cluster', () => {
    const reached = picture.lines
      .filter(({ from }) => from === 'Deployment honeydue/api')
      .map(({ to }) => to);
    expect(reached.sort()).toEqual([
      'Deployment honeydue/redis',
      'external apns',
      'external fcm',
      'external mail',
      'external postgres',
      'external storage',
    ]);
  });

  test('knows that pods of a spread workload are on each node, and that another pod may be on any', () => {
    const slots = (id: string) => box(id)?.pods?.slots.map(({ node, isCertain }) => [node, isCertain]);
    expect(slots('Deployment honeydue/api')).toEqual([
      ['hetzner1', true],
      ['hetzner2', true],
      ['hetzner3', true],
    ]);
    expect(slots('Deployment honeydue/worker')?.map(([, isCertain]) => isCertain)).toEqual([
      false,
      false,
      false,
    ]);
    expect(slots('Deployment honeydue/redis')).toEqual([['hetzner1', true]]);
  });

  test('names a Job without the hash of its template', () => {
    expect(box('Job honeydue/migration')?.objects[0]).toMatch(/^Job honeydue\/migration-[0-9a-f]+$/);
  });

  test('has evidence for each line between pods', () => {
    const between = picture.lines.filter(({ layer }) => layer === 'connections');
    expect(between.filter(({ claims }) => claims.every(({ evidence }) => evidence === undefined))).toEqual(
      [],
    );
  });
});
