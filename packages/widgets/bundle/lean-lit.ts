import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * By the ends of its files' names, what Lit has for old browsers, for tools that look for it, for decorators, for
 * attributes that are neither text nor flags, and for options of properties that none of ours has: converters, defaults.
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
    /void 0!==i\.converter\?\.toAttribute\?i\.converter:(?=u\))/,
    /"function"==typeof t\.converter\?.*?\?t\.converter:(?=u;)/,
    /\?\?this\._\$Ej\?\.get\(e\)\?\?r/,
    /\|\|i\.useDefault&&.*?\._\$Eu\(t,i\)\)(?=\))/,
    /i&&!\(this\._\$Ej\?\?=new Map\).*?\|\|void 0!==r\)\|\|/,
    /const t=this\.constructor\.elementProperties;if\(t\.size>0\).*?this\.C\(s,void 0,i,e\)\}/,
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
