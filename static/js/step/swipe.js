// A finger that swipes over the picture or the step card steps; where the picture can be scrolled sideways it scrolls.

const FAR = 48; // pixels
const SLANT = 0.6; // a swipe is flatter than this

export class Swipe {
  constructor(places, player) {
    for (const place of places) {
      let start = null;
      place.addEventListener(
        "touchstart",
        ({ touches }) => {
          start = touches.length === 1 && !scrolls(place) ? touches[0] : null;
        },
        { passive: true },
      );
      place.addEventListener(
        "touchend",
        ({ changedTouches: [end] }) => {
          if (!start) return;
          const [x, y] = [end.clientX - start.clientX, end.clientY - start.clientY];
          start = null;
          if (Math.abs(x) < FAR || Math.abs(y) > SLANT * Math.abs(x)) return;
          if (x < 0) player.forward();
          else player.back();
        },
        { passive: true },
      );
      place.addEventListener("touchcancel", () => (start = null), { passive: true });
    }
  }

  render() {}
}

function scrolls(place) {
  const { scrollWidth, clientWidth } = place.scroller ?? place; // the picture scrolls inside
  return scrollWidth > clientWidth + 1;
}
