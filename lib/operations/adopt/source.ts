import type { ImagesLock } from '../../deployment/config/schema/schema';
import type { TerraformConfiguration } from '../../documents/terraform';
import { ClusterError } from '../cluster/cluster-error';
import { OperationError } from '../error';
import { RequestError } from '../http/request-error';
import type { DesiredState } from '../plan/desired';
import { type AdoptAnswer, type AdoptResolver, isPathOf, notFound, type OpenValue } from './resolver';

/** The input of a run of `adopt`. */
export interface AdoptRun {
  /** The path of the configuration. */
  readonly config: string;
  /** The files of the configuration: first the file without `extends`, last the requested file. */
  readonly files: readonly string[];
  readonly deployment: OpenValue['deployment'];
  readonly lock: ImagesLock;
  /**
   * The desired state, with placeholders for unresolved values. Undefined if the configuration and its lock file
   * don't match, for example after a killed run.
   */
  readonly desired: DesiredState | undefined;
  /**
   * The Terraform configuration of the desired state. Undefined without servers and a zone, and if `desired` is
   * undefined.
   */
  readonly stack?: TerraformConfiguration | undefined;
  /** A context of the kubeconfig. @default the current context */
  readonly context?: string | undefined;
  /** Whether to read the nodes over SSH. */
  readonly ssh: boolean;
  /** Variables of this process, such as `HCLOUD_TOKEN`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** An object or a setting that runs and is not in the configuration. */
export interface UndescribedThing {
  /** `NetworkPolicy honeydue/allow-all`, `record old.example.org` */
  readonly name: string;
  /** The author and the time of the last write, if the source has them. */
  readonly writtenBy?: LastWriter | undefined;
  /** The entry that adds it to the configuration. */
  readonly entry?: string | undefined;
  /** The command that removes it. */
  readonly command?: string | undefined;
}

/** A configured object that runs with other settings. */
export interface LiveDifference {
  readonly name: string;
  readonly field: string;
  /** Both values, as messages show them. */
  readonly values: string;
  readonly writtenBy?: LastWriter | undefined;
}

export interface LastWriter {
  /** A field manager, or a person. */
  readonly name: string;
  /** Such as `2026-05-15T08:00:00Z`. */
  readonly time: string;
}

/** What runs at a source, apart from the requested values. */
export interface Survey {
  readonly undescribed: readonly UndescribedThing[];
  readonly differences: readonly LiveDifference[];
  /** Parts that can't be read, each with the reason. */
  readonly unread?: readonly string[];
}

/** A file that a run writes completely, such as the record of the cluster. */
export interface RecordedFile {
  readonly path: string;
  readonly text: string;
}

/** The answers of one source. */
export interface SourceAnswers {
  readonly name: string;
  /** The reason why the source was not queried. Undefined if it was queried. */
  readonly notAsked: string | undefined;
  readonly answers: ReadonlyMap<OpenValue, AdoptAnswer>;
  readonly survey: Survey;
  readonly records: readonly RecordedFile[];
}

/**
 * The source is not available, because a token, a context or an option is missing. The message names it and how to
 * set it.
 */
export class SourceMissing extends Error {
  override readonly name = 'SourceMissing';
}

export interface SourceDefinition<Connection> {
  /** The display name of the source: `cluster`, `Hetzner`. */
  readonly name: string;
  /** The requirement of the source, for the documentation: `HCLOUD_TOKEN`. */
  readonly needs: string;
  readonly resolvers: readonly AdoptResolver<Connection>[];
  /**
   * Opens a connection, which is closed when `ask` returns.
   *
   * @throws SourceMissing, or an OperationError if the source can't be reached. Both are reported, and the other
   * sources are queried
   */
  connect<Result>(run: AdoptRun, ask: (connection: Connection) => Promise<Result>): Promise<Result>;
  /** Lists what runs and is not in the configuration, and the differences. */
  survey?(connection: Connection, run: AdoptRun): Promise<Survey>;
  records?(connection: Connection, run: AdoptRun): readonly RecordedFile[];
}

/** A system that values are read from. `adopt` never writes to it. */
export interface AdoptSource {
  readonly name: string;
  readonly needs: string;
  readonly resolvers: readonly Omit<AdoptResolver<never>, 'find'>[];
  /** Queries values, and surveys what else runs. */
  ask(values: readonly OpenValue[], run: AdoptRun): Promise<SourceAnswers>;
}

/** Makes a source from its definition. The connection stays private to the source. */
export function adoptSource<Connection>(definition: SourceDefinition<Connection>): AdoptSource {
  const { name, needs, resolvers } = definition;
  return { name, needs, resolvers, ask: (values, run) => askSource(definition, values, run) };
}

const nothing = { survey: { undescribed: [], differences: [] }, records: [] };

async function askSource<Connection>(
  { name, resolvers, connect, survey, records }: SourceDefinition<Connection>,
  values: readonly OpenValue[],
  run: AdoptRun,
): Promise<SourceAnswers> {
  const known = values.flatMap((value) => {
    const resolver = resolvers.find(({ path }) => isPathOf(path, value.path));
    return resolver === undefined ? [] : [{ value, resolver }];
  });
  try {
    return await connect(run, async (connection) => ({
      name,
      notAsked: undefined,
      answers: new Map(
        await Promise.all(
          known.map(
            async ({ value, resolver }) => [value, await answerOf(resolver, value, connection)] as const,
          ),
        ),
      ),
      survey: (await survey?.(connection, run)) ?? nothing.survey,
      records: records?.(connection, run) ?? [],
    }));
  } catch (error) {
    if (!(error instanceof SourceMissing || error instanceof OperationError)) throw error;
    if (run.signal?.aborted) throw error;
    const answer = notFound('no-source', error.message);
    return {
      ...nothing,
      name,
      notAsked: error.message,
      answers: new Map(known.map(({ value }) => [value, answer])),
    };
  }
}

async function answerOf<Connection>(
  resolver: AdoptResolver<Connection>,
  value: OpenValue,
  connection: Connection,
): Promise<AdoptAnswer> {
  try {
    return await resolver.find(value, connection);
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    return notFound(failureOf(error), onOneLine(error.message));
  }
}

/** The output of a program may have several lines. */
function onOneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

function failureOf(error: OperationError): 'no-source' | 'not-allowed' {
  if (error instanceof RequestError) return error.failure === 'unauthorized' ? 'not-allowed' : 'no-source';
  return error instanceof ClusterError && (error.code === 401 || error.code === 403)
    ? 'not-allowed'
    : 'no-source';
}
