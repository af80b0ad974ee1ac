// The juror's pile: what waits on this device, and pages for the time without a network.
import "./modules/marking/offline.js";
import "./modules/marking/state.js";
import "./modules/marking/pile.js";
