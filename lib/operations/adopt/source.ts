import type { ImagesLock } from '../../deployment/config/schema/schema';
import type { TerraformConfiguration } from '../../documents/terraform';
import { ClusterError } from '../cluster/cluster-error';
import { OperationError } from '../error';
import { RequestError } from '../http/request-error';
import type { DesiredState } from '../plan/desired';
import { type AdoptAnswer, type AdoptResolver, isPathOf, notFound, type OpenValue } from './resolver';

/** What a run of `adopt` is about. */
export interface AdoptRun {
  /** The path of the configuration. */
  readonly config: string;
  /** From the file without `extends` to the configuration. */
  readonly files: readonly string[];
  readonly deployment: OpenValue['deployment'];
  readonly lock: ImagesLock;
  /**
   * What the configuration describes, with placeholders for what is unresolved; undefined while the configuration and its lock file
   * do not fit each other, as after a run that was killed.
   */
  readonly desired: DesiredState | undefined;
  /** Terraform's side of it; undefined without servers and a zone, and where `desired` is. */
  readonly stack?: TerraformConfiguration | undefined;
  /** A context of the kubeconfig. @default its current one */
  readonly context?: string | undefined;
  /** Whether nodes may be asked over SSH. */
  readonly ssh: boolean;
  /** Variables of this process, such as `HCLOUD_TOKEN`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** Something that runs and that the configuration does not describe. */
export interface UndescribedThing {
  /** `NetworkPolicy honeydue/allow-all`, `record old.example.org` */
  readonly name: string;
  /** The manager and the time of its last write, where the source knows them. */
  readonly writtenBy?: LastWriter | undefined;
  /** The entry of the configuration that would describe it. */
  readonly entry?: string | undefined;
  /** The command that removes it. */
  readonly command?: string | undefined;
}

/** A described thing that runs with other settings. */
export interface LiveDifference {
  readonly name: string;
  readonly field: string;
  /** The values, as a message may show them. */
  readonly values: string;
  readonly writtenBy?: LastWriter | undefined;
}

export interface LastWriter {
  /** A field manager, or a person. */
  readonly name: string;
  /** Such as `2026-05-15T08:00:00Z`. */
  readonly time: string;
}

/** What a source runs next to the values that were asked for. */
export interface Survey {
  readonly undescribed: readonly UndescribedThing[];
  readonly differences: readonly LiveDifference[];
  /** Parts that the source does not let be read, each with the reason. */
  readonly unread?: readonly string[];
}

/** A file that a run writes as a whole, such as the record of the cluster. */
export interface RecordedFile {
  readonly path: string;
  readonly text: string;
}

/** The answers of one source. */
export interface SourceAnswers {
  readonly name: string;
  /** Why it was not asked; undefined if it was. */
  readonly notAsked: string | undefined;
  readonly answers: ReadonlyMap<OpenValue, AdoptAnswer>;
  readonly survey: Survey;
  readonly records: readonly RecordedFile[];
}

/** The source is not there: no token, no context, no option. The message says which, and how to state it. */
export class SourceMissing extends Error {
  override readonly name = 'SourceMissing';
}

export interface SourceDefinition<Connection> {
  /** `cluster`, `Hetzner`: as people call it. */
  readonly name: string;
  /** What it needs, for the documentation: `HCLOUD_TOKEN`. */
  readonly needs: string;
  readonly resolvers: readonly AdoptResolver<Connection>[];
  /**
   * Connects for as long as `ask` runs.
   *
   * @throws SourceMissing, or an OperationError if it can't be reached; both are reported, and the other sources are asked
   */
  connect<Result>(run: AdoptRun, ask: (connection: Connection) => Promise<Result>): Promise<Result>;
  /** What runs and is not described, and what differs. */
  survey?(connection: Connection, run: AdoptRun): Promise<Survey>;
  records?(connection: Connection, run: AdoptRun): readonly RecordedFile[];
}

/** A place where values are found out. It is only read. */
export interface AdoptSource {
  readonly name: string;
  readonly needs: string;
  readonly resolvers: readonly Omit<AdoptResolver<never>, 'find'>[];
  /** Asks for values, and what else runs. */
  ask(values: readonly OpenValue[], run: AdoptRun): Promise<SourceAnswers>;
}

/** Hides the connection of a source from those who ask it. */
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

/** What a program printed may have several lines. */
function onOneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

function failureOf(error: OperationError): 'no-source' | 'not-allowed' {
  if (error instanceof RequestError) return error.failure === 'unauthorized' ? 'not-allowed' : 'no-source';
  return error instanceof ClusterError && (error.code === 401 || error.code === 403)
    ? 'not-allowed'
    : 'no-source';
}
