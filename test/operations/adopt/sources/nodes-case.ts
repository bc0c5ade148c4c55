import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDirectoryFor } from '../../../support/configuration';
import { nodes } from './asking';

/** A node that answers each command by a file of its own, and that refuses the connection without any file. */
const ssh = (directory: string) => `#!/bin/sh
printf '%s\\n' "$*" >> '${directory}/calls'
env >> '${directory}/environment'
case "$1 $2 $3 $4" in "-o BatchMode=yes -o ConnectTimeout=10") ;; *) echo "unexpected options" >&2; exit 255 ;; esac
shift 4
[ "$2 $3" = "sudo -n" ] || exit 2
answer='${directory}'/$1.$4
[ -f "$answer" ] && exec cat "$answer"
[ -f '${directory}'/$1.sudo ] && { echo "sudo: a password is required" >&2; exit 1; }
printf 'Warning\\ndeploy@%s: Permission \\033[1mdenied (publickey).\\n' "$1" >&2
exit 255
`;

export interface NodesCase {
  /** Sets what a command prints on a node; on all nodes without a name. */
  answer(command: 'cat' | 'ufw', text: string, node?: string): void;
  /** Lets sudo ask for a password on a node. */
  refuseSudo(node: string): void;
  /** The command lines of ssh. */
  calls(): string[];
  /** The variables that ssh was given. */
  environment(): string;
}

/** Runs `use` with a stand-in of ssh in PATH. */
export function withNodes(use: (machine: NodesCase) => Promise<unknown>): Promise<void> {
  return withDirectoryFor(async (directory) => {
    writeFileSync(join(directory, 'ssh'), ssh(directory));
    chmodSync(join(directory, 'ssh'), 0o755);
    const { PATH } = process.env;
    process.env['PATH'] = `${directory}:${PATH}`;
    const textOf = (file: string) => {
      const path = join(directory, file);
      return existsSync(path) ? readFileSync(path, 'utf8') : '';
    };
    try {
      await use({
        answer: (command, text, node) => {
          for (const { name } of nodes)
            if (node === undefined || node === name)
              writeFileSync(join(directory, `${name}.${command}`), text);
        },
        refuseSudo: (node) => writeFileSync(join(directory, `${node}.sudo`), ''),
        calls: () => textOf('calls').split('\n').filter(Boolean),
        environment: () => textOf('environment'),
      });
    } finally {
      process.env['PATH'] = PATH;
    }
  });
}
