// Where the page lies that is tested, and by which rules it is accessible.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** The folder of the built page. */
export const PAGE = process.env.KURSO_PAGE ?? join(HERE, '../../dist');

/** Where what `cargo xtask pack` makes lies. */
export const PACKED = process.env.KURSO_PACKED ?? join(HERE, '../../target/packed');

/** The folder of the built page of a course in Arabic. */
export const ARABIC = process.env.KURSO_ARABIC ?? join(HERE, '../../target/page-in-arabic');

/** The folder of the built page of a course with what authors may ask for, and the shipped one does not. */
export const OPTIONS = process.env.KURSO_OPTIONS ?? join(HERE, '../../target/page-of-options');

/** What is asked of axe-core. To read style sheets it would write inline styles, which the page's policy forbids. */
export const AXE_OPTIONS = {
  preload: false,
  resultTypes: ['violations'],
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
};
