import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * By the ends of its files' names, what Lit has for old browsers, for tools that look for it, for decorators, and for
 * attributes that are neither text nor flags.
 */
const UNUSED: Readonly<Record<string, readonly RegExp[]>> = {
  '/reactive-element.js': [
    /(?<=,)p=a\.reactiveElementPolyfillSupport,/,
    /,p\?\.\(\{ReactiveElement:y\}\),\(a\.reactiveElementVersions\?\?=\[\]\)\.push\("[\d.]+"\)/,
    /Symbol\.metadata\?\?=Symbol\("metadata"\),a\.litPropertyMetadata\?\?=new WeakMap;/,
    /static addInitializer\(t\)\{.*?\}(?=static get observedAttributes)/,
    /,this\.constructor\.l\?\.forEach\(t=>t\(this\)\)/,
    /,void 0!==t\.l&&\(this\.l=\[\.\.\.t\.l\]\)/,
    /(?<=t=t\?l:null;)break;case Object:case Array:t=null==t\?t:JSON\.stringify\(t\)/,
    /(?<=i=null!==t;)break;case Number:.*?\}catch\(t\)\{i=null\}/,
    /removeController\(t\)\{.*?\}/,
    /const t=this\[Symbol\.metadata\];if\(null!==t\)\{.*?\}(?=this\._\$Eh=)/,
  ],
  '/lit-element.js': [
    /,s\.litElementHydrateSupport\?\.\(\{LitElement:i\}\);const o=s\.litElementPolyfillSupport;o\?\.\(\{LitElement:i\}\)/,
    /\(s\.litElementVersions\?\?=\[\]\)\.push\("[\d.]+"\);/,
  ],
};

/**
 * Puts our `css-tag` and renderer in the place of Lit's, and takes out of the rest what no page of ours has. A name that
 * Lit wants of ours and they lack fails the build, and so does what is to go and is not there any more.
 */
export function leanLit(): Plugin {
  return {
    name: 'lean-lit',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id === './css-tag.js' && importer?.includes('@lit/reactive-element')) return here('css-tag.ts');
      return id === 'lit-html' ? here('lit-html.ts') : null;
    },
    transform: {
      filter: { id: /\/(@lit\/reactive-element|lit-element)\/(reactive|lit)-element\.js$/ },
      handler(code, id) {
        const unused = Object.entries(UNUSED).find(([end]) => id.endsWith(end))?.[1] ?? [];
        return {
          code: unused.reduce((rest, part) => {
            if (!part.test(rest)) this.error(`${id} has no ${part}`);
            return rest.replace(part, '');
          }, code),
          map: null,
        };
      },
    },
  };
}
