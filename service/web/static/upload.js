// Sending files: one request each, one after the other, resent after a lost connection without a second receipt.

import { csrf } from "./base.js";

const RETRIES = 4;

/** A key of its own for each file; also where the page is not served over HTTPS. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** All files of a drop, folders included, in the order of their names. */
export async function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return inOrder(transfer.files);
  entries.sort((a, b) => a.name.localeCompare(b.name, "vi", { numeric: true }));
  const found = [];
  for (const entry of entries) await collect(entry, found);
  return found;
}

async function collect(entry, found) {
  if (entry.isFile) {
    found.push(await new Promise((done, fail) => entry.file(done, fail)));
    return;
  }
  const reader = entry.createReader();
  const inside = [];
  // A reader gives at most a hundred entries at a time, an empty list once it is through.
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) break;
    inside.push(...some);
  }
  inside.sort((a, b) => a.name.localeCompare(b.name, "vi", { numeric: true }));
  for (const child of inside) if (!child.name.startsWith(".")) await collect(child, found);
}

function send(file, key, onProgress) {
  return new Promise((done, lost) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/receipts");
    request.setRequestHeader("x-csrf-token", csrf);
    request.setRequestHeader("idempotency-key", key);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => done({ status: request.status, body: request.response });
    request.onerror = request.ontimeout = () => lost(new Error("connection"));
    const form = new FormData();
    form.append("files", file, file.name);
    request.send(form);
  });
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Send one file; the same key makes a repeated request find the receipt of the first. */
async function deliver(file, row) {
  const key = newKey();
  for (let attempt = 0; ; attempt += 1) {
    try {
      const { status, body } = await send(file, key, row.progress);
      const result = body?.results?.[0];
      if (result?.receipt) return row.done(result.receipt);
      // What is wrong with the file or with us stays wrong; a server that is just starting does not.
      const passing = status >= 500 || status === 0 || result?.problem?.code === "not-stored";
      if (!passing || attempt >= RETRIES) {
        return row.failed(result?.problem?.message ?? body?.detail ?? body?.title ?? "Máy chủ không nhận tệp này.");
      }
    } catch {
      if (attempt >= RETRIES) return row.failed("Mất kết nối. Tệp chưa được nhận, hãy gửi lại.");
    }
    row.waiting();
    await pause(1000 * 2 ** attempt);
  }
}

/** Files in the order of their names, as in the stack of paper that was scanned. */
export function inOrder(files) {
  return [...files].sort((a, b) => a.name.localeCompare(b.name, "vi", { numeric: true }));
}

/** Send files; `newRow(file)` gives what shows the progress of each.
 *
 * One after the other: the numbers of the receipts, which clerks write on the paper, follow the order of the files.
 */
export async function deliverAll(files, newRow) {
  const waiting = files.map((file) => [file, newRow(file)]);
  for (const [file, row] of waiting) await deliver(file, row);
}
