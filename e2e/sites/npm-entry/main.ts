import '@meerkat-chat/widgets/chat-room';
