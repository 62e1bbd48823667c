// For a page that shows Kurso in frames: each frame becomes as high as what is in it, comes into view with a new step, and
// tells what the learner achieves by the same events as the element, if its address names this page's origin.
if (!self.kursoFrames) {
  self.kursoFrames = true;
  const EVENTS = ['ready', 'start', 'answer', 'step', 'complete', 'error'];
  addEventListener('message', ({ data, source, origin }) => {
    if (data?.source !== 'kurso' || data.v !== 1) return;
    const frame = [...document.querySelectorAll('iframe')].find(({ contentWindow }) => contentWindow === source);
    if (!frame) return;
    const { type, height, detail } = data;
    if (type === 'height' && height > 0) {
      // With its border; and no frame is a mile high.
      frame.style.height = `${Math.min(height, 50000) + frame.offsetHeight - frame.clientHeight}px`;
    } else if (type === 'scroll' && frame.getBoundingClientRect().top < 0) {
      frame.scrollIntoView();
    } else if (EVENTS.includes(type)) {
      const { sandbox, src } = frame;
      const alone = sandbox.length > 0 && !sandbox.contains('allow-same-origin');
      if (origin !== (alone ? 'null' : new URL(src, document.baseURI).origin)) return;
      frame.dispatchEvent(new CustomEvent(`kurso-${type}`, { detail, bubbles: true }));
    }
  });
}
