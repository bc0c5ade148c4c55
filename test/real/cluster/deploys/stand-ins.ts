import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Records a call, with what the cluster runs at that moment, and that no other call runs. */
const record = `
  mark=$(kubectl get deployment web -n honeydue -o 'jsonpath={.spec.template.spec.containers[0].env[?(@.name=="MARK")].value}')
  mkdir "$here/running" || mark="$mark, and another call runs"
  printf '%s, while web is %s\\n' "$call" "$mark" >>"$here/calls"
  sleep 0.2
  rmdir "$here/running"`;

/** What `terraform -json` 1.11 prints of one change. */
function plannedChange(action: string, address: string): string {
  const [type = '', name = ''] = address.split('.');
  const resource = {
    ...{ addr: address, module: '', resource: address, implied_provider: type.split('_')[0] },
    ...{ resource_type: type, resource_name: name, resource_key: null },
  };
  return JSON.stringify({
    ...{ '@level': 'info', '@message': `${address}: Plan to ${action}`, '@module': 'terraform.ui' },
    ...{ '@timestamp': '2026-11-30T12:00:00.000000Z', change: { resource, action }, type: 'planned_change' },
  });
}

/**
 * Programs in the place of terraform and ssh, which say only what the real ones say: test/operations/tools/ has the same conversations
 * with the real ones. `hetzner2` is as described.
 */
export class StandIns {
  readonly directory = mkdtempSync(join(tmpdir(), 'honeydue-stand-ins-'));
  private readonly callsFile = join(this.directory, 'calls');

  constructor(private readonly project: string) {
    const changes = [
      plannedChange('create', 'hcloud_network_subnet.nodes'),
      plannedChange('update', 'cloudflare_zone_setting.ssl'),
    ];
    writeFileSync(join(this.directory, 'plan'), `${changes.join('\n')}\n`);
    this.write(
      'terraform',
      `case " $* " in
*' plan '*) cat "$here/plan" ;;
*) shift; call="terraform $*"; ${record} ;;
esac`,
    );
    this.write(
      'ssh',
      `shift 4; cat >/dev/null; call="ssh $*"
case "$*" in
hetzner2*--check) echo 'hetzner2 is as described. Nothing was changed.' ;;
*--check) printf 'differs: kernel vm.overcommit_memory is 0, but must be 1\\n\\n1 differences. Nothing was changed.\\n'; exit 1 ;;
*) ${record}
  if [ -e "$here/fails-$1" ]; then echo 'failed: k3s is not ready' >&2; exit 2; fi ;;
esac`,
    );
    this.forget();
  }

  /** What `terraform init` and the environment of an operator add. */
  initialise(): void {
    mkdirSync(join(this.project, 'dist', 'terraform', 'stacks', 'honeydue', '.terraform'));
    process.env['TF_VAR_hcloud_token'] = 'set';
    process.env['TF_VAR_cloudflare_api_token'] = 'set';
  }

  /** The calls that change something, in their order. */
  calls(): string[] {
    return readFileSync(this.callsFile, 'utf8').split('\n').filter(Boolean);
  }

  forget(): void {
    writeFileSync(this.callsFile, '');
  }

  /** The script of a node fails from now on. */
  fail(node: string): void {
    writeFileSync(join(this.directory, `fails-${node}`), '');
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private write(name: string, script: string): void {
    const path = join(this.directory, name);
    writeFileSync(path, `#!/bin/sh\nhere='${this.directory}'\n${script}\n`);
    chmodSync(path, 0o755);
  }
}
