// Pages with long forms: fields that save themselves, files that show how far they are.
import "./modules/autosave.js";
import "./modules/upload.js";
