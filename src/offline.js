// Keeps a page of our own for when there is no network, and offers a newer one when it is there. player.js loads this once
// there is nothing else to do.

/** Does so for the page of that player, whose words these are. Not in a frame: there the page is somebody else's. */
export async function keep(root, words, button) {
  if (top !== self || !navigator.serviceWorker) return;
  let registration;
  try {
    const { href } = new URL('sw.js', document.baseURI);
    // Where a policy asks for trusted types, an address of a script has to be one.
    const trusted = self.trustedTypes?.createPolicy('kurso', { createScriptURL: () => href }).createScriptURL('');
    registration = await navigator.serviceWorker.register(trusted ?? href, { scope: './' });
  } catch {
    // Without it the page works as long as there is a network.
    return;
  }
  const offer = () => {
    // The very first one is no update.
    if (!registration.waiting || !navigator.serviceWorker.controller || root.querySelector('.update')) return;
    const update = document.createElement('aside');
    update.className = 'update';
    update.append(words.update, ' ', button(words.updateNow, () => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      registration.waiting.postMessage('activate');
    }));
    root.prepend(update);
  };
  registration.addEventListener('updatefound', () => registration.installing.addEventListener('statechange', offer));
  offer();
}
