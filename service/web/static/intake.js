// Tiếp nhận: drop files anywhere, a progress bar for each, receipts that change by themselves.

import { call, toast } from "./base.js";
import { deliverAll, filesOf, inOrder } from "./upload.js";

const STATES = { waiting: "Đang đọc", filed: "Đã vào sổ", problem: "Cần người xem", refused: "Đã từ chối" };
const CHANNELS = {
  browser: "Trang web", api: "Phần mềm khác", folder: "Thư mục máy quét",
  mailbox: "Hộp thư điện tử", archive: "Kho lưu trữ", demo: "Thư mẫu",
};
const list = document.getElementById("uploads");
const table = document.getElementById("receipts");
const picker = document.getElementById("files");
const veil = document.getElementById("veil");

function make(tag, { className, text, ...rest } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), rest);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  element.append(...children);
  return element;
}

function newRow(file) {
  const bar = make("progress", { max: 1, value: 0 });
  bar.setAttribute("aria-label", `Đang gửi ${file.name}`);
  const said = make("span", { className: "said", text: "Chờ gửi" });
  list.append(make("li", {}, make("span", { className: "name", text: file.name, title: file.name }), bar, said));
  const say = (text, tone) => said.replaceChildren(make("span", { className: `chip ${tone}`, text }));
  return {
    progress(share) {
      bar.value = share;
      said.textContent = share < 1 ? `${Math.floor(share * 100)}%` : "Đang cất giữ…";
    },
    waiting: () => { said.textContent = "Mất kết nối, đang thử lại…"; },
    done(receipt) {
      bar.value = 1;
      say(`Biên nhận ${receipt.number}`, "good");
      show(receipt);
    },
    failed(why) {
      bar.hidden = true;
      said.replaceChildren(make("span", { className: "quiet", text: why }));
      said.parentElement.classList.add("failed");
    },
  };
}

async function take(files) {
  if (!files.length) return;
  await deliverAll(files, newRow);
  refreshBalance();
  listen();
}

function stateCell(receipt) {
  const cell = [make("span", { className: `chip state-${receipt.state}`, text: STATES[receipt.state] ?? receipt.state })];
  if (receipt.state === "waiting" && receipt.pages_total) {
    const { pages_done: value, pages_total: max } = receipt;
    cell.push(" ", make("progress", { max, value }), " ", make("small", { text: `trang ${value}/${max}` }));
  }
  return cell;
}

function nextCell(receipt) {
  if (receipt.petition_id) return [make("a", { href: `/don/${receipt.petition_id}`, text: "Xem đơn" })];
  if (receipt.state === "problem" && receipt.known) return [make("a", { href: `/khay-loi/${receipt.id}`, text: "Xử lý lỗi" })];
  return [];
}

function fileCell(receipt) {
  if (!receipt.known) return [make("span", { className: "quiet", text: "Không hiển thị" })];
  const twin = receipt.same_file_of;
  return twin ? [receipt.file_name, " ", make("span", { className: "chip quiet", text: `trùng tệp của ${twin}` })] : [receipt.file_name];
}

/** Put a receipt into the table, or bring its row up to date. */
function show(receipt) {
  if (!table?.hasAttribute("data-live")) return;
  const body = table.tBodies[0];
  body.querySelector(".none")?.remove();
  let row = body.querySelector(`[data-receipt="${receipt.id}"]`);
  if (!row) {
    row = make("tr");
    row.dataset.receipt = receipt.id;
    const time = new Date(receipt.received_at).toLocaleTimeString("vi-VN", { hour12: false, timeZone: "Asia/Ho_Chi_Minh" });
    const number = make("a", { className: "number", href: `/bien-nhan/${receipt.id}`, text: receipt.number });
    row.append(make("td", {}, number), make("td", { text: time }), make("td", { className: "file" }),
      make("td", { text: CHANNELS[receipt.channel] ?? receipt.channel }), make("td", { className: "state" }), make("td", { className: "next" }));
    const newer = [...body.rows].find((other) => Number(other.dataset.receipt) < receipt.id);
    body.insertBefore(row, newer ?? null);
  }
  const changed = row.dataset.state !== receipt.state;
  row.dataset.state = receipt.state;
  row.querySelector(".file").replaceChildren(...fileCell(receipt));
  row.querySelector(".state").replaceChildren(...stateCell(receipt));
  row.querySelector(".next").replaceChildren(...nextCell(receipt));
  if (changed) refreshBalance();
}

/** The number beside a title of the menu counts all days: it changes by what changed today. */
function shiftCount(href, by) {
  const badge = document.querySelector(`[data-count="${href}"]`);
  if (!badge || !by) return;
  badge.textContent = Math.max(Number(badge.textContent) + by, 0);
  badge.hidden = badge.textContent === "0";
}

const MENU = { waiting: "/tiep-nhan", problem: "/khay-loi" };
/** Write a new number of the day into its cell. */
function setNumber(cell, number) {
  if (number === undefined) return;
  shiftCount(MENU[cell.dataset.key], number - Number(cell.textContent));
  cell.textContent = number;
}

let balanceAsked = false;
/** Bring the day's numbers up to date, at most once a second. */
function refreshBalance() {
  if (balanceAsked || !table?.hasAttribute("data-live")) return;
  balanceAsked = true;
  setTimeout(async () => {
    balanceAsked = false;
    const day = new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" });
    const numbers = await call(`/balance?day=${day}`).catch(() => ({}));
    for (const cell of document.querySelectorAll("#balance [data-key]")) setNumber(cell, numbers[cell.dataset.key]);
    const word = document.querySelector(".balance-word");
    if (word && numbers.adds_up) {
      const open = numbers.waiting + numbers.problem;
      word.textContent = open ? `Khớp. Vẫn còn ${open} biên nhận chưa xong.` : "Khớp: không còn gì chờ xử lý.";
      word.classList.toggle("good", !open);
    }
  }, 1000);
}

let source = null;
/** Follow the receipts of this page, live; where that is not possible, ask every few seconds. */
function listen() {
  const ids = [...document.querySelectorAll('#receipts [data-state="waiting"]')].map((row) => row.dataset.receipt);
  source?.close();
  if (!ids.length) return;
  source = new EventSource(`/api/v1/events?ids=${ids.slice(0, 400).join(",")}`);
  source.addEventListener("receipt", (event) => {
    show(JSON.parse(event.data));
    if (!document.querySelector('#receipts [data-state="waiting"]')) source.close();
  });
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(poll, 3000, ids);
  };
}

async function poll(ids) {
  const receipts = await call(`/receipts?ids=${ids.join(",")}`).catch(() => []);
  receipts.forEach(show);
  const open = receipts.filter((receipt) => receipt.state === "waiting").map((receipt) => receipt.id);
  if (open.length) setTimeout(poll, 3000, open);
}

picker?.addEventListener("change", () => {
  const files = inOrder(picker.files);
  picker.value = "";
  take(files);
});

let depth = 0;
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
const veiled = (on) => { veil.hidden = !on; };
document.addEventListener("dragenter", (event) => {
  if (!carriesFiles(event)) return;
  depth += 1;
  veiled(true);
});
document.addEventListener("dragleave", () => {
  depth = Math.max(depth - 1, 0);
  veiled(depth > 0);
});
document.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
document.addEventListener("drop", async (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth = 0;
  veiled(false);
  try {
    await take(await filesOf(event.dataTransfer));
  } catch {
    toast("Không mở được thư mục vừa thả. Hãy chọn từng tệp.", "error");
  }
});

if (table?.hasAttribute("data-live")) listen();
