import { stringify } from 'yaml';
import type { Finding } from '../../../lib/analysis/rules/finding';
import type { Case } from './cases';

/** The findings of a case, as the snapshot shows them. */
export function describeCase(id: string, each: Case, findings: readonly Finding[] = []): string {
  const change = { ...(each.edit && { edit: each.edit }), ...(each.add && { add: each.add }) };
  const messages = findings.map(({ object, path, message }) => `${object} ${path}: ${message}`);
  return `## ${id}: ${each.title}\n\n${fenced('yaml', stringify(change, { lineWidth: 0 }))}\n${fenced('', `${messages.join('\n')}\n`)}`;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${abbreviated(text)}\`\`\`\n`;
}

/** Shortens long runs of one character. */
function abbreviated(text: string): string {
  return text.replaceAll(/(.)\1{60,}/g, '$1$1$1…');
}
