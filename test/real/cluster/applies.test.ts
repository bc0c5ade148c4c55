import { applyCases, foreseenVerdict } from './applies';
import { observedFiles } from './foresight';
import { readRecord } from './record';
import type { Answered } from './servers/apply';

const observed = readRecord<Answered>(observedFiles.applies);

test('an API server judged every case', () => {
  expect(Object.keys(observed)).toEqual(applyCases.map(({ id }) => id));
});

describe('impact says of a second apply what the API server answers', () => {
  test.each(applyCases)('$id', (each) => {
    const { server, words } = observed[each.id] ?? {};
    expect({ words, verdict: foreseenVerdict(each) }).toEqual({ words, verdict: server });
  });
});
