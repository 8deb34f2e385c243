/** What a room needs when somebody is refused, put out or put in their place: one file, loaded when it first happens. */
export { administrationOf } from './room-administration.js';
export { refusedBy, removalOf, removedBy, sayWhy } from './room-refusal.js';
