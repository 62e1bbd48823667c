// <kurso-player>: the custom element. It starts the wasm once for all players of a page, gives each of them a shadow
// root, and says so calmly if the start fails; what was saved is not touched by that.
import init, { Player } from './kurso.js';

let started;

class KursoPlayer extends HTMLElement {
  #player;
  #starting = false;

  async connectedCallback() {
    if (this.#player || this.#starting) return;
    this.#starting = true;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    // What the page wrote inside the element shows until the lesson does, and stays if it never can.
    const waiting = root.appendChild(document.createElement('slot'));
    try {
      started ??= init({ module_or_path: new URL('kurso_bg.wasm', import.meta.url) });
      await Promise.all([started, styled(root)]);
      if (!this.isConnected) {
        root.replaceChildren();
        this.#starting = false;
        return;
      }
      waiting.remove();
      const base = document.createElement('div');
      base.setAttribute('part', 'base');
      root.append(base);
      this.#player = new Player(base, this.hasAttribute('hash'));
    } catch (error) {
      console.warn('Kurso could not start:', error);
      const message = document.createElement('p');
      message.className = 'stopped';
      message.setAttribute('role', 'alert');
      message.textContent = 'The lesson could not start here. Please reload the page, or open it in another browser. Saved progress is not affected.';
      root.prepend(message);
    }
    this.#starting = false;
  }

  disconnectedCallback() {
    // Moving an element disconnects and connects it at once; only one that stays away is stopped.
    queueMicrotask(() => {
      if (this.isConnected || !this.#player) return;
      this.#player.stop();
      this.#player = undefined;
      this.shadowRoot.replaceChildren();
    });
  }
}

function styled(root) {
  return new Promise((resolve) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = new URL('kurso.css', import.meta.url).href;
    link.onload = link.onerror = resolve;
    root.append(link);
  });
}

if (!customElements.get('kurso-player')) customElements.define('kurso-player', KursoPlayer);
