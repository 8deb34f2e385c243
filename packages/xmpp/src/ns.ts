/** The namespaces, read as `NS.client`. */
export * as NS from './namespaces.js';
