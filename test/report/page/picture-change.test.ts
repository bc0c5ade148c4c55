import type { Consequence } from '../../../lib/analysis/impact/consequence';
import type { Picture, PictureBox } from '../../../lib/analysis/picture/picture';
import { pictureChange } from '../../../lib/report/page/picture-change';

const box = (id: string): PictureBox => ({
  ...{ id, kind: 'workload', layer: 'connections', title: id, details: [], objects: [id], claims: [] },
  ...{ parts: [], secrets: [], volumes: [], ports: [] },
});

function picture(...names: string[]): Picture {
  const lines = names.slice(1).map((to) => {
    const from = names[0] ?? '';
    return { id: `${from} -> ${to}`, from, to, layer: 'connections' as const, ports: '', claims: [] };
  });
  return { boxes: names.map(box), lines, remarks: [] };
}

function changed(before: Picture, after: Picture, ...consequences: Partial<Consequence>[]) {
  const whole = consequences.map(
    (each): Consequence => ({
      ...{ class: 'restarts', side: 'kubernetes', object: '', field: '', reason: '', wayOut: '' },
      ...each,
    }),
  );
  const impact = { sameInOtherBytes: [], notAsked: [], base: 'main', head: 'now', open: [], unused: [] };
  return pictureChange(before, after, { ...impact, consequences: whole });
}

describe('a change', () => {
  test('marks a new box and its line', () => {
    const { marksOf, classOf } = changed(picture('api'), picture('api', 'redis'));
    expect(marksOf(box('redis'))).toEqual([{ kind: 'added', text: '+ added' }]);
    expect([classOf('redis'), classOf('api -> redis'), classOf('api')]).toEqual([
      'change-added',
      'change-added',
      undefined,
    ]);
  });

  test('draws what it removes', () => {
    const { picture: drawn, marksOf, classOf } = changed(picture('api', 'redis'), picture('api'));
    expect(drawn.boxes.map(({ id }) => id)).toEqual(['api', 'redis']);
    expect(drawn.lines.map(({ id }) => id)).toEqual(['api -> redis']);
    expect(marksOf(box('redis'))).toEqual([{ kind: 'removed', text: '− removed' }]);
    expect(classOf('api -> redis')).toBe('change-removed');
  });

  test('names every class of its consequences, in the colour of the worst', () => {
    const { marksOf } = changed(
      picture('api'),
      picture('api'),
      { object: 'api', class: 'exposed' },
      { object: 'api', class: 'replaced' },
      { object: 'web', class: 'lost' },
    );
    expect(marksOf(box('api'))).toEqual([{ kind: 'replaced', text: '⇄ replaced, ◉ exposed' }]);
  });

  test('escapes what it says', () => {
    const { section } = changed(picture('api'), picture('api'), { object: '<b>', reason: 'a & b' });
    expect(section.markup).toContain('<strong>&lt;b&gt;</strong> a &amp; b');
  });
});
