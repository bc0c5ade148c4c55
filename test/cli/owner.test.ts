import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { runCommand } from '../../lib/cli/run';
import { synthCommand } from '../../lib/cli/synth';
import type { OutputSide } from '../../lib/output/owned';
import { running } from '../support/command';
import { edited, fixtures, root, withConfiguration, withDirectory } from '../support/configuration';

const both: readonly OutputSide[] = ['kubernetes', 'terraform'];
const production = join(fixtures, 'production.yaml');
const owner =
  'honeydue (production.yaml); zone myhoneydue.com; nodes ubuntu-8gb-nbg1-2=178.104.247.152 ubuntu-8gb-nbg1-1=178.105.32.198 ubuntu-8gb-nbg1-3=178.104.249.189';
const shop = join(root, 'examples', 'new-cluster', 'production.yaml');

function synth(config: string, out: string, sides = both) {
  return running((surroundings) =>
    runCommand(synthCommand(surroundings, sides), ['--config', config, '--out', out], surroundings),
  );
}

/** Every file below a directory, the lists among them. */
function contents(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(file, 'utf8')]));
}

/** An output directory that holds production's output. */
function withProduction(use: (out: string) => void): void {
  withDirectory((directory) => {
    const out = join(directory, 'dist');
    expect(synth(production, out).status).toBe(0);
    use(out);
  });
}

describe('an output directory that holds one deployment', () => {
  test('says whose it is, on both sides', () => {
    withProduction((out) => {
      for (const list of ['.honeydue-kubernetes', join('terraform', '.honeydue-terraform')]) {
        expect(readFileSync(join(out, list), 'utf8')).toContain(`\n# deployment: ${owner}\n`);
      }
    });
  });

  test.each<[string, readonly OutputSide[]]>([
    ['both sides', both],
    ['Kubernetes alone', ['kubernetes']],
    ['Terraform alone', ['terraform']],
  ])('refuses another one, and removes nothing: %s', (_, sides) => {
    withProduction((out) => {
      const before = contents(out);
      const { status, stdout, stderr } = synth(shop, out, sides);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(
        `${out} contains the output of another deployment: ${owner}. This deployment is: shop (production.yaml); zone `,
      );
      expect(stderr).toContain(`for example with --out ${join(dirname(out), 'shop-production', 'dist')}.`);
      expect(contents(out)).toEqual(before);
      expect(synth(shop, join(dirname(out), 'shop-production', 'dist'), sides).status).toBe(0);
    });
  });

  test('refuses another file of the same namespace', () => {
    withProduction((out) => {
      withConfiguration(edited([]), (path) => {
        const staging = join(dirname(path), 'staging.yaml');
        writeFileSync(staging, readFileSync(path));
        expect(synth(staging, out).stderr).toContain('. This deployment is: honeydue (staging.yaml);');
      });
    });
  });

  test.each<[string, (text: string) => string]>([
    ['in another zone', (text) => text.replaceAll('myhoneydue.com', 'example.com')],
    [
      'on other nodes',
      (text) =>
        text
          .replaceAll('178.104.247.152', '178.104.1.1')
          .replaceAll('178.105.32.198', '178.104.1.2')
          .replaceAll('178.104.249.189', '178.104.1.3'),
    ],
  ])('refuses a file of the same name and namespace %s', (_, edit) => {
    withProduction((out) => {
      const before = contents(out);
      const { status, stderr } = withConfiguration(edit(edited([])), (path) => synth(path, out));
      expect(stderr).toContain(`${out} contains the output of another deployment: ${owner}.`);
      expect([status, contents(out)]).toEqual([2, before]);
    });
  });

  test('takes the same configuration from another folder', () => {
    withProduction((out) => {
      expect(withConfiguration(edited([]), (path) => synth(path, out)).stderr).toBe('');
    });
  });

  test('takes an edit of its own configuration', () => {
    withProduction((out) => {
      const text = edited([['    image: web\n    replicas: 3', '    image: web\n    replicas: 4']]);
      expect(withConfiguration(text, (path) => synth(path, out)).status).toBe(0);
      expect(readFileSync(join(out, '3-web.k8s.yaml'), 'utf8')).toContain('replicas: 4\n');
    });
  });

  test('is recorded from then on when an older synth left it out', () => {
    withProduction((out) => {
      const list = join(out, '.honeydue-kubernetes');
      const text = readFileSync(list, 'utf8');
      writeFileSync(list, text.replace(/^# deployment: .*\n/m, ''));
      expect([synth(production, out).status, readFileSync(list, 'utf8')]).toEqual([0, text]);
    });
  });

  test('is taken over by the edit that the refusal names', () => {
    withProduction((out) => {
      for (const list of [join(out, '.honeydue-kubernetes'), join(out, 'terraform', '.honeydue-terraform')]) {
        const text = readFileSync(list, 'utf8');
        writeFileSync(list, text.replace(`# deployment: ${owner}`, '# deployment: shop (production.yaml)'));
      }
      expect([synth(shop, out).status, basename(out)]).toEqual([0, 'dist']);
    });
  });
});
