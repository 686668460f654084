// The task pane: press a button, show what it told, the verdict and the findings, jump to a cell.

const pane = () => document.getElementById("hoka-panel");
const language = () => pane().dataset.language;
const text = (name) => document.getElementById("hoka").dataset[`${name}${language() === "en" ? "En" : "Nl"}`];

// Send the workbook as it is now; give what the server answers.
async function post(path, context, args) {
  const auth = await globalThis.getAuth();
  const headers = { "Auth-Provider": auth.provider };
  const book = await xlwings.getBookData({ auth: auth.token, headers }, context);
  if (args) await addFormulas(book, context);
  const options = { headers, timeout: config.requestTimeout * 1000 };
  const response = await xwRequest.post(config.appPath + path, { ...book, args }, options);
  return response.data;
}

// A macro puts back what it wrote over: send the formulas, which xlwings leaves out.
async function addFormulas(book, context) {
  const asked = book.sheets
    .filter((sheet) => sheet.used_range_address)
    .map((sheet) => {
      const last = sheet.used_range_address.split(":").pop();
      const cells = context.workbook.worksheets.getItem(sheet.name).getRange(`A1:${last}`).load("formulas");
      return { sheet, cells };
    });
  await context.sync();
  for (const { sheet, cells } of asked) sheet.formulas = cells.formulas;
}

// Say why a request failed: in the server's words where it has any.
function reason(error) {
  const status = error.response?.status;
  if (status === 401 || status === 403) return text("refused");
  if (status === 400 || status === 413) return String(error.response.data?.detail || error.response.data);
  return text("unreachable");
}

async function showVerdict() {
  const html = await Excel.run((context) => post(`/hoka/oordeel?lang=${language()}`, context));
  const made = new DOMParser().parseFromString(html, "text/html");
  for (const [target, source] of [["#hoka-verdict", "#hoka-outcome"], ["#hoka-findings", "#hoka-found"]]) {
    htmx.swap(target, made.querySelector(source).outerHTML, { swapStyle: "innerHTML" });
  }
}

const component = {
  busy: false,
  signedOut: false,
  told: "",
  fault: "",
  report: "",
  async init() {
    document.documentElement.lang = language();
    document.title = pane().dataset.title;
    globalThis.hoka = this;
    this.signedOut = config.authProviders.includes("token") && !hokaToken.get();
    const { host } = await Office.onReady();
    if (host && !this.signedOut) await this.during(showVerdict);
  },
  async run() {
    const script = this.$el.dataset.script;
    this.told = this.report = "";
    await this.during(async () => {
      await Excel.run(async (context) =>
        xlwings.runActions(await post(`/xlwings/custom-scripts-call/${script}`, context, [language()]), context),
      );
      await showVerdict();
    });
  },
  async during(work) {
    this.busy = true;
    this.fault = "";
    try {
      await work();
    } catch (error) {
      console.error(error);
      this.fault = reason(error);
      this.signedOut = error.response?.status === 401 && config.authProviders.includes("token");
    } finally {
      this.busy = false;
    }
  },
  async signIn() {
    hokaToken.set(document.getElementById("hoka-token").value.trim());
    this.signedOut = false;
    await this.during(showVerdict);
  },
};
// A fresh one each time: the pane is made anew when its language changes.
document.addEventListener("alpine:init", () => Alpine.data("hoka", () => ({ ...component })));

// A macro ends with these: what it tells, and where its report is.
globalThis.callbacks.hokaTold = (context, told) => {
  globalThis.hoka.told = told;
};
globalThis.callbacks.hokaReport = (context, path) => {
  const address = window.location.origin + config.appPath + path;
  globalThis.hoka.report = address;
  if (Office.context?.requirements?.isSetSupported("OpenBrowserWindowApi", "1.1")) {
    Office.context.ui.openBrowserWindow(address);
  }
};

// Findings come and go with every verdict, so one listener serves them all.
document.addEventListener("click", async (event) => {
  const jump = event.target.closest("[data-cell]");
  if (!jump) return;
  try {
    await Excel.run(async (context) => {
      const sheet = context.workbook.worksheets.getItem(jump.dataset.sheet);
      sheet.activate();
      sheet.getRange(jump.dataset.cell).select();
      await context.sync();
    });
  } catch (error) {
    console.error(error);
    globalThis.hoka.fault = text("gone");
  }
});
