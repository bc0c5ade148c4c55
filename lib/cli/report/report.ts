import { Command } from 'commander';
import { writeGenerated } from '../../output/generated';
import { writeSummary } from '../../report/summary';
import { reportTables } from '../../report/tables/all-tables';
import { bookFiles, generatedMark, tablesMarkdown } from '../../report/tables/markdown';
import type { ReportTable } from '../../report/tables/report-table';
import { addConfigurationOptions, environmentFile, nameOf, relativePath } from '../configuration-option';
import { addNodeOptions, type NodeOptions, refuseNodes } from '../node-options';
import { addOutputOptions, type OutputOptions, progressOf, resultOutput } from '../output-options';
import { exitCodesHelp, type Surroundings, Unreadable } from '../run';
import { synthesize } from '../synthesize';
import { reportOfDeployment, reportOfFiles } from './report-subject';

interface ReportFlags extends NodeOptions, OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly markdown?: true;
  readonly out?: string;
}

/** `report`: the deployment in tables. */
export function reportCommand(surroundings: Surroundings): Command {
  const { root } = surroundings;
  const command = addOutputOptions(new Command('report'), ['text', 'json'], surroundings)
    .description('Writes what the deployment consists of, and what its manifests guarantee, as tables.')
    .argument('[files...]', 'manifests of any origin, or directories of them, instead of the deployment')
    .option('--markdown', 'write the tables as Markdown')
    .option(
      '--out <directory>',
      'where the tables are written, a file each (default: docs/book for config/production.yaml; other tables are printed)',
      nameOf('a directory'),
    );
  return addNodeOptions(addConfigurationOptions(command, root))
    .addHelpText('after', exitCodesHelp('written', 'the configuration is refused'))
    .action((files: string[], options: ReportFlags) => {
      const { format, markdown } = options;
      if ((format === 'json') === (markdown === true))
        throw new Unreadable('Name one format of the report: --markdown, or --format json.');
      const stdout = resultOutput(surroundings, options);
      progressOf(surroundings, options)(`Reading ${files.length > 0 ? files.join(', ') : options.config}`);
      const { title, tables } =
        files.length > 0 ? tablesOfFiles(files, options) : tablesOfDeployment(options);
      if (format === 'json') {
        stdout(`${JSON.stringify({ version: 1, tables }, null, 2)}\n`);
        return;
      }
      const out = options.out ?? (files.length > 0 ? undefined : bookOf(root, options.config));
      if (out === undefined) stdout(tablesMarkdown(tables));
      else stdout(`${writeSummary(out, writeGenerated(out, generatedMark, bookFiles(title, tables)))}\n`);
    });
}

/** The committed tables are those of production. */
function bookOf(root: string, config: string): string | undefined {
  return config === environmentFile(root, 'production') ? relativePath(`${root}/docs/book`) : undefined;
}

interface TitledTables {
  readonly title: string;
  readonly tables: readonly ReportTable[];
}

function tablesOfDeployment({ config, ...options }: ReportFlags): TitledTables {
  refuseNodes(options);
  const synthesis = synthesize(config, undefined, { allowExpired: true });
  return { title: synthesis.model.namespace, tables: reportTables(reportOfDeployment(synthesis)) };
}

function tablesOfFiles(files: readonly string[], options: ReportFlags): TitledTables {
  return { title: files.join(', '), tables: reportTables(reportOfFiles(files, options)) };
}
