import type { DoctorWords } from './words.js';

export const pt: DoctorWords = {
  title: 'Verificar a incorporação',
  about: 'Ponha este endereço na moldura onde o chat deve ficar: diz o que a página em volta permite.',
  states: {
    waiting: 'A verificar',
    good: 'Funciona',
    limited: 'Limitado',
    bad: 'Bloqueado',
    skipped: 'Não testado',
  },
  noScript:
    'Os scripts estão bloqueados, por isso não pode haver chat. Junte allow-scripts ao sandbox da moldura ou ligue o JavaScript.',
  noCode:
    "O script desta página não chega, e o chat também não. Algo no caminho acrescenta uma Content-Security-Policy ou bloqueia ficheiros: o cabeçalho do servidor de chat deve estar sozinho, com script-src 'self'.",
  summary: {
    waiting: 'A verificar o que funciona aqui',
    good: 'Aqui funciona tudo.',
    limited: 'O chat funciona aqui, com limites.',
    bad: 'Algo impede o chat aqui. O que mudar está em baixo.',
  },
  copy: 'Copiar o relatório',
  copied: 'Copiado',
  copyByHand: 'A área de transferência está bloqueada. Aqui está o relatório, para copiar à mão.',
  again: 'Verificar de novo',
  click: 'Verificar também estes',
  clickAbout: 'Os navegadores só permitem os três últimos depois de um toque.',
  checks: {
    frame: ['Dentro de uma moldura', 'Esta página está sozinha. Abra-a na moldura da página a verificar.'],
    ancestors: [
      'Esta página pode emoldurar o chat',
      'Junte a sua origem à definição embed.ancestors do servidor, ou assine um endereço para ela com meerkat embed.',
    ],
    secure: [
      'Ligação segura',
      'Sirva a página e o chat por https; sem isso o navegador retém a cifra e os cookies.',
    ],
    origin: [
      'Uma origem própria',
      'Junte allow-same-origin ao sandbox da moldura. Sem isso nada é guardado e ninguém pode ter sessão.',
    ],
    forms: [
      'Formulários',
      'Junte allow-forms ao sandbox da moldura, para que os convidados possam dar um nome.',
    ],
    storage: [
      'Armazenamento',
      'O navegador bloqueia o armazenamento em molduras de outros sites: cada visita começa de novo. Um token da página ajuda.',
    ],
    cookies: [
      'Cookies do servidor de chat',
      'O navegador bloqueia cookies de outros sites. Inicie sessão com um token da página ou aloje o chat no mesmo site.',
    ],
    partitioned: [
      'Cookies só para esta página',
      'Os cookies particionados não chegam: precisam de https e de um navegador atual. Ao recarregar, o token da página inicia sessão.',
    ],
    websocket: [
      'WebSocket',
      'Não há ligação por WebSocket. Deixe o proxy passar /xmpp-websocket e veja a definição origins.',
    ],
    bosh: [
      'HTTP em vez de WebSocket',
      'POST para /http-bind falha. Deixe o proxy passá-lo e veja a definição origins.',
    ],
    csp: [
      'Políticas de conteúdo',
      'Algo no caminho, por exemplo um proxy, acrescenta uma Content-Security-Policy que bloqueia o que aqui se indica. Deixe sozinho o cabeçalho do servidor de chat, ou permita-o também ali.',
    ],
    policy: ['Permissões da moldura', 'Junte allow="clipboard-write; storage-access" à moldura.'],
    referrer: [
      'A página diz onde está',
      'Não envia referenciador. O chat funciona; o servidor não sabe em que página está. Basta referrerpolicy="origin".',
    ],
    loader: [
      'Carregador na página',
      'Dê data-meerkat à moldura e carregue /embed/frame.js, para a altura, o teclado e as mensagens por ler.',
    ],
    tokens: [
      'Esta página pode dizer quem inicia sessão',
      'Junte a sua origem à definição embed.tokenOrigins, se os visitantes entrarem com um token.',
    ],
    access: [
      'Acesso a cookies a pedido',
      'O navegador ou a moldura recusa: junte allow-storage-access-by-user-activation ao sandbox.',
    ],
    clipboard: [
      'Área de transferência',
      'Junte allow="clipboard-write" à moldura, para que se possam copiar textos.',
    ],
    popups: [
      'Ligações noutra janela',
      'Junte allow-popups ao sandbox da moldura, ou as ligações das mensagens não abrem nada.',
    ],
  },
};
