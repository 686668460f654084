"""Chromium without a screen, driven over its own protocol; Excel and its workbook are stand-ins.

The page, its scripts and the server are the real ones. Only Office.js is kept out, and xlwings' reading and
writing of a live workbook is replaced: it gives the workbook that the test hands over, and notes what comes
back.
"""

import base64
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"
)
EXCEL = """
window.Office = {
  onReady: (then) => { const host = { host: "Excel" }; if (then) then(host); return Promise.resolve(host); },
  actions: { associate: (name, call) => { (window.ribbon = window.ribbon || {})[name] = call; } },
  addin: { showAsTaskpane: async () => {} },
  context: { requirements: { isSetSupported: () => false } },
};
window.CustomFunctions = { associate: () => {} };
window.selected = [];
let held;
const context = {
  sync: async () => {},
  workbook: { worksheets: { getItem: (name) => ({
    activate: () => { if (!held.sheets.some((sheet) => sheet.name === name)) throw new Error(name); },
    getRange: (cell) => ({
      select: () => window.selected.push(`${name}!${cell}`),
      load: () => ({ formulas: held.sheets.find((sheet) => sheet.name === name).formulas }),
    }),
  }) } },
};
window.Excel = { run: async (work) => await work(context) };
window.applied = [];
let ours;
Object.defineProperty(window, "xlwings", {
  get: () => ours,
  set: (real) => {
    ours = { ...real,
      getBookData: async ({ auth, headers }) => {
        if (auth) headers["Authorization"] = auth;
        headers["Content-Type"] = "application/json";
        held = await (await fetch("/static/proef.json")).json();
        return { ...held, sheets: held.sheets.map(({ formulas, ...sheet }) => sheet) };
      },
      runActions: async (answer) => {
        for (const action of answer.actions) {
          window.applied.push(action.func);
          const [name, ...values] = action.args;
          if (action.func === "runMacro") globalThis.callbacks[name](context, ...values);
        }
      },
    };
  },
});
"""


class Page:
    """A page in the browser."""

    def __init__(self, address: str) -> None:
        self._line = pytest.importorskip("simple_websocket").Client(address)
        self._number = 0
        self._book = ""
        self.faults: list[str] = []
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._command(f"{domain}.enable")
        self._command("Network.setBlockedURLs", urls=["*/office-js/*"])
        self._command("Fetch.enable", patterns=[{"urlPattern": "*/static/proef.json"}])
        self._command("Page.addScriptToEvaluateOnNewDocument", source=EXCEL)

    def _command(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        number = self._number
        self._line.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._line.receive(timeout=60) or "{}")
            if message.get("id") == number:
                assert "error" not in message, message
                result: dict[str, Any] = message["result"]
                return result
            self._note(message)

    def _note(self, event: dict[str, Any]) -> None:
        match event.get("method"):
            case "Fetch.requestPaused":
                self._number += 1
                answer = {
                    "requestId": event["params"]["requestId"],
                    "responseCode": 200,
                    "responseHeaders": [{"name": "Content-Type", "value": "application/json"}],
                    "body": base64.b64encode(self._book.encode()).decode(),
                }
                self._line.send(
                    json.dumps({"id": self._number, "method": "Fetch.fulfillRequest", "params": answer})
                )
            case "Runtime.exceptionThrown":
                self.faults.append(str(event["params"]["exceptionDetails"]))
            case "Log.entryAdded" if event["params"]["entry"]["level"] == "error":
                self.faults.append(event["params"]["entry"]["text"])

    def open(self, address: str, book: object) -> None:
        """Open an address, with this workbook in Excel."""
        self._book = json.dumps(book)
        self._command("Page.navigate", url=address)

    def run(self, script: str) -> Any:
        """Evaluate a script and give its value."""
        answer = self._command("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return answer["result"].get("value")

    def wait(self, script: str) -> Any:
        """Wait until a script gives something true."""
        for _ in range(200):
            found = self.run(script)
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError((script, self.run("document.body.innerText"), self.faults))

    def key(self, key: str) -> None:
        """Press a key: Tab or Enter."""
        code, text = {"Tab": (9, ""), "Enter": (13, "\r")}[key]
        for kind in ("keyDown", "keyUp"):
            self._command(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                **({"text": text} if text and kind == "keyDown" else {}),
            )

    def accessible(self) -> list[tuple[str, str]]:
        """List role and name of what a screen reader meets."""
        nodes = self._command("Accessibility.getFullAXTree")["nodes"]
        return [
            (node["role"]["value"], node.get("name", {}).get("value", ""))
            for node in nodes
            if not node["ignored"]
        ]

    def resize(self, width: int) -> None:
        """Make the pane as wide as this many pixels."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self._command("Emulation.setDeviceMetricsOverride", **size)

    def screenshot(self, path: Path) -> None:
        """Save what the pane shows."""
        path.write_bytes(base64.b64decode(self._command("Page.captureScreenshot")["data"]))

    def close(self) -> None:
        self._line.close()


@contextmanager
def browsing(folder: Path) -> Iterator[Page]:
    """Start a browser with a profile of its own, and end it."""
    assert CHROMIUM is not None
    options = "--headless --no-sandbox --disable-gpu --no-first-run --remote-debugging-port=0 --lang=nl"
    with (folder / "chromium.log").open("w+") as log:
        process = subprocess.Popen(
            [CHROMIUM, *options.split(), f"--user-data-dir={folder / 'profile'}", "about:blank"],
            stderr=log,
            stdout=log,
        )
        try:
            page = Page(_page_address(folder / "chromium.log"))
            yield page
            page.close()
        finally:
            process.terminate()
            process.wait(timeout=30)


def _page_address(log: Path) -> str:
    """Ask the browser for the address of its page."""
    from urllib.request import urlopen

    for _ in range(200):
        told = re.search(r"ws://([^/]+)/", log.read_text(encoding="utf-8"))
        if told:
            with urlopen(f"http://{told[1]}/json", timeout=30) as answer:
                pages = [entry for entry in json.load(answer) if entry["type"] == "page"]
            if pages:
                return str(pages[0]["webSocketDebuggerUrl"])
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))
