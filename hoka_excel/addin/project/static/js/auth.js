// What a request brings as its login: an Entra account, the token given in the pane, or nothing.
const hokaToken = {
  name: "hokaToken",
  get() {
    try {
      return localStorage.getItem(this.name) || "";
    } catch {
      return this.held || "";
    }
  },
  set(token) {
    this.held = token;
    try {
      localStorage.setItem(this.name, token);
    } catch {
      // Storage is off here: the token lasts as long as the pane.
    }
  },
};
globalThis.hokaToken = hokaToken;

globalThis.getAuth = async function () {
  if (config.authProviders.includes("entraid")) {
    return { token: await xlwings.getAccessToken(), provider: "entraid" };
  }
  if (config.authProviders.includes("token")) {
    return { token: hokaToken.get(), provider: "token" };
  }
  return { token: "", provider: "" };
};
