// A slider whose range follows from a number: from −R to R, with R of 1, 2 or 5 and a power of ten.

import { make } from "./elements.js";

/**
 * A new slider, called `label`; `change(text)` is told where it was moved.
 *
 * @param {string} label
 * @param {(text: string) => void} change
 */
export function newSlider(label, change) {
  const slider = make("input", { type: "range", autocomplete: "off", ariaLabel: label });
  slider.addEventListener("input", () => change(String(Number(Number(slider.value).toPrecision(6)))));
  return slider;
}

/**
 * Show `value`, which may be anything; the range stays while a number fits, and while somebody holds the slider.
 * A slider of `whole` numbers goes from 0 in steps of 1.
 *
 * @param {HTMLInputElement} slider
 * @param {Value} value
 * @param {boolean} [whole]
 */
export function slideTo(slider, value, whole = false) {
  const single = typeof value === "number" && Number.isFinite(value) && Math.abs(value) < 1e100;
  slider.hidden = !single;
  if (!single) return;
  const size = Math.abs(value);
  const held = slider.matches(":focus, :active");
  const most = Number(slider.max);
  const fits = slider.hasAttribute("max") && size <= most && (size === 0 || size > most / 20);
  if (!fits && !held) {
    const range = round(size * 1.5);
    Object.assign(slider, { min: -range, max: range, step: range / 100 });
  }
  if (whole) Object.assign(slider, { min: 0, max: Math.max(10, Math.ceil(Number(slider.max))), step: 1 });
  slider.value = String(value);
}

/** The least of 1, 2 and 5 times a power of ten that is not below `size`; 2 for nothing. @param {number} size */
function round(size) {
  if (size === 0) return 2;
  const power = 10 ** Math.floor(Math.log10(size));
  const digit = [1, 2, 5].find((one) => one * power >= size) ?? 10;
  return Number((digit * power).toPrecision(3));
}
