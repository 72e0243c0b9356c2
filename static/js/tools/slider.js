// A slider whose range follows from a number: from −R to R, with R of 1, 2 or 5 and a power of ten.

/** A new slider, called `label`; `change(text)` is told where it was moved. */
export function newSlider(label, change) {
  const slider = Object.assign(document.createElement("input"), { type: "range", autocomplete: "off" });
  slider.setAttribute("aria-label", label);
  slider.addEventListener("input", () => change(String(Number(Number(slider.value).toPrecision(6)))));
  return slider;
}

/** Show `number`, which may be anything; its range stays while it fits, and while somebody holds the slider. */
export function slideTo(slider, number) {
  const single = Number.isFinite(number) && Math.abs(number) < 1e100;
  slider.hidden = !single;
  if (!single) return;
  const size = Math.abs(number);
  const held = slider.matches(":focus, :active");
  const fits = slider.hasAttribute("max") && size <= slider.max && (size === 0 || size > slider.max / 20);
  if (!fits && !held) {
    const range = round(size * 1.5);
    Object.assign(slider, { min: -range, max: range, step: range / 100 });
  }
  slider.value = number;
}

/** The least of 1, 2 and 5 times a power of ten that is not below `size`; 2 for nothing. */
function round(size) {
  if (size === 0) return 2;
  const power = 10 ** Math.floor(Math.log10(size));
  return Number(([1, 2, 5, 10].find((digit) => digit * power >= size) * power).toPrecision(3));
}
