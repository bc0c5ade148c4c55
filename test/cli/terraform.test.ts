import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../lib/cli/run';
import { synthCommand } from '../../lib/cli/synth';
import type { OutputSide } from '../../lib/output/owned';
import { running } from '../support/command';
import { fixtures, root, withDirectory } from '../support/configuration';
import { production } from '../support/production';

/** `synth` of some sides. */
function synth(sides: readonly OutputSide[], ...args: string[]) {
  return running((surroundings) => runCommand(synthCommand(surroundings, sides), args, surroundings));
}

const config = ['--config', join(fixtures, 'production.yaml')];
const stack = join('terraform', 'stacks', 'honeydue', 'cdk.tf.json');

test('both sides go below one directory, each with a list of its own', () => {
  withDirectory((out) => {
    const { status, stdout } = synth(['kubernetes', 'terraform'], ...config, '--out', out);
    expect(status).toBe(0);
    expect(readFileSync(join(out, stack), 'utf8')).toBe(production.terraformFiles[0]?.text);
    expect(existsSync(join(out, '3-api.k8s.yaml'))).toBe(true);
    expect(readdirSync(out)).toContain('.honeydue-kubernetes');
    expect(readdirSync(join(out, 'terraform'))).toContain('.honeydue-terraform');
    expect(stdout).toContain('terraform: 2 files written, 0 unchanged');
  });
});

describe('one side', () => {
  const files = [stack, '3-api.k8s.yaml'];

  /** Each is written once: what was said, and which of the files are there. */
  const [kubernetes, terraform] = (['kubernetes', 'terraform'] as const).map((side) =>
    withDirectory((out) => {
      const { status, stdout } = synth([side], ...config, '--out', out);
      return { status, stdout, written: files.filter((path) => existsSync(join(out, path))) };
    }),
  );

  test('alone leaves the other side alone', () => {
    expect(terraform).toMatchObject({ status: 0, written: [stack] });
    expect(kubernetes).toMatchObject({ status: 0, written: ['3-api.k8s.yaml'] });
  });

  test('of Terraform counts what it asks for', () => {
    expect(terraform?.stdout).toContain(
      `${production.model.asked.length} values of Terraform are unresolved: npx honeydue unresolved ${config.join(' ')} lists them.\n`,
    );
  });

  test('of Kubernetes names no server that runs already as one that waits for its script', () => {
    expect(kubernetes?.stdout).toContain('are unresolved');
    expect(kubernetes?.stdout).not.toContain('needs its script');
  });
});

test('--strict is about manifests: Terraform itself stops at what it lacks', () => {
  withDirectory((out) => {
    expect(synth(['terraform'], ...config, '--strict', '--out', out).status).toBe(0);
  });
});

test('servers that would be made before their scripts can do anything are named', () => {
  const config = join(root, 'examples', 'new-cluster', 'production.yaml');
  withDirectory((out) => {
    const { stdout } = synth(['kubernetes'], '--config', config, '--out', out);
    expect(stdout).toContain(
      'If Terraform creates the server of such a node first (shop1, shop2, shop3), run the script over SSH when the values are known.\n',
    );
  });
});
