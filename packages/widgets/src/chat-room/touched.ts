/** What only somebody's hand asks for: loaded together when an element is touched for the first time. */
export { NameForm } from './name-form.js';
export { pill } from './pill.js';
export { pillStyles } from './pill.styles.js';
export { onRowKey } from './row-keys.js';
export { Suggestions } from './suggestions.js';

/** What this file brings. */
export type Touched = typeof import('./touched.js');
