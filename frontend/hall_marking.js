// The juror's page in the hall: one entry, thumb-sized marks, and scores that outlive a dead network.
import "./styles/hall.css";
import "./modules/marking/offline.js";
import "./modules/marking/steps.js";
import "./modules/seat/page.js";
