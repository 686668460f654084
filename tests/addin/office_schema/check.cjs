// Read a manifest with Microsoft's parser, convert it with Microsoft's converter, and hold the result against
// Microsoft's JSON schema of that version. All of it works without a network.
// Use: node check.cjs MANIFEST.xml FOLDER
const fs = require("node:fs");
const path = require("node:path");
const Ajv = require("ajv-draft-04");
const addFormats = require("ajv-formats");
const { OfficeAddinManifest } = require("office-addin-manifest");
const { convert } = require("office-addin-manifest-converter");

async function main(manifest, folder) {
  const read = await OfficeAddinManifest.readManifestFile(manifest);
  const log = console.log;
  console.log = () => {};
  await convert(manifest, folder);
  console.log = log;
  const made = JSON.parse(fs.readFileSync(path.join(folder, "manifest.json"), "utf8"));
  const schemas = path.join(path.dirname(require.resolve("@microsoft/app-manifest/package.json")), "build/json-schemas/teams");
  const schema = JSON.parse(fs.readFileSync(path.join(schemas, `v${made.manifestVersion}`, "MicrosoftTeams.schema.json"), "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const valid = ajv.compile(schema);
  const errors = valid(made) ? [] : valid.errors.map((error) => `${error.instancePath} ${error.message}`);
  console.log(JSON.stringify({ read, version: made.manifestVersion, tabs: made.extensions[0].ribbons[0].tabs, errors }));
}

main(...process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
