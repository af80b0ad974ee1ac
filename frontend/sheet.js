// The juror's sheet: bands, marks, and fields that save themselves.
import "./styles/sheet.css";
import "./modules/autosave.js";
import "./modules/bands.js";
import "./modules/bandkeys.js";
