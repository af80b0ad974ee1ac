// The juror's sheet: bands, marks, papers beside it, and changes that outlive a dead network.
import "./styles/sheet.css";
import "./modules/bands.js";
import "./modules/bandkeys.js";
import "./modules/marking/steps.js";
import "./modules/marking/sliders.js";
import "./modules/marking/sides.js";
import "./modules/marking/offline.js";
import "./modules/marking/state.js";
import "./modules/marking/form.js";
import "./modules/marking/papers.js";
