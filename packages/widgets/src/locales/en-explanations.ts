import type { Explanations } from './en.js';

/** Why nothing goes on, in English. */
export const explanations: Explanations = {
  noRoom: {
    title: 'This chat has no room.',
    advice: 'The page needs to name one: room="lobby".',
  },
  closed: { title: 'You are signed out.', advice: 'Join again to go on chatting.' },
  proving: {
    title: 'Many guests are arriving just now.',
    advice: 'Your browser proves that it is not a robot. It takes a few seconds.',
  },
  refusals: {
    'not-authorized': { title: 'You are not signed in.', advice: 'Sign in on this site, then try again.' },
    forbidden: {
      title: 'This chat is not open to this site.',
      advice: 'Its operator can allow it.',
    },
    insecure: {
      title: 'This connection is not safe enough to sign in.',
      advice: 'Open the page over https.',
    },
    replaced: {
      title: 'This chat is open in another window.',
      advice: 'You can go on there, or use it here.',
    },
    unreachable: {
      title: 'The chat server cannot be found.',
      advice: 'Check the address, or try again in a moment.',
    },
    crowded: {
      title: 'There are many guests here just now.',
      advice: 'You come in as soon as there is a place.',
    },
    proof: {
      title: 'Many guests are arriving just now.',
      advice: 'Show that you are not a machine to come in.',
    },
    unsupported: {
      title: 'This chat server lacks something that the page needs.',
      advice: 'Its operator can update it.',
    },
  },
  roomRefusals: {
    banned: { title: 'You are banned from this room.', advice: 'A moderator can let you in again.' },
    destroyed: { title: 'This room has been closed.', advice: 'There is nothing more to read here.' },
    full: { title: 'The room is full.', advice: 'Try again when somebody has left.' },
    kicked: { title: 'You were removed from the room.', advice: 'You may join again.' },
    'members-only': {
      title: 'This room is for members.',
      advice: 'Sign in, or ask a moderator to add you.',
    },
    'nick-conflict': { title: 'Somebody here has that name.', advice: 'Choose another one.' },
    'nick-refused': { title: 'That name cannot be used here.', advice: 'Choose another one.' },
    'nick-reserved': {
      title: 'That name is kept for those who run this place.',
      advice: 'Choose another one.',
    },
    'not-allowed': { title: 'This room cannot be opened.', advice: 'Ask the site for the right one.' },
    'not-found': { title: 'There is no such room.', advice: 'Ask the site for the right one.' },
    password: { title: 'This room needs a password.', advice: 'Ask a moderator to add you as a member.' },
    unknown: { title: 'The room did not let you in.', advice: 'Try again in a moment.' },
  },
  site: {
    signIn: { title: 'Sign in to chat.', advice: 'This room is for people who are signed in to this site.' },
    down: {
      title: 'This site does not say who you are right now.',
      advice: 'It is being asked again. You can also try it yourself.',
    },
    refused: {
      title: 'The chat does not take your sign-in from this site.',
      advice: 'Try again in a moment. If it stays so, tell the people who run the site.',
    },
    action: 'Sign in',
  },
  removedBy: (nick) => `${nick} removed you from the room.`,
};
