import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { programDirectory } from '../real/cluster/servers/build';

const run = promisify(execFile);

export const helmRelease = 'v4.3.2';

/** Builds Helm from the Go module proxy; a later run uses what is built. */
export async function buildHelm(): Promise<string> {
  const directory = join(dirname(programDirectory('')), `helm-${helmRelease}`);
  const helm = join(directory, 'helm');
  if (existsSync(helm)) return helm;
  mkdirSync(directory, { recursive: true });
  const cwd = mkdtempSync(join(directory, 'module-'));
  const program = 'helm.sh/helm/v4/cmd/helm';
  try {
    writeFileSync(join(cwd, 'go.mod'), 'module honeydue/helm\n\ngo 1.24\n');
    await run('go', ['get', `${program}@${helmRelease}`], { cwd });
    await run('nice', ['go', 'build', '-mod=mod', '-trimpath', '-ldflags=-s -w', '-o', 'helm', program], {
      cwd,
    });
    renameSync(join(cwd, 'helm'), helm);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
  return helm;
}

/** A chart whose only template prints the manifests of an output as they are. */
export function writeChart(directory: string): void {
  mkdirSync(join(directory, 'templates'), { recursive: true });
  writeFileSync(join(directory, 'Chart.yaml'), 'apiVersion: v2\nname: shop\nversion: 1.0.0\n');
  const template =
    '{{ range $path, $_ := .Files.Glob "files/*.yaml" }}\n---\n{{ $.Files.Get $path }}\n{{ end }}\n';
  writeFileSync(join(directory, 'templates', 'all.yaml'), template);
}
