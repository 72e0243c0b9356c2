// Runs before anything is drawn, so that a page never flashes in another theme: what static/js/tools/preferences.js
// keeps decides where the link says nothing.
{
  const root = document.documentElement;
  /** @type {{ theme?: string, hint?: boolean }} */
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("chainwalk") ?? "{}") ?? {};
  } catch {
    // A browser that keeps nothing: the system decides.
  }
  if (!root.dataset.theme && kept.theme && /^(light|dark|projector)$/.test(kept.theme)) root.dataset.theme = kept.theme;
  if (kept.hint === true) root.dataset.hint = "closed";
}
