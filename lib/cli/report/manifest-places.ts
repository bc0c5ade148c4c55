import type { Drill } from '../../analysis/drill/drill';
import type { PlaceOf } from '../../analysis/drill/drill-report';
import type { LocatedObject } from '../../input/documents';
import { stepsOf } from '../../kubernetes/path';
import { ManifestLines } from '../../report/manifest-lines';
import type { Synthesis } from '../synthesize';

/** The lines of fields in the output of a synthesis. */
export function placesInOutput({ documents, files: texts }: Synthesis, drill: Drill): PlaceOf {
  const files = new Map(documents.map(({ object, file }) => [object, file]));
  const lines = new ManifestLines(new Map(texts.map(({ path, text }) => [path, text])));
  return ({ object, path }) => {
    const file = files.get(drill.cluster.manifests.sourceOf(object));
    return file === undefined ? undefined : { file, line: lines.lineOf(file, object, path) };
  };
}

/** The lines of fields in manifests that were read from files. */
export function placesInFiles(located: readonly LocatedObject[], drill: Drill): PlaceOf {
  const places = new Map(located.map(({ object, placeOf }) => [object, placeOf]));
  return ({ object, path }) => places.get(drill.cluster.manifests.sourceOf(object))?.(stepsOf(path));
}
