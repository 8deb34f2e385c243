export * as NS from './namespaces.js';
