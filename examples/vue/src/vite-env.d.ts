interface ImportMetaEnv {
  /** Where the chat server is; by default `npm start` of the repository. */
  readonly VITE_CHAT_SERVER?: string;
}
