import { confirm } from '../../lib/cli/deploy/confirm';
import type { Surroundings } from '../../lib/cli/run';

const asked: string[] = [];
const surroundings = (answer?: string): Surroundings => ({
  root: '',
  stdout: () => undefined,
  stderr: () => undefined,
  ...(answer !== undefined && {
    ask: async (question) => {
      asked.push(question);
      return answer;
    },
  }),
});

test.each(['y', 'Yes', ' yes '])('%j confirms', async (answer) => {
  await confirm(surroundings(answer), undefined, { question: 'Deploy to here?' });
  expect(asked.at(-1)).toBe('Deploy to here? [y/N] ');
});

test.each(['', 'n', 'yess', 'yes please'])('%j does not confirm', (answer) =>
  expect(confirm(surroundings(answer), false, { question: 'Deploy?' })).rejects.toThrow(
    'Not confirmed. Nothing was changed.',
  ),
);

test('without a terminal nothing is asked, and the way out is --yes', () =>
  expect(
    confirm(surroundings(), undefined, { question: 'Write this?', otherwise: 'Nothing was written.' }),
  ).rejects.toThrow('No terminal to confirm on: add --yes. Nothing was written.'));

test('--yes confirms without a question', async () => {
  const before = asked.length;
  await confirm(surroundings('n'), true, { question: 'Deploy?' });
  expect(asked).toHaveLength(before);
});
