import { writeFileSync } from 'node:fs';
import { type FileChanges, fileChanges } from '../../lib/output/changes';
import { writeOutput } from '../../lib/output/write';
import { filesOf, Workplace } from './directory';

type Contents = Readonly<Record<string, string>>;

const before = {
  'a.yaml': 'old a',
  'b.yaml': 'the same',
  'gone.yaml': 'old gone',
  'x/c.json': 'old c',
  'x/y/gone.json': 'old gone',
};
const after = {
  'a.yaml': 'new a',
  'b.yaml': 'the same',
  'new.yaml': 'new new',
  'x/c.json': 'new c',
  'z/d.json': 'new d',
};
const elsewhere = { 'a.yaml': 'other a', 'gone.yaml': 'other gone', 'only.yaml': 'other only' };
const foreign = { 'note.yaml': 'mine', 'x/.terraform/state': 'theirs' };

/** No system gives this number to a process, so its temporary files are those of a killed run. */
const dead = 4_999_999;

/** Calls `step` before each change, with the number of changes so far and the path; to write a file takes two. */
function watched(processId: number, step: (count: number, path: string) => void): FileChanges {
  let count = 0;
  return {
    processId,
    makeDirectory: (path) => {
      step(count++, path);
      fileChanges.makeDirectory(path);
    },
    createFile: (path, text) => {
      step(count++, path);
      fileChanges.createFile(path, text.slice(0, text.length / 2));
      step(count++, path);
      writeFileSync(path, text);
    },
    rename: (from, to) => {
      step(count++, to);
      fileChanges.rename(from, to);
    },
    removeFile: (path) => {
      step(count++, path);
      fileChanges.removeFile(path);
    },
    removeDirectory: (path) => {
      step(count++, path);
      fileChanges.removeDirectory(path);
    },
  };
}

interface Outcome {
  /** What is there afterwards, temporary files left out: no reader takes them. */
  readonly contents: Contents;
  readonly listed: readonly string[];
  /** What is there, all of it, after one more run that nothing disturbs. */
  readonly settled: Contents;
}

/**
 * Writes `after` over `before`, with `disturb` before the first change, then, in a new directory, before the
 * second, and so on until there are no more.
 */
function atEveryChange(processId: number, disturb: (place: Workplace, path: string) => void): Outcome[] {
  const outcomes: Outcome[] = [];
  for (let disturbed = true; disturbed; ) {
    const place = new Workplace();
    writeOutput(place.dist, 'kubernetes', filesOf(before));
    for (const [path, text] of Object.entries(foreign)) {
      place.put(path, text);
    }
    disturbed = false;
    const changes = watched(processId, (count, path) => {
      if (count === outcomes.length || (disturbed && processId === dead)) {
        disturbed = true;
        disturb(place, path);
      }
    });
    try {
      writeOutput(place.dist, 'kubernetes', filesOf(after), changes);
    } catch (error) {
      expect(error).toBe(killed);
    }
    const contents = Object.entries(place.contents()).filter(([path]) => !path.endsWith('.tmp'));
    const listed = place.read('.honeydue-kubernetes').split('\n').slice(1, -1);
    writeOutput(place.dist, 'kubernetes', filesOf(after));
    outcomes.push({ contents: Object.fromEntries(contents), listed, settled: place.contents() });
    place.remove();
  }
  return outcomes;
}

const killed = new Error('killed');

/** The contents of a file in each of the states that it may be in. */
function wholeIn(states: readonly Contents[], path: string): readonly (string | undefined)[] {
  return states.map((state) => state[path]);
}

describe('a run that is killed before any of its changes', () => {
  const outcomes = atEveryChange(dead, () => {
    throw killed;
  });

  test('has more than a few of them', () => {
    expect(outcomes.length).toBeGreaterThan(25);
  });

  test('leaves each file wholly old or wholly new', () => {
    for (const { contents } of outcomes) {
      for (const path of Object.keys({ ...before, ...after })) {
        expect(wholeIn([before, after], path)).toContain(contents[path]);
      }
    }
  });

  test('never leaves a file missing that is in the old output and in the new', () => {
    for (const { contents } of outcomes) {
      expect(Object.keys(contents)).toEqual(expect.arrayContaining(['a.yaml', 'b.yaml', 'x/c.json']));
    }
  });

  test('leaves files of others alone', () => {
    for (const { contents } of outcomes) {
      expect(contents).toMatchObject(foreign);
    }
  });

  test('leaves no file that its list does not name', () => {
    for (const { contents, listed } of outcomes) {
      expect([...listed, ...Object.keys(foreign)]).toEqual(expect.arrayContaining(Object.keys(contents)));
    }
  });

  test('is finished by the next one, which leaves no temporary file', () => {
    for (const { settled } of outcomes) {
      expect(settled).toEqual({ ...after, ...foreign });
    }
  });
});

describe('a run in whose midst another one writes other files', () => {
  const outcomes = atEveryChange(process.ppid, (place, path) => {
    // Not while the list itself is replaced: then one of them may forget what only the other one has.
    if (path !== place.dist && !path.includes('.honeydue-')) {
      writeOutput(place.dist, 'kubernetes', filesOf(elsewhere));
    }
  });

  test('leaves each file wholly of one of them', () => {
    for (const { contents } of outcomes) {
      for (const path of Object.keys({ ...before, ...after, ...elsewhere })) {
        expect(wholeIn([before, after, elsewhere], path)).toContain(contents[path]);
      }
    }
  });

  test('leaves files of others alone', () => {
    for (const { contents } of outcomes) {
      expect(contents).toMatchObject(foreign);
    }
  });

  test('leaves no file that the list does not name', () => {
    for (const { contents, listed } of outcomes) {
      expect([...listed, ...Object.keys(foreign)]).toEqual(expect.arrayContaining(Object.keys(contents)));
    }
  });

  test('is put right by the next one', () => {
    for (const { settled } of outcomes) {
      expect(settled).toEqual({ ...after, ...foreign });
    }
  });
});
