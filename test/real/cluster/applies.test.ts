import { applyCases, foreseenVerdict } from './applies';
import { observedFiles } from './foresight';
import { knownApplies } from './known-differences';
import { readRecord } from './record';
import type { Answered } from './servers/apply';

const observed = readRecord<Answered>(observedFiles.applies);

test('an API server judged every case', () => {
  expect(Object.keys(observed)).toEqual(applyCases.map(({ id }) => id));
});

describe('impact says of a second apply what the API server answers', () => {
  test.each(applyCases.filter(({ id }) => !knownApplies.includes(id)))('$id', (each) => {
    const { server, words } = observed[each.id] ?? {};
    expect({ words, verdict: foreseenVerdict(each) }).toEqual({ words, verdict: server });
  });
});

describe('what impact is known to miss leaves the list when it is mended', () => {
  test.each(applyCases.filter(({ id }) => knownApplies.includes(id)))('$id', (each) => {
    expect(foreseenVerdict(each)).not.toBe(observed[each.id]?.server);
  });
});
