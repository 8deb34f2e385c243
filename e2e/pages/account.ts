// <chat-box> of somebody who signs in by password, at a real server. Options are in the address:
// ?server=http://127.0.0.1:5280&name=support&password=...&with=mira
import { createChat } from '@meerkat-chat/sdk';
import '@meerkat-chat/widgets/chat-box';

const asked = new URLSearchParams(location.search);
const option = (name: string) => asked.get(name) ?? '';

const box = document.createElement('chat-box');
box.chat = createChat({
  server: option('server'),
  auth: { kind: 'password', username: option('name'), password: option('password') },
});
box.with = option('with');
document.body.append(box);
