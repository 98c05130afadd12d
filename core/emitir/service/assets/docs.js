"use strict";
// "Try it": sends what stands in the form to this service and shows the answer as it came.
for (const form of document.querySelectorAll("form[data-command]")) {
  const field = (name) => form.elements.namedItem(name);
  const output = form.querySelector("pre");
  field("format").addEventListener("change", () => {
    field("body").value = form.dataset[field("format").value];
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    const uuid = field("uuid").value.trim(), token = field("token").value.trim();
    for (const other of document.querySelectorAll("form[data-command]")) {
      other.elements.namedItem("uuid").value = uuid;
      other.elements.namedItem("token").value = token;
    }
    const base = location.pathname.replace(/\/docs\/?$/, "");
    try {
      const answer = await fetch(`${base}/v1/${encodeURIComponent(uuid)}/${form.dataset.command}`, {
        method: "POST",
        headers: {
          "Authorization": `Bearer ${token}`,
          "Content-Type": field("format").value === "json" ? "application/json" : "text/plain; charset=utf-8",
        },
        body: field("body").value,
      });
      let text = await answer.text();
      if ((answer.headers.get("Content-Type") || "").startsWith("application/json")) {
        try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { /* shown as it came */ }
      }
      output.textContent = `HTTP ${answer.status}\n\n${text}`;
    } catch (failure) {
      output.textContent = String(failure);
    } finally {
      output.hidden = false;
      button.disabled = false;
    }
  });
}
