// The tags in the templates of React, Vue and Svelte: what `jsx.d.ts` says, in the words of each. Pure.
// Where a framework sets attributes that the element takes for something else, its types leave no room for it.

import { elementsOf } from './elements-of.mjs';

const kebab = (name) => name.replace(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
const union = (names) => (names.length === 0 ? 'never' : names.map((name) => `'${name}'`).join(' | '));
const attributesOf = (manifest) => elementsOf(manifest).flatMap(({ attributes = [] }) => attributes);

/** `import type {} from '@meerkat-chat/widgets/react'` once in a project. */
export function reactTypes() {
  return `// Made by the build.
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { MeerkatElements } from './jsx.js';

type Tags = {
  [Tag in keyof MeerkatElements]: DetailedHTMLProps<
    HTMLAttributes<MeerkatElements[Tag]['element']>,
    MeerkatElements[Tag]['element']
  > &
    MeerkatElements[Tag]['props'];
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
`;
}

/**
 * `import type {} from '@meerkat-chat/widgets/vue'` once in a project. In a template, `read-only` and `readOnly` are the
 * same to the type checker and not to Vue, which sets an attribute for the first: of such a pair only the attribute's
 * real name is let in.
 */
export function vueTypes(manifest) {
  const ambiguous = attributesOf(manifest)
    .filter(({ name, fieldName }) => kebab(fieldName) !== name)
    .map(({ fieldName }) => fieldName);
  return `// Made by the build.
import type { HTMLAttributes, PublicProps } from 'vue';
import type { MeerkatElements } from './jsx.js';

type Camel<Name extends string> = Name extends \`\${infer Head}-\${infer Rest}\` ? \`\${Head}\${Capitalize<Camel<Rest>>}\` : Name;

/** \`@chat-send\` is \`onChatSend\` to Vue. */
type Listeners<Events> = {
  [Name in keyof Events & string as \`on\${Capitalize<Camel<Name>>}\`]?: ((event: Events[Name]) => void) | undefined;
};
type Own<Props> = {
  [Name in keyof Props as Name extends \`on\${string}\` | ${union(ambiguous)} ? never : Name]: Props[Name];
};

type Tags = {
  [Tag in keyof MeerkatElements]: new () => MeerkatElements[Tag]['element'] & {
    $props: HTMLAttributes & PublicProps & Own<MeerkatElements[Tag]['props']> & Listeners<MeerkatElements[Tag]['events']>;
  };
};

declare module 'vue' {
  interface GlobalComponents extends Tags {}
}
`;
}

/**
 * `import type {} from '@meerkat-chat/widgets/svelte'` once in a project. Svelte writes `false` into an attribute that
 * is no property of the element, as a word: there only `true` is let in, and the property takes both.
 */
export function svelteTypes(manifest) {
  const written = attributesOf(manifest)
    .filter(({ name, fieldName, type }) => name !== fieldName && type?.text === 'boolean')
    .map(({ name }) => name);
  return `// Made by the build.
import type { HTMLAttributes } from 'svelte/elements';
import type { MeerkatElements } from './jsx.js';

type Own<Props> = {
  [Name in keyof Props]: Name extends ${union(written)} ? true | undefined : Props[Name];
};

type Tags = {
  [Tag in keyof MeerkatElements]: HTMLAttributes<MeerkatElements[Tag]['element']> &
    Own<MeerkatElements[Tag]['props']>;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends Tags {}
}
`;
}
