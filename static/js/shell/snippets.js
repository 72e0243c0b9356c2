// What somebody pastes elsewhere: the walk in a page, in Markdown, on a slide of reveal.js, in a course of Moodle.

/** @typedef {{ origin: string, query: string, at: Record<"embed" | "page" | "picture", string> }} Link */

/**
 * By kind, the text that brings the walk of `query` from `origin` there; `at` are the addresses of its forms.
 *
 * @type {Record<string, (link: Link) => string>}
 */
export const SNIPPETS = {
  html: (link) => frame(link, 'width="960" height="540" loading="lazy"'),
  markdown: ({ origin, at, query }) =>
    `[![Chainwalk](${safe(`${origin}${at.picture}?${query}`)})](${safe(`${origin}${at.page}?${query}`)})`,
  reveal: (link) =>
    `<section>\n  ${frame(link, 'class="chainwalk" style="width: 100%; height: 600px; border: 0"')}\n</section>\n${CLICKER}`,
  moodle: (link) => `<p>${frame(link, 'width="100%" height="540" frameborder="0" allowfullscreen')}</p>`,
};

/** @param {Link} link @param {string} options */
function frame({ origin, at, query }, options) {
  return `<iframe src="${attribute(`${origin}${at.embed}?${query}`)}" ${options} title="Chainwalk"></iframe>`;
}

/** @param {string} text */
const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** A bracket would end an address in Markdown. @param {string} text */
const safe = (text) => text.replace(/[()[\]]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

// Once in a deck: the clicker walks the steps of the slide's walk, and turns the slide only beyond its ends.
const CLICKER = `<script>
  {
    const walks = new Map();
    const verbs = { ArrowRight: "forward", PageDown: "forward", " ": "forward", ArrowLeft: "back", PageUp: "back" };
    addEventListener("message", ({ source, data }) => {
      const frames = [...document.querySelectorAll("iframe.chainwalk")];
      if (!data?.chainwalk || !frames.some((frame) => frame.contentWindow === source)) return;
      walks.set(source, data.chainwalk);
      if (!data.chainwalk.end) return;
      focus();
      Reveal[data.chainwalk.end === "forward" ? "next" : "prev"]();
    });
    addEventListener("keydown", (event) => {
      const frame = Reveal.getCurrentSlide()?.querySelector("iframe.chainwalk")?.contentWindow;
      const [walk, verb] = [walks.get(frame), verbs[event.key]];
      if (!walk || !verb || walk.step === (verb === "forward" ? walk.steps : 0)) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      frame.postMessage({ chainwalk: { do: verb } }, "*");
    }, { capture: true });
  }
</script>`;
