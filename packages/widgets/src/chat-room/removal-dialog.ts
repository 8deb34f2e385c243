import { html, render } from 'lit';

/** Longest reason, in UTF-16 units: at three bytes each it stays below what a room takes. */
export const MAX_REASON = 160;

/** What is asked before somebody is put out. */
export interface RemovalQuestion {
  readonly title: string;
  readonly hint: string;
  /** What the field for a reason is called. */
  readonly reason: string;
  readonly cancel: string;
  readonly confirm: string;
  /** It is for good: confirmed in the colour of what fails. */
  readonly grave: boolean;
  /** Called with the reason, if one was given; or with nothing at all where it was called off. */
  readonly answered: (answer: { readonly reason?: string } | undefined) => void;
}

/**
 * Asks whether somebody is to be put out, and why; what it returns takes the question back without an answer. A
 * `<dialog>` without a form, which a sandboxed frame might not be allowed to send.
 */
export function askRemoval(root: Node, question: RemovalQuestion): () => void {
  const { title, hint, reason, cancel, confirm, grave, answered } = question;
  const dialog = document.createElement('dialog');
  dialog.className = 'question';
  dialog.setAttribute('part', 'dialog');
  dialog.setAttribute('aria-labelledby', 'question');
  dialog.setAttribute('aria-describedby', 'question-hint');
  let confirmed = false;
  const close = (yes: boolean): void => {
    confirmed = yes;
    dialog.close();
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    close(true);
  };
  render(
    html`
      <p class="question-title" id="question" dir="auto">${title}</p>
      <p class="question-hint" id="question-hint">${hint}</p>
      <label for="reason">${reason}</label>
      <input id="reason" part="input" dir="auto" autocomplete="off" enterkeyhint="done" maxlength=${MAX_REASON} @keydown=${onKey} />
      <div class="question-end">
        <button class="secondary" type="button" @click=${() => close(false)}>${cancel}</button>
        <button class="primary" type="button" ?data-grave=${grave} @click=${() => close(true)}>${confirm}</button>
      </div>
    `,
    dialog,
  );
  dialog.addEventListener('close', () => {
    if (!dialog.isConnected) return;
    const text = dialog.querySelector('input')?.value.trim();
    dialog.remove();
    answered(confirmed ? (text ? { reason: text } : {}) : undefined);
  });
  root.appendChild(dialog);
  dialog.showModal();
  dialog.querySelector('input')?.focus();
  return () => dialog.remove();
}
