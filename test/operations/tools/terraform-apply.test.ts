import type { OtherStep } from '../../../lib/operations/tools/other-step';
import { applyTerraform } from '../../../lib/operations/tools/terraform-apply';

/** A step that ends as its program does. */
function step(program: 'true' | 'false', more: Partial<OtherStep> = {}): OtherStep {
  return {
    tool: 'terraform',
    name: 'terraform',
    when: 'before',
    found: [],
    words: [program, 'apply'],
    ...more,
  };
}

test('runs the steps of its place, and no node', async () => {
  const others = [step('true'), step('false', { when: 'after' }), step('false', { tool: 'node' })];
  await expect(applyTerraform(others, 'before', true)).resolves.toBeUndefined();
});

test('stops at the first step that fails', async () => {
  await expect(applyTerraform([step('false')], 'before', true)).rejects.toThrow(
    'false apply ended with exit code 1. No later step was run.',
  );
});

test('stops where the operator must do something first: the Secret comes before strict mode', async () => {
  const certificate = step('true', { thenByHand: 'Put the certificate into its Secret.' });
  await expect(applyTerraform([certificate, step('false')], 'before', true)).rejects.toThrow(
    'Put the certificate into its Secret.',
  );
});

test('names a program that is not installed', async () => {
  await expect(
    applyTerraform([step('true', { words: ['no-such-program'] })], 'before', true),
  ).rejects.toThrow("no-such-program can't be run: spawn no-such-program ENOENT");
});
