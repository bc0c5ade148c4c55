import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { changingFiles } from '../../lib/output/previous';
import { Workplace } from './directory';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
  place.write({ 'a.yaml': 'a', 'b.yaml': 'b', 'c.yaml': 'c' });
});
afterEach(() => place.remove());

const next = [
  { path: 'a.yaml', text: 'a' },
  { path: 'b.yaml', text: 'other' },
];
const changing = () => changingFiles(place.dist, 'kubernetes', next).map((path) => path.slice(-6));

describe('what the next run changes', () => {
  test('is what gets another text, and what is no more', () => {
    expect(changing()).toEqual(['b.yaml', 'c.yaml']);
  });

  test('is nothing that is no file: a pipe would be waited for', () => {
    rmSync(join(place.dist, 'b.yaml'));
    symlinkSync('/dev/zero', join(place.dist, 'b.yaml'));
    expect(changing()).toEqual(['c.yaml']);
  });
});
