// Reads an RDF file with N3.js, jsonld-streaming-parser or rdfxml-streaming-parser and prints it as N-Quads.
// node read_rdf.cjs NODE_MODULES FILE FORMAT
const { createReadStream } = require("node:fs");
const { createRequire } = require("node:module");

const [folder, file, format] = process.argv.slice(2);
const load = createRequire(folder + "/");
const { StreamParser, Writer } = load("n3");

function parser() {
  if (format === "jsonld") return new (load("jsonld-streaming-parser").JsonLdParser)();
  if (format === "rdfxml") return new (load("rdfxml-streaming-parser").RdfXmlParser)();
  const types = { ttl: "text/turtle", nt: "application/n-triples", nq: "application/n-quads", trig: "application/trig" };
  return new StreamParser({ format: types[format] });
}

const writer = new Writer({ format: "N-Quads" });
createReadStream(file)
  .pipe(parser())
  .on("data", (quad) => writer.addQuad(quad))
  .on("error", (error) => { console.error(error.message); process.exit(1); })
  .on("end", () => writer.end((error, text) => process.stdout.write(text)));
