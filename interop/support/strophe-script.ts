/** What the page around strophe.js offers to a test, as `window.stranger`. */
export interface StropheScript {
  status: string;
  condition: string | undefined;
  jid: string;
  mechanism: string;
  readonly stanzas: string[];
  connect(service: string, jid: string, password: string | undefined): void;
  /** Goes on with the BOSH session that the page before had. */
  restore(service: string): void;
  send(xml: string): void;
  disconnect(): void;
}

/** Runs in the page before anything of it, after strophe.js itself, also after a reload. */
export function stropheScript(): void {
  // biome-ignore lint/suspicious/noExplicitAny: the global of strophe.js' script build, which its types do not declare.
  const { Strophe, SessionStorageBackend } = (window as any).strophe ?? window;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  let connection: any;
  const names = Object.entries(Strophe.Status as Record<string, number>);
  const stranger: StropheScript = {
    status: '',
    condition: undefined,
    jid: '',
    mechanism: '',
    stanzas: [],
    connect(service, jid, password) {
      connection = make(service);
      connection.connect(jid, password, onStatus);
    },
    restore(service) {
      connection = make(service);
      connection.restore(undefined, onStatus);
    },
    send(xml) {
      const element = new DOMParser().parseFromString(xml, 'text/xml').documentElement;
      connection.send(element);
    },
    disconnect() {
      connection.disconnect('done');
    },
  };
  Object.assign(window, { stranger });

  function make(service: string): unknown {
    const options = service.startsWith('ws')
      ? {
          enableStreamManagement: true,
          ...(SessionStorageBackend ? { streamManagement: { storage: new SessionStorageBackend() } } : {}),
        }
      : { keepalive: true };
    return new Strophe.Connection(service, options);
  }

  function onStatus(code: number, condition: string | null): void {
    stranger.status = names.find(([, value]) => value === code)?.[0] ?? String(code);
    stranger.condition = condition ?? stranger.condition;
    stranger.mechanism = connection._sasl_mechanism?.mechname ?? stranger.mechanism;
    if (stranger.status !== 'CONNECTED' && stranger.status !== 'ATTACHED') return;
    stranger.jid = connection.jid;
    connection.addHandler(
      (stanza: Element) => {
        stranger.stanzas.push(Strophe.serialize(stanza));
        return true;
      },
      null,
      null,
      null,
    );
    connection.send(
      new DOMParser().parseFromString('<presence xmlns="jabber:client"/>', 'text/xml').documentElement,
    );
  }
}
