// What every page uses: the session's token for calls, toasts, the help overlay, the key for search.

export const csrf = document.querySelector('meta[name="csrf"]')?.content ?? "";

/** Call the API with JSON; gives the answer's JSON, throws an Error with a Vietnamese sentence. */
export async function call(path, { method = "GET", body } = {}) {
  const headers = { accept: "application/json", "x-csrf-token": csrf };
  if (body !== undefined) headers["content-type"] = "application/json";
  const answer = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(json.detail || json.title || "Không gọi được máy chủ. Hãy thử lại.");
  return json;
}

/** Say something for a few seconds. */
export function toast(text, kind = "ok") {
  let box = document.querySelector(".toasts");
  if (!box) {
    box = document.createElement("div");
    box.className = "toasts";
    document.body.append(box);
  }
  const note = document.createElement("p");
  note.className = `flash ${kind}`;
  note.role = kind === "error" ? "alert" : "status";
  note.textContent = text;
  box.append(note);
  setTimeout(() => note.remove(), 7000);
}

/** Whether a key press belongs to what has the focus (a field, a button) and not to the page. */
export function isTyping(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return true;
  if (document.querySelector("dialog[open]")) return true;
  return event.target.matches?.("input, select, textarea, [contenteditable]") ?? false;
}

const help = document.getElementById("help");
const openHelp = () => help?.showModal();

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help]")) openHelp();
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (isTyping(event)) return;
  if (event.key === "?") openHelp();
  if (event.key === "/") {
    event.preventDefault();
    const box = document.getElementById("q");
    if (box) box.focus();
    else location.href = "/tra-cuu";
  }
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
// Coming back with the back button finds the forms as new.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
