// A button on the ribbon opens the task pane and presses the same button there.
for (const script of ["aansluiten", "herberekenen", "rapport", "ongedaan_maken"]) {
  Office.actions.associate(`hoka-${script}`, async (event) => {
    await Office.addin.showAsTaskpane();
    document.querySelector(`[data-script="${script}"]`).click();
    event.completed();
  });
}
