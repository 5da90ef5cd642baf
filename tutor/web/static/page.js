// Tells textual-serve's script where the app is, gives the terminal the keys, and says when it is over.
"use strict";

const terminal = document.getElementById("terminal");
terminal.dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + "/ws";

new MutationObserver(() => {
  const now = document.body.classList;
  const ended = document.getElementById("ended");
  if (now.contains("-closed")) {
    if (ended.hidden) {
      ended.hidden = false;
      document.getElementById("again").focus();
    }
  } else if (now.contains("-first-byte")) {
    terminal.querySelector("textarea").focus();
  }
}).observe(document.body, { attributes: true, attributeFilter: ["class"] });
