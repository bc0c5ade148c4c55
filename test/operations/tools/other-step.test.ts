import { commandOf } from '../../../lib/operations/tools/other-step';

test('a command can be pasted into a shell', () => {
  const words = ['terraform', '-chdir=my stack', 'apply', '-target=hcloud_server.a["it\'s"]'];
  expect(commandOf({ words, input: 'my nodes/a.sh' })).toBe(
    `terraform '-chdir=my stack' apply '-target=hcloud_server.a["it'\\''s"]' < 'my nodes/a.sh'`,
  );
});
