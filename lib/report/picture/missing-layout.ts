/** The package that places the boxes is not installed. */
export class MissingLayout extends Error {
  constructor() {
    super(
      'The picture of a report needs a package that is not installed: elkjs. Install it: npm install elkjs. The tables need no package: npx honeydue report --markdown',
    );
    this.name = 'MissingLayout';
  }
}
