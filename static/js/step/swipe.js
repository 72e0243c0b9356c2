// A finger that swipes over the picture or the step card steps; where the picture can be scrolled sideways it scrolls.

const FAR = 48; // pixels
const SLANT = 0.6; // a swipe is flatter than this

export class Swipe {
  /**
   * Each place is swiped over, and inside its scroller what is too wide scrolls.
   *
   * @param {{ place: HTMLElement, scroller: HTMLElement }[]} places
   * @param {Player} player
   */
  constructor(places, player) {
    for (const { place, scroller } of places) {
      /** @type {Touch | null} */
      let start = null;
      /** @param {TouchEvent} event */
      const begin = ({ touches }) => {
        const scrolls = scroller.scrollWidth > scroller.clientWidth + 1;
        start = touches.length === 1 && !scrolls ? touches[0] : null;
      };
      /** @param {TouchEvent} event */
      const finish = ({ changedTouches: [end] }) => {
        if (!start) return;
        const [x, y] = [end.clientX - start.clientX, end.clientY - start.clientY];
        start = null;
        if (Math.abs(x) < FAR || Math.abs(y) > SLANT * Math.abs(x)) return;
        if (x < 0) player.forward();
        else player.back();
      };
      const cancel = () => {
        start = null;
      };
      place.addEventListener("touchstart", begin, { passive: true });
      place.addEventListener("touchend", finish, { passive: true });
      place.addEventListener("touchcancel", cancel, { passive: true });
    }
  }

  render() {}
}
