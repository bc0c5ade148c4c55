/** Thrown if elkjs, the package that places the boxes, is not installed. */
export class MissingLayout extends Error {
  constructor() {
    super(
      'The picture of a report needs the package elkjs, which is not installed. Install the package: npm install elkjs. To get only the tables, which do not need it: npx honeydue report --markdown',
    );
    this.name = 'MissingLayout';
  }
}
