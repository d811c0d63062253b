// Live pages: one stream a tab, which is closed while the tab is hidden. Everything works without this script.
(() => {
  "use strict";
  const MOST_TOLD = 3; // sentences read aloud for one change
  const AGAIN_MS = 20000; // after an answer that was no stream
  let stream = null;
  let version = document.body.dataset.version;

  const told = document.getElementById("told");
  const byId = (id) => document.getElementById(id);
  const spoken = () => new Map([...document.querySelectorAll("[data-tell][id]")].map((e) => [e.id, e.dataset.tell]));

  // Where the keyboard stands, so that it is found again in the new element: the same link or field in order.
  const FOCUSABLE = "a[href], button, input, select, summary, [tabindex]";
  function focusIn(element) {
    const active = document.activeElement;
    if (!element.contains(active)) return null;
    const same = active.id || active.getAttribute("href");
    return { same, place: active === element ? -1 : [...element.querySelectorAll(FOCUSABLE)].indexOf(active) };
  }
  function giveFocus(element, held) {
    const all = [...element.querySelectorAll(FOCUSABLE)];
    const again = held.place < 0 ? element : all.find((e) => held.same && (e.id || e.getAttribute("href")) === held.same);
    const next = again || all[held.place] || element;
    if (next === element) element.setAttribute("tabindex", "-1");
    next.focus({ preventScroll: true });
  }

  // Puts new markup in the place of an element; focus, opened details and inner scrolling stay.
  function replace(element, html) {
    const held = focusIn(element);
    const opened = [...element.querySelectorAll("details[open][id]")].map((e) => e.id);
    const scrolled = [...element.querySelectorAll(".scroll[id]")].map((e) => [e.id, e.scrollLeft]);
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const made = holder.content.firstElementChild;
    if (!made) return;
    element.replaceWith(made);
    opened.forEach((id) => byId(id)?.setAttribute("open", ""));
    scrolled.forEach(([id, left]) => { if (byId(id)) byId(id).scrollLeft = left; });
    if (held) giveFocus(made, held);
    if (made.dataset.tell !== element.dataset.tell) made.classList.add("fresh");
  }

  function update(parts) {
    const before = spoken();
    const [x, y] = [scrollX, scrollY];
    for (const [id, html] of Object.entries(parts)) if (byId(id)) replace(byId(id), html);
    if ("main" in parts) scrollTo(x, y);
    const news = [...spoken()].filter(([id, text]) => text && before.get(id) !== text).map(([, text]) => text);
    if (news.length && told) told.textContent = news.slice(0, MOST_TOLD).join(". ");
    const title = document.querySelector("[data-title]");
    if (title) document.title = title.dataset.title + document.title.replace(/^.*(?= · )/, "");
    sinceWhen();
  }

  function open() {
    const live = document.body.dataset.live;
    if (stream || document.hidden || !live) return;
    stream = new EventSource(`/live?of=${encodeURIComponent(live)}&since=${encodeURIComponent(version)}`);
    stream.onmessage = (event) => {
      version = event.lastEventId || version;
      update(JSON.parse(event.data));
    };
    stream.onerror = () => {
      if (stream?.readyState !== EventSource.CLOSED) return; // else the browser tries again by itself
      close();
      setTimeout(open, AGAIN_MS);
    };
  }
  function close() {
    stream?.close();
    stream = null;
  }

  // "since 13:05 UTC (12 min)": by the reader's clock
  function sinceWhen() {
    for (const element of document.querySelectorAll(".since")) {
      const time = element.querySelector("time[datetime]");
      const minutes = time ? Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000) : 0;
      const hours = Math.floor(minutes / 60);
      if (minutes < 1 || hours > 9) delete element.dataset.ago;
      else element.dataset.ago = hours ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
    }
  }

  // The reader's own zone, first in the list
  function ownZone() {
    const zones = document.querySelector("select[name=tz]");
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zones && ![...zones.options].some((o) => o.value === here)) zones.add(new Option(here), 0);
  }

  // Jump to now: the link "#now" brings what is on into sight, sideways too
  document.addEventListener("click", (event) => {
    const jump = event.target.closest?.('a[href="#now"]');
    const now = jump && byId("now");
    if (!now) return;
    event.preventDefault();
    now.scrollIntoView({ block: "center", inline: "center" });
    now.setAttribute("tabindex", "-1");
    now.focus({ preventScroll: true });
  });

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  setInterval(sinceWhen, 30000);
  ownZone();
  sinceWhen();
  open();
})();
