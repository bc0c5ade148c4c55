/** The engines, by their folders under `lib/analysis`. */
export const engineNames = ['rules', 'flows', 'drill', 'impact'] as const;

export type EngineName = (typeof engineNames)[number];

/** What an engine must answer: parts of its lines. A case without an answer of each engine does not compile. */
export interface EngineAnswer {
  /** Each of these occurs in a line. */
  readonly says?: readonly string[];
  /** None of these occurs in any line. */
  readonly never?: readonly string[];
}

/** One fact of Kubernetes, asked of every engine. */
export interface EngineCase {
  /** The fact, as one sentence. */
  readonly fact: string;
  /** The manifests, as YAML. */
  readonly manifests: string;
  /** What runs before they are applied. @default the same manifests, so that impact has nothing to say */
  readonly before?: string;
  /** Nodes of 4 cores and 8 GiB, named `a`, `b`, `c`, … @default 3 */
  readonly nodes?: number;
  /** `irrelevant` and the reason, for an engine that doesn't speak of the fact. */
  readonly answers: Readonly<Record<EngineName, EngineAnswer | { readonly irrelevant: string }>>;
}
