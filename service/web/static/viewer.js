// The letter on the screen: zoom, image or text, pages by keyboard, and evidence that lights up.

import { isTyping } from "./base.js";

const viewer = document.getElementById("viewer");
const pages = viewer.querySelector(".pages");
const STEPS = [0.6, 0.8, 1, 1.25, 1.6, 2, 2.6];
let step = STEPS.indexOf(1);

function zoom(by) {
  step = Math.min(Math.max(step + by, 0), STEPS.length - 1);
  const before = pages.scrollTop / pages.scrollHeight;
  pages.style.setProperty("--zoom", STEPS[step]);
  pages.scrollTop = before * pages.scrollHeight;
  // Larger than the first drawing is worth: ask for a sharper one.
  if (STEPS[step] > 1.25) for (const image of pages.querySelectorAll(".paper img")) sharpen(image);
}

function sharpen(image) {
  if (image.src.includes("dpi=")) return;
  image.src += "?dpi=220";
}

function setMode(mode) {
  viewer.dataset.mode = mode;
  for (const button of viewer.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", button.dataset.view === mode);
}

function turn(by) {
  const sheets = [...pages.querySelectorAll(".sheet")];
  const top = pages.getBoundingClientRect().top;
  const now = sheets.findLastIndex((sheet) => sheet.getBoundingClientRect().top <= top + 40);
  sheets[Math.min(Math.max(now + by, 0), sheets.length - 1)]?.scrollIntoView({ block: "start" });
}

/** Light up what a line of the proposal rests on (null: nothing), and show the first of it. */
function light(line, reveal) {
  viewer.classList.toggle("focused", Boolean(line));
  let first = null;
  for (const place of viewer.querySelectorAll(".ev")) {
    const lit = Boolean(line) && (place.dataset.lines ?? "").split(" ").includes(line);
    place.classList.toggle("lit", lit);
    if (lit && !first && place.getClientRects().length) first = place;
  }
  if (line && !first) viewer.classList.remove("focused");
  if (first && reveal) reveal_(first);
}

function reveal_(place) {
  const box = place.getBoundingClientRect();
  const frame = pages.getBoundingClientRect();
  if (box.top < frame.top || box.bottom > frame.bottom) pages.scrollTop += box.top - frame.top - frame.height / 3;
}

/** The other way round: the words under the pointer light up the line that rests on them. */
function lightLine(place) {
  const lines = (place?.dataset.lines ?? "").split(" ");
  for (const line of document.querySelectorAll("[data-line]")) line.classList.toggle("lit", Boolean(place) && lines.includes(line.dataset.line));
}

for (const line of document.querySelectorAll("[data-line]")) {
  line.addEventListener("mouseenter", () => light(line.dataset.line, true));
  line.addEventListener("mouseleave", () => light(null));
  line.addEventListener("focusin", () => light(line.dataset.line, true));
  line.addEventListener("focusout", () => light(null));
}
pages.addEventListener("mouseover", (event) => lightLine(event.target.closest(".ev")));

viewer.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.zoom) zoom(Number(button.dataset.zoom));
  if (button.dataset.view) setMode(button.dataset.view);
  if ("weak" in button.dataset) button.setAttribute("aria-pressed", !viewer.classList.toggle("no-weak"));
});

const KEYS = {
  PageDown: () => turn(1),
  PageUp: () => turn(-1),
  "+": () => zoom(1),
  "=": () => zoom(1),
  "-": () => zoom(-1),
  t: () => viewer.querySelector("[data-view]") && setMode(viewer.dataset.mode === "image" ? "text" : "image"),
};
document.addEventListener("keydown", (event) => {
  const act = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
  if (!act || isTyping(event)) return;
  event.preventDefault();
  act();
});
