import { join } from 'node:path';
import { Command } from 'commander';
import { writeGenerated } from '../../output/generated';
import { writeSummary } from '../../report/summary';
import { reportTables } from '../../report/tables/all-tables';
import { bookFiles, generatedMark, tablesMarkdown } from '../../report/tables/markdown';
import type { ReportTable } from '../../report/tables/report-table';
import {
  addConfigurationOptions,
  environmentFile,
  nameOf,
  outputDirectoryOf,
  relativePath,
} from '../configuration-option';
import { addNodeOptions, type NodeOptions, refuseNodes } from '../node-options';
import { addOutputOptions, type OutputOptions, progressOf, resultOutput } from '../output-options';
import { exitCodesHelp, type Surroundings, Unreadable } from '../run';
import { synthesize } from '../synthesize';
import { reportOfDeployment, reportOfFiles } from './report-subject';

interface ReportFlags extends NodeOptions, OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly markdown?: true;
  readonly out?: string;
  readonly base?: string;
}

/** `report`: writes the deployment as a page with a picture, or as tables. */
export function reportCommand(surroundings: Surroundings): Command {
  const { root } = surroundings;
  const command = addOutputOptions(new Command('report'), ['text', 'json'], surroundings)
    .description(
      'Writes a page with a picture of the deployment: the way of a request, everything that pods may reach, and the line that proves each statement.',
    )
    .argument('[files...]', 'manifest files or directories of any origin, instead of the configuration')
    .option('--markdown', 'write only the tables, as Markdown')
    .option(
      '--base <ref or path>',
      'mark on the page what the configuration changes: an output, or a commit, as in impact --base',
      nameOf('a commit or a path'),
    )
    .option(
      '--out <directory>',

      'the directory of the page (default: dist/report, and report for files), or of the tables (default: docs/book for config/production.yaml; other tables are printed)',
      nameOf('a directory'),
    );
  return addNodeOptions(addConfigurationOptions(command, root))
    .addHelpText('after', exitCodesHelp('written', 'the configuration is refused'))
    .action((files: string[], options: ReportFlags) => {
      const { format, markdown } = options;
      if (format === 'json' && markdown)
        throw new Unreadable('Name one format of the report: --markdown, or --format json.');
      if (options.base !== undefined && (format === 'json' || markdown))
        throw new Unreadable(
          '--base marks changes only on the HTML page: remove --base, or remove --markdown and --format json.',
        );
      const stdout = resultOutput(surroundings, options);
      progressOf(surroundings, options)(`Reading ${files.length > 0 ? files.join(', ') : options.config}`);
      if (format === 'text' && !markdown) return writeHtml(files, options, surroundings);
      const { title, tables, warnings } =
        files.length > 0 ? tablesOfFiles(files, options) : tablesOfDeployment(options);
      if (format === 'json') {
        stdout(`${JSON.stringify({ version: 1, tables, warnings }, null, 2)}\n`);
        return undefined;
      }
      const warn = warnings.map((sentence) => `${sentence}\n`).join('');
      if (!options.quiet) surroundings.stderr(warn);
      const out = options.out ?? (files.length > 0 ? undefined : bookOf(root, options.config));
      if (out === undefined) stdout(tablesMarkdown(tables));
      else stdout(`${writeSummary(out, writeGenerated(out, generatedMark, bookFiles(title, tables)))}\n`);
      return undefined;
    });
}

/** Loaded on demand: the tables do not need the picture and the impact analysis. */
async function writeHtml(
  files: readonly string[],
  { out, config, base, ...options }: ReportFlags,
  surroundings: Surroundings,
): Promise<void> {
  const { writePage } = require('./page') as typeof import('./page');
  const { root } = surroundings;
  const directory = out ?? (files.length > 0 ? 'report' : join(outputDirectoryOf(root, config), 'report'));
  const step = progressOf(surroundings, options);
  const summary = await writePage(directory, { root, config, files, base, step, ...options });
  resultOutput(surroundings, options)(`${summary}\n`);
}

/** The directory of the committed tables, which exist only for production. */
function bookOf(root: string, config: string): string | undefined {
  return config === environmentFile(root, 'production') ? relativePath(`${root}/docs/book`) : undefined;
}

interface TitledTables {
  readonly title: string;
  readonly warnings: readonly string[];
  readonly tables: readonly ReportTable[];
}

function tablesOfDeployment({ config, ...options }: ReportFlags): TitledTables {
  refuseNodes(options);
  const synthesis = synthesize(config, undefined, { allowExpired: true });
  return {
    title: synthesis.model.namespace,
    warnings: synthesis.priceWarnings,
    tables: reportTables(reportOfDeployment(synthesis)),
  };
}

function tablesOfFiles(files: readonly string[], options: ReportFlags): TitledTables {
  const subject = reportOfFiles(files, options);
  return { title: files.join(', '), warnings: subject.assumed, tables: reportTables(subject) };
}
