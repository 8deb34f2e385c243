/** What somebody does with who they are, once in a while: one file, since each is small and few pages need any. */
export { changePassword } from './change-password.js';
export { shareStatus } from './share-status.js';
export { signIn } from './sign-in.js';
