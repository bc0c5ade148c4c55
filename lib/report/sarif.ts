import type { Rule, Severity } from '../analysis/rules/rule';
import type { LocatedReport } from './findings';

/** The SARIF level of each severity. The level note is not used, because every finding fails a run. */
const levels: Readonly<Record<Severity, 'error' | 'warning'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'warning',
};

/** GitHub sorts findings by this number: 9 and above is critical, 7 and above high, 4 and above medium. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};

/**
 * The report as a SARIF 2.1.0 log, for GitHub code scanning and editors. Acknowledged findings are suppressed
 * results, with the reason as justification.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif({ open, acknowledged }: LocatedReport, rules: readonly Rule[]): unknown {
  const results = [
    ...open.map((finding) => ({ finding, place: finding.place, suppressions: [] })),
    ...acknowledged.map(({ finding, reason }) => ({
      finding,
      place: undefined,
      suppressions: [{ kind: 'external', justification: reason }],
    })),
  ];
  return {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [
      {
        tool: { driver: { name: 'honeydue', rules: rules.map(descriptor) } },
        results: results.map(({ finding: { rule, object, path, message }, place, suppressions }) => ({
          ruleId: rule.id,
          level: levels[rule.severity],
          message: { text: `${object} ${path}: ${message}` },
          locations: [
            {
              ...(place !== undefined && {
                physicalLocation: {
                  artifactLocation: { uri: encodeURI(place.file) },
                  region: { startLine: place.line, startColumn: place.column },
                },
              }),
              logicalLocations: [{ fullyQualifiedName: `${object} ${path}`, kind: 'object' }],
            },
          ],
          ...(suppressions.length > 0 && { suppressions }),
        })),
      },
    ],
  };
}

function descriptor({ id, sentence, why, source, fix, severity }: Rule): unknown {
  return {
    id,
    shortDescription: { text: sentence },
    fullDescription: { text: why },
    help: { text: fix },
    ...(source.startsWith('https://') && { helpUri: source }),
    defaultConfiguration: { level: levels[severity] },
    properties: { 'security-severity': securitySeverities[severity] },
  };
}
