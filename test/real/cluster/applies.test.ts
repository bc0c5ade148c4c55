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

test('what impact is known to miss leaves the list when it is mended', () => {
  const missed = applyCases.filter((each) => foreseenVerdict(each) !== observed[each.id]?.server);
  expect(missed.map(({ id }) => id)).toEqual(knownApplies);
});
