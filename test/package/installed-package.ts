import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../support/configuration';

/** Where a project has the package. */
export function installed(directory: string): string {
  return join(directory, 'node_modules', '@honeydue', 'infrastructure');
}

/** What `npm install <tarball> cdk8s constructs` installs. */
function requiredPackages(): string[] {
  const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const required = Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional);
  if (required.join() !== 'cdk8s,constructs') throw new Error(`${required} are required`);
  return [...Object.keys(dependencies), ...required];
}

/** Packs the package, and unpacks it in an empty project with the peers that are not optional. */
export function installPackage(directory: string): void {
  const run = (program: string, args: string[], cwd = directory) =>
    execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run('npm', ['pack', '--silent', '--pack-destination', directory], root);
  const tarball = readdirSync(directory).find((name) => name.endsWith('.tgz')) ?? '';
  mkdirSync(installed(directory), { recursive: true });
  run('tar', ['-xzf', tarball, '-C', installed(directory), '--strip-components', '1']);
  for (const name of requiredPackages()) {
    mkdirSync(dirname(join(directory, 'node_modules', name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(directory, 'node_modules', name));
  }
}
