// Soát xét by keyboard, and a correction form whose lower half follows the law while the upper half changes.

import { call, isTyping, toast } from "./base.js";

const accept = document.getElementById("accept");
const sheet = document.getElementById("sua");
const form = document.getElementById("correct");
const said = document.getElementById("follows");
const FOLLOWS = { competence_kind: "competence_kind", agency: "agency", action: "action", due: "due", unit_code: "unit_code" };

function edit(focus = "type") {
  sheet.open = true;
  sheet.scrollIntoView({ block: "center" });
  form.elements[focus].focus({ preventScroll: true });
}

function pickType(index) {
  edit();
  const select = form.elements.type;
  if (select.selectedIndex === index) return;
  select.selectedIndex = index;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

let asked = 0;
/** Ask what the rules make of the letter with this type, field and stage, and fill in the rest. */
async function follow() {
  const mine = (asked += 1);
  said.textContent = "Đang tính lại…";
  const { type, field, stage } = Object.fromEntries(new FormData(form));
  try {
    const answer = await call(`/petitions/${form.dataset.petition}/preview`, { method: "POST", body: { type, field, stage: stage || null } });
    // A later question is on its way; its answer counts.
    if (mine !== asked) return;
    fill(answer);
  } catch (error) {
    said.textContent = "Chưa tính lại được, hãy tự chọn các mục dưới.";
    toast(error.message, "error");
  }
}

/** A day as people write it: 2026-11-23 becomes 23/11/2026. */
const written = (day) => day?.replace(/^(\d{4})-(\d\d)-(\d\d)$/, "$3/$2/$1") ?? "";

function fill(answer) {
  let changed = 0;
  for (const [name, key] of Object.entries(FOLLOWS)) {
    const control = form.elements[name];
    const value = name === "due" ? written(answer.due) : (answer[key] ?? "");
    control.classList.toggle("changed", control.value !== value);
    if (control.value !== value) changed += 1;
    control.value = value;
  }
  const reasons = (answer.reasons ?? []).join(" ");
  said.textContent = changed ? `Đã tính lại ${changed} mục theo quy định. ${reasons}` : `Các mục dưới không đổi. ${reasons}`;
}

// Accepting would drop what is half corrected, so it waits until that is saved or given up.
let dirty = false;
form.addEventListener("change", (event) => {
  dirty = true;
  if (form.hasAttribute("data-seals")) document.getElementById("seals").hidden = form.elements.type.value !== "denunciation";
  if (event.target.matches("[data-follows]")) follow();
});
form.addEventListener("reset", () => {
  dirty = false;
  asked += 1;
  for (const control of form.elements) control.classList.remove("changed");
  said.textContent = "";
  document.getElementById("seals").hidden = true;
  sheet.open = false;
});
accept.addEventListener("submit", (event) => {
  if (!dirty) return;
  event.preventDefault();
  toast("Bạn đang sửa dở đề xuất. Hãy bấm “Lưu và chuyển đơn vị”, hoặc “Bỏ sửa” rồi duyệt.", "error");
});
document.getElementById("edit").addEventListener("click", (event) => {
  event.preventDefault();
  edit();
});

// A key pressed twice must not decide the next letter before anybody has seen it.
const SEEN_AFTER = 500;
const shownAt = performance.now();
const acceptByKey = (event) => event.timeStamp - shownAt > SEEN_AFTER && accept.requestSubmit();

const go = (id) => document.getElementById(id)?.click();
const KEYS = {
  a: acceptByKey,
  e: () => edit(),
  j: () => go("following"),
  k: () => go("previous"),
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && sheet.contains(document.activeElement)) document.activeElement.blur();
  if (isTyping(event) || event.repeat) return;
  // Enter on a button or link does what that button says.
  if (event.key === "Enter" && !event.target.closest("a, button, summary")) return void acceptByKey(event);
  if (/^[1-4]$/.test(event.key)) {
    event.preventDefault();
    pickType(Number(event.key) - 1);
    return;
  }
  const act = KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act(event);
});
