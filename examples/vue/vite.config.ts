import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// Without this, Vue takes the tags for components of its own and says that it cannot find them.
const isCustomElement = (tag: string) => /^(chat-room|chat-box|presence-badge)$/.test(tag);

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
});
